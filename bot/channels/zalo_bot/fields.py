"""Reading what Zalo sends without trusting it: no field, type or length is taken for granted."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

Payload = Mapping[str, object]
"""An object of JSON; every number in it is the string of its digits."""

LONGEST_ID: Final = 100


def load(body: bytes) -> object:
    """Return the JSON of `body`; numbers stay the digits that were sent. None: it is none.

    >>> load(b'{"date": 1750316131602}'), load(b"no JSON")
    ({'date': '1750316131602'}, None)
    """
    try:
        return json.loads(body, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None


def part(data: Payload, name: str) -> Payload:
    """Return the object that stands under `name`, an empty one where there is none."""
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def an_id(data: Payload, name: str) -> str:
    """Return the id that stands under `name`; empty: there is none that can be one."""
    value = data.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        return ""
    return value if value.isascii() and value.isprintable() else ""


def words(data: Payload, name: str) -> str:
    r"""Return the text that stands under `name` as it can be stored, without blanks around.

    Half of a surrogate pair cannot be written as UTF-8, and PostgreSQL stores no NUL.

    >>> words({"text": " Xin ch\ud83dào\0 "}, "text")
    'Xin chào'
    """
    value = data.get(name)
    if not isinstance(value, str):
        return ""
    return value.replace("\0", "").encode("utf-8", "ignore").decode().strip()


def moment(data: Payload, name: str, otherwise: datetime) -> datetime:
    """Return the time of this name, in milliseconds since 1970; else `otherwise`.

    >>> moment({"date": "1750316131602"}, "date", datetime.max).isoformat()
    '2025-06-19T06:55:31.602000+00:00'
    """
    value = data.get(name)
    try:
        return (
            datetime.fromtimestamp(int(value) / 1000, UTC) if isinstance(value, str) else otherwise
        )
    except (ValueError, OverflowError, OSError):
        return otherwise
