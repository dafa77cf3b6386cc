"""Everything the web server needs, and the watch that exchanges it while it runs."""

import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.dossier_desk.board import Board
from api.filing_desk.board import FilingBoard
from api.filing_desk.desk import SlipDesk
from api.jobs.beside import beside
from api.jobs.quiet_hours import QuietHours
from api.jobs.retention import retain_forever
from api.limits import Limiter
from api.meters import Meters
from api.settings import Settings
from api.wiring.build import engine_maker, now, open_database, open_desk
from api.wiring.channels import open_lines
from api.wiring.dossiers.office import DossierOffice, dossier_office, show_doors
from api.wiring.filings import filing_desk
from api.wiring.knowledge import Tell
from api.wiring.language import build_phrasebook
from api.wiring.limiting import open_limiter
from api.wiring.live import Base, Reader, follow
from api.wiring.messaging import Shared, Telling, messaging
from api.wiring.services import Replies, Services
from api.wiring.staff import staff_office
from bot.engine import Engine
from bot.rendering import Desk

if TYPE_CHECKING:
    from api.store.database import Database
    from api.wiring.zalo import ZaloOffice


def _zalo(
    settings: Settings, database: "Database"
) -> "AbstractAsyncContextManager[ZaloOffice | None]":
    """Keep the Official Account authorised while the block runs, where it is on."""
    if not settings.zalo_oa_app_id:
        return nullcontext()
    from api.wiring.zalo import zalo_tokens  # noqa: PLC0415 - cryptography, only where used

    return zalo_tokens(settings, database)


@asynccontextmanager
async def web_services(
    settings: Settings, exports: Sequence[Path], tell: Tell
) -> AsyncIterator[Services]:
    """Build everything the web server needs; closed when the block ends.

    Raises:
        CannotStart: something is missing or damaged.
    """
    from api.store.conversations import SqlDialogueStore  # noqa: PLC0415 - SQL costs half a second

    async with open_database(settings) as database, open_limiter(settings) as limiter:
        reader = Reader(settings, database, exports, tell)
        base = await reader.read()
        store, desk = SqlDialogueStore(database, time.monotonic), open_desk(settings)
        async with dossier_office(
            settings, database, base.library, lambda: desk().calendar()
        ) as office:
            filings = _filings(settings, database, office)
            kept_days = settings.retention_days
            make = engine_maker(
                settings, store, desk, office.desk, filings=filings, kept_days=kept_days
            )
            engine = make(base.library, base.held)
            services = _services(settings, (database, limiter), base, (engine, store))
            services.open_dossiers(office.desk, office.book, office.keys)

            def held_desk() -> Desk:
                return replace(desk(), held=services.held)

            services.open_slips(filings, staff_office(settings, database, filings, held_desk))

            def put_in_force(newer: Base) -> None:
                services.put_in_force(make(newer.library, newer.held), newer.library, newer.held)

            async with (
                _channels(settings, database, services, held_desk, office.board),
                beside(follow(reader, base, put_in_force), _retention(settings, database)),
            ):
                yield services


def _filings(settings: Settings, database: "Database", office: DossierOffice) -> SlipDesk:
    doors = office.board
    board = FilingBoard(
        settings.public_url,
        settings.slip_days,
        telegram_link=lambda: doors.terms().telegram_link,
        zalo_link=lambda: doors.terms().zalo_link,
    )
    return filing_desk(settings, database, office.book, board.terms)


@asynccontextmanager
async def _channels(
    settings: Settings,
    database: "Database",
    services: Services,
    desk: Callable[[], Desk],
    board: Board,
) -> AsyncIterator[None]:
    """Answer and tell on every channel that is on while the block runs."""
    book = build_phrasebook()
    telling = Telling(
        desk,
        QuietHours.read(settings.alert_quiet_hours),
        terse=not settings.dossier_factors,
        library=lambda: services.library,
    )
    engine, limiter, meters = (lambda: services.engine), services.limiter, services.meters
    shared = Shared(database, engine, book, limiter, meters, telling)
    async with _zalo(settings, database) as services.zalo:
        lines = open_lines(settings, services.zalo, book)
        show_doors(board, lines)
        async with messaging(lines, shared) as services.messaging:
            yield


def _retention(settings: Settings, database: "Database") -> Coroutine[Any, Any, None]:
    from api.store.retention import SqlRetention  # noqa: PLC0415 - SQL costs half a second

    store = SqlRetention(database, settings.retention_days, settings.dossier_days)
    return retain_forever(store, time.time)


def _services(
    settings: Settings,
    below: tuple["Database", Limiter],
    base: Base,
    talking: tuple[Engine, Replies],
) -> Services:
    from api.store.backlog import SqlBacklog  # noqa: PLC0415 - SQL costs half a second
    from api.store.sessions import ChatSessions  # noqa: PLC0415

    database, limiter = below
    engine, store = talking
    return Services(
        engine=engine,
        library=base.library,
        sessions=ChatSessions(database),
        replies=store,
        now=now,
        message_max_characters=settings.message_max_characters,
        body_max_bytes=settings.body_max_bytes,
        limiter=limiter,
        meters=Meters(),
        backlog=SqlBacklog(database, time.time),
        metrics_token=settings.metrics_token.get_secret_value(),
        zalo_verification=settings.zalo_site_verification,
        held=base.held,
    )
