"""A consent that was begun ends once, on whichever replica, and the tables come by migration."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from api.store.database import Database
from api.store.migrate import MIGRATIONS, migrate
from api.store.sealed_tokens import SqlTokenStore
from api.store.zalo_consents import KEPT_SECONDS, SqlConsentStore
from bot.channels.zalo_oa.consent import ConsentStore
from tests.api.conftest import fresh_address
from tests.support.zalo_consents import MemoryConsentStore

pytestmark = pytest.mark.anyio

Replicas = tuple[ConsentStore, ConsentStore]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def replicas(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Replicas]:
    """The same consents, as two processes see them."""
    address = fresh_address(request.param, request, tmp_path)
    if address == "memory":
        memory = MemoryConsentStore()
        yield memory, memory
        return
    one, other = Database(address), Database(address)
    await migrate(one)
    yield SqlConsentStore(one), SqlConsentStore(other)
    await one.close()
    await other.close()


async def test_a_consent_that_one_replica_began_ends_on_the_other(replicas: Replicas) -> None:
    one, other = replicas
    await one.put("k", "kín", 600.0)
    assert await other.peek("k", 1.0) == "kín"
    assert await other.take("k", 1.0) == "kín"


async def test_of_many_that_end_the_same_consent_one_gets_it(replicas: Replicas) -> None:
    await replicas[0].put("k", "kín", 600.0)
    taken = await asyncio.gather(*(replicas[number % 2].take("k", 1.0) for number in range(10)))
    assert sorted(taken, key=str) == [None] * 9 + ["kín"]
    assert await replicas[0].peek("k", 1.0) is None


async def test_what_is_too_old_or_unknown_is_not_there(replicas: Replicas) -> None:
    one, other = replicas
    await one.put("k", "kín", 600.0)
    assert await other.peek("k", 600.0) is None
    assert await other.take("k", 600.0) is None
    assert await other.take("khác", 1.0) is None


async def test_what_is_given_back_can_be_taken_again(replicas: Replicas) -> None:
    one, other = replicas
    await one.put("k", "kín", 600.0)
    await one.take("k", 1.0)
    await one.give_back("k")
    assert await other.take("k", 2.0) == "kín"


async def test_old_consents_are_forgotten_when_the_next_begins(database: Database) -> None:
    store = SqlConsentStore(database)
    await store.put("cũ", "kín", 600.0)
    await store.put("mới", "kín", 600.0 + KEPT_SECONDS + 1)
    async with database.reading() as connection:
        rows = await connection.exec_driver_sql("SELECT state_hash FROM zalo_consents")
        assert [row[0] for row in rows] == ["mới"]


def _upgrade_to_0003(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0003")


async def test_tokens_of_the_tables_before_are_kept_by_the_upgrade(address: str) -> None:
    database = Database(address)
    async with database.engine.begin() as connection:
        await connection.run_sync(_upgrade_to_0003)
    tokens = SqlTokenStore(database, "zalo_oa:1")
    await tokens.replace("cặp 1", None, 0, 1.0)
    await migrate(database)
    kept = await tokens.read()
    assert kept is not None
    assert (kept.sealed, kept.version) == ("cặp 1", 1)
    await SqlConsentStore(database).put("k", "kín", 600.0)
    await database.close()
