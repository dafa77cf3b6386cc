"""The whole application with dossiers, keys and a desk, as it is served."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.dossier_desk.desk import Desk, Remote, Shelf
from api.dossier_desk.pace import Pace
from api.machine_keys import Scope
from api.store.database import Database
from api.store.dossiers.book import SqlDossierBook
from api.store.dossiers.follows import SqlFollows
from api.store.dossiers.tries import SqlTries
from api.store.dossiers.words import SqlWords
from api.store.machine_keys import SqlMachineKeys
from api.wiring.services import Services
from bot.dossiers.factors import FactorKey
from bot.dossiers.ports import SourceUnreachable, Terms
from bot.dossiers.status import DossierUpdate, FactorKind
from tests.api.conftest import serving

CODE = "H17.15-261110-0012"
FACTOR = "5678"


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()


class AwaySource:
    """A system that never answers."""

    async def fetch(self, code: str) -> list[DossierUpdate]:
        raise SourceUnreachable("Hệ thống không trả lời.")

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Town:
    """An office with dossiers, and how it is called."""

    client: httpx.AsyncClient
    services: Services
    database: Database
    book: SqlDossierBook
    keys: SqlMachineKeys
    clock: Clock
    writer: dict[str, str]
    """The header of a system that may write."""
    reader: dict[str, str]
    factor_key: FactorKey

    def desk(self, *, terms: Terms | None = None, is_away: bool = False) -> Desk:
        """A desk over the same database."""
        shelf = Shelf(
            self.book,
            SqlTries(self.database),
            SqlFollows(self.database, self.clock.seconds),
            SqlWords(self.database),
        )
        opened = terms or Terms(is_open=True, factors=(FactorKind.PHONE, FactorKind.IDENTITY))
        remote = Remote(AwaySource(), "xa", Pace(time.monotonic, _no_sleep)) if is_away else None
        return Desk(shelf, self.factor_key, lambda: opened, self.clock, remote)

    def client_with(self, desk: Desk) -> httpx.AsyncClient:
        """Somebody who asks the same office, with another desk."""
        self.services.dossiers = desk
        return _client(self.services)


async def _no_sleep(_seconds: float) -> None:
    """No test waits for the time to pass."""


def _client(services: Services) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=create_app(services))
    return httpx.AsyncClient(transport=transport, base_url="http://motcua")


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with serving(tmp_path / "var") as services:
        database: Database = services.sessions._database  # type: ignore[attr-defined]
        factor_key, clock = FactorKey(b"k" * 32), Clock()
        services.now = clock
        services.book = book = SqlDossierBook(database, factor_key, clock.seconds)
        services.keys = keys = SqlMachineKeys(database, factor_key, clock.seconds)
        _, writer = await keys.add("Một cửa tỉnh", frozenset({Scope.WRITE}), None)
        _, reader = await keys.add("Cổng tỉnh", frozenset({Scope.READ}), None)
        town = Town(
            _client(services),
            services,
            database,
            book,
            keys,
            clock,
            bearer(writer),
            bearer(reader),
            factor_key,
        )
        services.dossiers = town.desk()
        town.client = _client(services)
        async with town.client:
            yield town
