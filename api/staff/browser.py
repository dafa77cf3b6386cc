"""What keeps a browser's session its own: cookies, tokens of forms, and where a form comes from."""

import hmac
import secrets
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request, Response

SESSION: Final = "motcua_staff"
"""Holds the token of a session."""
VISIT: Final = "motcua_staff_visit"
"""Holds a token before somebody is logged in: who can set no cookie here logs nobody in."""

_TOKEN_BYTES: Final = 32
_OWN_SITES: Final = frozenset({"same-origin", "none"})
"""`none`: the official herself, e.g. by loading a page again."""


class Cookies:
    """Cookies that no script reads, no other site sends, and no other host of the domain sets."""

    def __init__(self, public_url: str) -> None:
        """Take the address of this server; empty: not known."""
        address = urlsplit(public_url)
        self._secure_host = address.netloc if address.scheme == "https" else ""

    def read(self, request: Request, name: str) -> str:
        """Return the value of a cookie; empty: there is none."""
        return request.cookies.get(self._name(request, name), "")

    def put(self, request: Request, response: Response, name: str, value: str) -> None:
        """Set a cookie that ends with the browser."""
        response.set_cookie(
            self._name(request, name),
            value,
            path="/",
            httponly=True,
            samesite="strict",
            secure=self._is_secure(request),
        )

    def drop(self, request: Request, response: Response, name: str) -> None:
        """Let the browser forget a cookie."""
        response.delete_cookie(
            self._name(request, name),
            path="/",
            httponly=True,
            samesite="strict",
            secure=self._is_secure(request),
        )

    def _name(self, request: Request, name: str) -> str:
        return f"__Host-{name}" if self._is_secure(request) else name

    def _is_secure(self, request: Request) -> bool:
        """Tell whether the browser speaks https: to us, or to a proxy that does not say so."""
        if request.url.scheme == "https":
            return True
        return bool(self._secure_host) and request.headers.get("host") == self._secure_host


def new_token() -> str:
    """Return 256 random bits."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def form_token(secret: str) -> str:
    """Return what a form of this session or visit holds; the secret cannot be made of it."""
    key = secret.encode("utf-8", "surrogatepass")
    return hmac.new(key, b"motcua staff form", "sha256").hexdigest()


def is_own_form(request: Request, secret: str, given: str) -> bool:
    """Tell whether a form was sent from one of our pages, in this very session or visit.

    Browsers say where a form comes from: not all of them, and never the secret. So both count.
    """
    token = given.encode("utf-8", "surrogatepass")
    fits = hmac.compare_digest(form_token(secret).encode(), token)
    return bool(secret) and fits and _is_from_here(request)


def _is_from_here(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in _OWN_SITES:
        return False
    origin = request.headers.get("origin", "null")
    if origin == "null":  # our own pages let no address out, not even to ourselves
        return True
    host = request.headers.get("host", "")
    return origin in {f"https://{host}", f"http://{host}"}  # a proxy may not say which
