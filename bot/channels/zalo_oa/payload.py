"""Reading what Zalo sends without trusting it: no type, field or length is taken for granted."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

_ID: Final = re.compile(r"[!-9;-~]{1,90}", re.ASCII)
"""Of people, accounts and messages: decimal numbers of 64 bits, or letters; never with a colon,
which joins ids here."""

Payload = Mapping[str, object]
"""An object of JSON; every whole number in it is the string of its digits."""


def load(body: bytes) -> Payload | None:
    """Return the JSON object; None: it is none.

    Whole numbers stay the digits that were sent: an id of 64 bits is never rounded.

    >>> load(b'{"timestamp": 1543908534740, "id": "9223372036854775807"}')
    {'timestamp': '1543908534740', 'id': '9223372036854775807'}
    """
    try:
        data = json.loads(body, parse_int=str)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def part(data: Payload, name: str) -> Payload:
    """Return the object that stands under `name`, an empty one where there is none."""
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def an_id(data: Payload, name: str) -> str:
    """Return the id that stands under `name`; empty: there is none, or none that can be one."""
    value = data.get(name)
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def words(data: Payload, name: str) -> str:
    r"""Return the text that stands under `name`, without halves of characters and blanks around.

    >>> words({"text": " Xin ch\ud83dào "}, "text")
    'Xin ch?ào'
    """
    value = data.get(name)
    return value.encode("utf-8", "replace").decode().strip() if isinstance(value, str) else ""


def moment(milliseconds: str, otherwise: datetime) -> datetime:
    """Return the time that a timestamp says, `otherwise` where it says none of this world.

    >>> moment("1543908534740", datetime.max).isoformat()
    '2018-12-04T07:28:54.740000+00:00'
    """
    try:
        return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return otherwise


def fingerprint(body: bytes) -> str:
    """Return what tells an event without an id of its own from all others: 64 digits."""
    return hashlib.sha256(body).hexdigest()
