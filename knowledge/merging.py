"""Puts our own entries over imported records of the same code.

Wording, label, aliases, keywords and popularity are ours. Facts come from the newer data; of equal
date, from the record, since ours was written from it and whatever differs was changed there. Where
the two differ, an official is told. A record that is suspect never touches our entry.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.facts import IN_WORDS, facts_of
from knowledge.figures import loose_figures
from knowledge.procedure import Fee, FeeStatus, FilingMethod, Procedure, TimeLimit
from knowledge.sayings import Sayings, key_of

_WRITTEN = (
    "who",
    "agency",
    "where",
    "circumstances",
    "steps",
    "conditions",
    "results",
    "forms",
)
"""What we say in our own words: it follows the import only when the decision changed."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Our entry and the imported record state different facts."""

    code: str
    what: str
    """The field, in Vietnamese."""
    ours: str
    imported: str
    taken: str
    """Whose fact is used: "ours" or "imported"."""

    def message(self) -> str:
        """Return the disagreement as an official reads it."""
        used = "bản nhập" if self.taken == "imported" else "bản của mình"
        return (
            f"{self.code}: {self.what} khác nhau. Của mình: {self.ours}. "
            f"Bản nhập: {self.imported}. Đang dùng {used}; hãy đối chiếu với Cổng."
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """One set of procedures, in the order of their codes."""

    procedures: tuple[Procedure, ...]
    disagreements: tuple[Disagreement, ...]


def merge_all(
    ours: Iterable[Procedure], imported: Iterable[Procedure], sayings: Iterable[Sayings] = ()
) -> Merged:
    """Merge two sets of procedures by code, and add what people say; again changes nothing."""
    found = {procedure.code: procedure for procedure in imported}
    told: list[Disagreement] = []
    for entry in ours:
        record = found.get(entry.code)
        if record is not None:
            entry, differing = merge(entry, record)  # noqa: PLW2901 - the entry with its record
            told += differing
        found[entry.code] = entry
    ordered = tuple(with_sayings((found[code] for code in sorted(found)), sayings))
    return Merged(ordered, tuple(sorted(told, key=lambda one: (one.code, one.what))))


def with_sayings(
    procedures: Iterable[Procedure], sayings: Iterable[Sayings]
) -> Iterator[Procedure]:
    """Yield the procedures with what people call them; codes that are not here are ignored."""
    of_code: dict[str, list[Sayings]] = {}
    for entry in sayings:
        for code in entry.codes:
            of_code.setdefault(code, []).append(entry)
    for procedure in procedures:
        entries = of_code.get(procedure.code)
        yield _called(procedure, entries) if entries else procedure


def _called(procedure: Procedure, entries: Sequence[Sayings]) -> Procedure:
    known = {key_of(text) for text in (procedure.name, procedure.label, *procedure.aliases)}
    new = {key_of(one.text): one.text for entry in entries for one in entry.say}
    added = (text for key, text in new.items() if key not in known)
    judged = max(entry.popularity for entry in entries)
    return replace(
        procedure,
        aliases=(*procedure.aliases, *added),
        popularity=procedure.popularity or judged,
    )


def merge(ours: Procedure, imported: Procedure) -> tuple[Procedure, tuple[Disagreement, ...]]:
    """Merge an entry of ours with the imported record of the same code."""
    if imported.suspect:
        why = Disagreement(ours.code, "nội dung", ours.name, imported.suspect, "ours")
        return ours, (why,)
    newer = is_newer(imported.source.as_of, ours.source.as_of) or _restates(imported, ours)
    told = tuple(_disagreements(ours, imported, "imported" if newer else "ours"))
    merged = _newer_facts(ours, imported) if newer else _filled(ours, imported)
    former = dict.fromkeys((*ours.former_codes, *imported.former_codes))
    after = dict.fromkeys((*ours.changed_to, *imported.changed_to))
    return replace(merged, former_codes=tuple(former), changed_to=tuple(after)), told


def is_newer(one: str, other: str) -> bool:
    """Tell whether data of date `one` is surely newer than data of date `other`.

    Dates may be years, months or days; "2025" is not newer than "2025-03". No date is the oldest.

    >>> is_newer("2026-11", "2026-07"), is_newer("2026", "2026-07"), is_newer("2026-07", "")
    (True, False, True)
    """
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared] if other else bool(one)


def _restates(imported: Procedure, ours: Procedure) -> bool:
    """Tell whether a record that is not older states another decision, time limit or fee.

    The date of data is that of its collection: a file whose values changed may still bear it.
    """
    if is_newer(ours.source.as_of, imported.source.as_of):
        return False
    decided = imported.source.decision not in ("", ours.source.decision)
    return decided or not _same_methods(ours, imported)


