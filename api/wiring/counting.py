"""Looking at what is known: the active import, and how much there is of everything."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from api.settings import Settings
from api.wiring.build import active_import, open_database, terminal_library
from knowledge.coverage import Coverage, coverage
from knowledge.library import Library
from knowledge.procedure import Procedure
from knowledge.tables_generic import derive


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
    coverage: tuple[Coverage, ...]
    """By field, those with the most procedures first."""
    faqs: Counter[str]
    """General questions by the folder of their topic."""


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
        coverage=coverage(procedures, library.table, partial(_is_written, library)),
        faqs=Counter(faq.topic for faq in library.faqs),
    )


def _is_written(library: Library, code: str) -> bool:
    """Tell whether somebody wrote the form of a code; others are derived from the record."""
    procedure = library.get(code)
    return procedure is not None and library.table(code) not in (None, derive(procedure))


def every_procedure(library: Library) -> list[Procedure]:
    """Return all procedures in the order of their codes, suspects included."""
    found = (library.get(code) for code in library.codes())
    return [procedure for procedure in found if procedure is not None]
