"""Followers are reminded of days that are near, in the morning, each once."""

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from api.jobs.alerting import REMIND_SECONDS
from api.store.database import Database
from bot.dossiers.status import State
from bot.rendering import Desk
from knowledge.work_calendar import WorkCalendar
from tests.support.alerting import alerting_of
from tests.support.desks import a_desk
from tests.support.dossiers import VIETNAM
from tests.support.following import Following, a_supplement

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(database: Database) -> Following:
    """Lan follows a dossier that is being handled; it is Monday, nine o'clock."""
    world = Following(database)
    await world.tell(State.PROCESSING)
    await world.follow()
    return world


def at(hour: int, day: int = 23) -> float:
    return datetime(2026, 11, day, hour, 30, tzinfo=VIETNAM).timestamp()


async def test_a_due_day_is_reminded_of_once_on_the_morning_of_the_working_day_before(
    world: Following,
) -> None:
    due = datetime(2026, 12, 1, 17, tzinfo=VIETNAM)
    await world.tell(State.PROCESSING, due_at=due)
    loops = [alerting_of(world, name) for name in ("một", "hai")]
    told = []
    for day in (datetime(2026, 11, 27), datetime(2026, 11, 29), datetime(2026, 11, 30)):  # noqa: DTZ001
        for hour in (0, 6, 8, 12):
            world.now = (day.replace(tzinfo=VIETNAM) + timedelta(hours=hour)).timestamp()
            for loop in loops:
                await loop.step()
            told.append((day.day, hour, len(await world.messages())))
    assert told[:3] == [(27, 0, 0), (27, 6, 0), (27, 8, 1)]  # the change itself
    assert told[-4:] == [(30, 0, 1), (30, 6, 1), (30, 8, 2), (30, 12, 2)]
    *_others, (_user, part) = await world.parts()
    assert "Ngày hẹn trả kết quả" in str(part.body["text"])


async def test_a_supplement_that_lapses_is_reminded_of_twice(world: Following) -> None:
    await world.tell(State.SUPPLEMENT, supplement=a_supplement(date(2026, 11, 27)))
    alerting, counts = alerting_of(world), []
    await alerting.step()
    for day in (24, 25, 26, 27, 28):
        for minute in (0, 20):
            world.now = at(9, day) + minute * 60
            assert minute * 60 >= REMIND_SECONDS or not minute
            await alerting.step()
        counts.append(len(await world.messages()) - 1)
    assert counts == [0, 1, 1, 2, 2]


async def test_a_calendar_that_cannot_be_read_stops_no_alert(world: Following) -> None:
    desk = a_desk()

    def broken() -> Any:
        raise ZeroDivisionError

    await world.tell(State.DONE)
    told = Desk(desk.book, desk.profile, desk.today, broken)
    await alerting_of(world, desk=lambda: told).step()
    assert len(await world.messages()) == 1


async def test_the_calendar_that_words_of_an_alert_need_is_read_beside_the_answers(
    world: Following,
) -> None:
    desk, first = a_desk(), []

    def calendar() -> WorkCalendar:
        first.append(threading.current_thread() is not threading.main_thread())
        return desk.calendar()

    await world.tell(State.DONE)
    watched = Desk(desk.book, desk.profile, desk.today, calendar)
    alerting = alerting_of(world, desk=lambda: watched)
    alerting._remind_at = world.now + 1
    await alerting.step()
    assert len(await world.messages()) == 1
    assert first[0]


async def test_where_nobody_follows_the_calendar_is_not_read(database: Database) -> None:
    world = Following(database)
    desk = a_desk()

    def never() -> Any:
        raise AssertionError

    broken = Desk(desk.book, desk.profile, desk.today, never)
    alerting = alerting_of(world, desk=lambda: broken)
    await alerting.step()
    assert (
        alerting.meters.registry.get_sample_value("motcua_failures_total", {"where": "alerting"})
        is None
    )
