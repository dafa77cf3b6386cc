"""Every procedure there is: those that ship, the imported ones, and the two put together."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.code_changes import load_code_changes, with_code_changes
from knowledge.content import load_procedures
from knowledge.importer import import_export
from knowledge.merging import merge_all
from knowledge.procedure import Procedure
from knowledge.side_facts import beside
from tests.knowledge.records import EXPORTS, read_records
from tests.support.truth import Truth

TABLES = ("documents_replaced_by_data.csv", "online_level.csv")


@dataclass(frozen=True)
class Known:
    """A procedure and what the data itself says of its code."""

    procedure: Procedure
    truth: Truth


@cache
def everything(folder: Path) -> tuple[Known, ...]:
    """Return all procedures that can be answered from, with the national data and without it."""
    records = read_records(folder)
    found = {procedure.code: procedure for procedure in _imported(folder)}
    own = load_procedures()
    merged = merge_all(own, found.values()).procedures
    imported = tuple(found[one.code] for one in own if one.code in found)
    tables = [folder / name for name in TABLES]
    both = (*beside(merged, tables)[0], *own, *beside(imported, tables)[0])
    procedures = dict.fromkeys(with_code_changes(both, load_code_changes(_content())))
    truths: dict[str, Truth] = {}
    for one in procedures:
        codes = (*one.changed_to, *one.former_codes)
        if one.code not in truths:
            truths[one.code] = Truth.of(one.code, records, codes)
    return tuple(Known(one, truths[one.code]) for one in procedures)


def _content() -> Path:
    return Path(__file__).parents[2] / "knowledge" / "content"


def _imported(folder: Path) -> Iterator[Procedure]:
    records: dict[str, Procedure] = {}
    for name in EXPORTS:
        records, _ = import_export(folder / name, records)
    yield from records.values()
