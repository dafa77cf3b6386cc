"""Followers are reminded of a day once, and only while the reminder is true."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from api.store.database import Database
from bot.channels.alerts import AlertKind, Reminder
from bot.dossiers.status import State
from tests.support.dossiers import CODE
from tests.support.following import (
    CHANNELS,
    LAN,
    Following,
    a_supplement,
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


DUE = Reminder(AlertKind.DUE, date(2026, 11, 25), "2026-11-25")
LAPSE = Reminder(AlertKind.LAPSE, date(2026, 11, 24), "2026-11-24")
ON_25 = datetime(2026, 11, 25, 10, tzinfo=UTC)


async def test_a_reminder_comes_once_however_often_and_by_whomever_it_is_noted(
    world: Following,
) -> None:
    await world.tell(State.PROCESSING, due_at=ON_25)
    await world.tell_all()
    replicas = [world.replica(str(number)) for number in range(4)]
    noted = await asyncio.gather(*(one.remind([DUE]) for one in replicas))
    assert sum(noted) == 1
    (alert,) = await world.claim()
    assert alert.kinds == {AlertKind.DUE}
    await world.alerts.settle([in_words(alert)])
    assert await world.alerts.remind([DUE]) == 0
    assert await world.claim() == []


@pytest.mark.parametrize(
    "state", [State.SUPPLEMENT, State.REFUSED, State.DONE, State.RETURNED, State.STOPPED]
)
async def test_of_a_due_day_only_dossiers_in_the_offices_hands_are_reminded(
    world: Following, state: State
) -> None:
    await world.tell(State.PROCESSING, due_at=ON_25)
    await world.tell_all()
    await world.alerts.remind([DUE])
    await world.tell(state)
    (alert,) = await world.claim()
    assert alert.kinds == {AlertKind.CHANGE}
    await world.alerts.settle([in_words(alert)])
    assert await world.alerts.remind([DUE]) == 0


async def test_a_reminder_of_another_day_says_nothing(world: Following) -> None:
    await world.tell(State.PROCESSING, due_at=ON_25)
    await world.tell_all()
    await world.alerts.remind([DUE])
    await world.tell(State.PROCESSING, due_at=ON_25 + timedelta(days=1))
    (alert,) = await world.claim()
    assert alert.kinds == {AlertKind.CHANGE}


async def test_a_due_reminder_whose_day_has_come_is_not_sent_late(world: Following) -> None:
    await world.tell(State.PROCESSING, due_at=ON_25)
    await world.tell_all()
    await world.alerts.remind([DUE])
    world.now = datetime(2026, 11, 24, 17, 30, tzinfo=UTC).timestamp()
    assert await world.claim() == []
    assert not await world.alerts.waiting(CHANNELS)


async def test_who_does_not_follow_is_not_reminded(world: Following) -> None:
    await world.tell(State.PROCESSING, due_at=ON_25)
    await world.follows.forget(LAN, CODE, entirely=False)
    assert await world.alerts.remind([DUE]) == 0


async def test_a_supplement_that_lapses_is_reminded_up_to_its_last_day(world: Following) -> None:
    await world.tell(State.SUPPLEMENT, supplement=a_supplement(date(2026, 11, 24)))
    await world.tell_all()
    early = Reminder(AlertKind.LAPSE, date(2026, 11, 24), "2026-11-24:2")
    other_day = Reminder(AlertKind.LAPSE, date(2026, 11, 25), "2026-11-25:2")
    assert await world.alerts.remind([early, LAPSE, other_day]) == 2
    world.now = datetime(2026, 11, 24, 16, tzinfo=UTC).timestamp()
    (alert,) = await world.claim()
    assert alert.kinds == {AlertKind.LAPSE}
    assert len(alert.rows) == 1
    await world.alerts.settle([in_words(alert)])
    assert [row.way for row in await world.rows()] == ["message", "dropped", "message"]


async def test_a_reminder_and_a_change_that_wait_are_one_message(world: Following) -> None:
    await world.tell(State.PROCESSING, due_at=ON_25)
    await world.alerts.remind([DUE])
    (alert,) = await world.claim()
    assert alert.kinds == {AlertKind.CHANGE, AlertKind.DUE}
