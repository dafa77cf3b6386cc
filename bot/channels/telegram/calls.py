"""Calls of the Bot API that are made for every message: as cheap as the library allows.

`Bot.send_message` makes the whole sent message into objects that nobody reads (1.2 ms instead of
1.0), and `Bot.get_updates` logs what it cannot read, text and all. So both are called by name;
`Bot.do_api_request` warns of a name it has a method for, and the Bot API takes names in any case
(core.telegram.org/bots/api, Making requests; read 11/2026).
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Final

from telegram import Bot, InputFile
from telegram.error import TelegramError

from bot.channels.errors import PartRefused
from bot.channels.telegram.failures import failure_of, translated
from bot.channels.telegram.fields import Record
from bot.channels.telegram.line import READ_SECONDS, Line, Refusal
from bot.channels.telegram.updates import ALLOWED_UPDATES

API_URL: Final = "https://api.telegram.org"

_UNCHANGED: Final = "message is not modified"
"""Of a 400 of editMessageText: text and buttons are those that the message has already
(github.com/tdlib/telegram-bot-api, Client.cpp; read 11/2026)."""

_NOT_EDITED: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND})
"""404: a server that does not know the method, as small emulators do not, or a wrong token."""

Pictures = Callable[[str], bytes]
"""Returns one of our pictures as PNG, by its name."""

POLL_SECONDS: Final = 25
"""How long Telegram holds an empty answer back."""


def make_bot(token: str, api_url: str, line: Line) -> Bot:
    """Return the library's bot, which calls nothing yet; `api_url` has no slash at its end."""
    return Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=line,
        get_updates_request=line,
    )


async def send_message(bot: Bot, user_id: str, body: Mapping[str, object]) -> Record:
    """Send what `dressing` made and return the message as Telegram shows it.

    Raises:
        DeliveryFailed: one of its kinds.
    """
    if not body.get("text"):
        raise PartRefused("empty")  # never asked of Telegram
    with translated():
        sent = await bot.do_api_request("SendMessage", {"chat_id": user_id, **body})
    return sent if isinstance(sent, dict) else {}


async def edit_message(
    bot: Bot, user_id: str, message_id: str, body: Mapping[str, object]
) -> Record | None:
    """Let a message that was sent before say something else, and return it; None: it cannot.

    Said twice it is one message all the same: Telegram refuses to change nothing, and then the
    message reads as it should.

    Raises:
        DeliveryFailed: one of its kinds.
    """
    if not message_id.isdecimal() or "text" not in body:
        return None
    asked = {"chat_id": user_id, "message_id": int(message_id), **body}
    try:
        edited = await bot.do_api_request("EditMessageText", asked)
    except TelegramError as error:
        if not isinstance(error, Refusal) or error.code not in _NOT_EDITED:
            raise failure_of(error) from error
        if _UNCHANGED in error.description.lower():
            return {"message_id": int(message_id)}
        return None  # too old, deleted, not ours, or badly written: sending it anew tells which
    return edited if isinstance(edited, dict) and edited else {"message_id": int(message_id)}


async def send_photo(
    bot: Bot, user_id: str, body: Mapping[str, object], pictures: Pictures
) -> Record:
    """Upload the picture that `dressing` named and return the message as Telegram shows it.

    A server that does not know the method, as small emulators do not, refuses the part only: then
    its words go out.

    Raises:
        DeliveryFailed: one of its kinds.
    """
    name = str(body["photo"])
    picture = InputFile(pictures(name), f"{name}.png")
    try:
        sent = await bot.do_api_request("SendPhoto", {"chat_id": user_id, **body, "photo": picture})
    except TelegramError as error:
        if isinstance(error, Refusal) and error.code == HTTPStatus.NOT_FOUND:
            raise PartRefused(str(error.code)) from error
        raise failure_of(error) from error
    return sent if isinstance(sent, dict) else {}


async def get_updates(bot: Bot, offset: int | None) -> Sequence[Record]:
    """Wait for updates; those before `offset` are confirmed.

    Raises:
        DeliveryFailed: one of its kinds.
        telegram.error.TelegramError: refused.
    """
    asked = {
        "offset": offset,
        "timeout": POLL_SECONDS,
        "allowed_updates": list(ALLOWED_UPDATES),
    }
    read_seconds = POLL_SECONDS + READ_SECONDS
    updates = await bot.do_api_request("GetUpdates", asked, read_timeout=read_seconds)
    return [one for one in updates if isinstance(one, dict)] if isinstance(updates, list) else []
