"""`/slip/CODE`: an official ticks which papers are there, and the citizen hears what is missing."""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.filing_desk.ports import CounterResult, SlipCounter
from api.staff.own_paths import own_path, slip_path
from api.staff.pages import clock_time
from api.staff.room import Room, Visit
from api.staff.slip_view import ShownSlip, shown_slip
from bot.dossiers.ports import Locked
from bot.filings.codes import read_code
from bot.filings.ports import NoSlip
from bot.rendering.desk import Desk
from knowledge.library import Library

NOT_OPENED: Final = "Không mở được phiếu này"
_NONE: Final = (
    "Mã không đúng hoặc phiếu đã hết hạn. Bạn so lại từng ký tự với phiếu, hoặc nhờ người dân mở "
    "lại phiếu trên điện thoại."
)
_LOCKED: Final = "Có nhiều lần nhập mã chưa đúng. Bạn thử lại lúc {moment} nhé."
_NO_PROCEDURE: Final = (
    "Thủ tục của phiếu này không còn trong dữ liệu của hệ thống. Bạn hướng dẫn người dân lập phiếu "
    "mới cho thủ tục đang có hiệu lực."
)
_OTHER_LIST: Final = (
    "Người dân vừa đổi câu trả lời nên danh sách giấy tờ đã khác. Chưa có gì được lưu: bạn kiểm "
    "tra lại danh sách dưới đây rồi lưu."
)

_NOT_FOUND: Final = 404
_CONFLICT: Final = 409
_TOO_MANY: Final = 429

Typed = Annotated[str, Form()]
Keys = Annotated[list[str], Form(default_factory=list)]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where slips come from, and what they are shown with."""

    slips: SlipCounter
    library: Callable[[], Library]
    desk: Callable[[], Desk]
    now: Callable[[], datetime]
    """Aware."""


class Counter:
    """Shows slips to officials who are logged in, and keeps what they saw."""

    def __init__(self, room: Room, shelf: Shelf) -> None:
        """Take the room that the counter stands in, and where slips come from."""
        self.room: Final = room
        self._shelf = shelf

    async def open(self, visit: Visit, code: str) -> ShownSlip | HTMLResponse:
        """Return a slip, or the page that says why there is none.

        Raises:
            StoreUnavailable: nothing was read.
        """
        known = read_code(code)
        found = await self._shelf.slips.at_counter(visit.official.id, known) if known else NoSlip()
        return self._shown(visit, found)

    async def save(self, visit: Visit, code: str, seen: Collection[str], mark: str) -> HTMLResponse:
        """Keep which papers are there, if the list is still the one that was ticked.

        Raises:
            StoreUnavailable: nothing was kept.
        """
        shown, pages = await self.open(visit, code), self.room.pages
        if isinstance(shown, HTMLResponse):
            return shown
        there = {one.key for one in shown.papers} & {*seen}
        if shown.mark != mark:
            html = pages.slip(visit.official, visit.token, shown, ticked=there, said=_OTHER_LIST)
            return self.room.page(html, _CONFLICT)
        missing = {one.key for one in shown.needed} - there
        found = await self._shelf.slips.check(visit.official.id, read_code(code), there, missing)
        saved = self._shown(visit, found)
        if isinstance(saved, HTMLResponse):
            return saved
        return self.room.page(pages.saved(visit.official, visit.token, saved))

    def _shown(self, visit: Visit, found: CounterResult) -> ShownSlip | HTMLResponse:
        if isinstance(found, Locked):
            seconds = math.ceil((found.until - self._shelf.now()).total_seconds())
            said = _LOCKED.format(moment=clock_time(found.until))
            return self._told(visit, said, _TOO_MANY, {"Retry-After": str(max(1, seconds))})
        if isinstance(found, NoSlip):
            return self._told(visit, _NONE)
        shown = shown_slip(self._shelf.desk(), self._shelf.library(), found)
        return self._told(visit, _NO_PROCEDURE) if shown is None else shown

    def _told(
        self,
        visit: Visit,
        said: str,
        status: int = _NOT_FOUND,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        html = self.room.pages.message(visit.official, visit.token, NOT_OPENED, said)
        return self.room.page(html, status, headers)


def show_slips(router: APIRouter, counter: Counter) -> None:
    """Add the page of a slip to the desk."""
    room = counter.room

    @router.get("/slip/{code}")
    async def show(request: Request, code: str) -> Response:
        visit = await room.who(request)
        if visit is None:  # before anything is looked up: the same page for every code
            return room.login_page(request, own_path(slip_path(code)))
        shown = await counter.open(visit, code)
        if isinstance(shown, HTMLResponse):
            return shown
        return room.page(room.pages.slip(visit.official, visit.token, shown))

    @router.post("/slip/{code}")
    async def save(
        request: Request, code: str, seen: Keys, form_token: Typed = "", mark: Typed = ""
    ) -> Response:
        visit = await room.admitted(request, form_token, own_path(slip_path(code)))
        if isinstance(visit, Response):
            return visit
        return await counter.save(visit, code, seen, mark)
