"""`/zalo/authorize`: from a command of an operator to Zalo's own page, and back.

Only who has a link that `motcua zalo authorize` made gets past the first line of either page.
"""

from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.consent.telling import DONE, NO_CODE, Told, tell
from api.wiring.zalo import CALLBACK_PATH, START_PATH, ZaloOffice
from bot.channels.zalo_oa.consent import MAX_CODE_CHARACTERS, Returned, account
from bot.errors import BotError

TEMPLATES: Final = Path(__file__).parent / "templates"

Parameter = Annotated[str, Query(max_length=MAX_CODE_CHARACTERS)]


def consent_router(office: ZaloOffice) -> APIRouter:
    """Return the pages; they are no part of the public interface."""
    router = APIRouter(include_in_schema=False)
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def page(told: Told, address: str = "") -> HTMLResponse:
        text = templates.get_template("consent.html").render(told=told, address=address)
        return HTMLResponse(text, status_code=told.status)

    @router.get(START_PATH)
    async def start(state: Parameter = "") -> HTMLResponse:
        try:
            address = await office.consents.address(state)
        except BotError as error:
            return page(tell(error))
        return page(Told(200, "Cấp quyền cho trợ lý", ""), address)

    @router.get(CALLBACK_PATH)
    async def returned(
        state: Parameter = "", code: Parameter = "", oa_id: Parameter = ""
    ) -> HTMLResponse:
        if not code:
            return page(NO_CODE)
        try:
            await office.consents.finish(Returned(code, state, account(oa_id)))
        except BotError as error:
            return page(tell(error))
        return page(DONE)

    return router
