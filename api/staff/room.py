"""What every page of the desk shares: who is logged in, and how pages are answered."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from typing_extensions import override

from api.logs import log_failure
from api.problems import RETRY_AFTER_SECONDS
from api.staff.browser import SESSION, VISIT, Cookies, is_own_form, new_token
from api.staff.entrance import Entrance
from api.staff.pages import Pages
from api.staff_accounts import Official
from bot.errors import StoreUnavailable

HEADERS: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}

SEE_OTHER: Final = 303
FORBIDDEN: Final = 403

ENDED: Final = "Phiên làm việc đã kết thúc nên chưa có gì được lưu. Bạn đăng nhập lại nhé."
STALE: Final = "Trang này mở đã lâu hoặc không do hệ thống gửi, nên chưa có gì được lưu."
_NOT_READ: Final = (
    "Máy chủ không đọc được nội dung trang này gửi lên, nên chưa có gì được lưu. Bạn mở lại trang "
    "rồi làm lại nhé."
)
_NOT_STORED: Final = "Hệ thống tạm thời không đọc hoặc ghi được. Bạn thử lại sau ít phút nhé."


@dataclass(frozen=True, slots=True)
class Visit:
    """An official who is logged in."""

    official: Official
    token: str = field(repr=False)
    """Of the session."""


class Room:
    """Lets officials in, and answers with pages."""

    def __init__(self, entrance: Entrance, cookies: Cookies, pages: Pages) -> None:
        """Take who lets in, the cookies and the pages."""
        self.entrance: Final = entrance
        self.cookies: Final = cookies
        self.pages: Final = pages

    async def who(self, request: Request) -> Visit | None:
        """Return who is logged in; None: nobody.

        Raises:
            StoreUnavailable: nobody is let in.
        """
        token = self.cookies.read(request, SESSION)
        official = await self.entrance.recognise(token)
        return None if official is None else Visit(official, token)

    def login_page(
        self,
        request: Request,
        onward: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **told: str,
    ) -> HTMLResponse:
        """Return the page on which officials log in, the same for every slip."""
        known = self.cookies.read(request, VISIT)
        visit = known or new_token()
        response = self.page(self.pages.login(visit, onward, **told), status, headers)
        if not known:
            self.cookies.put(request, response, VISIT, visit)
        return response

    def page(
        self, html: str, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> HTMLResponse:
        """Return a page that nobody keeps."""
        return HTMLResponse(html, status, {**HEADERS, **(headers or {})})

    def onward(self, path: str) -> RedirectResponse:
        """Send the browser on after a form."""
        return RedirectResponse(path, SEE_OTHER, HEADERS)

    async def admitted(self, request: Request, given: str, path: str) -> Visit | HTMLResponse:
        """Return who sent a form, or the page that says why it did nothing.

        Args:
            request: with the form.
            given: the token in the form.
            path: of the page where one goes on after a new login.

        Raises:
            StoreUnavailable: nobody is let in.
        """
        visit = await self.who(request)
        if visit is None:
            return self.login_page(request, path, FORBIDDEN, said=ENDED)
        if is_own_form(request, visit.token, given):
            return visit
        html = self.pages.message(visit.official, visit.token, "Hãy làm lại", STALE)
        return self.page(html, FORBIDDEN)


def route_class(pages: Pages) -> type[APIRoute]:
    """Return routes that tell with a page that the store is away, or a form cannot be read."""

    class PageRoute(APIRoute):
        @override
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def answer(request: Request) -> Response:
                try:
                    return await handle(request)
                except StoreUnavailable as error:
                    log_failure(error, self.path)
                    later = {**HEADERS, "Retry-After": str(RETRY_AFTER_SECONDS)}
                    html = pages.message(None, "", "Chưa làm được", _NOT_STORED)
                    return HTMLResponse(html, 503, later)
                except (HTTPException, RequestValidationError) as error:
                    status = error.status_code if isinstance(error, HTTPException) else 422
                    html = pages.message(None, "", "Hãy làm lại", _NOT_READ)
                    return HTMLResponse(html, status, HEADERS)

            return answer

    return PageRoute
