"""`/staff`: logging in and out, and the first page of the officials' desk."""

from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from api.chat.routes import client_of
from api.limits.addresses import address_block
from api.staff.browser import SESSION, VISIT, Cookies, is_own_form
from api.staff.entrance import Entrance, LoggedIn, TooManyLogins
from api.staff.own_paths import HOME, LOGIN, own_path, slip_path
from api.staff.pages import Pages, in_words
from api.staff.passwords import Passwords
from api.staff.room import FORBIDDEN, Room, route_class
from api.staff.slips import Counter, Shelf, show_slips
from api.wiring.services import Services
from api.wiring.staff import StaffOffice
from bot.filings.codes import read_code

WRONG: Final = "Tên đăng nhập hoặc mật khẩu chưa đúng. Bạn kiểm tra rồi thử lại nhé."
AGAIN: Final = "Trang đăng nhập đã cũ. Bạn nhập lại giúp nhé."
LOCKED: Final = "Có nhiều lần đăng nhập chưa đúng. Bạn thử lại sau {wait} nhé."
NO_CODE: Final = "Mã phiếu gồm 6 chữ và số, ví dụ K7Q2MX, in cạnh mã QR trên phiếu."

UNPROCESSABLE: Final = 422
TOO_MANY: Final = 429

Typed = Annotated[str, Form()]
Asked = Annotated[str, Query(alias="next")]
Onward = Annotated[str, Form(alias="next")]


def staff_router(
    services: Services, office: StaffOffice, passwords: Passwords | None = None
) -> APIRouter:
    """Return the pages for officials; they are no part of the public interface.

    Args:
        services: the time of day, and the library of the moment.
        office: everything of the officials' desk.
        passwords: how they are compared; None: as slowly as is recommended.
    """
    entrance = Entrance(
        office.accounts,
        office.tries,
        office.key,
        lambda: services.now().timestamp(),
        office.hours,
        passwords,
    )
    pages = Pages()
    room = Room(entrance, Cookies(office.public_url), pages)
    router = APIRouter(include_in_schema=False, route_class=route_class(pages))
    _let_in(router, room)
    _let_out(router, room)
    _show_home(router, room)
    shelf = Shelf(office.counter, lambda: services.library, office.desk, services.now)
    show_slips(router, Counter(room, shelf))
    return router


def _let_in(router: APIRouter, room: Room) -> None:
    @router.get(LOGIN)
    async def show(request: Request, asked: Asked = "") -> Response:
        onward = own_path(asked)
        if await room.who(request) is not None:
            return room.onward(onward)
        return room.login_page(request, onward)

    @router.post(LOGIN)
    async def log_in(
        request: Request,
        login: Typed = "",
        password: Typed = "",
        form_token: Typed = "",
        onward: Onward = "",
    ) -> Response:
        path = own_path(onward)
        if not is_own_form(request, room.cookies.read(request, VISIT), form_token):
            return room.login_page(request, path, FORBIDDEN, said=AGAIN)
        address = address_block(client_of(request))
        result = await room.entrance.log_in(login, password, address)
        if isinstance(result, TooManyLogins):
            told = LOCKED.format(wait=in_words(result.seconds))
            later = {"Retry-After": str(result.seconds)}
            return room.login_page(request, path, TOO_MANY, later, said=told)
        if not isinstance(result, LoggedIn):
            return room.login_page(request, path, FORBIDDEN, said=WRONG, typed=login)
        await room.entrance.log_out(room.cookies.read(request, SESSION))
        response = room.onward(path)
        room.cookies.put(request, response, SESSION, result.token)
        room.cookies.drop(request, response, VISIT)
        return response


def _let_out(router: APIRouter, room: Room) -> None:
    @router.post("/staff/logout")
    async def log_out(request: Request, form_token: Typed = "") -> Response:
        visit = await room.admitted(request, form_token, HOME)
        if isinstance(visit, Response):
            return visit
        await room.entrance.log_out(visit.token)
        response = room.onward(LOGIN)
        room.cookies.drop(request, response, SESSION)
        return response


def _show_home(router: APIRouter, room: Room) -> None:
    @router.get(HOME)
    async def show(request: Request) -> Response:
        visit = await room.who(request)
        if visit is None:
            return room.onward(LOGIN)
        return room.page(room.pages.home(visit.official, visit.token))

    @router.post(HOME)
    async def open_slip(request: Request, code: Typed = "", form_token: Typed = "") -> Response:
        visit = await room.admitted(request, form_token, HOME)
        if isinstance(visit, Response):
            return visit
        if known := read_code(code):
            return room.onward(slip_path(known))
        html = room.pages.home(visit.official, visit.token, typed=code, said=NO_CODE)
        return room.page(html, UNPROCESSABLE)
