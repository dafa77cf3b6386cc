"""Whether a form was sent from one of our own pages."""

from typing import Final

from fastapi import Request

_OWN_SITES: Final = frozenset({"same-origin", "none"})


def is_our_own(request: Request) -> bool:
    """Tell whether the browser says that a form comes from here.

    There is no cookie, so another site could only tick a paper of a slip whose code it knows.
    Browsers that do not name the site send the origin; where our pages let no address out
    (`Referrer-Policy: no-referrer`) that is "null".
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN_SITES
    origin = request.headers.get("origin", "null")
    host = request.headers.get("host", "")
    return origin in {"null", f"https://{host}", f"http://{host}"}
