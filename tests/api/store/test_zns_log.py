"""The log of template messages keeps its promise: in memory, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api.store.database import Database
from api.store.migrate import migrate
from api.store.zns_log import SqlZnsLog
from bot.channels.zalo_oa.zns_ports import CLAIM_SECONDS, Fate, ZnsLog
from tests.api.conftest import fresh_address
from tests.support.zalo_zns import MemoryZnsLog

pytestmark = pytest.mark.anyio

Replicas = tuple[ZnsLog, ZnsLog]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def replicas(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Replicas]:
    """The same log, as two processes see it."""
    address = fresh_address(request.param, request, tmp_path)
    if address == "memory":
        memory = MemoryZnsLog()
        yield memory, memory
        return
    one, other = Database(address), Database(address)
    await migrate(one)
    yield SqlZnsLog(one), SqlZnsLog(other)
    await one.close()
    await other.close()


async def test_case_36_of_many_that_tell_the_same_change_one_sends(replicas: Replicas) -> None:
    claimed = await asyncio.gather(*(replicas[n % 2].claim("hs-1", 1.0) for n in range(10)))
    assert sorted(claimed) == [False] * 9 + [True]


@pytest.mark.parametrize("fate", [Fate.SENT, Fate.REFUSED])
async def test_what_was_sent_or_refused_is_never_sent_again(replicas: Replicas, fate: Fate) -> None:
    one, other = replicas
    await one.claim("hs-1", 1.0)
    await one.settle("hs-1", fate, message_id="m1", reason="-118")
    assert not await other.claim("hs-1", 1e9)
    row = await other.find("hs-1")
    assert row is not None
    assert (row.fate, row.attempts, row.message_id, row.reason) == (fate, 1, "m1", "-118")


async def test_what_certainly_did_not_arrive_is_sent_again_as_often_as_it_takes(
    replicas: Replicas,
) -> None:
    one, other = replicas
    for _ in range(5):
        assert await one.claim("hs-1", 1.0)
        await one.settle("hs-1", Fate.WAITING, reason="-32")
    assert await other.claim("hs-1", 1.0)
    assert not await one.claim("hs-1", 1.0)


async def test_what_may_have_arrived_is_sent_once_more_and_no_more(replicas: Replicas) -> None:
    one, other = replicas
    assert await one.claim("hs-1", 1.0)
    await one.settle("hs-1", Fate.UNKNOWN)
    assert await other.claim("hs-1", 2.0)
    await other.settle("hs-1", Fate.UNKNOWN)
    assert not await one.claim("hs-1", 3.0)


async def test_a_sender_that_died_is_like_a_line_that_broke(replicas: Replicas) -> None:
    one, other = replicas
    assert await one.claim("hs-1", 1000.0)
    assert not await other.claim("hs-1", 1000.0 + CLAIM_SECONDS - 1)
    assert await other.claim("hs-1", 1000.0 + CLAIM_SECONDS)
    assert not await one.claim("hs-1", 1e9)


async def test_case_36_a_delivery_is_matched_by_its_tracking_id(replicas: Replicas) -> None:
    one, other = replicas
    await one.claim("hs-1", 1.0)
    await one.settle("hs-1", Fate.SENT, message_id="m1")
    assert await other.note_delivered("hs-1", 5.5)
    assert not await other.note_delivered("hs-2", 5.5)
    row = await one.find("hs-1")
    assert row is not None
    assert (row.fate, row.delivered_at, row.message_id) == (Fate.DELIVERED, 5.5, "m1")
    assert await one.find("hs-2") is None


async def test_a_report_that_comes_before_the_answer_stays(replicas: Replicas) -> None:
    one, other = replicas
    await one.claim("hs-1", 1.0)
    await other.note_delivered("hs-1", 2.0)
    await one.settle("hs-1", Fate.UNKNOWN)
    row = await one.find("hs-1")
    assert row is not None
    assert row.fate is Fate.DELIVERED
    assert not await one.claim("hs-1", 1e9)
