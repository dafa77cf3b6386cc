"""Fields of JSON that anybody may have written: what is not as promised is not there."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from bot.channels.untrusted import Payload as Record
from bot.channels.untrusted import part as record
from bot.channels.untrusted import words

__all__ = ["Record", "identity", "moment", "number", "record", "records", "words"]

_LARGEST: Final = 2**63
"""Ids of Telegram have at most 52 significant bits (core.telegram.org/bots/api, Chat)."""


def records(holder: Record, name: str) -> Sequence[Record]:
    """Return the objects of the list of this name."""
    value = holder.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def number(holder: Record, name: str) -> int | None:
    """Return the whole number of this name; None: there is none."""
    value = holder.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= _LARGEST:
        return None
    return value


def identity(holder: Record, name: str) -> str:
    """Return the id of this name as a string; empty: there is none."""
    value = number(holder, name)
    return "" if value is None else str(value)


def moment(holder: Record, name: str, otherwise: datetime) -> datetime:
    """Return the Unix time of this name; `otherwise` where there is none that a date can hold."""
    seconds = number(holder, name)
    if not seconds or seconds < 0:  # 0: the date of a message that Telegram no longer shows
        return otherwise
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return otherwise
