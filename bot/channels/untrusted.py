"""Reading what anybody may have sent: no sender, field, type or length is taken for granted."""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from bot.channels.errors import Unauthentic

Payload = Mapping[str, object]
"""An object of JSON."""

NOTHING: Final[Payload] = {}


def check_secret(expected: bytes, given: str | None) -> None:
    """Return if a webhook request carries the secret that it should, found out in constant time.

    Args:
        expected: empty: none was set, and every request is refused.
        given: the value of the header; None: it was not sent.

    Raises:
        Unauthentic: the request is not the platform's.
    """
    same = hmac.compare_digest(expected, (given or "").encode("utf-8", "replace"))
    if not same or not expected:
        raise Unauthentic("The secret token of the webhook is missing or wrong.")


def load(body: bytes) -> Payload | None:
    """Return the JSON object; None: it is none.

    Whole numbers stay the digits that were sent: an id of 64 bits is never rounded.

    >>> load(b'{"timestamp": 1543908534740, "id": 9223372036854775807}')
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
    return value if isinstance(value, dict) else NOTHING


def words(data: Payload, name: str) -> str:
    r"""Return the text that stands under `name` as it can be stored; empty: there is none.

    Half of a surrogate pair cannot be written as UTF-8, and PostgreSQL stores no NUL.

    >>> words({"text": "Xin ch\ud83dào\0"}, "text")
    'Xin chào'
    """
    value = data.get(name)
    if not isinstance(value, str):
        return ""
    return value.replace("\0", "").encode("utf-8", "ignore").decode()


def moment(data: Payload, name: str, otherwise: datetime) -> datetime:
    """Return the time of this name, digits of milliseconds since 1970; else `otherwise`.

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
