"""What a failure of a call means for the part that was to be sent.

The descriptions are those of the Bot API server (github.com/tdlib/telegram-bot-api, Client.cpp,
and core.telegram.org/api/errors for the names in capitals; read 11/2026).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final

from telegram.error import TelegramError

from bot.channels.errors import (
    ChannelBroken,
    DeliveryFailed,
    FateUnknown,
    PartRefused,
    RecipientGone,
    TryLater,
)
from bot.channels.lines import broken_line
from bot.channels.telegram.line import LineBroken, Refusal

_GONE: Final = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_id_invalid",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "chat_write_forbidden",
    "user_is_blocked",
    "input_user_deactivated",
    "user_deactivated",
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "group chat was deactivated",
    "group chat was upgraded to a supergroup",
    "topic_closed",
    "topic_deleted",
)
"""Words of a 400 that concern the chat, not the message; in small letters."""

_UNKNOWN_TOKEN: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})
"""404 is the answer to a token that is none, 401 to one that was revoked."""

_OF_A_PROXY: Final = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.PROXY_AUTHENTICATION_REQUIRED,
    }
)
"""Where the answer is none of the Bot API, these say nothing of the message and the person."""

_BADLY_WRITTEN: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE})


@contextmanager
def translated() -> Iterator[None]:
    """Raise what python-telegram-bot raises as `DeliveryFailed`."""
    try:
        yield
    except TelegramError as error:
        raise failure_of(error) from error


def failure_of(error: TelegramError) -> DeliveryFailed:
    """Return what `error` means; its text holds no word of a message, no address and no token."""
    match error:
        case Refusal():
            return _refused(error)
        case LineBroken(kind=kind):
            return broken_line(kind)
        case _:
            return FateUnknown(type(error).__name__)


def _refused(refusal: Refusal) -> DeliveryFailed:
    code = str(refusal.code)
    if refusal.code in _UNKNOWN_TOKEN or (refusal.foreign and refusal.code in _OF_A_PROXY):
        return ChannelBroken(code)
    if refusal.code == HTTPStatus.FORBIDDEN or _concerns_the_chat(refusal):
        return RecipientGone(code)
    if refusal.code in _BADLY_WRITTEN:
        return PartRefused(code)
    return TryLater(code, refusal.after_seconds)


def _concerns_the_chat(refusal: Refusal) -> bool:
    said = refusal.description.lower()
    return refusal.code == HTTPStatus.BAD_REQUEST and any(words in said for words in _GONE)
