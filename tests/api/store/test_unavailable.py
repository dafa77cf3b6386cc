"""A store that cannot store says so in Vietnamese, and loses nothing that it has."""

import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from api.store.conversations import SqlDialogueStore
from api.store.database import Database
from api.store.migrate import migrate
from bot.errors import StoreUnavailable
from bot.ports import DialogueStore
from tests.api.store.turns import count_one_more, misses

pytestmark = pytest.mark.anyio


async def fill(store: DialogueStore) -> None:
    """More turns than the pages of the file can take."""
    for number in range(100):
        await count_one_more(store, f"{number} ".ljust(180, "x"))


async def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/motcua.db")
    await migrate(database)
    store = SqlDialogueStore(database, time.monotonic)
    await count_one_more(store, "1")
    async with disk_full(database):
        with pytest.raises(StoreUnavailable, match="dung lượng đĩa"):
            await fill(store)
    before = await misses(store)
    assert before >= 1
    await count_one_more(store, "after")
    assert await misses(store) == before + 1
    await database.close()


@pytest.mark.parametrize("how", ["folder removed", "no database"])
async def test_a_store_that_cannot_be_reached_is_said(tmp_path: Path, how: str) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/here/motcua.db")
    if how == "folder removed":
        await migrate(database)
        await database.close()
        shutil.rmtree(tmp_path / "here")
    with pytest.raises(StoreUnavailable, match="chưa có gì được lưu"):
        await count_one_more(SqlDialogueStore(database, time.monotonic), "1")
    await database.close()


async def test_a_read_only_database_is_said_and_stays_as_it_was(database: Database) -> None:
    store = SqlDialogueStore(database, time.monotonic)
    await count_one_more(store, "1")
    async with read_only(database):
        with pytest.raises(StoreUnavailable):
            await count_one_more(store, "2")
    assert await misses(store) == 1


async def test_a_postgresql_server_that_is_gone_is_said() -> None:
    nowhere = Database("postgresql+psycopg://motcua@127.0.0.1:1/motcua")
    with pytest.raises(StoreUnavailable):
        await count_one_more(SqlDialogueStore(nowhere, time.monotonic), "1")
    await nowhere.close()


@asynccontextmanager
async def disk_full(database: Database) -> AsyncIterator[None]:
    """SQLite answers a full disk ("database or disk is full") as soon as the file may not grow."""

    def limit(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA max_page_count=1")

    event.listen(database.engine.sync_engine, "checkout", limit)
    yield
    event.remove(database.engine.sync_engine, "checkout", limit)
    await database.engine.dispose()


@asynccontextmanager
async def read_only(database: Database) -> AsyncIterator[None]:
    """Neither of the two lets anybody write any more."""
    statement = "PRAGMA query_only=ON" if database.is_sqlite else "SET TRANSACTION READ ONLY"

    def limit(connection: Any, *_: object) -> None:
        connection.execute(statement)

    event.listen(database.engine.sync_engine, "checkout", limit)
    yield
    event.remove(database.engine.sync_engine, "checkout", limit)
    await database.engine.dispose()
