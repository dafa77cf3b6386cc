"""The table of codes that changed: `content/code_changes.yaml`.

Codes churn: citizens and web pages name old ones, and a record may be replaced by a code that the
data does not hold yet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.dates import is_date
from knowledge.errors import ContentFaulty, Fault
from knowledge.procedure import Procedure
from knowledge.procedure_yaml import codes_under
from knowledge.yaml_sections import Notebook, Section, read_section

FILE = "code_changes.yaml"


@dataclass(frozen=True, slots=True)
class CodeChange:
    """Some codes were replaced by others."""

    what: str
    """What the procedures do, in Vietnamese."""
    old: tuple[str, ...]
    new: tuple[str, ...]
    seen: str
    """Month in which the new codes were seen: "2026-09"."""
    source: str


def load_code_changes(folder: Path) -> tuple[CodeChange, ...]:
    """Return the table of a content folder.

    Raises:
        ContentFaulty: with every fault of the file.
    """
    changes, faults = read_code_changes(folder)
    if faults:
        raise ContentFaulty(faults)
    return changes


def read_code_changes(folder: Path) -> tuple[tuple[CodeChange, ...], tuple[Fault, ...]]:
    """Return the table and its faults; never raises."""
    notebook = Notebook(f"{folder.name}/{FILE}")
    top = read_section(folder / FILE, notebook)
    changes = () if top is None else tuple(_change(part) for part in top.sections("changes"))
    if top is not None:
        top.require(("changes",))
        top.finish()
    return changes, tuple(notebook.faults)


def _change(part: Section) -> CodeChange:
    change = CodeChange(
        what=part.required_text("what"),
        old=codes_under(part, "from"),
        new=codes_under(part, "to"),
        seen=part.required_text("seen"),
        source=part.required_text("source"),
    )
    part.require(("from", "to"))
    if change.seen and not is_date(change.seen):
        part.fault("seen", f'\'seen\' là "{change.seen}". Viết tháng dạng "2026-09".')
    for code in sorted(set(change.old) & set(change.new)):
        part.fault("to", f"Mã {code} đứng ở cả 'from' và 'to'. Xoá một chỗ.")
    part.finish()
    return change


def with_code_changes(
    procedures: Iterable[Procedure], changes: Iterable[CodeChange]
) -> Iterator[Procedure]:
    """Yield the procedures with their former codes and the codes that replaced them."""
    newer: dict[str, dict[str, None]] = {}
    older: dict[str, dict[str, None]] = {}
    for change in changes:
        for code in change.old:
            newer.setdefault(code, {}).update(dict.fromkeys(change.new))
        for code in change.new:
            older.setdefault(code, {}).update(dict.fromkeys(change.old))
    for procedure in procedures:
        former = dict.fromkeys(procedure.former_codes) | older.get(procedure.code, {})
        after = dict.fromkeys(procedure.changed_to) | newer.get(procedure.code, {})
        yield replace(procedure, former_codes=tuple(former), changed_to=tuple(after))
