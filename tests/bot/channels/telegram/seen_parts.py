"""What a citizen sees of a part."""

import json
import re
from typing import Any

from bot.channels.base import Part
from bot.channels.telegram.dressing import dress
from bot.messages import (
    Reply,
)
from tests.support.telegram_html import Shown
from tests.support.telegram_rules import check_keyboard, what_is_shown

PORTAL = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bf7?a=1&b=2"


def shown(part: Part) -> Shown:
    """What a citizen sees; refused here, as by the Bot API, if the part breaks a rule."""
    check_keyboard(part.body)
    json.dumps(part.body)
    return what_is_shown(part.body)


def rows(part: Part) -> list[list[str]]:
    markup: Any = part.body.get("reply_markup", {"inline_keyboard": []})
    return [[button["text"] for button in row] for row in markup["inline_keyboard"]]


def data(part: Part) -> list[str]:
    markup: Any = part.body["reply_markup"]
    return [button["callback_data"] for row in markup["inline_keyboard"] for button in row]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)


def one(reply: Reply, turn: int | None = None) -> Part:
    (part,) = dress(reply, turn)
    return part
