"""What an update of the Bot API means to us (core.telegram.org/bots/api, Update; read 11/2026).

Read by hand: `telegram.Update.de_json` takes 84 µs for a plain text, this 10 µs, and it fails on
an update that lacks a field. What is unknown concerns nobody and is no error.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.channels.base import Arrival, ArrivalKind
from bot.channels.commands import Typed, read_typed
from bot.channels.errors import Malformed
from bot.channels.telegram.fields import Record, identity, moment, record, words
from bot.channels.telegram.groups import (
    Me,
    is_addressed,
    is_group,
    is_person,
    is_private,
    without_name,
)
from bot.messages import Gesture

CHANNEL: Final = "telegram"

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram is asked to send: each kind that `read_update` knows, and nothing else."""

_LONGEST_CHOICE: Final = 64
_LONGEST_ID: Final = 128

_GESTURES: Final = {
    "animation": Gesture.VIDEO,  # before the document that Telegram sends beside it
    "photo": Gesture.PHOTO,
    "voice": Gesture.VOICE,
    "audio": Gesture.VOICE,
    "video": Gesture.VIDEO,
    "video_note": Gesture.VIDEO,
    "document": Gesture.FILE,
    "sticker": Gesture.STICKER,
    "location": Gesture.LOCATION,
    "venue": Gesture.LOCATION,
    "contact": Gesture.CONTACT,
    "paid_media": Gesture.UNSUPPORTED,
    "story": Gesture.UNSUPPORTED,
    "dice": Gesture.UNSUPPORTED,
    "game": Gesture.UNSUPPORTED,
    "poll": Gesture.UNSUPPORTED,
    "checklist": Gesture.UNSUPPORTED,
}
"""What a person can send besides words. What Telegram itself tells in a chat is not among it."""

_GONE: Final = frozenset({"kicked", "left"})
_THERE: Final = frozenset({"member", "administrator", "creator"})


def read_update(update: Record, me: Me, now: datetime) -> Arrival | None:
    """Return what `update` means; None: it does not concern us.

    Raises:
        Malformed: it has no number, so that the same update could not be told from another.
    """
    number = identity(update, "update_id")
    if not number:
        raise Malformed("An update has no update_id.")
    for kind, read in _READERS.items():
        if content := record(update, kind):
            return read(content, number, me, now)
    return None


def _message(message: Record, number: str, me: Me, now: datetime) -> Arrival | None:
    chat = record(message, "chat")
    user_id = identity(chat, "id")
    if not user_id or not is_person(message):
        return None
    text = words(message, "text") or words(message, "caption")
    if is_group(chat):
        if not is_addressed(message, text, me):
            return None
        text = without_name(text, me)
    elif not is_private(chat):
        return None
    typed = _typed(message, text)
    if typed is None:
        return None
    return Arrival(
        CHANNEL,
        _event_id(message, number, typed),
        user_id,
        moment(message, "date", now),
        text=typed.text,
        choice=typed.choice,
        gesture=typed.gesture,
        reference=identity(message, "message_id"),
    )


def _typed(message: Record, text: str) -> Typed | None:
    """Return what was typed or sent; None: Telegram tells of something, e.g. a new title."""
    if text.strip():
        return read_typed(text)
    for name, gesture in _GESTURES.items():
        if message.get(name):
            return Typed(gesture=gesture)
    if words(message, "text"):  # nothing but the bot's name
        return Typed(gesture=Gesture.HELP)
    return None


def _event_id(message: Record, number: str, typed: Typed) -> str:
    """Return the same id for the pictures of an album, so that they are answered once."""
    album = words(message, "media_group_id")
    if typed.gesture is None or not 0 < len(album) <= _LONGEST_ID:
        return number
    return f"album:{identity(record(message, 'chat'), 'id')}:{album}"


def _edited(message: Record, number: str, me: Me, now: datetime) -> Arrival | None:
    """Note a changed text; a location that moves is sent as a changed message all the time."""
    chat = record(message, "chat")
    text = words(message, "text") or words(message, "caption")
    user_id = identity(chat, "id")
    if not (user_id and text and is_private(chat) and is_person(message)):
        return None
    return Arrival(
        CHANNEL,
        number,
        user_id,
        moment(message, "edit_date", now),
        gesture=Gesture.EDITED,
        reference=identity(message, "message_id"),
    )


def _press(query: Record, number: str, me: Me, now: datetime) -> Arrival | None:
    """Read a pressed button; the message it belongs to may no longer be shown to us.

    The button spins until the press is acknowledged, whatever it says.
    """
    message = record(query, "message")
    user_id = identity(record(message, "chat"), "id")
    choice = words(query, "data")[:_LONGEST_CHOICE]
    query_id = words(query, "id")[:_LONGEST_ID]
    says_something = bool(user_id and choice.strip())
    if not (says_something or query_id):
        return None
    return Arrival(
        CHANNEL,
        number,
        user_id,
        now,  # a press has no time of its own
        ArrivalKind.MESSAGE if says_something else ArrivalKind.NOTICED,
        choice=choice if says_something else "",
        reference=identity(message, "message_id"),
        query=query_id,
    )


def _membership(change: Record, number: str, me: Me, now: datetime) -> Arrival | None:
    chat = record(change, "chat")
    user_id = identity(chat, "id")
    if not user_id or not (is_private(chat) or is_group(chat)):
        return None
    status = words(record(change, "new_chat_member"), "status")
    if status in _GONE:
        kind = ArrivalKind.BLOCKED
    elif status in _THERE:
        kind = ArrivalKind.RETURNED
    else:
        return None
    return Arrival(CHANNEL, number, user_id, moment(change, "date", now), kind)


_Reader = Callable[[Record, str, Me, datetime], Arrival | None]

_READERS: Final[dict[str, _Reader]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _press,
    "my_chat_member": _membership,
}
