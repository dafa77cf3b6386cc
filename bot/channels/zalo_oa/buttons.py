"""Buttons of Zalo: a press comes back as if its payload had been typed (protocols §1.3).

So whoever types `#ask:1.004222:fee` by hand presses that button. That is no danger: a button asks
what anybody may ask, and nothing is allowed because it was pressed.
"""

from typing import Final

from bot.deciding.decisions import Unread
from bot.deciding.found import MAX_VALUE_BYTES, read_press

MARK: Final = "#"
"""Begins every payload: Zalo's own convention for texts that are meant for a program."""


def payload(value: str) -> str:
    """Return the payload of the button of a choice."""
    return f"{MARK}{value}"


def pressed(text: str) -> str:
    """Return the value of the button whose payload `text` is; empty: it is none of ours.

    >>> pressed("#ask:1.004222:fee"), pressed("#khaisinh"), pressed("rate:up:7")
    ('ask:1.004222:fee', '', '')
    """
    value = text.removeprefix(MARK)
    if value == text or len(value.encode()) > MAX_VALUE_BYTES:
        return ""
    return "" if isinstance(read_press(value), Unread) else value
