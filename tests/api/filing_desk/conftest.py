"""A desk on SQLite."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api.store.database import Database
from api.store.migrate import migrate
from tests.support.slips import SlipWorld


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[SlipWorld]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/motcua.db")
    await migrate(database)
    yield SlipWorld(database)
    await database.close()
