"""One process at a time asks about followed dossiers, on SQLite and PostgreSQL."""

from pathlib import Path

import pytest

from api.store.database import Database
from api.store.dossiers.polling import PollingTurn
from bot.errors import StoreUnavailable

pytestmark = pytest.mark.anyio


async def test_one_of_two_processes_asks_and_the_other_takes_over(database: Database) -> None:
    one, other = PollingTurn(database), PollingTurn(Database(_address(database)))
    async with one.alone() as first:
        assert first
        async with other.alone() as second:
            assert not second
    async with other.alone() as second:
        assert second
        async with one.alone() as first:
            assert not first
    await other._database.close()


async def test_a_turn_whose_block_fails_is_free_again(database: Database) -> None:
    turn = PollingTurn(database)

    async def fail() -> None:
        async with turn.alone() as alone:
            raise KeyError if alone else ValueError

    for _ in range(3):
        with pytest.raises(KeyError):
            await fail()


async def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/khong-co/motcua.db")
    with pytest.raises(StoreUnavailable):
        async with PollingTurn(database).alone():
            """Never reached."""
    await database.close()


def _address(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)
