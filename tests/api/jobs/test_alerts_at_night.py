"""What could not be sent in the evening wakes nobody, and holds up no answer."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime

import pytest
from sqlalchemy import insert

from api.jobs.beside import beside
from api.jobs.delivering import Delivering, Lane
from api.jobs.pace import Pace
from api.jobs.quiet_hours import QuietHours
from api.meters import Meters
from api.store.arrival_codec import dump_part
from api.store.channel_tables import outbox
from api.store.database import Database
from api.store.outbox import SqlOutbox
from bot.channels.base import Outgoing, Part
from bot.channels.errors import ChannelBroken, DeliveryFailed, FateUnknown, TryLater
from bot.dossiers.status import State
from tests.api.jobs.conftest import PATIENCE_SECONDS
from tests.support.alerting import alerting_of
from tests.support.channels import FakeChannel
from tests.support.dossiers import VIETNAM
from tests.support.following import LAN, Following

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(database: Database) -> Following:
    """Lan follows a dossier whose result is there at half past eight in the evening."""
    world = Following(database)
    world.now = at(20)
    await world.tell(State.PROCESSING)
    await world.follow()
    await world.tell(State.DONE)
    return world


def at(hour: int, day: int = 23) -> float:
    return datetime(2026, 11, day, hour, 30, tzinfo=VIETNAM).timestamp()


def delivering_to(world: Following, channel: FakeChannel) -> Delivering:
    async def soon(_seconds: float) -> None:
        await asyncio.sleep(0.01)

    async def at_once(_seconds: float) -> None:
        """No test waits for the pace."""

    return Delivering(
        SqlOutbox(world.database, "một", world.clock),
        {"telegram": Lane(channel, Pace(10_000, world.clock, at_once))},
        Meters(),
        world.clock,
        sleep=soon,
        jitter=lambda: 0.0,
        quiet=QuietHours(21, 7),
    )


def failing_with(
    error: DeliveryFailed, tried: list[Outgoing]
) -> Callable[[Outgoing], DeliveryFailed]:
    def fail(outgoing: Outgoing) -> DeliveryFailed:
        tried.append(outgoing)
        return error

    return fail


async def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        await asyncio.sleep(0.01)


async def until_idle(delivering: Delivering, failed: Callable[[], bool]) -> None:
    """Deliver until it failed, and what became of it is stored."""
    async with beside(delivering.run()):
        await until(failed)
        await until(lambda: not delivering._sending)


async def until_put_off(delivering: Delivering) -> None:
    await until_idle(delivering, lambda: b'result="put_off"} 1.0' in delivering.meters.text())


async def an_answer(world: Following, text: str) -> None:
    part = dump_part(Part({"text": text}))
    row = {"channel": "telegram", "user_id": LAN.user_id, "part": part, "created_at": world.now}
    async with world.database.writing() as connection:
        await connection.execute(insert(outbox).values(row))


def running(delivering: Delivering) -> AbstractAsyncContextManager[None]:
    return beside(delivering.run())


@pytest.mark.parametrize(
    "error",
    [TryLater("429", 3600.0), ChannelBroken("401"), TryLater("429", 3600.0, everybody=True)],
)
async def test_what_failed_in_the_evening_is_told_in_the_morning_as_it_stands_then(
    world: Following, error: DeliveryFailed
) -> None:
    channel = FakeChannel()
    tried: list[Outgoing] = []
    channel.failing = failing_with(error, tried)
    await alerting_of(world).step()
    await until_idle(delivering_to(world, channel), lambda: bool(tried))
    channel.failing = lambda _outgoing: None
    world.now = at(22)
    await an_answer(world, "Bạn cần tờ khai.")
    async with running(delivering_to(world, channel)):
        await until(lambda: bool(channel.sent))
        await alerting_of(world).step()
    assert channel.to(LAN.user_id) == ["Bạn cần tờ khai."]
    await world.tell(State.RETURNED)
    world.now = at(7, day=24)
    await alerting_of(world).step()
    async with running(delivering_to(world, channel)):
        await until(lambda: len(channel.sent) == 2)
    assert "Đã trả kết quả" in channel.to(LAN.user_id)[1]
    assert [row.way for row in await world.rows()] == ["message", "message"]


async def test_what_is_put_off_by_night_counts_as_no_attempt(world: Following) -> None:
    channel = FakeChannel()
    for night in (23, 24, 25, 26):
        world.now = at(20, night)
        await alerting_of(world).step()
        world.now = at(21, night)
        await until_put_off(delivering_to(world, channel))
    assert channel.sent == []
    (row,) = await world.rows()
    assert (row.attempts, row.way, row.told_at) == (0, None, None)


async def test_what_may_have_arrived_says_so_the_morning_after(world: Following) -> None:
    channel = FakeChannel()
    tried: list[Outgoing] = []
    lost = FateUnknown("ReadTimeout")
    channel.failing = failing_with(lost, tried)
    await alerting_of(world).step()
    await until_idle(delivering_to(world, channel), lambda: bool(tried))
    channel.failing = lambda _outgoing: None
    world.now = at(22)
    await until_put_off(delivering_to(world, channel))
    world.now = at(7, day=24)
    await alerting_of(world).step()
    async with running(delivering_to(world, channel)):
        await until(lambda: bool(channel.sent))
    (text,) = channel.to(LAN.user_id)
    assert text.startswith("Tôi gửi lại")
