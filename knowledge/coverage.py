"""How much is known of each field: what records state, and what nobody has written yet."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from knowledge.procedure import Procedure
from knowledge.tables import Table

MISSING: Final[Mapping[str, Callable[[Procedure], bool]]] = {
    "label": lambda one: not one.label,
    "aliases": lambda one: not one.aliases,
    "summary": lambda one: not one.summary,
    "time": lambda one: not any(method.time for method in one.methods),
    "fee": lambda one: all(method.fee.status == "not_published" for method in one.methods),
    "papers": lambda one: not any(part.papers for part in one.circumstances),
    "steps": lambda one: not one.steps,
    "agency": lambda one: not one.agency,
    "legal_basis": lambda one: not one.legal_basis,
    "decision": lambda one: not one.source.decision,
    "as_of": lambda one: not one.source.as_of,
    "url": lambda one: not one.url,
}
"""What a record may lack, by what tells that it does."""


@dataclass(slots=True)
class Coverage:
    """What is known of the procedures of one field. All numbers count procedures."""

    name: str
    ours: int = 0
    imported: int = 0
    fees: Counter[str] = field(default_factory=Counter)
    """By the fee status of their filing methods; one may count under several."""
    with_unit: int = 0
    """With a time limit that has a unit, at least for one way of filing."""
    with_papers: int = 0
    with_form: int = 0
    """With questions that lead to the citizen's own papers."""
    with_table: int = 0
    """Of these, with a decision table that somebody wrote."""
    online: Counter[str] = field(default_factory=Counter)
    """By online level; those of which no decision states it are left out."""
    months: Counter[str] = field(default_factory=Counter)
    """By the month of their data, "2026-07"; "": unknown."""
    missing: Counter[str] = field(default_factory=Counter)
    """By what they lack, see `MISSING`."""

    @property
    def total(self) -> int:
        """All procedures of the field."""
        return self.ours + self.imported

    def add(self, one: Procedure, form: Table | None, *, written: bool) -> None:
        """Count a procedure; `written`: its form is a table that somebody wrote."""
        self.ours += one.ours
        self.imported += not one.ours
        self.fees.update({method.fee.status.value for method in one.methods})
        self.with_unit += any(method.time and method.time.unit for method in one.methods)
        self.with_papers += any(part.papers for part in one.circumstances)
        self.with_form += form is not None
        self.with_table += written
        if one.online_level:
            self.online[one.online_level.value] += 1
        self.months[one.source.as_of[:7]] += 1
        self.missing.update(key for key, lacks in MISSING.items() if lacks(one))


def coverage(
    procedures: Iterable[Procedure],
    form_of: Callable[[str], Table | None],
    written: Callable[[str], bool],
) -> tuple[Coverage, ...]:
    """Return what is known of each field, those with the most procedures first.

    Args:
        procedures: all of them; suspects count too.
        form_of: the form of a code, None where there is nothing to ask.
        written: whether that form is a table that somebody wrote.
    """
    found: dict[str, Coverage] = {}
    for one in procedures:
        held = found.setdefault(one.field, Coverage(one.field))
        held.add(one, form_of(one.code), written=written(one.code))
    return tuple(sorted(found.values(), key=lambda one: (-one.total, one.name)))
