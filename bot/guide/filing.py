"""A guided filing as it stands: the citizen's papers, her steps, and how each change is made.

Pure. A filing keeps keys only; everything shown is looked up anew, so a changed record shows at
once, and what was ticked stays ticked where the paper stays.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.filings.state import Filing, FilingStage, Milestone
from knowledge.guides import Guide, GuideStep
from knowledge.guides_way import (
    NO_ONLINE_WAY,
    closed_for,
    coming,
    method_of,
    needs_of,
    open_ways,
    steps_of,
    way_for,
    ways_answered,
    ways_of,
)
from knowledge.personal import OpenPaper, PersonalList, personal_list
from knowledge.procedure import FilingChannel, Paper, Procedure
from knowledge.tables import UNSURE, Question, Table
from knowledge.tables_generic import unasked

__all__ = ["NO_ONLINE_WAY", "method_of"]  # shown beside a view

_KEY_BYTES = 4
"""Two papers of one list with the same key would need some 9,000 papers for one chance in 100."""


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper of the list, and whether it is at hand."""

    key: str
    paper: Paper
    conditions: tuple[str, ...] = ()
    """It is needed only if these hold, which nobody could tell; empty: it is needed."""
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class FilingView:
    """A filing together with what the library says of it now."""

    procedure: Procedure
    table: Table | None
    """None: every citizen brings the same papers."""
    guide: Guide
    filing: Filing
    """With settled answers."""
    papers: PersonalList
    listed: tuple[ListedPaper, ...]
    """Those needed first, in the order of the record, then those that may be."""
    way: FilingChannel | None
    """How it is filed: as chosen, else online where that is open, else at the counter; None: the
    record names no way."""
    steps: tuple[GuideStep, ...]
    """Of this way, for this citizen."""
    closed: str
    """Why it cannot be filed online by this citizen, in the guide's words; "-": the record names
    no online way; empty: it can."""
    ways: tuple[FilingChannel, ...] = ()
    """By which it can be filed by this citizen, the most convenient first."""
    come: tuple[str, ...] = ()
    """What says that she comes in person all the same, in the guide's words."""

    @property
    def missing(self) -> tuple[ListedPaper, ...]:
        """The papers that are needed and not ticked."""
        return tuple(one for one in self.listed if not one.ticked and not one.conditions)

    @property
    def step(self) -> GuideStep | None:
        """The step that is gone through; the first where a guide has no such step any more."""
        if not self.steps:
            return None
        return next((one for one in self.steps if one.key == self.filing.step), self.steps[0])

    @property
    def step_number(self) -> int:
        """Its number, from 1; 0: there are no steps."""
        return self.steps.index(self.step) + 1 if self.step is not None else 0


def paper_key(paper: Paper) -> str:
    """Return by what a ticked paper is known: eight signs of a hash of what is brought.

    Not of its note, which comes and goes with other answers while the paper stays.

    >>> paper_key(Paper("Giấy chứng sinh")) == paper_key(Paper("Giấy chứng sinh", note="Bản giấy."))
    True
    """
    content = repr((paper.name, paper.form, paper.original, paper.copies)).encode()
    return hashlib.blake2b(content, digest_size=_KEY_BYTES).hexdigest()


def view_of(procedure: Procedure, table: Table | None, guide: Guide, filing: Filing) -> FilingView:
    """Return a filing with everything the library says of it now."""
    asked = table or unasked(procedure)
    given = asked.settled(dict(filing.answers))
    papers = personal_list(procedure, asked, given)
    filing = replace(filing, answers=tuple(given.items()))
    closed = closed_for(procedure, guide, given)
    ways = open_ways(procedure, online=not closed, results_only=guide.results_only)
    way = way_for(ways, ways_answered(asked, guide, given), filing.way)
    listed = _listed(papers, frozenset(filing.ticked))
    needs = needs_of(procedure, guide, way, (one.paper for one in listed))
    steps = steps_of(guide, way, needs, given)
    come = () if closed else coming(guide, given)
    told = (way, steps, closed, ways, come)
    return FilingView(procedure, table, guide, filing, papers, listed, *told)


