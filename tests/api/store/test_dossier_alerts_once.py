"""An alert whose message went out is never told again, whatever becomes of other messages."""

from collections.abc import Sequence

import pytest
from sqlalchemy import delete, insert

from api.store.arrival_codec import dump_part
from api.store.channel_tables import outbox
from api.store.database import Database
from api.store.outbox import SqlOutbox
from api.store.telling import EVERYONE_SECONDS, LATELY_SECONDS
from bot.channels.alerts import Settled, Told
from bot.channels.base import Part
from bot.channels.queues import Delivered, Delivery, Result
from bot.dossiers.status import State
from bot.messages import ConversationKey
from tests.support.following import CHANNELS, HUNG, LAN, Following

pytestmark = pytest.mark.anyio

WEEK = 7 * 86_400.0


@pytest.fixture
async def world(database: Database) -> Following:
    """Lan follows a dossier whose result is there."""
    world = Following(database)
    await world.tell(State.PROCESSING)
    await world.follow()
    await world.tell(State.DONE)
    return world


async def finish_all(queue: SqlOutbox, result: Result) -> Sequence[Delivery]:
    deliveries = await queue.claim(5, CHANNELS)
    for delivery in deliveries:
        await queue.finish(Delivered(delivery, result))
    return deliveries


@pytest.mark.parametrize("result", [Result.EXPIRED, Result.CLOSED, Result.PUT_OFF])
async def test_another_message_of_the_same_number_takes_no_alert_back(
    world: Following, result: Result
) -> None:
    assert await world.tell_all() == [True]
    queue = SqlOutbox(world.database, "một", world.clock)
    (told,) = await finish_all(queue, Result.SENT)
    world.now += WEEK
    part = dump_part(Part({"text": "chào"}))
    stranger = {"channel": HUNG.channel, "user_id": HUNG.user_id, "part": part}
    async with world.database.writing() as connection:
        await connection.execute(delete(outbox))
        row = {"id": told.row, "created_at": world.now, **stranger}  # as SQLite numbers again
        await connection.execute(insert(outbox).values(row))
    assert await world.alerts.fates() == {("message", "forgotten"): 1}
    (other,) = await finish_all(queue, result)
    await queue.close()
    assert (other.row, other.user_id) == (told.row, HUNG.user_id)
    assert not await world.alerts.waiting(CHANNELS)
    assert await world.claim() == []


async def test_a_message_that_may_have_arrived_says_so_when_it_is_told_anew(
    world: Following,
) -> None:
    assert await world.tell_all() == [True]
    queue = SqlOutbox(world.database, "một", world.clock)
    (first,) = await queue.claim(5, CHANNELS)
    await queue.finish(Delivered(first, None, unknown=True))
    (again,) = await finish_all(queue, Result.EXPIRED)
    assert again.unknowns == 1
    assert await world.tell_all() == [True]
    (anew,) = await queue.claim(5, CHANNELS)
    await queue.close()
    assert anew.row != again.row
    assert anew.unknowns == 1


async def hold(world: Following) -> None:
    (alert,) = await world.claim()
    assert await world.alerts.settle([Settled(alert, Told.HOLD)]) == [True]
    assert not await world.alerts.waiting(CHANNELS)


async def test_who_comes_back_is_told_what_was_held_at_the_next_look(world: Following) -> None:
    await hold(world)
    world.now += 1
    await world.meet(last_seen_at=world.now)
    assert await world.alerts.waiting(CHANNELS)
    assert len(await world.claim()) == 1


async def test_who_came_back_unnoticed_is_found_by_the_look_at_everybody(world: Following) -> None:
    await hold(world)
    world.now += LATELY_SECONDS + EVERYONE_SECONDS + 1
    assert not await world.alerts.waiting(CHANNELS)
    await world.meet(last_seen_at=world.now - LATELY_SECONDS - 1)
    assert not await world.alerts.waiting(CHANNELS)
    world.now += EVERYONE_SECONDS
    assert await world.alerts.waiting(CHANNELS)
    assert len(await world.claim()) == 1


async def test_of_what_is_held_for_others_nothing_is_freed(world: Following) -> None:
    await world.follow(HUNG)
    oa = ConversationKey("zalo_oa", "5")
    await world.follow(oa)
    await world.tell(State.RETURNED)
    for alert in await world.claim():
        await world.alerts.settle([Settled(alert, Told.HOLD)])
    assert not await world.alerts.waiting(CHANNELS)
    world.now += 1
    for key in (LAN, oa):
        await world.meet(key, last_seen_at=world.now)
    (only,) = await world.alerts.claim(5, ("zalo_oa",))
    assert only.key == oa
    assert [one.key for one in await world.claim()] == [LAN]
