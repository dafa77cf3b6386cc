"""What an event of Zalo Bot means.

The names are those of docs.zaloplatforms.com/docs/BOT/webhook and of traffic seen in autumn 2026
(protocols §2, read 11/2026): two envelopes, and two names for the address of a photo.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.channels.base import Arrival
from bot.channels.commands import Typed, read_typed
from bot.channels.untrusted import Payload, moment, part, words
from bot.messages import Gesture

CHANNEL: Final = "zalo_bot"

_EVENTS: Final[Mapping[str, Gesture | None]] = {
    "message.text.received": None,
    "message.image.received": Gesture.PHOTO,
    "message.sticker.received": Gesture.STICKER,
    "message.voice.received": Gesture.VOICE,
    "message.unsupported.received": Gesture.UNSUPPORTED,
}
"""What each is where it holds no words. *unsupported* also hides what children and people with
disabilities write, so it is answered and never passed over (protocols §2)."""

_GROUP: Final = "GROUP"
_LONGEST_ID: Final = 100

_CALLED: Final = re.compile(r"@\s?bot\b", re.IGNORECASE)
"""Every bot's name begins with “Bot”: the platform takes no other."""


def read_event(payload: Payload, received_at: datetime, bot_name: str = "") -> Arrival | None:
    """Return what the event means to us; None: nothing.

    Args:
        payload: one event, in either envelope.
        received_at: stands for the time of an event that has none; aware.
        bot_name: what groups call the bot; empty: not known.
    """
    event = part(payload, "result") or payload
    message = part(event, "message")
    chat, name = part(message, "chat"), event.get("event_name")
    user_id = _id(chat, "id")
    if not user_id or not isinstance(name, str) or name not in _EVENTS or _is_bot(message):
        return None
    text = words(message, "text").strip() or words(message, "caption").strip()
    in_group = chat.get("chat_type") == _GROUP
    if in_group:
        if not _CALLED.search(text):
            return None
        text = without_call(text, bot_name)
    said = _said(text, _EVENTS[name])
    return Arrival(
        channel=CHANNEL,
        event_id=_id(message, "message_id") or _fingerprint(event),
        user_id=user_id,
        sent_at=moment(message, "date", received_at),
        text=said.text,
        choice=said.choice,
        gesture=said.gesture,
        in_group=in_group,
    )


def without_call(text: str, bot_name: str) -> str:
    """Return a message of a group without the name by which it calls the bot.

    >>> without_call("@Bot Một Cửa lệ phí khai sinh?", "Bot Một Cửa")
    'lệ phí khai sinh?'
    >>> without_call("cho hỏi @bot lệ phí khai sinh?", "")
    'cho hỏi lệ phí khai sinh?'
    """
    called = re.compile(rf"@\s?{re.escape(bot_name)}", re.IGNORECASE) if bot_name else _CALLED
    rest = called.sub(" ", text)
    return " ".join((rest if rest != text else _CALLED.sub(" ", text)).split())


def _said(text: str, gesture: Gesture | None) -> Typed:
    """Return the words; without words what was done, and help for a call without a question."""
    return read_typed(text) if text else Typed(gesture=gesture or Gesture.HELP)


def _is_bot(message: Payload) -> bool:
    """Tell whether a bot wrote it: what we sent may come back."""
    return part(message, "from").get("is_bot") is True


def _id(data: Payload, name: str) -> str:
    """Return the id that stands under `name`; empty: there is none that can be one."""
    value = data.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID:
        return ""
    return value if value.isascii() and value.isprintable() else ""


def _fingerprint(event: Payload) -> str:
    """Return what tells an event without an id from all others: 64 digits."""
    written = json.dumps(event, sort_keys=True).encode()
    return hashlib.sha256(written).hexdigest()
