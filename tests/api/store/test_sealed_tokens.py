"""The row of sealed tokens keeps its promise: in memory, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api.store.database import Database
from api.store.migrate import migrate
from api.store.sealed_tokens import SqlTokenStore
from bot.channels.zalo_oa.token_ports import TokenStore
from tests.api.conftest import fresh_address
from tests.support.zalo_tokens import MemoryTokenStore

pytestmark = pytest.mark.anyio

Replicas = tuple[TokenStore, TokenStore]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def replicas(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Replicas]:
    """The same row, as two processes see it."""
    address = fresh_address(request.param, request, tmp_path)
    if address == "memory":
        memory = MemoryTokenStore()
        yield memory, memory
        return
    one, other = Database(address), Database(address)
    await migrate(one)
    yield SqlTokenStore(one, "zalo_oa"), SqlTokenStore(other, "zalo_oa")
    await one.close()
    await other.close()


async def test_there_is_no_row_before_the_first_consent(replicas: Replicas) -> None:
    assert await replicas[0].read() is None


async def test_a_pair_that_one_replica_keeps_is_read_by_the_other(replicas: Replicas) -> None:
    one, other = replicas
    assert await one.replace("cặp 1", None, 0, 1000.5)
    kept = await other.read()
    assert kept is not None
    assert (kept.sealed, kept.version, kept.renewed_at) == ("cặp 1", 1, 1000.5)


async def test_of_two_that_renew_the_same_pair_one_is_too_late(replicas: Replicas) -> None:
    one, other = replicas
    assert await one.replace("cặp 1", None, 0, 1.0)
    taken = await asyncio.gather(
        one.replace("cặp 2a", "cặp 1", 1, 2.0), other.replace("cặp 2b", "cặp 1", 1, 2.0)
    )
    kept = await one.read()
    assert sorted(taken) == [False, True]
    assert kept is not None
    assert kept.sealed == ("cặp 2a" if taken[0] else "cặp 2b")


async def test_an_answer_under_way_and_a_failure_leave_the_pair_alone(replicas: Replicas) -> None:
    one, other = replicas
    await one.replace("cặp 1", None, 0, 1.0)
    await one.note_pending("câu trả lời")
    await other.note_failure("refused -14014 " + "x" * 300, 2.0)
    kept = await one.read()
    assert kept is not None
    assert (kept.sealed, kept.version, kept.pending) == ("cặp 1", 1, "câu trả lời")
    assert kept.failed_at == 2.0
    assert str(kept.failure).startswith("refused -14014")


async def test_a_new_pair_settles_what_was_pending_and_what_failed(replicas: Replicas) -> None:
    one, other = replicas
    await one.note_pending("câu trả lời")
    await one.note_failure("failed oauth ReadTimeout", 1.0)
    assert await other.replace("cặp 1", None, 0, 2.0)
    kept = await one.read()
    assert kept is not None
    assert (kept.pending, kept.failed_at, kept.failure) == (None, None, None)


async def test_one_at_a_time_is_let_in(replicas: Replicas) -> None:
    inside: list[int] = []
    most: list[int] = []

    async def enter(store: TokenStore, number: int) -> None:
        async with store.alone():
            inside.append(number)
            most.append(len(inside))
            await store.note_pending(str(number))
            await asyncio.sleep(0.01)
            inside.remove(number)

    await asyncio.gather(*(enter(replicas[number % 2], number) for number in range(8)))
    assert most == [1] * 8


async def test_rows_of_other_names_are_other_rows(database: Database) -> None:
    one, other = SqlTokenStore(database, "zalo_oa:1"), SqlTokenStore(database, "zalo_oa:2")
    await one.replace("cặp 1", None, 0, 1.0)
    assert await other.read() is None
    async with one.alone(), other.alone():
        await other.note_pending("câu trả lời")
    kept = await one.read()
    assert kept is not None
    assert kept.pending is None
