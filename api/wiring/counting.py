"""Looking at what is known: the active import, and how much there is of everything."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.settings import Settings
from api.wiring.build import active_import, open_database, terminal_library
from knowledge.library import Library
from knowledge.procedure import Procedure


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
        fields=Counter(procedure.field for procedure in procedures),
        fees=Counter(
            status
            for procedure in procedures
            for status in {method.fee.status for method in procedure.methods}
        ),
        online=Counter(
            procedure.online_level for procedure in procedures if procedure.online_level
        ),
        faqs=Counter(faq.topic for faq in library.faqs),
    )


def every_procedure(library: Library) -> list[Procedure]:
    """Return all procedures in the order of their codes, suspects included."""
    found = (library.get(code) for code in library.codes())
    return [procedure for procedure in found if procedure is not None]
