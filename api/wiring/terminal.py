"""An engine for the commands of a terminal; what it talks about is gone when they end."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from api.dossier_desk.sample_desk import SampleDesk
from api.settings import Settings
from api.store.memory import MemoryDialogueStore
from api.wiring.build import engine_maker, open_database, open_desk, terminal_base
from api.wiring.dossiers.office import quiet_desk, samples_of
from api.wiring.knowledge import Tell
from bot.dossiers.ports import DossierDesk
from bot.engine import Engine
from knowledge.library import Library
from knowledge.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the commands of a terminal need."""

    engine: Engine
    store: MemoryDialogueStore


@asynccontextmanager
async def open_terminal(
    settings: Settings, exports: Sequence[Path], tell: Tell
) -> AsyncIterator[Terminal]:
    """Build an engine that remembers conversations while the block runs.

    Dossiers are those of the database, where there is one; else there are samples to try.

    Raises:
        CannotStart: something is missing or damaged.
    """
    library, held = await terminal_base(settings, exports, tell)
    store, desk = MemoryDialogueStore(), open_desk(settings)
    async with _dossiers(settings, library, lambda: desk().calendar()) as dossiers:
        make = engine_maker(settings, store, desk, dossiers)
        yield Terminal(make(library, held), store)


@asynccontextmanager
async def _dossiers(
    settings: Settings, library: Library, calendar: Callable[[], WorkCalendar]
) -> AsyncIterator[DossierDesk]:
    if not settings.has_database():
        samples = samples_of(settings, library, calendar)
        yield SampleDesk(samples, settings.dossier_factors)
        return
    async with open_database(settings) as database, quiet_desk(settings, database) as desk:
        yield desk
