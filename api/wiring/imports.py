"""Importing national exports into the database, and looking at what is there."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.settings import Settings
from api.wiring.build import active_import, open_database, terminal_library
from api.wiring.knowledge import Imported, merge
from knowledge.codec import canonical
from knowledge.importer import Summary, import_export
from knowledge.library import Library
from knowledge.merging import Disagreement
from knowledge.procedure import Procedure

Progress = Callable[[Path, int, int], None]
"""Takes the file, the bytes read and the bytes in all."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    summaries: tuple[tuple[Path, Summary], ...]
    """One for each file, in their order."""
    disagreements: tuple[Disagreement, ...]
    """Where our entries and the imported records state different facts."""
    revision: int
    changed: bool
    """False: exactly these records were there already."""
    records: int


async def import_exports(
    settings: Settings, paths: Sequence[Path], as_of: str, on_progress: Progress
) -> ImportReport:
    """Import `paths` over what was imported before, as one new revision; all or nothing.

    Raises:
        CannotStart: the database cannot be opened.
        StoreUnavailable: nothing was stored.
        KnowledgeError: an export cannot be read to its end; nothing was stored.
    """
    from api.store.revisions import KnowledgeRevisions  # noqa: PLC0415 - SQL costs half a second

    async with open_database(settings) as database:
        imported = await active_import(database)
        records, summaries = await asyncio.to_thread(_read, imported, paths, as_of, on_progress)
        texts = {code: canonical(record) for code, record in records.items()}
        origin = ", ".join(path.name for path in paths)
        kept = await KnowledgeRevisions(database).keep(texts, origin)
    merged = merge(settings, (), Imported(load=lambda: records), lambda _line: None)
    return ImportReport(
        summaries, merged.disagreements, kept.revision.id, kept.changed, len(records)
    )


def _read(
    imported: Imported, paths: Sequence[Path], as_of: str, on_progress: Progress
) -> tuple[dict[str, Procedure], tuple[tuple[Path, Summary], ...]]:
    records = dict(imported.load())
    summaries = []
    for path in paths:

        def tell(read: int, total: int, path: Path = path) -> None:
            on_progress(path, read, total)

        records, summary = import_export(path, records, as_of, tell)
        summaries.append((path, summary))
    return records, tuple(summaries)


async def imported_records(settings: Settings) -> dict[str, Procedure]:
    """Return the active import; nothing where no database was made yet.

    Raises:
        CannotStart: the database cannot be opened.
    """
    if not settings.has_database():
        return {}
    async with open_database(settings) as database:
        imported = await active_import(database)
        return dict(await asyncio.to_thread(imported.load))


@dataclass(frozen=True, slots=True)
class Stats:
    """How much is known."""

    procedures: int
    ours: int
    suspects: int
    levels: Counter[str]
    fields: Counter[str]
    fees: Counter[str]
    """Procedures by the fee status of their filing methods; one may count under several."""
    online: Counter[str]


async def knowledge_stats(settings: Settings, exports: Sequence[Path]) -> Stats:
    """Count everything that can be answered from.

    Raises:
        CannotStart: something is missing or damaged.
    """
    library = await terminal_library(settings, exports, lambda _line: None)
    procedures = every_procedure(library)
    return Stats(
        procedures=len(procedures),
        ours=sum(procedure.ours for procedure in procedures),
        suspects=sum(bool(procedure.suspect) for procedure in procedures),
        levels=Counter(level for procedure in procedures for level in procedure.levels),
        fields=Counter(procedure.field for procedure in procedures),
        fees=Counter(
            status
            for procedure in procedures
            for status in {method.fee.status for method in procedure.methods}
        ),
        online=Counter(
            procedure.online_level for procedure in procedures if procedure.online_level
        ),
    )


def every_procedure(library: Library) -> list[Procedure]:
    """Return all procedures in the order of their codes, suspects included."""
    found = (library.get(code) for code in library.codes())
    return [procedure for procedure in found if procedure is not None]
