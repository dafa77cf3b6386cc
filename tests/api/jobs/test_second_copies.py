"""An alert whose fate nobody knows goes out again, and the second copy says that it is one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from api.jobs.policy import MAX_UNKNOWN, MAX_UNKNOWN_SAID, after_unknown, hopeless
from api.store.arrival_codec import dump_part, load_part
from api.store.channel_tables import contacts, outbox
from api.store.database import Database
from bot.channels.base import Outgoing, Part
from bot.channels.errors import DeliveryFailed, FateUnknown, PartRefused
from bot.channels.queues import Delivery, Result
from tests.api.jobs.conftest import Road
from tests.support.channels import LAN

pytestmark = pytest.mark.anyio

COPY = Part({"text": "Tôi gửi lại: hồ sơ xong"}, {"text": "trơn: tôi gửi lại: hồ sơ xong"})
ALERT = Part({"text": "Hồ sơ xong"}, {"text": "trơn: hồ sơ xong"}, again=COPY)
NOW = 1_795_400_000.0


async def put(database: Database, part: Part, **columns: object) -> None:
    """Let something wait for Lan, who wrote before."""
    person = {"channel": "telegram", "user_id": LAN}
    now = time.time()
    async with database.writing() as connection:
        seen = {"first_seen_at": now, "last_seen_at": now}
        await connection.execute(insert(contacts).values(**person, **seen))
        row = {**person, "part": dump_part(part), "created_at": now, **columns}
        await connection.execute(insert(outbox).values(row))


async def test_a_first_copy_says_nothing_of_copies(database: Database, road: Road) -> None:
    await put(database, ALERT)
    await road.until(lambda: len(road.channel.sent) == 1)
    assert road.channel.to(LAN) == ["Hồ sơ xong"]


async def test_after_a_broken_line_the_copy_says_that_it_is_one(
    database: Database, road: Road
) -> None:
    tried: list[str] = []

    def failing(outgoing: Outgoing) -> DeliveryFailed | None:
        tried.append(str(outgoing.part.body["text"]))
        return FateUnknown("timeout") if len(tried) == 1 else None

    road.channel.failing = failing
    await put(database, ALERT)
    await road.until(lambda: len(road.channel.sent) == 1)
    assert tried == ["Hồ sơ xong", "Tôi gửi lại: hồ sơ xong"]


async def test_what_a_dead_process_was_sending_is_a_copy_also_in_plain_words(
    database: Database, road: Road
) -> None:
    def failing(outgoing: Outgoing) -> DeliveryFailed | None:
        return PartRefused("400") if outgoing.part.plain else None

    road.channel.failing = failing
    await put(database, ALERT, claimed_by="chết rồi", claimed_until=1.0)
    await road.until(lambda: len(road.channel.sent) == 1)
    assert road.channel.to(LAN) == ["trơn: tôi gửi lại: hồ sơ xong"]


async def test_an_answer_without_a_copy_is_sent_as_it_is(database: Database, road: Road) -> None:
    await put(database, Part({"text": "Chào bạn"}), claimed_by="chết rồi", claimed_until=1.0)
    await road.until(lambda: len(road.channel.sent) == 1)
    assert road.channel.to(LAN) == ["Chào bạn"]


async def test_an_alert_survives_more_deaths_than_an_answer(database: Database, road: Road) -> None:
    dead = {"claimed_by": "chết rồi", "claimed_until": 1.0}
    await put(database, ALERT, unknowns=MAX_UNKNOWN_SAID - 1, **dead)
    await road.until(lambda: len(road.channel.sent) == 1)
    assert road.channel.to(LAN) == ["Tôi gửi lại: hồ sơ xong"]


@given(unknowns=st.integers(0, 20))
def test_no_part_is_sent_without_end(unknowns: int) -> None:
    for part, most in ((Part({"text": "chào"}), MAX_UNKNOWN), (ALERT, MAX_UNKNOWN_SAID)):
        delivery = Delivery(1, "telegram", LAN, part, unknowns, unknowns, NOW, NOW)
        over = hopeless(delivery, NOW)
        assert (over is not None) == (unknowns > most)
        ended = after_unknown(delivery, "timeout", NOW, 0.0).result is Result.UNKNOWN
        assert ended == (unknowns >= most)


def test_a_part_is_read_as_it_was_kept_also_by_the_version_before() -> None:
    assert load_part(dump_part(ALERT)) == ALERT
    assert load_part('{"body":{"text":"chào"},"plain":null}') == Part({"text": "chào"})


@pytest.mark.parametrize(
    "kept", ["", "{}", "[]", "7", '{"body":{},"plain":null,"again":7}', '{"plain":null}']
)
def test_what_is_no_part_is_told_apart(kept: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the class is what is promised
        load_part(kept)
