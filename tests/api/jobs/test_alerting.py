"""Followers are told once, in words, never at night; and of days that are near."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from typing_extensions import override

from api.jobs.beside import beside
from api.jobs.telling import AT_ONCE
from api.store.database import Database
from bot.channels.alerts import AlertWay, Told
from bot.channels.base import Part
from bot.channels.errors import ChannelBroken, RecipientGone, TryLater
from bot.dossiers.status import State
from bot.errors import StoreUnavailable
from bot.messages import ConversationKey, Reply
from tests.support.alerting import AWay, alerting_of
from tests.support.channels import FakeChannel
from tests.support.dossiers import CODE, VIETNAM
from tests.support.following import HUNG, LAN, Following, a_supplement

pytestmark = pytest.mark.anyio

AN_HOUR = 3600.0


@pytest.fixture
async def world(database: Database) -> Following:
    """Lan follows a dossier that is being handled; it is Monday, nine o'clock."""
    world = Following(database)
    await world.tell(State.PROCESSING)
    await world.follow()
    return world


def at(hour: int, day: int = 23) -> float:
    return datetime(2026, 11, day, hour, 30, tzinfo=VIETNAM).timestamp()


async def test_a_change_becomes_a_message_with_a_copy_that_says_so(world: Following) -> None:
    await world.tell(State.DONE)
    await alerting_of(world).step()
    ((user, part),) = await world.parts()
    assert user == LAN.user_id
    text = str(part.body["text"])
    assert f"Hồ sơ {CODE} vừa có tin mới: Đã có kết quả." in text
    assert part.again is not None
    assert str(part.again.body["text"]).startswith("Tôi gửi lại")
    assert str(part.again.body["text"]).endswith(text)


async def test_what_an_office_wrote_too_long_is_left_out_and_the_message_stays_one(
    world: Following,
) -> None:
    asked = a_supplement()
    await world.tell(State.SUPPLEMENT, supplement=asked)
    await alerting_of(world, channels={"telegram": FakeChannel(part_length=300)}).step()
    ((_user, part),) = await world.parts()
    assert "Cần bổ sung giấy tờ" in str(part.body["text"])
    assert asked.papers[0] not in str(part.body["text"])
    assert part.again is not None


async def test_where_there_are_no_buttons_the_alert_says_what_can_be_typed(
    world: Following,
) -> None:
    await world.follow(ConversationKey("zalo_bot", "5"))
    await world.tell(State.DONE)
    await alerting_of(world).step()
    texts = {user: str(part.body["text"]) for user, part in await world.parts()}
    assert "thôi báo tin" in texts["5"]
    assert "[Thôi báo tin]" in texts[LAN.user_id]


async def test_where_the_code_alone_is_enough_only_state_and_days_are_told(
    world: Following,
) -> None:
    await world.tell(State.SUPPLEMENT, supplement=a_supplement())
    await alerting_of(world, terse=True).step()
    ((_user, part),) = await world.parts()
    assert "Đăng ký thường trú" not in str(part.body["text"])


async def test_at_night_nothing_is_told_and_in_the_morning_the_newest_state_once(
    world: Following,
) -> None:
    alerting = alerting_of(world)
    for hour, day, state in ((21, 23, State.PAYMENT), (3, 24, State.PROCESSING)):
        world.now = at(hour, day)
        await world.tell(state)
        await alerting.step()
        assert await world.messages() == []
    world.now = at(6, 24)
    await world.tell(State.DONE)
    await alerting.step()
    assert await world.messages() == []
    world.now = at(7, 24)
    await alerting.step()
    ((_user, part),) = await world.parts()
    assert "Đã có kết quả" in str(part.body["text"])


async def test_two_replicas_tell_each_of_many_people_once(world: Following) -> None:
    people = [ConversationKey("telegram", str(number)) for number in range(100, 100 + 30)]
    for key in people:
        await world.follow(key)
    loops = [alerting_of(world, f"bản {number}") for number in range(3)]
    for state in (State.PAYMENT, State.DONE):
        await world.tell(state)
        await asyncio.gather(*(one.step() for one in loops))
    told = [user for user, _part in await world.messages()]
    expected = [key.user_id for key in [*people, LAN]] * 2
    assert sorted(told) == sorted(expected)


async def test_more_than_fits_at_once_is_told_in_one_go(world: Following) -> None:
    for number in range(AT_ONCE + 20):
        await world.follow(ConversationKey("telegram", f"n{number}"))
    await world.tell(State.DONE)
    await alerting_of(world).step()
    assert len(await world.messages()) == AT_ONCE + 21


async def test_what_went_out_by_template_or_is_held_leaves_no_message(world: Following) -> None:
    way = AWay([Told.HOLD, Told.TEMPLATED])
    alerting = alerting_of(world, ways={"telegram": way})
    await world.tell(State.PAYMENT)
    await alerting.step()
    world.now += AN_HOUR
    await alerting.step()
    assert len(way.asked) == 1
    await world.meet(last_seen_at=world.now)
    await alerting.step()
    assert len(way.asked) == 2
    assert way.asked[1].seen_at == world.now
    assert await world.messages() == []
    assert [row.way for row in await world.rows()] == ["template"]


@pytest.mark.parametrize(
    "error", [TryLater("429", 30.0), ChannelBroken("-124"), ZeroDivisionError()]
)
async def test_what_could_not_go_out_is_tried_again_under_the_same_reference(
    world: Following, error: Exception
) -> None:
    way = AWay([error, Told.MESSAGE])
    alerting = alerting_of(world, ways={"telegram": way})
    await world.tell(State.DONE)
    await alerting.step()
    await alerting.step()
    assert len(way.asked) == 1
    world.now += 30
    await alerting.step()
    first, second = way.asked
    assert first.reference == second.reference
    assert (first.attempts, second.attempts) == (0, 1)
    assert len(await world.messages()) == 1


async def test_one_who_can_never_be_told_stops_nobody_else(world: Following) -> None:
    way: AlertWay = AWay([RecipientGone("-213"), Told.MESSAGE])
    await world.follow(HUNG)
    await world.tell(State.DONE)
    await alerting_of(world, ways={"telegram": way}).step()
    assert [user for user, _part in await world.messages()] == [HUNG.user_id]
    assert [row.way for row in await world.rows()] == ["dropped", "message"]


class Undressed(FakeChannel):
    """A channel with a bug."""

    @override
    def dress(self, reply: Reply, turn: int | None) -> Sequence[Part]:
        raise KeyError(turn)


async def test_a_bug_in_a_channel_loses_no_alert(world: Following) -> None:
    await world.tell(State.DONE)
    await alerting_of(world, channels={"telegram": Undressed()}).step()
    world.now += AN_HOUR
    await alerting_of(world).step()
    assert len(await world.messages()) == 1


class Away:
    """The database is away for a while."""

    def __init__(self, world: Following) -> None:
        self.failures = 2
        self.alerts = world.alerts

    async def followed(self) -> bool:
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("away")
        return await self.alerts.followed()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.alerts, name)


async def test_the_loop_outlives_a_database_that_is_away_and_ends_when_told(
    world: Following,
) -> None:
    async def soon(_seconds: float) -> None:
        await asyncio.sleep(0.001)

    await world.tell(State.DONE)
    alerting = alerting_of(world, alerts=Away(world), sleep=soon)
    async with beside(alerting.run()):
        await world.until_told(1)
    assert len(await world.messages()) == 1
