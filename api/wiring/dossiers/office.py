"""Everything about dossiers that a server needs, from the settings."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.dossier_desk.board import Board
from api.dossier_desk.desk import CONSENT_UNPROVED, Desk, Remote, Shelf
from api.dossier_desk.noticing import NoticedBook
from api.dossier_desk.pace import REFUSAL_SECONDS, Pace
from api.dossier_desk.samples import sample_updates
from api.jobs.beside import beside
from api.settings import Settings
from api.wiring.build import day, now
from api.wiring.dossiers.key import open_checked_key, open_factor_key
from api.wiring.dossiers.sources import build_source, follow_source
from api.wiring.messaging import Line
from bot.dossiers.status import DossierUpdate
from knowledge.errors import CalendarEnds
from knowledge.library import Library
from knowledge.work_calendar import WorkCalendar

if TYPE_CHECKING:
    from api.store.database import Database
    from api.store.dossiers.book import SqlDossierBook
    from api.store.machine_keys import SqlMachineKeys
    from bot.dossiers.ports import DossierSource


@dataclass(slots=True)
class DossierOffice:
    """What looks up dossiers and keeps them."""

    desk: Desk
    book: NoticedBook
    board: Board
    keys: "SqlMachineKeys"


def show_doors(board: Board, lines: Sequence[Line]) -> None:
    """Let the board say on which channels people can be told of changes."""
    names = [line.channel.name for line in lines]
    board.zalo = any(name.startswith("zalo") for name in names)
    for line in lines:
        if line.start_link is not None:
            board.telegram_link = line.start_link
        if line.home_link is not None:
            board.zalo_link = line.home_link


async def open_book(settings: Settings, database: "Database") -> "SqlDossierBook":
    """Return the dossiers of an open database.

    Raises:
        CannotStart: the key that hashes factors is damaged, or another one than before.
        StoreUnavailable: the database cannot be read.
    """
    from api.store.dossiers.book import SqlDossierBook  # noqa: PLC0415 - SQL costs half a second

    return SqlDossierBook(database, await open_checked_key(settings, database), time.time)


@asynccontextmanager
async def dossier_office(
    settings: Settings,
    database: "Database",
    library: Library,
    calendar: Callable[[], WorkCalendar],
) -> AsyncIterator[DossierOffice]:
    """Look up and keep dossiers while the block runs.

    Raises:
        CannotStart: the key is damaged, or the source is set in a way that cannot work.
        StoreUnavailable: the database cannot be read or written.
    """
    book = await open_book(settings, database)
    if settings.dossier_factors:
        await _forget_unproved(database)
    source = build_source(settings, book.get)
    samples = samples_of(settings, library, calendar) if settings.dossier_samples else None
    board = Board(book, settings.dossier_factors, source is not None, samples)
    await board.open()
    desk = _desk(settings, (book, database), board, source)
    try:
        async with beside(board.look_forever()), beside(*_rounds(settings, database, book, source)):
            yield DossierOffice(desk, NoticedBook(book, board), board, _keys(settings, database))
    finally:
        if source is not None:
            await source.close()


@asynccontextmanager
async def quiet_desk(settings: Settings, database: "Database") -> AsyncIterator[Desk]:
    """Look up dossiers while the block runs, and leave to a server what goes on beside.

    Raises:
        CannotStart, StoreUnavailable: as `dossier_office`.
    """
    book = await open_book(settings, database)
    source = build_source(settings, book.get)
    board = Board(book, settings.dossier_factors, source is not None, None)
    await board.read()
    try:
        yield _desk(settings, (book, database), board, source)
    finally:
        if source is not None:
            await source.close()


def _desk(
    settings: Settings,
    below: tuple["SqlDossierBook", "Database"],
    board: Board,
    source: "DossierSource | None",
) -> Desk:
    remote = _remote(settings, source) if source else None
    return Desk(_shelf(*below), open_factor_key(settings), board.terms, now, remote)


def _shelf(book: "SqlDossierBook", database: "Database") -> Shelf:
    from api.store.dossiers.follows import SqlFollows  # noqa: PLC0415 - as in open_book
    from api.store.dossiers.tries import SqlTries  # noqa: PLC0415
    from api.store.dossiers.words import SqlWords  # noqa: PLC0415

    return Shelf(book, SqlTries(database), SqlFollows(database, time.time), SqlWords(database))


async def _forget_unproved(database: "Database") -> None:
    from api.store.dossiers.unproved import forget_unproved  # noqa: PLC0415 - as in open_book

    await forget_unproved(database, CONSENT_UNPROVED)


def _keys(settings: Settings, database: "Database") -> "SqlMachineKeys":
    from api.store.machine_keys import SqlMachineKeys  # noqa: PLC0415 - as in open_book

    return SqlMachineKeys(database, open_factor_key(settings), time.time)


def _rounds(
    settings: Settings,
    database: "Database",
    book: "SqlDossierBook",
    source: "DossierSource | None",
) -> Iterator[Coroutine[Any, Any, None]]:
    """Yield what asks another system about followed dossiers, where one is set."""
    if source is not None:
        yield follow_source(settings, database, book, source).run()


def _remote(settings: Settings, source: "DossierSource") -> Remote:
    pace = Pace(time.monotonic, asyncio.sleep, REFUSAL_SECONDS)
    return Remote(source, settings.dossier_source, pace)


def samples_of(
    settings: Settings, library: Library, calendar: Callable[[], WorkCalendar]
) -> Callable[[], Sequence[DossierUpdate]]:
    """Return what makes the demonstration dossiers of today."""

    def make() -> Sequence[DossierUpdate]:
        try:
            return sample_updates(day(now()), library.get, calendar(), settings.dossier_factors)
        except CalendarEnds:  # a demonstration is no reason not to start
            return ()

    return make