def _filled(ours: Procedure, imported: Procedure) -> Procedure:
    """Keep our facts; take what we do not state."""
    return replace(
        ours,
        url=ours.url or imported.url,
        online_level=ours.online_level or imported.online_level,
        online_level_source=ours.online_level_source or imported.online_level_source,
        online_levels=ours.online_levels or imported.online_levels,
        replaced_papers=ours.replaced_papers or imported.replaced_papers,
        valid_from=ours.valid_from or imported.valid_from,
        valid_to=ours.valid_to or imported.valid_to,
    )


def _newer_facts(ours: Procedure, imported: Procedure) -> Procedure:
    """Take the newer facts; keep our wording of those that did not change."""
    redecided = imported.source.decision not in ("", ours.source.decision)
    rewritten = {name: getattr(imported, name) for name in _WRITTEN} if redecided else {}
    merged = replace(
        ours,
        name=imported.name,
        field=imported.field or ours.field,
        levels=imported.levels or ours.levels,
        source=replace(imported.source, decision=imported.source.decision or ours.source.decision),
        url=imported.url or ours.url,
        methods=ours.methods if _same_methods(ours, imported) else imported.methods,
        legal_basis=ours.legal_basis if _same_law(ours, imported) else imported.legal_basis,
        ours=not redecided,
        replaced_papers=ours.replaced_papers or imported.replaced_papers,
        valid_from=imported.valid_from or ours.valid_from,
        valid_to=imported.valid_to or ours.valid_to,
        **rewritten,
    )
    if imported.online_level is None and not imported.online_levels:
        return merged
    return replace(
        merged,
        online_levels=imported.online_levels,
        online_level=imported.online_level,
        online_level_source=imported.online_level_source,
    )


def _disagreements(ours: Procedure, imported: Procedure, taken: str) -> Iterator[Disagreement]:
    pairs = (
        ("tên", ours.name, imported.name),
        ("lĩnh vực", ours.field, imported.field),
        ("cấp", ", ".join(sorted(ours.levels)), ", ".join(sorted(imported.levels))),
        ("quyết định", ours.source.decision, imported.source.decision),
        ("hiệu lực từ", ours.valid_from, imported.valid_from),
        ("hiệu lực đến", ours.valid_to, imported.valid_to),
        ("mức trực tuyến", ours.online_level or "", imported.online_level or ""),
    )
    for what, one, other in pairs:
        if one and other and one != other:
            yield Disagreement(ours.code, what, one, other, taken)
    if not _same_methods(ours, imported):
        told = (_told(procedure) for procedure in (ours, imported))
        yield Disagreement(ours.code, "cách nộp, thời hạn, phí", next(told), next(told), taken)
    # Of equally old data ours is no error: the export leaves some numbers out.
    if taken == "imported" and not _same_law(ours, imported):
        missing = ", ".join(sorted(set(ours.legal_basis) - set(imported.legal_basis)))
        yield Disagreement(ours.code, "căn cứ pháp lý", missing, "không có", taken)


def _same_law(ours: Procedure, imported: Procedure) -> bool:
    """Tell whether ours is a choice among theirs: we name only what citizens ask for."""
    return not imported.legal_basis or set(ours.legal_basis) <= set(imported.legal_basis)


def _same_methods(ours: Procedure, imported: Procedure) -> bool:
    if not imported.methods:
        return True
    return all(
        any(_same_method(one, other) for other in imported.methods) for one in ours.methods
    ) and {one.channel for one in ours.methods} == {one.channel for one in imported.methods}


def _same_method(ours: FilingMethod, imported: FilingMethod) -> bool:
    return (
        ours.channel is imported.channel
        and _same_time(ours.time, imported.time)
        and _same_fee(ours.fee, imported.fee)
    )


def _same_time(ours: TimeLimit | None, imported: TimeLimit | None) -> bool:
    if imported is None or not imported.amount:  # nothing, or words that ours may put otherwise
        return ours is None or not ours.amount
    return ours is not None and (ours.amount, ours.unit) == (imported.amount, imported.unit)


def _same_fee(ours: Fee, imported: Fee) -> bool:
    if ours.status is not imported.status:
        return False
    stated = {str(amount.value) for amount in imported.amounts}
    said = {str(amount.value) for amount in ours.amounts}
    if imported.status is FeeStatus.AMOUNT:
        return stated <= said <= stated | loose_figures(imported.text)
    return said <= loose_figures(imported.text)


def _told(procedure: Procedure) -> str:
    """Return the time limits and fees in plain Vietnamese, without what the cells add in words."""
    found = facts_of(procedure)
    facts = (fact for field in ("time", "fee") for fact in found.get(field, ()))
    short = (fact for fact in facts if not fact.part.endswith(IN_WORDS))
    return "; ".join(f"{fact.part}: {fact.text}" for fact in short) or "không có"
