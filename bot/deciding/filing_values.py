"""The buttons of a guided filing: what each does, and how it is written in a button's value."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.filings.codes import ALPHABET, LENGTH

FILING_MARK: Final = "file:"
SLIP_MARK: Final = "slip:"

_VALUE: Final = re.compile(
    r"file:(?P<code>[\w.\-]{1,24})(?::(?P<act>[a-z]+)(?::(?P<what>[a-z0-9\-]{1,16}))?)?"
)
_SLIP: Final = re.compile(rf"slip:(?P<code>[{ALPHABET}]{{{LENGTH}}})")


class FilingAct(StrEnum):
    """What a button of a guided filing does."""

    START = "start"
    """Begins: the questions that sort the papers, then the list."""
    ONLINE = "online"
    """Begins, for who said already that she files online."""
    LIST = "list"
    """Shows the list again."""
    TICK = "on"
    """A paper is at hand; `what` is its key. Pressed twice it changes nothing."""
    UNTICK = "off"
    ALL = "all"
    """Everything is at hand."""
    CHANGE = "change"
    """Shows the answers, each with a button to change it."""
    ASK = "ask"
    """Asks one question anew; `what` is its key. The answer comes as a press of its form."""
    STEPS = "steps"
    """Goes through the filing itself, from where it was left; `what`: from that step."""
    DONE = "done"
    """The step `what` is done: the next one."""
    STUCK = "stuck"
    """Something is wrong at the step `what`: what usually is."""
    BACK = "back"
    """The step before `what`."""
    WAY = "way"
    """Another way of filing: `what` is a `FilingChannel`."""
    SLIP = "slip"
    """The slip: code, page, print."""
    REMIND = "remind"
    """A reminder; `what`: after so many days, empty: asks when."""
    FORGET = "forget"
    """No reminder after all."""
    FILED = "filed"
    """It is filed."""
    GO = "go"
    """Goes on where it was left, after a question about something else."""
    STOP = "stop"
    """Ends the filing and forgets it; asked back once where something was ticked."""
    STOP_SURE = "stopsure"
    LATER = "later"
    """Puts it aside: nothing is forgotten."""


@dataclass(frozen=True, slots=True)
class PressedFiling:
    """A pressed button of a guided filing."""

    code: str
    """Of the procedure."""
    act: FilingAct = FilingAct.START
    what: str = ""
    """Of the act: key of a paper, a question or a step, a way, a number of days."""


@dataclass(frozen=True, slots=True)
class OpenedSlip:
    """The code of a slip: in a link, on a button, or typed."""

    code: str
    """Empty: what was typed is called one and cannot be; it was mistyped."""


def filing_value(code: str, act: FilingAct = FilingAct.START, what: str = "") -> str:
    """Return the value of a button; at most 61 bytes.

    >>> filing_value("1.001193"), filing_value("1.001193", FilingAct.TICK, "0a1b2c3d")
    ('file:1.001193', 'file:1.001193:on:0a1b2c3d')
    """
    if act is FilingAct.START:
        return f"{FILING_MARK}{code}"
    return f"{FILING_MARK}{code}:{act}{f':{what}' if what else ''}"


def slip_value(code: str) -> str:
    """Return the value of a button, or a link, that opens a slip."""
    return f"{SLIP_MARK}{code}"


def read_filing(value: str) -> PressedFiling | OpenedSlip | None:
    """Read the value of such a button; None: it is none.

    >>> read_filing("file:1.001193:done:khai").act, read_filing("slip:K7Q2MX").code
    (<FilingAct.DONE: 'done'>, 'K7Q2MX')
    """
    if match := _SLIP.fullmatch(value):
        return OpenedSlip(match["code"])
    match = _VALUE.fullmatch(value)
    if match is None or (match["act"] or "start") not in frozenset(FilingAct):
        return None
    return PressedFiling(match["code"], FilingAct(match["act"] or "start"), match["what"] or "")
