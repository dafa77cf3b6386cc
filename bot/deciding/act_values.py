"""The buttons that do something rather than ask: ratings, the erasure of data, examples."""

import re
from dataclasses import dataclass

from bot.messages import Gesture

_RATING = re.compile(r"rate:(up|down):(\d{1,18})")
_ERASE = {"erase:yes": True, "erase:no": False}
_EXAMPLE = re.compile(r"example:([a-z]{1,20})")


@dataclass(frozen=True, slots=True)
class Rated:
    """👍 or 👎, pressed or typed."""

    turn: int | None
    """Number of the turn that holds the answer; None: the last one."""
    up: bool


@dataclass(frozen=True, slots=True)
class PressedErasure:
    """An answer to the question whether everything is to be erased."""

    sure: bool


@dataclass(frozen=True, slots=True)
class PressedExample:
    """A pressed example: it is read as if it had been typed."""

    key: str
    """Of the sentence."""


Act = Gesture | Rated | PressedErasure
"""What is done rather than asked."""


def read_act(value: str) -> Act | None:
    """Read the value of such a button; None: it is none."""
    if match := _RATING.fullmatch(value):
        return Rated(int(match[2]), match[1] == "up")
    return PressedErasure(_ERASE[value]) if value in _ERASE else None


EXAMPLES = {
    "documents": "example.documents",
    "fee": "example.fee",
    "time": "example.time",
}
"""Questions that can be pressed: the name in the value, and the sentence that is asked."""


def example_value(name: str) -> str:
    """Return the value of a button that asks an example."""
    return f"example:{name}"


def read_example(value: str) -> PressedExample | None:
    """Read the value of a button with an example; None: it is none.

    >>> read_example("example:fee"), read_example("ask:1.004222:fee")
    (PressedExample(key='example.fee'), None)
    """
    match = _EXAMPLE.fullmatch(value)
    key = EXAMPLES.get(match[1]) if match else None
    return PressedExample(key) if key else None


def erasure_value(*, sure: bool) -> str:
    """Return the value of a button that answers whether everything is to be erased."""
    return next(value for value, meant in _ERASE.items() if meant is sure)


def rating_value(turn: int, *, up: bool) -> str:
    """Return the value of a button that rates the answer of a turn.

    >>> rating_value(12, up=True)
    'rate:up:12'
    """
    return f"rate:{'up' if up else 'down'}:{turn}"
