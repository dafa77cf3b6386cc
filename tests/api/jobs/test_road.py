"""From what arrives to what people read, on both databases."""

import asyncio

import pytest
from sqlalchemy import update

from api.jobs import answering
from api.limits import CountsInMemory, Limiter, Limits
from api.store.channel_tables import inbox
from api.store.database import Database
from bot.channels.base import ArrivalKind, Outgoing
from bot.channels.errors import ChannelBroken, PartRefused, RecipientGone, TryLater
from bot.messages import Gesture, IncomingMessage
from tests.api.conftest import BIRTH
from tests.api.jobs.conftest import Road, a_road
from tests.support.channels import HUNG, LAN, an_arrival, an_event

pytestmark = pytest.mark.anyio


async def test_a_question_is_answered(road: Road) -> None:
    await road.receiving.take([an_arrival("1", BIRTH)])
    await road.until(lambda: len(road.channel.sent) == 1)
    assert "1.001193" in road.channel.to(LAN)[0]


async def test_case_3_the_same_event_twenty_times_on_two_replicas_is_answered_once(
    database: Database,
) -> None:
    async with a_road(database, "one").open() as one, a_road(database, "two").open() as two:
        await asyncio.gather(
            *(
                road.receiving.take([an_arrival("1", BIRTH)])
                for road in (one, two)
                for _ in range(10)
            )
        )
        await one.receiving.take([an_arrival("2", "xin chào")])
        await one.until(lambda: len(one.channel.sent) + len(two.channel.sent) == 2)
        await asyncio.sleep(answering.POLL_SECONDS)
        assert len(one.channel.sent) + len(two.channel.sent) == 2


async def test_case_6_a_slow_answer_keeps_the_order_and_delays_nobody_else(road: Road) -> None:
    go_on = asyncio.Event()

    async def before(message: IncomingMessage) -> None:
        if message.event_id == "1":
            await go_on.wait()

    road.engine.before = before
    await road.receiving.take([an_arrival("1", BIRTH)])
    await road.receiving.take([an_arrival("2", "xin chào"), an_arrival("3", BIRTH)])
    await road.receiving.take([an_arrival("4", "xin chào", HUNG)])
    await road.until(lambda: len(road.channel.to(HUNG)) == 1)
    assert road.channel.to(LAN) == []
    go_on.set()
    await road.until(lambda: len(road.channel.to(LAN)) == 3)
    first, second, third = road.channel.to(LAN)
    assert "1.001193" in first
    assert "1.001193" not in second
    assert "1.001193" in third


async def test_case_7_typing_is_shown_while_an_answer_takes_long_and_stops(
    database: Database,
) -> None:
    road, go_on, naps = a_road(database), asyncio.Event(), 0

    async def before(_message: IncomingMessage) -> None:
        await go_on.wait()

    async def sleep(_seconds: float) -> None:
        nonlocal naps
        naps += 1
        await asyncio.sleep(0.01)

    road.engine.before = before
    road.answering.sleep = sleep
    async with road.open():
        await road.receiving.take([an_arrival("1", BIRTH)])
        await road.until(lambda: len(road.channel.typing) >= 3)
        go_on.set()
        await road.until(lambda: len(road.channel.sent) == 1)
        shown = len(road.channel.typing)
        await asyncio.sleep(0.1)
        assert len(road.channel.typing) == shown
    assert naps > 2


async def test_a_message_that_fails_is_tried_again_and_then_told(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "TRY_AGAIN_SECONDS", 0.05)

    async def before(_message: IncomingMessage) -> None:
        raise RuntimeError("a bug")

    road.engine.before = before
    await road.receiving.take([an_arrival("1", BIRTH)])
    await road.until(lambda: len(road.channel.sent) == 1)
    assert "trục trặc" in road.channel.to(LAN)[0]


async def test_case_12_waiting_for_one_person_does_not_delay_another(road: Road) -> None:
    refusals = iter([TryLater("429", 1.0)])
    road.channel.failing = lambda out: next(refusals, None) if out.user_id == LAN else None
    await road.receiving.take([an_arrival("1", "xin chào")])
    await road.receiving.take([an_arrival("2", "xin chào", HUNG)])
    await road.until(lambda: len(road.channel.sent) == 2)
    assert [person for person, _text in road.channel.sent] == [HUNG, LAN]


async def test_case_13_somebody_who_blocked_us_is_let_go_and_comes_back_by_writing(
    road: Road,
) -> None:
    blocked = True
    road.channel.failing = lambda _out: RecipientGone("403") if blocked else None
    await road.receiving.take([an_arrival("1", "xin chào")])
    await road.until(lambda: b'result="gone"' in road.meters.text())
    blocked = False
    await road.receiving.take([an_arrival("2", "xin chào")])
    await road.until(lambda: len(road.channel.sent) == 1)