def _listed(papers: PersonalList, ticked: frozenset[str]) -> tuple[ListedPaper, ...]:
    """Return each paper once: two cases may ask for it, each with a note of its own."""
    needed: dict[str, list[Paper]] = {}
    for paper in papers.papers:
        needed.setdefault(paper_key(paper), []).append(paper)
    opened: dict[str, list[OpenPaper]] = {}
    for one in papers.open_papers:
        opened.setdefault(paper_key(one.paper), []).append(one)
    found = []
    for key in dict.fromkeys((*needed, *opened)):
        sure, may_be = needed.get(key, []), opened.get(key, [])
        paper = _noted([*sure, *(one.paper for one in may_be)])
        found.append(ListedPaper(key, paper, () if sure else _either(may_be), key in ticked))
    return tuple(found)


def _noted(same: Sequence[Paper]) -> Paper:
    """Return the first of papers that are one, with all their notes."""
    notes = dict.fromkeys(one.note for one in same if one.note)
    return replace(same[0], note=" ".join(notes))


def _either(several: Sequence[OpenPaper]) -> tuple[str, ...]:
    """Return the conditions of a paper; where other ones ask for it too, any of them is enough."""
    told = dict.fromkeys("; ".join(one.conditions) for one in several)
    return several[0].conditions if len(told) == 1 else (" hoặc ".join(told),)


def chosen_way(table: Table, guide: Guide, given: Mapping[str, str]) -> FilingChannel | None:
    """Return the way of filing that an answer chooses; None: none does."""
    answered = ways_answered(table, guide, given)
    return next(iter(answered)) if len(answered) == 1 else None


def answers_of_way(table: Table, guide: Guide, way: FilingChannel) -> dict[str, str]:
    """Return the answer that chooses a way of filing, so that it need not be asked; or nothing."""
    return {
        question.key: key
        for question in table.questions
        if not question.only_if.any_of and (key := _answer_of_way(question, guide, way))
    }


def _answer_of_way(question: Question, guide: Guide, way: FilingChannel) -> str:
    """Return the answer that leaves open a way and as few others as possible; empty: none does."""
    fitting = [
        (len(ways), option.key)
        for option in question.options
        if way in (ways := ways_of(option, guide.way_labels))
    ]
    return min(fitting, key=lambda one: one[0])[1] if fitting else ""


def filed_by(filing: Filing, table: Table | None, guide: Guide, way: FilingChannel) -> Filing:
    """Return the filing with another way of filing, and with the answer that goes with it.

    Where the table has no answer for this way, what hangs on it is left open, so that no paper
    falls away. What was ticked stays.
    """
    given = dict(filing.answers)
    for question in table.questions if table else ():
        answer = _answer_of_way(question, guide, way)
        if answer and (question.key in given or not question.only_if.any_of):
            given[question.key] = answer
        elif any(ways_of(one, guide.way_labels) for one in question.options):
            given[question.key] = UNSURE
    kept = table.settled(given) if table else given
    return replace(filing, answers=tuple(kept.items()), way=way)


def ticked(filing: Filing, key: str, *, on: bool) -> Filing:
    """Return the filing with one paper ticked or not; a key of no paper does no harm."""
    kept = {*filing.ticked, key} if on else {*filing.ticked} - {key}
    return replace(filing, ticked=tuple(sorted(kept)))


def answered(filing: Filing, table: Table, question: str, answer: str) -> Filing:
    """Return the filing with one answer changed: what a new start with these answers gives.

    The other answers stay where their questions are still asked; so does what was ticked.
    """
    given = table.settled({**dict(filing.answers), question: answer})
    return replace(filing, answers=tuple(given.items()), stage=FilingStage.LIST)


def next_step(view: FilingView) -> str:
    """Return the key of the step after the one gone through; empty: it was the last."""
    after = view.steps[view.step_number :]
    return after[0].key if after else ""


def step_before(view: FilingView) -> str:
    """Return the key of the step before; empty: there is none."""
    return view.steps[view.step_number - 2].key if view.step_number > 1 else ""


def reached(filing: Filing, milestone: Milestone) -> tuple[Filing, Milestone | None]:
    """Return the filing with a milestone, and the milestone if it is reached for the first time."""
    if milestone in filing.reached:
        return filing, None
    return replace(filing, reached=(*filing.reached, milestone)), milestone
