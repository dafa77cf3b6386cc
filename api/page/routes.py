"""The demo page at `/`.

The server keeps no message text. What was asked is shown again from a cookie (the last question,
without JavaScript) or from the storage of the browser's tab (with it); what was answered is shown
again from the turn log.
"""

from typing import Annotated, Final
from urllib.parse import quote, unquote

from fastapi import APIRouter, Form, Header, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.chat.routes import client_of
from api.errors import TooMany
from api.page.view import PageView
from api.problems import ProblemError, retry_after
from api.wiring.services import Services, Told
from bot.errors import StoreUnavailable
from bot.messages import ERASED, RATED_DOWN, RATED_UP

SESSION_COOKIE: Final = "motcua_session"
QUESTION_COOKIE: Final = "motcua_question"
COOKIE_SECONDS: Final = 24 * 3600
SHOWN_CHARACTERS: Final = 300
"""So much of a question fits a cookie when every letter takes nine bytes."""

NOT_STORED: Final = "Hệ thống tạm thời không lưu được tin nhắn. Bạn gửi lại sau ít phút nhé."

MessageId = Annotated[str, Form(pattern=r"^[A-Za-z0-9._:-]{1,100}$")]
Text = Annotated[str, Form()]
Choice = Annotated[str, Form(max_length=64)]
Rating = Annotated[str, Form(pattern=r"^rate:(up|down):\d{1,18}$")]
Fragment = Annotated[str, Header(alias="X-Fragment")]


def page_router(services: Services) -> APIRouter:
    """Return the routes of the demo page; they are no part of the public interface."""
    router = APIRouter(include_in_schema=False)
    view = _view(services)

    @router.get("/")
    async def show(request: Request) -> HTMLResponse:
        try:
            told = await services.latest(request.cookies.get(SESSION_COOKIE, ""))
        except StoreUnavailable:
            return HTMLResponse(view.page(error=NOT_STORED), status_code=503)
        question = unquote(request.cookies.get(QUESTION_COOKIE, "")) if told else ""
        return HTMLResponse(view.page(question, told))

    @router.post("/chat")
    async def ask(
        request: Request,
        message_id: MessageId,
        text: Text = "",  # FastAPI reads an empty field as one that is missing
        choice: Choice = "",
        fragment: Fragment = "",
    ) -> Response:
        try:
            token, told = await _answer(services, request, message_id, text, choice)
        except (StoreUnavailable, ProblemError, TooMany) as error:
            if fragment:
                raise
            status, why, headers = _told(error)
            page = view.page(error=why, unsent=text)
            return HTMLResponse(page, status_code=status, headers=headers)
        if told.reply.outcome.kind == ERASED:
            return _erased(view, told, fragment=bool(fragment))
        turn = HTMLResponse(view.turn(text, told)) if fragment else None
        response = turn or RedirectResponse("/#log", status_code=303)
        _remember(request, response, token, _to_show(told, text))
        return response

    _let_rate(router, services, view)
    router.post("/chat/new")(_start_again)
    return router


def _view(services: Services) -> PageView:
    return PageView(
        services.message_max_characters, services.zalo_verification, services.looks_up_dossiers
    )


def _let_rate(router: APIRouter, services: Services, view: PageView) -> None:
    @router.post("/chat/rate")
    async def rate(
        request: Request, message_id: MessageId, choice: Rating, fragment: Fragment = ""
    ) -> Response:
        token = request.cookies.get(SESSION_COOKIE, "")
        try:
            await services.answer(token, message_id, choice=choice)
        except (StoreUnavailable, TooMany):
            if fragment:
                raise
        if fragment:
            return HTMLResponse(view.rating(choice))
        return RedirectResponse("/#log", status_code=303)


def _to_show(told: Told, text: str) -> str | None:
    """Return the question that the page shows beside the answer; None: the one before.

    A rating is only thanked for: the page shows the answer that was rated. What was typed about a
    dossier is not kept: four digits prove whose it is.
    """
    if told.reply.outcome.kind in {RATED_UP, RATED_DOWN}:
        return None
    return "" if told.reply.afterwards else text


def _erased(view: PageView, told: Told, *, fragment: bool) -> HTMLResponse:
    """Show the reply at once, for none of it is kept, and forget what the browser keeps."""
    response = HTMLResponse(view.turn("", told) if fragment else view.page("", told))
    response.headers["X-Erased"] = "1"
    for name in (SESSION_COOKIE, QUESTION_COOKIE):
        response.delete_cookie(name)
    return response


async def _start_again() -> RedirectResponse:
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(SESSION_COOKIE)
    response.delete_cookie(QUESTION_COOKIE)
    return response


async def _answer(
    services: Services, request: Request, message_id: str, text: str, choice: str
) -> tuple[str, Told]:
    """Return the session's token, a new one if the browser has none that holds, and the reply."""
    if too_long := services.too_long(text):
        raise ProblemError(422, too_long)
    typed, address = "" if choice else text, client_of(request)
    token = request.cookies.get(SESSION_COOKIE, "")
    told = await services.answer(token, message_id, typed, choice, address)
    if told is None:
        token = await services.open_session(address)
        told = await services.answer(token, message_id, typed, choice, address)
    if told is None:  # the session was opened a moment ago
        raise ProblemError(503)
    return token, told


def _told(error: StoreUnavailable | ProblemError | TooMany) -> tuple[int, str, dict[str, str]]:
    if isinstance(error, TooMany):
        return 429, str(error), retry_after(error)
    if isinstance(error, ProblemError) and error.detail:
        return error.status, error.detail, {}
    return 503, NOT_STORED, {}


def _remember(request: Request, response: Response, token: str, text: str | None) -> None:
    """Keep session and question in the browser; None leaves the question before."""
    kept = {SESSION_COOKIE: token}
    if text is not None:
        shown = text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"
        kept[QUESTION_COOKIE] = quote(shown)
    for name, value in kept.items():
        response.set_cookie(
            name,
            value,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
