"""The buttons of forms, and what the library holds for the form in progress."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from knowledge.procedure import Procedure
from knowledge.tables import Table

FORM_MARK = "form:"
"""A button of a form begins so."""

_PRESS = re.compile(
    r"form:(?P<code>[\w.\-]{1,24})"
    r"(?::(?:(?P<step>go|back|stop)|(?P<question>[a-z0-9\-]{1,16})=(?P<answer>[a-z0-9\-]{1,16}|\?)))?"
)


class Step(StrEnum):
    """What a button of a form does, but for answering."""

    START = "start"
    """Ask from the beginning."""
    GO = "go"
    """Go on where it was left."""
    BACK = "back"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class PressedForm:
    """A pressed button of a form."""

    code: str
    step: Step | None = None
    """None: it answers a question."""
    question: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A procedure and its table."""

    procedure: Procedure
    table: Table


TableOf = Callable[[str], Table | None]
"""Returns the table of a code."""


def no_table(_code: str) -> Table | None:
    """Return None: where no library is at hand, nothing has a form."""
    return None


def read_form_press(value: str) -> PressedForm | None:
    """Read the value of a button that begins with FORM_MARK; None: it is none.

    >>> read_form_press("form:1.001193:be=bo-roi")
    PressedForm(code='1.001193', step=None, question='be', answer='bo-roi')
    >>> read_form_press("form:1.001193").step
    <Step.START: 'start'>
    """
    match = _PRESS.fullmatch(value)
    if match is None:
        return None
    if match["question"]:
        return PressedForm(match["code"], None, match["question"], match["answer"])
    return PressedForm(match["code"], Step(match["step"] or Step.START))


def form_value(code: str, step: Step = Step.START) -> str:
    """Return the value of a button that starts a form, goes on, back, or stops."""
    return f"{FORM_MARK}{code}" if step is Step.START else f"{FORM_MARK}{code}:{step}"


def answer_value(code: str, question: str, answer: str) -> str:
    """Return the value of a button that answers `question`."""
    return f"{FORM_MARK}{code}:{question}={answer}"
