"""What changed in another system reaches who follows, once, however many processes ask."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from api.jobs.beside import beside
from api.jobs.following import Following
from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossiers
from api.store.dossiers.book import SqlDossierBook
from api.store.dossiers.follows import SqlFollows
from api.store.dossiers.polling import PollingTurn
from bot.dossier_sources.reading import RowReader
from bot.dossier_sources.tracuuhoso import TraCuuHoSo
from bot.dossier_sources.wire import a_client
from bot.dossiers.factors import FactorKey
from bot.dossiers.status import State
from bot.messages import ConversationKey
from tests.support.tracuuhoso import TraCuuHoSoServer, a_row

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 30.0
CODE = "H17.15-261116-0001"
AT = datetime(2026, 11, 22, 8, tzinfo=UTC)


class Counted:
    """Counts how often somebody looks which dossiers are followed: once a round, where few are."""

    def __init__(self, book: SqlDossierBook) -> None:
        self.book = book
        self.looks = 0

    async def codes_followed(self, limit: int, after: str = "") -> Sequence[str]:
        self.looks += 1
        return await self.book.codes_followed(limit, after)


async def test_a_change_in_the_other_system_becomes_one_alert_for_who_follows(
    database: Database,
) -> None:
    code = CODE
    book = SqlDossierBook(database, FactorKey(b"k" * 32), time.time)
    follows = SqlFollows(database, time.time)
    with TraCuuHoSoServer(a_row(code)) as server:
        reader = RowReader(lambda: AT, book.get)
        source = TraCuuHoSo(a_client(PATIENCE_SECONDS), server.access, reader, PATIENCE_SECONDS)
        await book.put(await source.fetch(code), "tracuuhoso")
        await follows.remember(ConversationKey("telegram", "7"), code, follow=True, terms=1)
        server.rows = [a_row(code, 9, ThoiDiemXuLy="20261121090000")]
        codes = Counted(book)
        rounds = [_real(source, book, codes, database) for _ in range(2)]
        async with beside(*(one.run() for one in rounds)):
            await _until(database, State.DONE)
            seen = codes.looks
            await _until_true(lambda: codes.looks > seen + 1)  # it would be asked again by now
        await source.close()
    async with database.reading() as connection:
        alerts = (await connection.execute(select(dossier_alerts.c.kind))).scalars().all()
    assert alerts == ["change"]


def _real(
    source: TraCuuHoSo, book: SqlDossierBook, codes: Counted, database: Database
) -> Following:
    return Following(
        source=source,
        book=book,
        codes=codes,
        turn=PollingTurn(database),
        name="tracuuhoso",
        every_seconds=0.1,
        clock=time.monotonic,
    )


async def _until_true(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        await asyncio.sleep(0.02)


async def _until(database: Database, state: State) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    found = None
    while found != state:
        assert time.monotonic() < end
        await asyncio.sleep(0.02)
        async with database.reading() as connection:
            found = (await connection.execute(select(dossiers.c.state))).scalar()
