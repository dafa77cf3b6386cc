"""Proves a table: all its ways are walked, each ends in one list, and no question is in vain.

A table is a tree: at each question one branch an answer. The tree is walked whole (six questions,
so at most some thousand ways). Branches that hold the same questions and lists get the same
number, so two answers have an effect exactly where their branches have different numbers.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

from knowledge.personal import OpenPaper, PersonalList, content_of
from knowledge.procedure import Paper, Procedure
from knowledge.tables import Answers, Question, Table

MAX_WAYS = 4096
"""Six questions of four answers each; more is no form for a telephone."""

List = Callable[[Procedure, Table, Answers], PersonalList]
"""`personal_list`, or `applying` where an empty list is the author's fault."""


@dataclass(slots=True)
class Proof:
    """What was found on all ways through a table."""

    ways: int = 0
    """How many combinations of answers there are."""
    empty: list[Answers] = field(default_factory=list)
    """Combinations that end in a list without a paper."""
    idle: set[tuple[str, str, str]] = field(default_factory=set)
    """Question and two of its answers that never make a difference."""
    unasked: set[str] = field(default_factory=set)
    """Questions that no way asks."""
    never: set[Paper] = field(default_factory=set)
    """Papers of the record that no list names."""
    invented: set[Paper] = field(default_factory=set)
    """Papers of a list that are not the record's."""
    too_long: bool = False
    """There are more than MAX_WAYS combinations: nothing was walked."""
    most_asked: int = 0
    """How many questions the longest way asks."""
    _options: dict[str, int] = field(default_factory=dict)
    """How many answers each question has."""

    def in_vain(self) -> Iterator[str]:
        """Yield the answers, as "question answer", that differ from no other answer."""
        alone: dict[str, set[str]] = {}
        for question, one, other in self.idle:
            alone.setdefault(f"{question} {one}", set()).add(other)
            alone.setdefault(f"{question} {other}", set()).add(one)
        return (
            answer
            for answer, same in sorted(alone.items())
            if len(same) == self._options[answer.partition(" ")[0]] - 1
        )


def prove(procedure: Procedure, table: Table, list_of: List) -> Proof:
    """Walk every way through `table` and return what was found."""
    proof = Proof(_options={one.key: len(one.options) for one in table.questions})
    proof.unasked = {one.key for one in table.questions}
    proof.idle = {
        (question.key, one.key, other.key)
        for question in table.questions
        for one, other in combinations(question.options, 2)
    }
    if sum(1 for _ in zip(ways(table), range(MAX_WAYS + 1), strict=False)) > MAX_WAYS:
        proof.too_long = True
        return proof
    walk = _Walk(procedure, table, list_of, proof)
    walk.from_question(0, {})
    papers = {paper for one in procedure.circumstances for paper in one.papers}
    listed = {content_of(_bare(paper)) for paper in walk.listed}
    proof.never = {paper for paper in papers if content_of(_bare(paper)) not in listed}
    proof.invented = walk.listed - papers - {_bare(paper) for paper in papers}
    return proof


def ways(table: Table) -> Iterator[dict[str, str]]:
    """Yield every combination of answers that can be given."""
    return _ways(table, 0, {})


def _ways(table: Table, place: int, answers: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield every combination of answers, from the question at `place` on."""
    if place == len(table.questions):
        yield answers
        return
    question = table.questions[place]
    if not question.only_if.holds(answers):
        yield from _ways(table, place + 1, answers)
        return
    for option in question.options:
        yield from _ways(table, place + 1, answers | {question.key: option.key})


class _Walk:
    """One walk through the whole tree."""

    def __init__(self, procedure: Procedure, table: Table, list_of: List, proof: Proof) -> None:
        self._procedure, self._table, self._list_of = procedure, table, list_of
        self._proof = proof
        self._numbers: dict[Hashable, int] = {}
        self.listed: set[Paper] = set()

    def from_question(self, place: int, answers: Answers) -> int:
        """Return the number of the branch that starts at the question at `place`."""
        if place == len(self._table.questions):
            return self._end(answers)
        question = self._table.questions[place]
        if not question.only_if.holds(answers):
            return self.from_question(place + 1, answers)
        self._proof.unasked.discard(question.key)
        branches = {
            one.key: self.from_question(place + 1, {**answers, question.key: one.key})
            for one in question.options
        }
        self._note_effects(question, branches)
        return self._number((question.key, tuple(branches.items())))

    def _note_effects(self, question: Question, branches: dict[str, int]) -> None:
        for one, other in combinations(branches, 2):
            if branches[one] != branches[other]:
                self._proof.idle.discard((question.key, one, other))

    def _end(self, answers: Answers) -> int:
        found = self._list_of(self._procedure, self._table, answers)
        self._proof.ways += 1
        self._proof.most_asked = max(self._proof.most_asked, len(answers))
        if found.is_empty:
            self._proof.empty.append(answers)
        self.listed |= {*found.papers, *(one.paper for one in found.open_papers)}
        return self._number(_shown(found))

    def _number(self, content: Hashable) -> int:
        return self._numbers.setdefault(content, len(self._numbers))


def _shown(found: PersonalList) -> Hashable:
    """Return what a citizen reads of a list; the titles of the cases alone are no effect."""
    return (
        tuple(content_of(paper) for paper in found.papers),
        tuple(_open(one) for one in found.open_papers),
        found.notes,
        found.conditions,
    )


def _open(one: OpenPaper) -> Hashable:
    return (content_of(one.paper), one.conditions)


def _bare(paper: Paper) -> Paper:
    """Return a paper without its note, which may be for others than those who need the paper."""
    return replace(paper, note="")
