"""Each change is told to each follower once, whoever tells it and whatever happens meanwhile."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update

from api.store.backlog import SqlBacklog
from api.store.channel_tables import outbox
from api.store.database import Database
from api.store.telling import LEASE_SECONDS
from bot.channels.alerts import OPEN, AlertKind, Settled, Told
from bot.channels.base import Part
from bot.dossiers.status import State
from bot.messages import ConversationKey
from tests.support.dossiers import CODE, OTHER_CODE
from tests.support.following import (
    CHANNELS,
    HUNG,
    LAN,
    Following,
    an_update,
    in_words,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(database: Database) -> Following:
    """Lan follows a dossier that is being handled."""
    world = Following(database)
    await world.tell(State.PROCESSING)
    await world.follow()
    return world


async def test_nothing_is_told_before_anything_changes(world: Following) -> None:
    assert not await world.alerts.waiting(CHANNELS)
    assert await world.claim() == []


async def test_a_change_is_told_to_each_follower_with_the_newest_state(world: Following) -> None:
    await world.follow(HUNG)
    await world.tell(State.DONE)
    assert await world.alerts.waiting(CHANNELS)
    alerts = await world.claim()
    assert [one.key for one in alerts] == [LAN, HUNG]
    assert {one.status.state for one in alerts} == {State.DONE}
    assert {one.kinds for one in alerts} == {frozenset({AlertKind.CHANGE})}
    assert {one.seen_at for one in alerts} == {world.now}
    assert await world.alerts.settle([in_words(one) for one in alerts]) == [True, True]
    assert [user for user, _part in await world.messages()] == [LAN.user_id, HUNG.user_id]
    assert not await world.alerts.waiting(CHANNELS)


async def test_a_repeated_push_tells_nothing_again(world: Following) -> None:
    again = an_update(State.DONE, at=datetime(2026, 11, 23, 3, tzinfo=UTC))
    await world.book.put([again], "test")
    assert await world.tell_all() == [True]
    await world.book.put([again, again], "test")
    assert await world.claim() == []
    assert len(await world.messages()) == 1


async def test_several_changes_that_wait_become_one_message(world: Following) -> None:
    for state in (State.PAYMENT, State.PROCESSING, State.DONE):
        await world.tell(state)
    (alert,) = await world.claim()
    assert alert.status.state is State.DONE
    assert len(alert.rows) == 3
    assert await world.alerts.settle([in_words(alert)]) == [True]
    assert len(await world.messages()) == 1
    assert [row.way for row in await world.rows()] == ["message"] * 3


async def test_two_dossiers_of_one_person_are_told_apart(world: Following) -> None:
    await world.tell(State.PROCESSING, OTHER_CODE)
    await world.follow(code=OTHER_CODE)
    await world.tell(State.DONE)
    await world.tell(State.DONE, OTHER_CODE)
    assert [one.status.code for one in await world.claim()] == [CODE, OTHER_CODE]


async def test_a_change_while_another_is_told_is_told_by_itself_after_it(world: Following) -> None:
    await world.tell(State.PAYMENT)
    (first,) = await world.claim()
    await world.tell(State.DONE)
    assert await world.claim(world.replica("hai")) == []
    assert await world.alerts.settle([in_words(first)]) == [True]
    (second,) = await world.claim(world.replica("hai"))
    assert (first.status.state, second.status.state) == (State.PAYMENT, State.DONE)
    assert first.reference != second.reference


async def test_what_is_claimed_is_not_claimed_again_while_it_is_renewed(world: Following) -> None:
    await world.tell(State.DONE)
    alerts = await world.claim()
    other = world.replica("hai")
    for _ in range(3):
        world.now += LEASE_SECONDS - 1
        await world.alerts.renew(alerts)
        assert await world.claim(other) == []
    assert await world.alerts.settle([in_words(one) for one in alerts]) == [True]


async def test_what_a_dead_process_claimed_is_told_by_another_under_the_same_reference(
    world: Following,
) -> None:
    await world.tell(State.DONE)
    (lost,) = await world.claim()
    world.now += LEASE_SECONDS + 1
    other = world.replica("hai")
    (found,) = await world.claim(other)
    assert found.reference == lost.reference
    assert await world.alerts.settle([in_words(lost)]) == [False]
    assert await other.settle([in_words(found)]) == [True]
    assert await world.alerts.settle([in_words(lost)]) == [False]
    assert len(await world.messages()) == 1


async def test_many_replicas_tell_each_of_many_followers_once(world: Following) -> None:
    people = [ConversationKey("telegram", str(number)) for number in range(100, 140)]
    for key in people:
        await world.follow(key)
    await world.tell(State.DONE)

    async def work(name: str) -> None:
        replica = world.replica(name)
        while alerts := await replica.claim(3, CHANNELS):
            assert all(await replica.settle([in_words(one) for one in alerts]))

    await asyncio.gather(*(work(f"bản {number}") for number in range(4)))
    told = [user for user, _part in await world.messages()]
    assert sorted(told) == sorted(key.user_id for key in [*people, LAN])


async def test_the_parts_of_one_alert_go_out_in_order_behind_each_other(world: Following) -> None:
    await world.tell(State.DONE)
    (alert,) = await world.claim()
    parts = [Part({"text": "một"}), Part({"text": "hai"}, again=Part({"text": "gửi lại"}))]
    await world.alerts.settle([Settled(alert, Told.MESSAGE, parts)])
    assert [json.loads(part)["body"]["text"] for _, part in await world.messages()] == [
        "một",
        "hai",
    ]
    (row,) = await world.rows()
    async with world.database.reading() as connection:
        first = (await connection.execute(outbox.select().order_by(outbox.c.id))).first()
    assert first is not None
    assert row.outbox_id == first.id


async def test_what_waits_is_counted_apart_from_what_is_held(world: Following) -> None:
    await world.follow(HUNG)
    await world.tell(State.DONE)
    _lan, hung = await world.claim()
    await world.alerts.settle([Settled(hung, Told.HOLD)])
    world.now += 60
    waiting = await SqlBacklog(world.database, world.clock).waiting()
    assert waiting["alerts"] == {"telegram": (1, 60.0)}
    assert waiting["alerts_held"] == {"telegram": (1, 60.0)}


async def test_what_became_of_each_can_be_asked(world: Following) -> None:
    await world.follow(HUNG)
    await world.tell(State.DONE)
    assert await world.alerts.fates() == {(OPEN, ""): 2}
    await world.tell_all()
    assert await world.alerts.fates() == {("message", "waiting"): 2}
    async with world.database.writing() as connection:
        sent = update(outbox).where(outbox.c.user_id == LAN.user_id)
        await connection.execute(sent.values(result="sent", done_at=world.now))
        await connection.execute(delete(outbox).where(outbox.c.user_id == HUNG.user_id))
    expected = {("message", "sent"): 1, ("message", "forgotten"): 1}
    assert await world.alerts.fates() == expected
