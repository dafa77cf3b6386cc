"""HTML of the demo page: one template for the whole page, one for a single turn."""

import uuid
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.chat.schemas import rating_choices, reply_out
from api.static_files import static_address
from api.wiring.services import Told
from bot.deciding.act_values import Rated, read_act
from bot.dossiers.codes import DossierCode, find_codes

FOLDER: Final = Path(__file__).parent

EXAMPLES: Final = (
    "làm giấy khai sinh cho con cần giấy tờ gì",
    "lam lai can cuoc bi mat het bao nhieu tien",
    "đăng ký tạm trú ở đâu, mất mấy ngày",
    "nộp hồ sơ cấp hộ chiếu online được không",
)

DOSSIER_EXAMPLE: Final = "hồ sơ của tôi đến đâu rồi"


class PageView:
    """Renders the page; every value is escaped."""

    def __init__(
        self, max_characters: int, zalo_verification: str, looks_up: Callable[[], bool]
    ) -> None:
        """Take what the page says.

        Args:
            max_characters: of the longest message.
            zalo_verification: what Zalo wants the page to say of its owner; empty: nothing.
            looks_up: tells whether dossiers can be looked up now.
        """
        self._looks_up = looks_up
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(
            new_id=new_id,
            month=month,
            safe_link=safe_link,
            static=static_address,
            whole_codes=whole_codes,
            drawn=drawn,
            max_characters=max_characters,
            zalo_verification=zalo_verification,
        )

    def page(
        self, question: str = "", told: Told | None = None, error: str = "", unsent: str = ""
    ) -> str:
        """Return the whole page: with the last turn, or with what went wrong and was not sent."""
        return self._templates.get_template("page.html").render(
            question=question,
            reply=reply_out(told.reply, told.turn) if told else None,
            rated=told.rating if told else 0,
            error=error,
            unsent=unsent,
            examples=(*EXAMPLES, DOSSIER_EXAMPLE) if self._looks_up() else EXAMPLES,
        )

    def turn(self, question: str, told: Told) -> str:
        """Return one question and its answer."""
        reply = reply_out(told.reply, told.turn)
        return self._macro("turn", question, reply, told.rating, new_id)

    def rating(self, choice: str) -> str:
        """Return the buttons under an answer after one of them, `choice`, was pressed."""
        act = read_act(choice)
        if not isinstance(act, Rated) or act.turn is None:
            return ""
        rated = 1 if act.up else -1
        return self._macro("rating", rating_choices(act.turn), rated, new_id)

    def _macro(self, name: str, *parts: object) -> str:
        macros = self._templates.get_template("turn.html").module
        return str(getattr(macros, name)(*parts)).strip()


def new_id() -> str:
    """Return an id for a message that was not sent yet."""
    return uuid.uuid4().hex


def month(as_of: str) -> str:
    """Return an ISO month or day as people write it.

    >>> month("2026-07"), month("2026-07-15"), month("cuối năm 2025")
    ('tháng 7/2026', 'ngày 15/7/2026', 'cuối năm 2025')
    """
    parts = as_of.split("-")
    if not all(part.isdecimal() for part in parts):
        return as_of
    numbers = "/".join(str(int(part)) for part in reversed(parts))
    return {2: "tháng ", 3: "ngày "}.get(len(parts), "") + numbers


def safe_link(url: str) -> str:
    """Return `url` if a browser may follow it; a record could hold `javascript:` instead.

    A path leads to a page of ours; with two slashes it would lead to another server.

    >>> safe_link("javascript:alert(1)"), safe_link("//xau.vn"), safe_link("/phieu/K7Q2MX")
    ('', '', '/phieu/K7Q2MX')
    """
    is_path = url.startswith("/") and url[1:2].isalnum()
    return url if is_path or url.startswith(("https://", "http://")) else ""


def whole_codes(text: str) -> Markup:
    """Return `text` escaped, its dossier codes kept from being broken at the end of a line.

    >>> print(whole_codes("Mã H17.15-250710-0012 <b>"))
    Mã <span class="code">H17.15-250710-0012</span> &lt;b&gt;
    """
    shown, at = Markup(), 0
    for code in find_codes(text):
        if isinstance(code, DossierCode):
            kept = Markup('<span class="code">{}</span>').format(code.raw)
            shown, at = shown + text[at : code.start] + kept, code.end
    return shown + text[at:]


def drawn(url: str) -> str:
    """Return the address of the drawing behind a picture: sharp at every size, and smaller."""
    return static_address(f"{PurePosixPath(url).stem}.svg")
