"""Which papers one citizen needs: a few short questions, and what each answer decides.

A record lists papers by circumstance, and single papers with `when`. A table places each of both
under a condition on the answers. What it does not place stays in the list as "if this is you":
a citizen is never told less than the record says because nobody could ask her.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Answers = Mapping[str, str]
"""Keys of questions and of the answers given to them."""

UNSURE = "?"
"""The answer of a citizen who cannot tell; every question takes it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must have been answered. A question that was not asked has no answer, so it fails."""

    any_of: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] = ()
    """One of these must hold: in it every question has one of the answers beside it.
    Empty: always."""

    def holds(self, answers: Answers) -> bool:
        """Tell whether `answers` surely fulfil the condition.

        >>> abroad = Condition(((("where", ("abroad", "ship")),),))
        >>> abroad.holds({"where": "ship"}), abroad.holds({}), Condition().holds({})
        (True, False, True)
        """
        return not self.any_of or any(
            all(answers.get(key) in wanted for key, wanted in every) for every in self.any_of
        )

    def may_hold(self, answers: Answers) -> bool:
        """Tell whether `answers` fulfil the condition, or may where the citizen was unsure.

        >>> abroad = Condition(((("where", ("abroad",)),),))
        >>> abroad.may_hold({"where": UNSURE}), abroad.holds({"where": UNSURE})
        (True, False)
        """
        return not self.any_of or any(
            all(answers.get(key) in (*wanted, UNSURE) for key, wanted in every)
            for every in self.any_of
        )

    def given(self, key: str, answer: str) -> "Condition":
        """Return what is left to hold once `answer` to the question `key` is settled.

        >>> quay = Condition(((("nop", ("quay",)), ("ai", ("khac",))),))
        >>> quay.given("nop", "quay")
        Condition(any_of=((('ai', ('khac',)),),))
        >>> quay.given("nop", "mang").holds({"nop": "quay", "ai": "khac"})
        False
        """
        if key not in {one for every in self.any_of for one, _ in every}:
            return self
        possible = [every for every in self.any_of if answer in dict(every).get(key, (answer,))]
        if not possible:
            return Condition((((key, ()),),))  # no answer fulfils it
        left = tuple(tuple(one for one in every if one[0] != key) for every in possible)
        return Condition(left) if all(left) else Condition()


ALWAYS = Condition()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question."""

    key: str
    label: str
    """As on the button, at most 40 characters."""
    told: str = ""
    """The full wording of the case where the label is only its letter: titles hold numbers."""
    signs: tuple[str, ...] = ()
    """What people say who mean this answer: "qua mạng", "nhờ bố đi nộp"."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form."""

    key: str
    text: str
    options: tuple[Option, ...]
    """At least two."""
    only_if: Condition = ALWAYS
    """On the answers to earlier questions."""
    about: str = ""
    """The words of the record that the question is about, where `text` does not say them."""
    explain: str = ""
    """Helps who cannot tell: how to find out, or what the words mean. Told where she says that she
    is not sure, before her answer is taken for unsure; empty: there is nothing to explain."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A text of the record, word for word, and when it applies."""

    text: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Without:
    """A paper that falls away."""

    paper: str
    """Its name."""
    condition: Condition
    case: str | None = None
    """The title of the case in which it falls away, "" is what everybody brings; None: in each."""


@dataclass(frozen=True, slots=True)
class Table:
    """The decision table of a procedure."""

    code: str
    questions: tuple[Question, ...]
    cases: tuple[Rule, ...] = ()
    """Titles of circumstances; one that is missing here is left open."""
    whens: tuple[Rule, ...] = ()
    """Texts of `Paper.when`; one that is missing here is left open."""
    without: tuple[Without, ...] = ()
    only: tuple[Rule, ...] = ()
    """Notes and conditions of the record that are not for everybody."""
    generic: bool = False
    """Derived from the record: the cases may overlap, nobody has thought them through."""

    def next_question(self, answers: Answers) -> Question | None:
        """Return the first question that is to be asked and has no answer; None: all have.

        `answers` are settled.
        """
        return next(
            (
                one
                for one in self.questions
                if one.only_if.holds(answers) and one.key not in answers
            ),
            None,
        )

    def question(self, key: str) -> Question | None:
        """Return the question of `key`."""
        return next((one for one in self.questions if one.key == key), None)

    def settled(self, answers: Answers) -> dict[str, str]:
        """Return the answers that count: each to a question that is asked, with its option.

        Who is unsure is not asked what hangs on that, and is unsure of it too.
        """
        kept: dict[str, str] = {}
        for question in self.questions:
            given = answers.get(question.key)
            if question.only_if.holds(kept):
                if given in {UNSURE, *(one.key for one in question.options)}:
                    kept[question.key] = str(given)
            elif question.only_if.may_hold(kept):
                kept[question.key] = UNSURE
        return kept
