"""The tables of the report."""

from collections.abc import Mapping, Sequence
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.table import Table

from tests.evaluation.intervals import Estimate, f1_loss, loss, micro_f1, share
from tests.evaluation.judging import (
    FIELDS_F1,
    MEASURES,
    Judged,
    Measure,
    counted,
    field_counts,
    hits,
)
from tests.evaluation.targets import LOSSES, TARGETS

FINDING: Final = (
    "right first",
    "among five",
    "acceptable",
    "confidently wrong",
    "asked back",
    "in scope refused",
)
MEANING: Final = (
    FIELDS_F1,
    "fields exact",
    "intent",
    "system intent",
    "out of scope refused",
)
SPECIAL: Final = ("both answered", "no record, no answer", "dossier code")
_LOSING: Final = ("right first", "among five", "acceptable", FIELDS_F1, "intent", "system intent")
MISSED: Final = "[bold red]✗ [/]"


def estimate(judged: Sequence[Judged], measure: str) -> Estimate:
    """Return a measure over cases."""
    return micro_f1(counted(judged)) if measure == FIELDS_F1 else share(hits(judged, measure))


def targets(columns: Mapping[str, Sequence[Judged]]) -> Table:
    """Return the promises beside what each set of cases reaches."""
    table = _table("What was promised (✗: missed)", "at least", *columns)
    for target in TARGETS:
        cells = [str(target)]
        for judged in columns.values():
            reached = estimate(judged, target.measure)
            mark = "" if target.met(reached) or not reached.n else MISSED
            cells.append(f"{mark}{reached}")
        table.add_row(target.measure, *cells)
    return table


def measures(title: str, names: Sequence[str], rows: Mapping[str, Sequence[Judged]]) -> Table:
    """Return the measures by row, each with its interval and how many cases it judges."""
    table = _table(title, *names)
    for row, judged in rows.items():
        reached = [estimate(judged, name) for name in names]
        if any(one.n for one in reached):
            table.add_row(row, *(str(one) for one in reached))
    return table


def losses(before: Sequence[Judged], variants: Mapping[str, Sequence[Judged]]) -> Table:
    """Return the points that the same accented cases lose when they are typed otherwise."""
    table = _table("Points lost by the same accented messages", *variants)
    origin = {one.case.id: one for one in before}
    for measure in _LOSING:
        cells = []
        for name, after in variants.items():
            pairs = [(origin[one.case.id.partition("~")[0]], one) for one in after]
            lost = _lost(pairs, measure)
            mark = MISSED if lost.value > LOSSES[name] else ""
            told = f"{lost.value:.1f} ({lost.low:.1f} to {lost.high:.1f}) {lost.n:4}"
            cells.append(f"{mark}{told}" if lost.n else "–")
        table.add_row(measure, *cells)
    table.add_row("at most", *(f"{LOSSES[name]:g}" for name in variants))
    return table


def _lost(pairs: Sequence[tuple[Judged, Judged]], measure: str) -> Estimate:
    if measure == FIELDS_F1:
        counts = [(field_counts(one), field_counts(other)) for one, other in pairs]
        both = [(one, other) for one, other in counts if one is not None and other is not None]
        return f1_loss([one for one, _ in both], [other for _, other in both])
    told = _verdicts(pairs, MEASURES[measure])
    return loss([one for one, _ in told], [other for _, other in told])


def _verdicts(
    pairs: Sequence[tuple[Judged, Judged]], measure: Measure
) -> Sequence[tuple[bool, bool]]:
    told = [(measure(one), measure(other)) for one, other in pairs]
    return [(one, other) for one, other in told if one is not None and other is not None]


def intents(judged: Sequence[Judged]) -> Table:
    """Return each intent with how often it was recognised, worst first."""
    rows: dict[str, list[Judged]] = {}
    for one in judged:
        if len(one.case.intents) == 1:
            rows.setdefault(next(iter(one.case.intents)), []).append(one)
    table = _table("Intents, worst first (cases with one right intent)", "recognised")
    reached = {name: estimate(of_one, "intent") for name, of_one in rows.items()}
    for name, told in sorted(reached.items(), key=lambda item: item[1].value):
        table.add_row(name, str(told))
    return table


def topics(judged: Sequence[Judged]) -> Table:
    """Return whether the topic of the message before is kept."""
    table = _table("Follow-ups of other people: legalrag.jsonl", "share")
    before = [one.before.procedure if one.before else None for one in judged]
    kept = [code == one.answer.procedure for code, one in zip(before, judged, strict=True) if code]
    opened = [code is not None for code in before]
    coded = [one.answer.procedure in one.case.accepted for one in judged if one.case.accepted]
    rows = {"first message opens a topic": opened, "topic kept": kept, "topic is right": coded}
    for name, told in rows.items():
        reached = share(told)
        table.add_row(name, str(reached))
    return table


def a_table(title: str) -> Table:
    """Return an empty table in the style of the report."""
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        min_width=len(title) + 2,
    )


def _table(title: str, *columns: str) -> Table:
    table = a_table(title)
    table.add_column("", no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table
