"""Imports are kept as revisions, and importing the same again changes nothing."""

import asyncio

import pytest
from sqlalchemy import func, select

from api.store.database import Database
from api.store.migrate import migrate
from api.store.revisions import KnowledgeRevisions
from api.store.tables import revisions

pytestmark = pytest.mark.anyio

JUNE = {"1.004222": '{"name":"Đăng ký thường trú"}', "1.001193": '{"name":"Đăng ký khai sinh"}'}
JULY = JUNE | {"2.000635": '{"name":"Cấp bản sao trích lục hộ tịch"}'}


async def count(database: Database) -> int:
    async with database.reading() as connection:
        return int(
            (await connection.execute(select(func.count()).select_from(revisions))).scalar_one()
        )


async def test_before_the_first_import_no_revision_is_active(database: Database) -> None:
    assert await KnowledgeRevisions(database).active() is None


async def test_an_import_becomes_the_active_revision(database: Database) -> None:
    store = KnowledgeRevisions(database)
    await store.keep(JUNE, "thang6.jsonl")
    kept = await store.keep(JULY, "thang7.jsonl")
    assert kept.changed
    active = await store.active()
    assert active == kept.revision
    assert active is not None
    assert (active.records, active.origin) == (3, "thang7.jsonl")
    assert await store.load(active) == JULY


async def test_importing_the_same_again_makes_no_revision(database: Database) -> None:
    store = KnowledgeRevisions(database)
    first = await store.keep(JUNE, "thang6.jsonl")
    again = await store.keep(dict(reversed(JUNE.items())), "ban-sao.jsonl")
    assert (again.changed, again.revision) == (False, first.revision)
    assert await count(database) == 1


async def test_importing_older_records_again_activates_their_revision(database: Database) -> None:
    store = KnowledgeRevisions(database)
    june = await store.keep(JUNE, "thang6.jsonl")
    await store.keep(JULY, "thang7.jsonl")
    assert (await store.keep(JUNE, "thang6.jsonl")).revision == june.revision
    assert await store.active() == june.revision
    assert await count(database) == 2


async def test_two_imports_at_once_leave_one_active_revision(address: str) -> None:
    databases = [Database(address), Database(address)]
    for database in databases:
        await migrate(database)
    stores = [KnowledgeRevisions(database) for database in databases]
    await asyncio.gather(stores[0].keep(JUNE, "a"), stores[1].keep(JULY, "b"))
    assert await stores[0].active() is not None
    assert await count(databases[0]) == 2
    for database in databases:
        await database.close()
