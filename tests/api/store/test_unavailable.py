"""A store that cannot store says so in Vietnamese, and loses nothing that it has."""

import shutil
import time
from pathlib import Path

import pytest

from api.store.conversations import SqlDialogueStore
from api.store.database import Database
from api.store.migrate import migrate
from api.store.sessions import ChatSessions
from bot.errors import StoreUnavailable
from bot.ports import DialogueStore
from tests.api.store.broken import disk_full, read_only
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


async def test_after_a_write_that_failed_nothing_is_ready_until_one_succeeds(
    database: Database,
) -> None:
    sessions = ChatSessions(database)
    async with read_only(database):
        await sessions.check()  # nobody wrote, and looking writes nothing
        with pytest.raises(StoreUnavailable):
            await sessions.open()
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                await sessions.check()
    await sessions.check()


async def test_a_turn_that_could_not_be_kept_is_noticed_too(database: Database) -> None:
    store, sessions = SqlDialogueStore(database, time.monotonic), ChatSessions(database)
    async with read_only(database):
        with pytest.raises(StoreUnavailable):
            await count_one_more(store, "1")
        with pytest.raises(StoreUnavailable):
            await sessions.check()
    await count_one_more(store, "1")
    await sessions.check()
