"""The list of one citizen: a record, its table and her answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from knowledge.procedure import Circumstance, Paper, Procedure
from knowledge.tables import ALWAYS, Answers, Condition, Rule, Table


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """A paper that is needed if something holds that was not asked, or could not be told."""

    paper: Paper
    conditions: tuple[str, ...]
    """In the words of the record: the title of the case, the `when` of the paper."""


@dataclass(frozen=True, slots=True)
class PersonalList:
    """What one citizen needs. Every paper and text is the record's own."""

    cases: tuple[str, ...] = ()
    """Titles of the circumstances that apply."""
    papers: tuple[Paper, ...] = ()
    """Needed; what `when` says is fulfilled."""
    open_papers: tuple[OpenPaper, ...] = ()
    notes: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    """Only those that the table places: what holds for everybody is no news."""

    @property
    def is_empty(self) -> bool:
        """Tell whether it names no paper at all."""
        return not self.papers and not self.open_papers


def personal_list(procedure: Procedure, table: Table, answers: Answers) -> PersonalList:
    """Return what to bring. It names a paper whenever the record does.

    Who denies every condition of a record that has nothing but conditional papers gets all of
    them with their conditions: a dossier without papers is what no record means.
    """
    found = applying(procedure, table, answers)
    if not found.is_empty:
        return found
    everything = applying(procedure, Table(procedure.code, ()), {})
    return PersonalList(
        found.cases, everything.papers, everything.open_papers, found.notes, found.conditions
    )


def applying(procedure: Procedure, table: Table, answers: Answers) -> PersonalList:
    """Return exactly what the table gives for `answers`, be it nothing."""
    place = _Places(table, answers)
    kept = [(one, told) for one in procedure.circumstances if (told := place.case(one)) is not None]
    papers: dict[tuple[object, ...], Paper] = {}
    opened: dict[tuple[object, ...], OpenPaper] = {}
    for circumstance, unasked in kept:
        for paper, told in place.papers(circumstance, unasked):
            if told:
                opened.setdefault((content_of(paper), told), OpenPaper(paper, told))
            else:
                papers.setdefault(content_of(paper), paper)
    certain = [one for one, unasked in kept if not unasked]
    return PersonalList(
        cases=tuple(one.title for one in certain if one.title),
        papers=tuple(papers.values()),
        open_papers=tuple(one for one in opened.values() if content_of(one.paper) not in papers),
        notes=tuple(dict.fromkeys(note for one in certain for note in place.for_them(one.notes))),
        conditions=tuple(place.for_them(one for one in procedure.conditions if one in place.only)),
    )


class _Places:
    """What a table says of the texts of its record, for one citizen."""

    def __init__(self, table: Table, answers: Answers) -> None:
        self._answers = answers
        self._cases = _by_text(table.cases) | {"": ALWAYS}
        self._whens = _by_text(table.whens) | {"": ALWAYS}
        self._without = tuple(one for one in table.without if one.condition.holds(answers))
        self.only = _by_text(table.only)

    def case(self, circumstance: Circumstance) -> tuple[str, ...] | None:
        """Return what is unasked about a circumstance; None: it does not apply."""
        return self._unasked(self._cases, circumstance.title)

    def papers(
        self, circumstance: Circumstance, unasked: tuple[str, ...]
    ) -> Iterator[tuple[Paper, tuple[str, ...]]]:
        """Yield the papers of a circumstance that may be needed, each with what is unasked."""
        for paper in circumstance.papers:
            told = self._unasked(self._whens, paper.when)
            if told is not None and not self._falls_away(circumstance.title, paper):
                yield self._noted(paper), (*unasked, *told)

    def for_them(self, texts: Iterable[str]) -> Iterator[str]:
        """Yield the notes or conditions that are for this citizen."""
        return (one for one in texts if self.only.get(one, ALWAYS).may_hold(self._answers))

    def _noted(self, paper: Paper) -> Paper:
        """Return the paper without a note that is for others."""
        if self.only.get(paper.note, ALWAYS).may_hold(self._answers):
            return paper
        return replace(paper, note="")

    def _unasked(self, rules: Mapping[str, Condition], text: str) -> tuple[str, ...] | None:
        rule = rules.get(text)
        if rule is None:
            return (text,)
        if rule.holds(self._answers):
            return ()
        return (text,) if rule.may_hold(self._answers) else None

    def _falls_away(self, title: str, paper: Paper) -> bool:
        return any(one.paper == paper.name and one.case in (None, title) for one in self._without)


def _by_text(rules: Iterable[Rule]) -> dict[str, Condition]:
    return {rule.text: rule.condition for rule in rules}


def content_of(paper: Paper) -> tuple[object, ...]:
    """Return what makes two papers one in a list: the same paper in two cases is brought once."""
    return (paper.name, paper.form, paper.original, paper.copies, paper.note)
