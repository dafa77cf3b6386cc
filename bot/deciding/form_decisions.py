"""What can be decided about a citizen's own list of papers, asked for by a few questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.dialogue import Menu
from knowledge.procedure import Procedure
from knowledge.tables import UNSURE, Option, Question, Table

Answered = tuple[Question, Option]
"""A question and the answer given."""


@dataclass(frozen=True, slots=True)
class AskCircumstance:
    """Ask the next question of a form."""

    procedure: Procedure
    question: Question
    first: bool
    """Nothing was answered yet: there is nothing to go back to."""
    settled: tuple[Answered, ...] = ()
    """What the citizen told before she was asked."""
    again: bool = False
    """The same question once more, since the answer chose nothing."""
    out_of_range: bool = False
    """The number typed stands beside no answer."""
    menu: Menu | None = None
    """As in `OutOfRange`."""
    before_list: bool = False
    """What was typed belongs to the list: say that a few answers lead to it."""
    explained: bool = False
    """The same question once more, with what it means: the citizen was not sure."""
    unsure: bool = False
    """The question before could not be explained, and who was not sure goes on: say that no paper
    which may be needed falls away by it."""


@dataclass(frozen=True, slots=True)
class FormStopped:
    """The citizen wants no more questions."""

    procedure: Procedure


def answered_in_order(table: Table, given: Mapping[str, str]) -> tuple[Answered, ...]:
    """Return what was answered, in the order asked."""
    return tuple(
        (question, option)
        for question in table.questions
        if question.only_if.holds(given)
        and (option := option_of(question, given.get(question.key, ""))) is not None
    )


def option_of(question: Question, key: str) -> Option | None:
    """Return the answer of this key; one that only says "not sure" has no label of its own."""
    if key == UNSURE:
        return Option(UNSURE, "")
    return next((one for one in question.options if one.key == key), None)
