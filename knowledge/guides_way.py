"""What a guide holds for one citizen: by which ways she may file, and the steps of each.

Pure, and shared by who shows a guide and by who proves it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from knowledge.guides import Guide, GuideStep, Need
from knowledge.procedure import (
    FeeStatus,
    FilingChannel,
    FilingMethod,
    OnlineLevel,
    Paper,
    Procedure,
)
from knowledge.tables import Answers, Option, Table
from knowledge.text import fold

NO_ONLINE_WAY: Final = "-"
"""Stands for a record that names no way of filing online."""

_PREFERRED: Final = (FilingChannel.ONLINE, FilingChannel.COUNTER, FilingChannel.POST)
_OR: Final = " hoac "
"""In a folded label that leaves several ways open: "Tại quầy hoặc trực tuyến"."""

Ways = frozenset[FilingChannel]


def ways_of(option: Option, way_labels: Mapping[str, FilingChannel]) -> Ways:
    """Return the ways of filing that an answer leaves open; empty: it is about something else.

    >>> labels = {"truc tuyen": FilingChannel.ONLINE, "tai quay": FilingChannel.COUNTER}
    >>> sorted(ways_of(Option("khac", "Tại quầy hoặc trực tuyến"), labels))
    [<FilingChannel.COUNTER: 'counter'>, <FilingChannel.ONLINE: 'online'>]
    >>> ways_of(Option("khac", "Tại quầy hoặc nơi khác"), labels)
    frozenset()
    """
    named = [way_labels.get(part) for part in fold(option.label).split(_OR)]
    return frozenset(way for way in named if way) if all(named) else frozenset()


def ways_answered(table: Table, guide: Guide, answers: Answers) -> Ways:
    """Return the ways of filing that the answers leave open; empty: none of them says."""
    for question in table.questions:
        for option in question.options:
            if answers.get(question.key) == option.key and (
                ways := ways_of(option, guide.way_labels)
            ):
                return ways
    return frozenset()


def closed_for(procedure: Procedure, guide: Guide, answers: Answers) -> str:
    """Return why this citizen cannot file online, `NO_ONLINE_WAY`, or nothing where she can.

    A rule counts only where its condition surely holds.
    """
    if method_of(procedure, FilingChannel.ONLINE) is None:
        return NO_ONLINE_WAY
    return next((one.why for one in guide.closed if one.condition.holds(answers)), "")


def open_ways(
    procedure: Procedure, *, online: bool, results_only: Ways = frozenset()
) -> tuple[FilingChannel, ...]:
    """Return the ways to file that the record names, the most convenient first.

    Args:
        procedure: the record.
        online: whether this citizen can file online.
        results_only: ways by which only the result is sent.
    """
    named = {one.channel for one in procedure.methods} - results_only
    if not online:
        named.discard(FilingChannel.ONLINE)
    return tuple(one for one in _PREFERRED if one in named)


def way_for(
    known: Iterable[FilingChannel], answered: Ways, wanted: FilingChannel | None
) -> FilingChannel | None:
    """Return how it is filed: as answered, among those as wanted, else the most convenient.

    An answer goes before a wish, since the papers hang on it.

    >>> online, counter, post = FilingChannel
    >>> way_for((online, counter, post), frozenset({counter, post}), online).value
    'counter'
    >>> way_for((online, counter), frozenset(), counter).value
    'counter'
    """
    ways = tuple(known)
    left = tuple(one for one in ways if one in answered) or ways
    return wanted if wanted in left else next(iter(left), None)


def method_of(procedure: Procedure, way: FilingChannel | None) -> FilingMethod | None:
    """Return the record's first method of this way; None: it names none."""
    return next((one for one in procedure.methods if one.channel is way), None)


def coming(guide: Guide, answers: Answers) -> tuple[str, ...]:
    """Return what says that this citizen comes in person all the same; or may have to."""
    return tuple(one.say for one in guide.come if one.condition.may_hold(answers))


def needs_of(
    procedure: Procedure, guide: Guide, way: FilingChannel | None, papers: Iterable[Paper]
) -> frozenset[Need]:
    """Return what is so for a way of filing and the papers of a citizen's list."""
    listed = tuple(papers)
    needs = {*guide.needs}
    if procedure.forms or any(one.form for one in listed):
        needs.add(Need.FORM)
    if listed:
        needs.add(Need.PAPERS)
    method = method_of(procedure, way)
    status = method.fee.status if method else FeeStatus.NOT_PUBLISHED
    needs.add(Need.FREE if status is FeeStatus.FREE else Need.FEE)
    if status in {FeeStatus.NOT_PUBLISHED, FeeStatus.SEE_TEXT}:
        needs.add(Need.AMOUNT_UNKNOWN)
    needs.add(Need.FULL if is_full(procedure) else Need.NOT_FULL)
    return frozenset(needs)


def is_full(procedure: Procedure) -> bool:
    """Tell whether nobody has to come, wherever it is filed.

    Decisions that disagree say nothing, and what one province decided holds there alone.
    """
    stated = procedure.online_levels
    if stated and all(one.local for one in stated):
        return False
    if stated:
        return all(one.level is OnlineLevel.FULL for one in stated)
    return procedure.online_level is OnlineLevel.FULL


def steps_of(
    guide: Guide, way: FilingChannel | None, needs: frozenset[Need], answers: Answers
) -> tuple[GuideStep, ...]:
    """Return the steps of one way for one citizen; who is unsure sees what may be hers."""
    return tuple(
        one
        for one in guide.steps
        if way in one.ways and one.needs <= needs and one.condition.may_hold(answers)
    )
