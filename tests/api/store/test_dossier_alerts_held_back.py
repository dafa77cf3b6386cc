"""Who does not want an alert gets none; who cannot be reached gets it later."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, update

from api.store.channel_tables import contacts
from api.store.conversations import SqlDialogueStore
from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossiers
from api.store.outbox import SqlOutbox
from api.store.telling import LEASE_SECONDS, MOST_ANEW, UNREADABLE_SECONDS
from bot.channels.alerts import Settled, Told
from bot.channels.queues import Delivered, Result
from bot.dossiers.status import State
from bot.messages import ConversationKey
from tests.support.dossiers import CODE, OTHER_CODE
from tests.support.following import (
    CHANNELS,
    HUNG,
    LAN,
    Following,
    in_words,
)

pytestmark = pytest.mark.anyio

LONG = timedelta(days=30).total_seconds()


@pytest.fixture
async def world(database: Database) -> Following:
    """Lan follows a dossier that is being handled."""
    world = Following(database)
    await world.tell(State.PROCESSING)
    await world.follow()
    return world


async def test_who_unfollowed_before_the_claim_or_after_it_is_told_nothing(
    world: Following,
) -> None:
    await world.tell(State.PAYMENT)
    await world.follows.forget(LAN, CODE, entirely=False)
    assert await world.claim() == []
    await world.follow()
    assert await world.claim() == []
    await world.tell(State.DONE)
    (alert,) = await world.claim()
    await world.follows.forget(LAN, CODE, entirely=False)
    assert await world.alerts.settle([in_words(alert)]) == [False]
    assert await world.messages() == []
    assert not await world.alerts.waiting(CHANNELS)


async def test_who_blocked_us_is_told_nothing_not_even_when_she_returns(world: Following) -> None:
    await world.tell(State.PAYMENT)
    (alert,) = await world.claim()
    await world.meet(blocked_at=world.now)
    assert await world.alerts.settle([in_words(alert)]) == [False]
    world.now += LEASE_SECONDS + 1
    assert await world.claim() == []
    await world.meet(blocked_at=None)
    assert await world.claim() == []
    assert [row.way for row in await world.rows()] == ["dropped"]
    await world.tell(State.DONE)
    assert len(await world.claim()) == 1


async def test_who_was_erased_is_told_nothing(world: Following) -> None:
    await world.tell(State.DONE)
    (alert,) = await world.claim()
    async with SqlDialogueStore(world.database, world.clock).open(LAN) as conversation:
        await conversation.erase(datetime(2026, 11, 23, tzinfo=UTC))
    assert await world.alerts.settle([in_words(alert)]) == [False]
    assert await world.messages() == []
    assert await world.rows() == []


async def test_erasing_and_telling_at_once_leaves_no_message_behind(world: Following) -> None:
    store = SqlDialogueStore(world.database, world.clock)
    for number in range(8):
        key = ConversationKey("telegram", f"9{number}")
        await world.follow(key)
    await world.tell(State.DONE)
    alerts = await world.claim()

    async def erase(key: ConversationKey) -> None:
        async with store.open(key) as conversation:
            await conversation.erase(datetime(2026, 11, 23, tzinfo=UTC))

    assert len(alerts) == 9
    work = [world.alerts.settle([in_words(one)]) for one in alerts]
    await asyncio.gather(*work, *(erase(one.key) for one in alerts))
    assert await world.messages() == []
    assert await world.rows() == []


async def test_what_is_held_is_told_once_the_person_was_in_contact(world: Following) -> None:
    await world.tell(State.PAYMENT)
    (alert,) = await world.claim()
    assert await world.alerts.settle([Settled(alert, Told.HOLD)]) == [True]
    world.now += LONG
    assert not await world.alerts.waiting(CHANNELS)
    await world.tell(State.DONE)
    assert await world.claim() == []
    await world.meet(last_seen_at=world.now)
    assert await world.alerts.waiting(CHANNELS)
    (both,) = await world.claim()
    assert both.status.state is State.DONE
    assert len(both.rows) == 2
    assert await world.alerts.settle([in_words(both)]) == [True]
    assert [row.way for row in await world.rows()] == ["message", "message"]


async def test_a_contact_just_before_holding_is_not_missed(world: Following) -> None:
    await world.tell(State.DONE)
    (alert,) = await world.claim()
    await world.meet(last_seen_at=world.now + 1)
    world.now += 2
    assert await world.alerts.settle([Settled(alert, Told.HOLD)]) == [True]
    assert len(await world.claim()) == 1


async def test_what_went_out_as_a_template_leaves_no_message(world: Following) -> None:
    await world.tell(State.DONE)
    (alert,) = await world.claim()
    assert await world.alerts.settle([Settled(alert, Told.TEMPLATED)]) == [True]
    assert await world.messages() == []
    assert await world.claim() == []
    assert await world.alerts.fates() == {("template", ""): 1}


async def test_what_failed_is_tried_again_when_it_is_time(world: Following) -> None:
    await world.tell(State.DONE)
    (alert,) = await world.claim()
    later = Settled(alert, None, next_at=world.now + 60, failed=True)
    assert await world.alerts.settle([later]) == [True]
    assert await world.claim() == []
    world.now += 60
    (again,) = await world.claim()
    assert again == replace(alert, attempts=1)


async def test_only_people_of_channels_that_are_on_are_claimed(world: Following) -> None:
    await world.tell(State.DONE)
    assert not await world.alerts.waiting(["zalo_oa"])
    assert not await world.alerts.claim(10, ["zalo_oa"])
    assert len(await world.claim()) == 1


async def test_a_dossier_that_is_known_no_longer_is_told_to_nobody(world: Following) -> None:
    await world.tell(State.DONE)
    async with world.database.writing() as connection:
        await connection.execute(delete(dossiers))
    assert await world.claim() == []
    assert not await world.alerts.waiting(CHANNELS)


async def test_what_another_version_wrote_waits_and_stops_nobody_else(world: Following) -> None:
    await world.tell(State.PROCESSING, OTHER_CODE)
    await world.follow(HUNG, OTHER_CODE)
    await world.tell(State.DONE)
    await world.tell(State.DONE, OTHER_CODE)
    broken = update(dossiers).where(dossiers.c.code == CODE)
    async with world.database.writing() as connection:
        await connection.execute(broken.values(record='{"code":7}'))
    assert [one.key for one in await world.claim()] == [HUNG]
    assert await world.claim() == []
    world.now += UNREADABLE_SECONDS
    await world.tell(State.RETURNED, OTHER_CODE)
    async with world.database.writing() as connection:
        await connection.execute(broken.values(record='{"code":"H1","state":9}'))
        await connection.execute(update(dossier_alerts).values(kind="mới lạ"))
    assert await world.claim() == []


async def test_a_person_who_is_no_contact_any_more_is_told_all_the_same(world: Following) -> None:
    await world.tell(State.DONE)
    async with world.database.writing() as connection:
        await connection.execute(delete(contacts))
    (alert,) = await world.claim()
    assert alert.seen_at == 0.0


@pytest.mark.parametrize("result", [Result.CLOSED, Result.EXPIRED])
async def test_a_message_that_never_went_out_is_told_anew(world: Following, result: Result) -> None:
    await world.tell(State.PAYMENT)
    await world.tell_all()
    queue = SqlOutbox(world.database, "một", world.clock)
    (delivery,) = await queue.claim(1, CHANNELS)
    await queue.finish(Delivered(delivery, result))
    await queue.close()
    if result is Result.CLOSED:
        assert await world.claim() == []
        await world.meet(last_seen_at=world.now + 1)
    await world.tell(State.DONE)
    (alert,) = await world.claim()
    assert alert.status.state is State.DONE
    assert len(alert.rows) == 2
    assert await world.alerts.settle([in_words(alert)]) == [True]
    assert await world.alerts.fates() == {("message", "waiting"): 2}


async def test_what_can_never_be_delivered_is_held_after_some_days(world: Following) -> None:
    await world.tell(State.DONE)
    queue = SqlOutbox(world.database, "một", world.clock)
    for _ in range(MOST_ANEW + 1):
        assert await world.tell_all() == [True]
        (delivery,) = await queue.claim(1, CHANNELS)
        await queue.finish(Delivered(delivery, Result.EXPIRED))
    assert await world.claim() == []
    await world.meet(last_seen_at=world.now + 1)
    assert await world.tell_all() == [True]
    await queue.close()


async def test_behind_a_closed_window_everything_that_waits_is_held(world: Following) -> None:
    await world.tell(State.PROCESSING, OTHER_CODE)
    await world.follow(code=OTHER_CODE)
    await world.tell(State.DONE)
    await world.tell(State.DONE, OTHER_CODE)
    assert await world.tell_all() == [True, True]
    queue = SqlOutbox(world.database, "một", world.clock)
    (delivery,) = await queue.claim(5, CHANNELS)
    await queue.finish(Delivered(delivery, Result.CLOSED))
    await queue.close()
    assert await world.alerts.fates() == {("held", ""): 2}
    await world.meet(last_seen_at=world.now + 1)
    assert len(await world.claim()) == 2
