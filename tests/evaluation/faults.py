"""What went wrong: pairs that are mistaken for each other, confidence, and failures to read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from rich.table import Table

from tests.evaluation.intervals import share
from tests.evaluation.judging import (
    MEASURES,
    Judged,
    acceptable,
    confidently_wrong,
    fields_exact,
    first,
    intent_right,
)
from tests.evaluation.tables import a_table

BINS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
"""Bounds of confidence: finer where most answers are."""
_NOTHING: Final = "nothing"
_LINES: Final = 25


def procedures(judged: Iterable[Judged], names: Mapping[str, str]) -> Table:
    """Return which procedure came first instead of the right one, most often first."""
    pairs: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for one in judged:
        if first(one) is False:
            got = one.answer.candidates[0] if one.answer.candidates else _NOTHING
            pair = (min(one.case.accepted), got)
            pairs[pair] += 1
            wrong[pair] += bool(confidently_wrong(one))
    table = a_table("Procedures mistaken, worst first")
    for column in ("times", "answered", "wanted", "came first"):
        table.add_column(column, justify="right" if column in {"times", "answered"} else "left")
    ordered = sorted(pairs, key=lambda pair: (-wrong[pair], -pairs[pair], pair))
    for pair in ordered[:_LINES]:
        told = [f"{code} {_short(names.get(code, ''))}" for code in pair]
        table.add_row(str(pairs[pair]), str(wrong[pair]), *told)
    return table


def intents(judged: Iterable[Judged]) -> Table:
    """Return which intent was read instead of the right one, most often first."""
    pairs = Counter(
        (" or ".join(sorted(one.case.intents)), one.answer.intent or _NOTHING)
        for one in judged
        if intent_right(one) is False
    )
    table = a_table("Intents mistaken, worst first")
    for column in ("times", "wanted", "read"):
        table.add_column(column, justify="right" if column == "times" else "left")
    for (wanted, got), times in pairs.most_common(_LINES):
        table.add_row(str(times), wanted, got)
    return table


def reliability(judged: Iterable[Judged]) -> Table:
    """Return how often an intent is right, by its confidence.

    When the assistant answers is decided by other probabilities: `make calibrate` shows those.
    """
    answers = [
        (one.answer.confidence, right) for one in judged if (right := intent_right(one)) is not None
    ]
    table = a_table("Intents by confidence")
    for column in ("confidence", "mean", "right"):
        table.add_column(column, justify="right")
    gap = 0.0
    for low, high in pairwise(BINS):
        here = [(told, right) for told, right in answers if low <= told < high]
        if here:
            mean = sum(told for told, _ in here) / len(here)
            reached = share([right for _, right in here])
            gap += abs(mean - reached.value) * len(here) / len(answers)
            table.add_row(f"{low:g}–{min(high, 1):g}", f"{mean:.3f}", str(reached))
    table.add_row("expected error", f"{gap:.3f}", f"n {len(answers)}")
    return table


def write(folder: Path, judged: Sequence[Judged]) -> list[Path]:
    """Write the failures of every measure to files to read; blind cases are left out."""
    open_cases = [one for one in judged if not one.case.blind]
    written = []
    for measure, is_right in MEASURES.items():
        bad = measure in {"confidently wrong", "in scope refused", "asked back"}
        lines = [_line(one) for one in open_cases if is_right(one) is bad]
        file = folder / f"{measure.replace(', ', ' ').replace(' ', '_')}.txt"
        file.write_text("".join(f"{line}\n" for line in sorted(lines)), "utf-8")
        written.append(file)
    return written


def write_lost(
    folder: Path, before: Iterable[Judged], variants: Mapping[str, Iterable[Judged]]
) -> None:
    """Write what was right as it was typed, and is not when it is typed otherwise."""
    origin = {one.case.id: one for one in before}
    for name, after in variants.items():
        lines = [
            f"{', '.join(lost)}: {_line(one)}"
            for one in after
            if (lost := _lost(origin[one.case.id.partition("~")[0]], one))
        ]
        file = folder / f"lost_{name.replace(' ', '_')}.txt"
        file.write_text("".join(f"{line}\n" for line in sorted(lines)), "utf-8")


def _lost(before: Judged, after: Judged) -> list[str]:
    measures = {"acceptable": acceptable, "fields": fields_exact, "intent": intent_right}
    return [name for name, told in measures.items() if told(before) and told(after) is False]


def _line(one: Judged) -> str:
    case, answer = one.case, one.answer
    wanted = [" or ".join(sorted(case.intents)), "|".join(sorted(case.accepted))]
    got = [answer.intent, " ".join(answer.candidates[:3])]
    if fields_exact(one) is False:
        wanted.append(" or ".join("+".join(sorted(fields)) or "–" for fields in case.asked))
        got.append("+".join(sorted(answer.asked)) or "–")
    told = " · ".join(filter(None, wanted))
    read = " · ".join(filter(None, [*got, f"{answer.confidence:.2f}"]))
    note = "" if acceptable(one) is not False else " !"
    return f"{case.id}: {' | '.join(case.turns)}\n    {told} ≠ {read} [{answer.outcome}]{note}"


def _short(name: str, most: int = 60) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
