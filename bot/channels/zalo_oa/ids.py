"""Ids of Zalo, and events that have none."""

import hashlib
import re
from typing import Final

from bot.channels.untrusted import Payload

_ID: Final = re.compile(r"[!-9;-~]{1,90}", re.ASCII)
"""Of people, accounts and messages: decimal numbers of 64 bits, or letters; never with a colon,
which joins ids here."""


def an_id(data: Payload, name: str) -> str:
    """Return the id that stands under `name`; empty: there is none, or none that can be one."""
    value = data.get(name)
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def fingerprint(body: bytes) -> str:
    """Return what tells an event without an id of its own from all others: 64 digits."""
    return hashlib.sha256(body).hexdigest()
