"""From settings to something that answers: in the web server, and in a terminal."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from api.settings import Settings
from api.wiring.held import as_held
from api.wiring.knowledge import Imported, Tell, build_library
from api.wiring.language import build_desk, build_nlu
from bot.dossiers.ports import DossierDesk
from bot.engine import Engine
from bot.filings.ports import FilingDesk
from bot.held import NOTHING_HELD, Held
from bot.ports import DialogueStore
from bot.rendering import Desk
from knowledge.codec import decode
from knowledge.holds import Hold
from knowledge.library import Library
from knowledge.procedure import Procedure
from knowledge.work_calendar import VIETNAM

if TYPE_CHECKING:
    from api.store.database import Database


def now() -> datetime:
    """Return the time of day, in UTC."""
    return datetime.fromtimestamp(time.time(), UTC)


def day(moment: datetime) -> date:
    """Return the day in Vietnam.

    >>> day(datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
    datetime.date(2027, 1, 1)
    """
    return moment.astimezone(VIETNAM).date()


MakeEngine = Callable[[Library, Held], Engine]
"""Puts an engine together: the language model and the desk are built once, and kept."""


def engine_maker(
    settings: Settings,
    store: DialogueStore,
    desk: Callable[[], Desk],
    dossiers: DossierDesk | None = None,
    *,
    filings: FilingDesk | None = None,
    kept_days: int | None = None,
) -> MakeEngine:
    """Return what makes an engine of a library and of what is held.

    Args:
        settings: which model.
        store: where conversations live.
        desk: what replies are written with, of the moment.
        dossiers: where dossiers are looked up; None: nowhere.
        filings: what keeps slips and reminders; None: none are kept.
        kept_days: how long the store keeps them, which citizens are told; None: it does not.

    Raises:
        CannotStart: the language model cannot be used.
    """
    nlu = build_nlu(settings)

    def make(library: Library, held: Held) -> Engine:
        held_desk = partial(_with, desk, held, kept_days)
        return Engine(nlu, library, store, held_desk, dossiers, filings)

    return make


def _with(desk: Callable[[], Desk], held: Held, kept_days: int | None) -> Desk:
    return replace(desk(), held=held, kept_days=kept_days)


def open_desk(settings: Settings) -> Callable[[], Desk]:
    """Return what gives the desk of the moment, at which replies are written.

    Raises:
        CannotStart: the province profile cannot be used.
    """
    return build_desk(settings, lambda: day(now()))


async def terminal_library(settings: Settings, exports: Sequence[Path], tell: Tell) -> Library:
    """Build the library alone, without migrating or creating any database.

    Raises:
        CannotStart: something is missing or damaged.
    """
    return (await terminal_base(settings, exports, tell))[0]


async def terminal_base(
    settings: Settings, exports: Sequence[Path], tell: Tell
) -> tuple[Library, Held]:
    """Build the library, and what of it is held, without creating any database.

    Raises:
        CannotStart: something is missing or damaged.
    """
    if not settings.has_database():
        return build_library(settings, exports, Imported(), tell), NOTHING_HELD
    from api.store.holds import KnowledgeHolds  # noqa: PLC0415 - as in open_database

    async with open_database(settings) as database:
        imported = await active_import(database)
        library = await asyncio.to_thread(build_library, settings, exports, imported, tell)
        return library, as_held(await KnowledgeHolds(database).open())


async def open_holds(settings: Settings) -> tuple[Hold, ...]:
    """Return what is held now; nothing where no database was made yet.

    Raises:
        CannotStart: the database cannot be opened.
        StoreUnavailable: it cannot be read.
    """
    if not settings.has_database():
        return ()
    from api.store.holds import KnowledgeHolds  # noqa: PLC0415 - as in open_database

    async with open_database(settings) as database:
        return await KnowledgeHolds(database).open()


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator["Database"]:
    """Open the database with all its tables; closed when the block ends.

    Raises:
        CannotStart: the database cannot be opened.
    """
    from api.store.database import Database  # noqa: PLC0415 - SQL costs half a second
    from api.store.migrate import migrate  # noqa: PLC0415

    database = Database(settings.database_address)
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()


async def active_import(database: "Database") -> Imported:
    """Return the active import, to be read when it is needed, from another thread.

    Raises:
        StoreUnavailable: the database cannot be read.
    """
    from api.store.revisions import KnowledgeRevisions  # noqa: PLC0415 - as in open_database

    revisions = KnowledgeRevisions(database)
    active = await revisions.active()
    if active is None:
        return Imported()
    loop = asyncio.get_running_loop()

    def load() -> Mapping[str, Procedure]:
        texts = asyncio.run_coroutine_threadsafe(revisions.load(active), loop).result()
        return {code: decode(json.loads(text)) for code, text in texts.items()}

    return Imported(active.digest, load)