async def test_case_9_refused_markup_is_sent_once_more_in_plain_words(road: Road) -> None:
    def failing(out: Outgoing) -> PartRefused | None:
        return None if str(out.part.body["text"]).startswith("plain ") else PartRefused("400")

    road.channel.failing = failing
    await road.receiving.take([an_arrival("1", "xin chào")])
    await road.until(lambda: len(road.channel.sent) == 1)
    assert road.channel.to(LAN)[0].startswith("plain ")


async def test_a_broken_channel_keeps_everything_until_it_works_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.jobs.policy.BROKEN_SECONDS", 0.2)
    road, broken = a_road(database), True
    road.channel.failing = lambda _out: ChannelBroken("401") if broken else None
    async with road.open():
        for number in range(3):
            await road.receiving.take([an_arrival(str(number), "xin chào", f"u{number}")])
        await road.until(lambda: b"ChannelBroken" in road.meters.text())
        broken = False
        await road.until(lambda: len(road.channel.sent) == 3)


async def test_long_answers_come_in_order(road: Road) -> None:
    road.channel.part_length = 50
    await road.receiving.take([an_arrival("1", BIRTH), an_arrival("2", BIRTH, HUNG)])
    await road.until(lambda: "".join(road.channel.to(LAN)) == "".join(road.channel.to(HUNG)) != "")
    await asyncio.sleep(0.2)
    assert len(road.channel.to(LAN)) > 5


async def test_case_24_while_an_official_writes_the_bot_is_silent_until_it_is_called(
    road: Road,
) -> None:
    await road.receiving.take([an_event("1", ArrivalKind.OFFICIAL)])
    await road.receiving.take([an_arrival("2", "xin chào"), an_arrival("3", BIRTH)])
    await road.receiving.take([an_arrival("4", "xin chào", HUNG)])
    await road.until(lambda: len(road.channel.to(HUNG)) == 1)
    assert road.channel.to(LAN) == []
    await road.receiving.take([an_arrival("5", gesture=Gesture.START)])
    await road.receiving.take([an_arrival("6", "xin chào")])
    await road.until(lambda: len(road.channel.to(LAN)) == 2)
    assert "trục trặc" not in road.channel.to(LAN)[1]


async def test_case_11_a_double_tap_has_one_effect_and_both_taps_are_acknowledged(
    road: Road,
) -> None:
    tap = {"choice": "ask:1.001193:fee", "reference": "m1"}
    await road.receiving.take([an_arrival("1", query="q1", **tap)])
    await road.receiving.take([an_arrival("2", query="q2", **tap)])
    await road.receiving.take([an_arrival("3", "xin chào")])
    await road.until(lambda: len(road.channel.to(LAN)) == 2)
    assert road.channel.acknowledged == ["q1", "q2"]


async def test_case_56_somebody_who_floods_is_told_once_and_others_are_answered(
    road: Road,
) -> None:
    clock = asyncio.get_running_loop().time
    road.receiving.limiter = Limiter(CountsInMemory(clock), Limits(5, 10_000, 100))
    for number in range(100):
        await road.receiving.take([an_arrival(f"f{number}", "xin chào")])
    await road.receiving.take([an_arrival("h", "xin chào", HUNG)])
    await road.until(lambda: len(road.channel.to(HUNG)) == 1 and len(road.channel.to(LAN)) == 6)
    await asyncio.sleep(answering.POLL_SECONDS)
    assert len(road.channel.to(LAN)) == 6
    assert "nhanh quá" in road.channel.to(LAN)[-1]


async def test_case_56_an_enormous_text_is_cut_before_it_is_kept_and_politely_declined(
    road: Road,
) -> None:
    await road.receiving.take([an_arrival("1", "khai sinh " * 5000)])
    await road.until(lambda: len(road.channel.sent) == 1)
    assert "dài" in road.channel.to(LAN)[0]


async def test_what_another_version_kept_is_answered_with_an_apology(
    road: Road, database: Database
) -> None:
    go_on = asyncio.Event()

    async def before(_message: IncomingMessage) -> None:
        await go_on.wait()

    road.engine.before = before
    await road.receiving.take([an_arrival("1", BIRTH), an_arrival("2", BIRTH)])
    async with database.writing() as connection:
        damaged = update(inbox).where(inbox.c.event_id == "2").values(arrival='{"of": "later"}')
        await connection.execute(damaged)
    go_on.set()
    await road.until(lambda: len(road.channel.to(LAN)) == 2)
    first, second = road.channel.to(LAN)
    assert "1.001193" in first
    assert "trục trặc" in second
