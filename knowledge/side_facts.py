"""Puts what the side tables state onto procedures, and keeps it when a newer export comes."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.codec import canonical, decode
from knowledge.importer import Doubt, Summary
from knowledge.procedure import OnlineStatement, Procedure, ReplacedPaper
from knowledge.side_tables import Row, SideTable, read_side_table
from knowledge.text import fold

_SAME_NAME = 0.5
"""Share of words that two names of one procedure have in common at least."""
_MARKS = ('"replaced_papers":', '"online_levels":')
"""How canonical texts of records that hold such facts can be told without decoding them."""


def with_side_table(
    procedures: Iterable[Procedure], table: SideTable, summary: Summary
) -> Iterator[Procedure]:
    """Yield those of `procedures` that the table speaks of, with what it states.

    Noted in `summary`: rows read and damaged, codes changed, and what an official should look at:
    levels that differ from decision to decision, and names that are another procedure's.
    """
    summary.read, summary.damaged = table.read, table.damaged
    known = 0
    for procedure in procedures:
        rows = table.rows.get(procedure.code, ())
        if not rows:
            continue
        known += len(rows)
        summary.doubts += _doubts(procedure, rows)
        changed = with_rows(procedure, rows)
        if changed == procedure:
            summary.unchanged += 1
        else:
            summary.changed.append(procedure.code)
        yield changed
    summary.unknown = table.read - known


def beside(
    procedures: Iterable[Procedure], paths: Iterable[Path]
) -> tuple[tuple[Procedure, ...], list[str]]:
    """Return all procedures with what tables state, ours too, and the damaged rows in words.

    Our own papers and levels stay: they are taken from the same tables, in plain words.

    Raises:
        ExportUnreadable: a table cannot be read.
    """
    found = {procedure.code: procedure for procedure in procedures}
    told: list[str] = []
    for path in paths:
        table, summary = read_side_table(path), Summary()
        for changed in with_side_table(tuple(found.values()), table, summary):
            ours = found[changed.code]
            papers = ours.replaced_papers if ours.ours else ()
            found[changed.code] = replace(
                changed, replaced_papers=papers or changed.replaced_papers
            )
        told += (f"{path.name}, dòng {line.number}: {line.reason}" for line in summary.damaged)
    return tuple(found.values()), told


def side_texts(path: Path, stored: Mapping[str, str]) -> tuple[dict[str, str], Summary]:
    """Return the stored records that a table changes or confirms, as canonical texts.

    Raises:
        ExportUnreadable: the table cannot be read.
    """
    table, summary = read_side_table(path), Summary()
    held = (stored[code] for code in sorted(table.rows.keys() & stored.keys()))
    procedures = (decode(json.loads(text)) for text in held)
    found = {one.code: canonical(one) for one in with_side_table(procedures, table, summary)}
    return found, summary


def keep_side_facts(
    fresh: Mapping[str, str], stored: Mapping[str, str], summary: Summary
) -> dict[str, str]:
    """Return newly imported texts with what tables stated for the stored ones.

    Exports do not hold these facts: importing one again changes nothing.
    """
    kept = dict(fresh)
    for code in fresh:
        before = stored.get(code, "")
        if not any(mark in before for mark in _MARKS):
            continue
        kept[code] = canonical(_kept(*(decode(json.loads(one)) for one in (before, fresh[code]))))
        if kept[code] == before and code in summary.changed:
            summary.changed.remove(code)
            summary.unchanged += 1
    return kept


def _kept(before: Procedure, fresh: Procedure) -> Procedure:
    kept = replace(fresh, replaced_papers=fresh.replaced_papers or before.replaced_papers)
    stated = {one.level for one in before.online_levels}
    if fresh.online_levels or (fresh.online_level and fresh.online_level not in stated):
        return kept
    return _levelled(kept, before.online_levels)


def with_rows(procedure: Procedure, rows: Sequence[Row]) -> Procedure:
    """Return the procedure with the papers or levels of its rows; twice changes nothing."""
    papers = tuple(dict.fromkeys(_papers(procedure, rows)))
    if papers:
        return replace(procedure, replaced_papers=papers)
    fitting = (row.fact for row in rows if _same_name(procedure.name, row.name))
    return _levelled(procedure, [fact for fact in fitting if isinstance(fact, OnlineStatement)])


def _papers(procedure: Procedure, rows: Sequence[Row]) -> Iterator[ReplacedPaper]:
    several = len({fold(row.name) for row in rows}) > 1
    for row in rows:
        if isinstance(row.fact, ReplacedPaper) and _may_be_a_case(procedure.name, row.name):
            one_case = several or not _same_name(procedure.name, row.name)
            yield replace(row.fact, case=row.name) if one_case else row.fact


def _levelled(procedure: Procedure, statements: Sequence[OnlineStatement]) -> Procedure:
    if not statements:
        return procedure
    first = {one.level: one for one in reversed(statements)}  # one decision a level is enough
    levels = tuple(one for one in dict.fromkeys(statements) if first[one.level] == one)
    only = levels[0] if len(levels) == 1 else None
    return replace(
        procedure,
        online_level=only.level if only else None,
        online_level_source=only.decision if only else "",
        online_levels=levels,
    )


def _doubts(procedure: Procedure, rows: Sequence[Row]) -> Iterator[Doubt]:
    for row in rows:
        if not _same_name(procedure.name, row.name):
            reason = f"bảng gọi mã này là '{row.name[:80]}', hồ sơ là '{procedure.name[:80]}'"
            yield Doubt(row.line, row.code, reason)
    levels = {row.fact.level for row in rows if isinstance(row.fact, OnlineStatement)}
    if len(levels) > 1:
        yield Doubt(rows[0].line, procedure.code, "các quyết định ghi mức trực tuyến khác nhau")


def _same_name(one: str, other: str) -> bool:
    """Tell whether two names are of one procedure: they share half of the longer one's words."""
    shared, lengths = _shared(one, other)
    return shared >= _SAME_NAME * max(lengths)


def _may_be_a_case(one: str, other: str) -> bool:
    """Tell whether one name is a case of the other: they share half of the shorter one's words."""
    shared, lengths = _shared(one, other)
    return shared >= _SAME_NAME * min(lengths)


def _shared(one: str, other: str) -> tuple[int, tuple[int, int]]:
    words, theirs = (set(re.findall(r"\w+", fold(text))) for text in (one, other))
    return len(words & theirs), (len(words), len(theirs))
