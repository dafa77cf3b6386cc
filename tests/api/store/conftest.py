"""Databases for the tests of the store."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.api.conftest import fresh_address
from tests.api.store.backups import Databases


@pytest.fixture
async def databases(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Databases]:
    folders = (tmp_path / str(number) for number in range(10))

    def address(kind: str) -> str:
        return fresh_address(kind, request, next(folders))

    made = Databases(address)
    yield made
    for database in made.opened:
        await database.close()
