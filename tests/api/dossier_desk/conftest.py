"""A desk on SQLite."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api.store.database import Database
from api.store.migrate import migrate
from tests.support.desk_parts import Office, an_office, an_update


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/motcua.db")
    await migrate(database)
    yield database
    await database.close()


@pytest.fixture
async def office(database: Database) -> Office:
    """One dossier in the book, no other system."""
    office = an_office(database)
    await office.shelf.book.put([an_update()], "test")
    return office
