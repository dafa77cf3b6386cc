"""A guided filing as it stands: the citizen's papers, her steps, and how each change is made.

Pure. A filing keeps keys only; everything shown is looked up anew, so a changed record shows at
once, and what was ticked stays ticked where the paper stays.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.filings.state import Filing, FilingStage, Milestone
from knowledge.guides import ClosedOnline, Guide, GuideStep, Need
from knowledge.personal import PersonalList, content_of, personal_list
from knowledge.procedure import (
    FeeStatus,
    FilingChannel,
    FilingMethod,
    OnlineLevel,
    Paper,
    Procedure,
)
from knowledge.tables import Table
from knowledge.text import fold

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
    """Return by what a ticked paper is known: eight signs of a hash of its content.

    >>> paper_key(Paper("Giấy chứng sinh")) == paper_key(Paper("Giấy chứng sinh", when="khác"))
    True
    """
    content = repr(content_of(paper)).encode()
    return hashlib.blake2b(content, digest_size=_KEY_BYTES).hexdigest()


def view_of(procedure: Procedure, table: Table | None, guide: Guide, filing: Filing) -> FilingView:
    """Return a filing with everything the library says of it now."""
    asked = table or Table(procedure.code, ())
    given = asked.settled(dict(filing.answers))
    papers = personal_list(procedure, asked, given)
    filing = replace(filing, answers=tuple(given.items()))
    closed = _closed(procedure, guide, given)
    wanted = filing.way or chosen_way(asked, guide, given)
    way = _way(procedure, wanted, is_open=not closed)
    listed = _listed(papers, frozenset(filing.ticked))
    needs = _needs(procedure, guide, way, listed)
    steps = tuple(
        one
        for one in guide.steps
        if way in one.ways and one.needs <= needs and one.condition.may_hold(given)
    )
    return FilingView(procedure, table, guide, filing, papers, listed, way, steps, closed)


def _listed(papers: PersonalList, ticked: frozenset[str]) -> tuple[ListedPaper, ...]:
    found: dict[str, ListedPaper] = {}
    for paper in papers.papers:
        key = paper_key(paper)
        found.setdefault(key, ListedPaper(key, paper, (), key in ticked))
    for one in papers.open_papers:
        key = paper_key(one.paper)
        found.setdefault(key, ListedPaper(key, one.paper, one.conditions, key in ticked))
    return tuple(found.values())


NO_ONLINE_WAY = "-"
"""Stands for a record that names no way of filing online."""


def _closed(procedure: Procedure, guide: Guide, given: Mapping[str, str]) -> str:
    if method_of(procedure, FilingChannel.ONLINE) is None:
        return NO_ONLINE_WAY
    rules: tuple[ClosedOnline, ...] = guide.closed
    return next((one.why for one in rules if one.condition.holds(given)), "")


def chosen_way(table: Table, guide: Guide, given: Mapping[str, str]) -> FilingChannel | None:
    """Return the way of filing that an answer chooses; None: none does."""
    for question in table.questions:
        option = next((one for one in question.options if one.key == given.get(question.key)), None)
        way = guide.way_labels.get(fold(option.label)) if option else None
        if way is not None:
            return way
    return None


def answers_of_way(table: Table, guide: Guide, way: FilingChannel) -> dict[str, str]:
    """Return the answer that chooses a way of filing, so that it need not be asked; or nothing."""
    return {
        question.key: option.key
        for question in table.questions
        for option in question.options
        if not question.only_if.any_of and guide.way_labels.get(fold(option.label)) is way
    }


def _way(
    procedure: Procedure, wanted: FilingChannel | None, *, is_open: bool
) -> FilingChannel | None:
    known = {one.channel for one in procedure.methods}
    if not is_open:
        known.discard(FilingChannel.ONLINE)
    order = (wanted, FilingChannel.ONLINE, FilingChannel.COUNTER, FilingChannel.POST)
    return next((one for one in order if one in known), None)


def method_of(procedure: Procedure, way: FilingChannel | None) -> FilingMethod | None:
    """Return the record's first method of this way; None: it names none."""
    return next((one for one in procedure.methods if one.channel is way), None)


def _needs(
    procedure: Procedure,
    guide: Guide,
    way: FilingChannel | None,
    listed: tuple[ListedPaper, ...],
) -> frozenset[Need]:
    needs = {*guide.needs}
    if procedure.forms or any(one.paper.form for one in listed):
        needs.add(Need.FORM)
    if listed:
        needs.add(Need.PAPERS)
    method = method_of(procedure, way)
    status = method.fee.status if method else FeeStatus.NOT_PUBLISHED
    needs.add(Need.FREE if status is FeeStatus.FREE else Need.FEE)
    if status in {FeeStatus.NOT_PUBLISHED, FeeStatus.SEE_TEXT}:
        needs.add(Need.AMOUNT_UNKNOWN)
    full = procedure.online_level is OnlineLevel.FULL
    needs.add(Need.FULL if full else Need.NOT_FULL)
    return frozenset(needs)


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
