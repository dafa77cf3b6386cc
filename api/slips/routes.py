"""`/phieu`: the citizen's own page of a slip, its ticks, its print.

Whoever has the code may look and tick, as with the paper itself; nothing on it tells whose it is.
Codes that are wrong, mistyped or over get one page, equal to the byte. Addresses hold the code, so
nothing is cached, and our own log holds the route alone.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Coroutine
from typing import Annotated, Any, Final, Literal, assert_never

from fastapi import APIRouter, Form, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from typing_extensions import override

from api.filing_desk.ports import SlipPages
from api.logs import log_failure
from api.problems import RETRY_AFTER_SECONDS, ProblemError
from api.slips.door import Door, Opened, block_of
from api.slips.senders import is_behind_her_back, is_our_own
from api.slips.sheets import SHEETS
from api.slips.view import SlipView, seconds_until
from api.wiring.services import Services
from bot.dossiers.ports import Locked
from bot.errors import StoreUnavailable
from bot.filings.codes import read_code
from bot.filings.ports import NoSlip
from bot.rendering.desk import Desk

SLIP_CHANNEL: Final = "slip"
"""Under which prints are counted, by address: each takes a fifth of a second."""

MOST_AT_ONCE: Final = 2
"""Prints that are made at the same time, beside everything else a server does."""

Key = Annotated[str, Form(pattern=r"^[0-9a-f]{1,16}$")]
On = Annotated[Literal["0", "1"], Form()]
Fragment = Annotated[str, Header(alias="X-Fragment")]
Size = Annotated[Literal["a5", "a4"], Query()]

MEDIA_TYPES: Final = {".pdf": "application/pdf", ".png": "image/png"}

Result = Opened | NoSlip | Locked


def slips_router(services: Services, pages: SlipPages, desk: Callable[[], Desk]) -> APIRouter:
    """Return the pages of slips; they are no part of the public interface.

    Args:
        services: the library of the moment, what is held, the clock, the limits.
        pages: where slips are kept.
        desk: gives what is written with at the moment.
    """
    view = SlipView(lambda: desk().book)
    router = APIRouter(include_in_schema=False, route_class=_route_class(view))
    front = _Front(services, Door(services, pages, desk), view)
    router.get("/phieu")(front.find)
    router.get("/phieu/{code}.pdf")(front.pdf)  # before the page, whose route takes any dots
    router.get("/phieu/{code}.png")(front.picture)
    router.get("/phieu/{code}")(front.show)
    router.post("/phieu/{code}")(front.tick)
    return router


class _Front:
    """The pages, and what is told in their place."""

    def __init__(self, services: Services, door: Door, view: SlipView) -> None:
        self._services = services
        self._door = door
        self._view = view
        self._printing = asyncio.Semaphore(MOST_AT_ONCE)

    async def find(self, ma: str | None = None) -> Response:
        """Show the box for a code, or go where the typed one leads."""
        if ma is None:
            return HTMLResponse(self._view.find())
        code = read_code(ma)
        return RedirectResponse(f"/phieu/{code}", status_code=303) if code else self._none()

    async def show(self, request: Request, code: str) -> Response:
        """Show a slip."""
        _refuse_behind_her_back(request)
        opened = await self._open(request, code)
        if isinstance(opened, Response):
            return opened
        return HTMLResponse(self._view.slip(opened.content, self._door.pages.terms))

    async def tick(
        self, request: Request, code: str, paper: Key, on: On, fragment: Fragment = ""
    ) -> Response:
        """Tick a paper, or take the tick away."""
        if not is_our_own(request):
            raise ProblemError(403)
        if read_code(code) != code:
            return self._none()
        opened = await self._told(self._door.tick(request, code, paper, on=on == "1"))
        if isinstance(opened, Response):
            return opened
        if fragment:
            return HTMLResponse(self._view.papers(opened.content))
        return RedirectResponse(f"/phieu/{code}#giay-{paper}", status_code=303)

    async def pdf(self, request: Request, code: str, kho: Size = "a5") -> Response:
        """Give a slip to be printed."""

        def make(opened: Opened) -> bytes:
            from api.slips.pdf import slip_pdf  # noqa: PLC0415 - fpdf2: half a second

            return slip_pdf(opened.desk.book, opened.content, SHEETS[kho])

        return await self._printed(request, code, ".pdf", make)

    async def picture(self, request: Request, code: str) -> Response:
        """Give the card of a slip as a picture."""

        def make(opened: Opened) -> bytes:
            from api.slips.card import slip_card  # noqa: PLC0415 - Pillow: a tenth of a second

            return slip_card(opened.desk.book, opened.content)

        return await self._printed(request, code, ".png", make)

    async def _printed(
        self, request: Request, code: str, ending: str, make: Callable[[Opened], bytes]
    ) -> Response:
        _refuse_behind_her_back(request)
        admission = await self._services.limiter.admit(SLIP_CHANNEL, block_of(request))
        if not admission.admitted:
            return self._wait(admission.retry_after)
        opened = await self._open(request, code, ending)
        if isinstance(opened, Response):
            return opened
        async with self._printing:
            made = await asyncio.to_thread(make, opened)
        headers = {"Content-Disposition": f'attachment; filename="phieu-{code}{ending}"'}
        return Response(made, media_type=MEDIA_TYPES[ending], headers=headers)

    async def _open(self, request: Request, code: str, ending: str = "") -> Opened | Response:
        """Open a slip; a code that is written in another way leads to its one spelling."""
        spelled = read_code(code)
        if not spelled:
            return self._none()
        if spelled != code:
            return RedirectResponse(f"/phieu/{spelled}{ending}", status_code=303)
        return await self._told(self._door.open(request, code))

    async def _told(self, opening: Awaitable[Result]) -> Opened | Response:
        try:
            result = await opening
        except StoreUnavailable as error:
            log_failure(error, "/phieu/{code}")
            headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
            return HTMLResponse(self._view.away(), status_code=503, headers=headers)
        match result:
            case Opened():
                return result
            case NoSlip():
                return self._none()
            case Locked(until=until):
                return self._wait(seconds_until(until, self._services.now()))
        assert_never(result)

    def _none(self) -> Response:
        return HTMLResponse(self._view.none(), status_code=404)

    def _wait(self, seconds: float) -> Response:
        headers = {"Retry-After": str(math.ceil(seconds))}
        return HTMLResponse(self._view.wait(seconds), status_code=429, headers=headers)


def _route_class(view: SlipView) -> type[APIRoute]:
    """Return routes that tell with a page that a form cannot be read."""

    class PageRoute(APIRoute):
        @override
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def answer(request: Request) -> Response:
                try:
                    return await handle(request)
                except (HTTPException, RequestValidationError) as error:
                    status = error.status_code if isinstance(error, HTTPException) else 422
                    return HTMLResponse(view.unread(), status)

            return answer

    return PageRoute


def _refuse_behind_her_back(request: Request) -> None:
    """Look nothing up, and count nothing, for another site's page."""
    if is_behind_her_back(request):
        raise ProblemError(403)
