"""Whether a form was sent from one of our own pages, and whether another page asked for one."""

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


def is_behind_her_back(request: Request) -> bool:
    """Tell whether another site's page asked for this, and the visitor opens no page by it.

    A picture, a frame or a page fetched beforehand would count wrong codes against the address of
    somebody who knows nothing of it. A link that she follows is `navigate` to a `document`.
    Browsers that do not say where they come from are answered as before.
    """
    told = request.headers
    if told.get("sec-fetch-site", "none") in _OWN_SITES:
        return False
    opened = (told.get("sec-fetch-mode"), told.get("sec-fetch-dest", "document"))
    return opened != ("navigate", "document") or "prefetch" in told.get("sec-purpose", "")
