"""What goes out is handed out once and in order, and what became of it is kept."""

import asyncio

import pytest
from sqlalchemy import Row, select, update

from api.store.channel_tables import contacts, outbox
from api.store.database import Database
from api.store.endings import SEND_LEASE_SECONDS
from api.store.inbox import SqlInbox
from api.store.outbox import SqlOutbox
from bot.channels.base import Part
from bot.channels.queues import Delivered, Delivery, Ending, Result
from tests.support.channels import HUNG, LAN, an_arrival

pytestmark = pytest.mark.anyio

ON = ("telegram",)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def box(database: Database, clock: Clock) -> SqlOutbox:
    return SqlOutbox(database, "one", clock)


@pytest.fixture
def other(database: Database, clock: Clock) -> SqlOutbox:
    return SqlOutbox(database, "two", clock)


async def given(database: Database, clock: Clock, user_id: str, *texts: str) -> list[Delivery]:
    """Answer somebody in these parts; return what is handed out at once."""
    handed: list[Delivery] = []
    inbox = SqlInbox(database, "one", clock, handed.extend)
    await inbox.put([an_arrival(f"{user_id}:{clock.now}", "chào", user_id)])
    (claim,) = await inbox.claim(1)
    await inbox.finish(Ending(claim, lambda _turn: [Part({"text": text}) for text in texts]))
    return handed


async def rows(database: Database) -> list[Row[tuple[object, ...]]]:
    async with database.reading() as connection:
        return list((await connection.execute(select(outbox).order_by(outbox.c.id))).all())


def sent(delivery: Delivery) -> Delivered:
    return Delivered(delivery, Result.SENT, message_id="m1")


async def test_the_parts_of_one_person_go_out_one_after_the_other(
    box: SqlOutbox, database: Database, clock: Clock
) -> None:
    (first,) = await given(database, clock, LAN, "một", "hai", "ba")
    assert await box.claim(10, ON) == []
    second = await box.finish(sent(first))
    assert second is not None
    third = await box.finish(sent(second))
    assert third is not None
    assert [one.part.body["text"] for one in (first, second, third)] == ["một", "hai", "ba"]
    assert await box.finish(sent(third)) is None


async def test_what_was_sent_keeps_no_text(
    box: SqlOutbox, database: Database, clock: Clock
) -> None:
    (first,) = await given(database, clock, LAN, "Bạn cần tờ khai.")
    await box.finish(sent(first))
    (row,) = await rows(database)
    assert (row.part, row.result, row.message_id, row.done_at) == ("", "sent", "m1", clock.now)


async def test_a_part_that_is_tried_again_waits_and_holds_back_the_next_one(
    box: SqlOutbox, database: Database, clock: Clock
) -> None:
    (first,) = await given(database, clock, LAN, "một", "hai")
    later = Delivered(first, None, next_at=clock.now + 3, reason="429")
    assert await box.finish(later) is None
    clock.now += 2
    assert await box.claim(10, ON) == []
    clock.now += 2
    (again,) = await box.claim(10, ON)
    assert (again.part.body["text"], again.attempts, again.unknowns) == ("một", 1, 0)


async def test_others_are_handed_out_while_one_person_waits(
    box: SqlOutbox, database: Database, clock: Clock
) -> None:
    (first,) = await given(database, clock, LAN, "một")
    await box.finish(Delivered(first, None, next_at=clock.now + 300))
    (hung,) = await given(database, clock, HUNG, "chào")
    await box.finish(Delivered(hung, None, next_at=clock.now))
    assert [one.user_id for one in await box.claim(10, ON)] == [HUNG]


async def test_what_a_dead_process_was_sending_counts_as_of_unknown_fate(
    box: SqlOutbox, other: SqlOutbox, database: Database, clock: Clock
) -> None:
    await given(database, clock, LAN, "một")
    clock.now += SEND_LEASE_SECONDS - 1
    assert await other.claim(10, ON) == []
    clock.now += 2
    (again,) = await other.claim(10, ON)
    assert again.unknowns == 1
    clock.now += SEND_LEASE_SECONDS + 1
    (third,) = await box.claim(10, ON)
    assert third.unknowns == 2


async def test_a_renewed_claim_is_not_taken_for_dead(
    box: SqlOutbox, other: SqlOutbox, database: Database, clock: Clock
) -> None:
    handed = await given(database, clock, LAN, "một")
    clock.now += SEND_LEASE_SECONDS - 1
    await box.renew(handed)
    clock.now += SEND_LEASE_SECONDS - 1
    assert await other.claim(10, ON) == []


async def test_who_lost_a_claim_does_not_take_the_part_out_of_other_hands(
    box: SqlOutbox, other: SqlOutbox, database: Database, clock: Clock
) -> None:
    (first,) = await given(database, clock, LAN, "một")
    clock.now += SEND_LEASE_SECONDS + 1
    (theirs,) = await other.claim(10, ON)
    await box.finish(Delivered(first, None, next_at=clock.now, reason="429"))
    assert await box.claim(10, ON) == []
    await other.finish(sent(theirs))
    assert [row.result for row in await rows(database)] == ["sent"]


async def test_what_arrived_after_a_lost_claim_is_not_sent_again(
    box: SqlOutbox, other: SqlOutbox, database: Database, clock: Clock
) -> None:
    (first,) = await given(database, clock, LAN, "một")
    clock.now += SEND_LEASE_SECONDS + 1
    (theirs,) = await other.claim(10, ON)
    await box.finish(sent(first))
    await other.finish(Delivered(theirs, None, next_at=clock.now, unknown=True))
    assert [row.result for row in await rows(database)] == ["sent"]
    assert not await box.waiting(ON)


async def test_a_fate_that_nobody_told_is_counted(
    box: SqlOutbox, database: Database, clock: Clock
) -> None:
    (first,) = await given(database, clock, LAN, "một")
    await box.finish(Delivered(first, None, next_at=clock.now, unknown=True, reason="timeout"))
    (again,) = await box.claim(10, ON)
    assert (again.unknowns, again.attempts) == (1, 1)


async def test_a_channel_that_rests_spends_no_attempt(
    box: SqlOutbox, database: Database, clock: Clock
) -> None:
    (first,) = await given(database, clock, LAN, "một")
    await box.finish(Delivered(first, None, next_at=clock.now, refused=True))
    (again,) = await box.claim(10, ON)
    assert (again.attempts, again.unknowns) == (0, 0)


async def test_of_a_person_who_is_gone_everything_waiting_is_let_go_and_she_is_marked(
    box: SqlOutbox, database: Database, clock: Clock
) -> None:
    (first,) = await given(database, clock, LAN, "một", "hai")
    assert await box.finish(Delivered(first, Result.GONE, reason="403")) is None
    assert [(row.result, row.part) for row in await rows(database)] == [("gone", "")] * 2
    async with database.reading() as connection:
        person = (await connection.execute(select(contacts))).one()
    assert (person.blocked_at, person.blocked_why) == (clock.now, "403")


async def test_where_the_window_is_closed_everything_waiting_is_let_go_and_nobody_marked(
    box: SqlOutbox, database: Database, clock: Clock
) -> None:
    (first,) = await given(database, clock, LAN, "một", "hai")
    assert await box.finish(Delivered(first, Result.CLOSED, reason="-230")) is None
    told = [(row.result, row.reason, row.part) for row in await rows(database)]
    assert told == [("closed", "-230", "")] * 2
    async with database.reading() as connection:
        assert (await connection.execute(select(contacts.c.blocked_at))).scalar_one() is None


async def test_channels_that_are_off_or_rest_are_left_alone(
    box: SqlOutbox, database: Database, clock: Clock
) -> None:
    (first,) = await given(database, clock, LAN, "một")
    await box.finish(Delivered(first, None, next_at=clock.now))
    assert not await box.waiting(("zalo_oa",))
    assert await box.claim(10, ("zalo_oa",)) == []
    assert await box.waiting(ON)


async def test_two_replicas_never_send_the_same_part(
    box: SqlOutbox, other: SqlOutbox, database: Database, clock: Clock
) -> None:
    for number in range(12):
        (first,) = await given(database, clock, f"u{number}", "chào")
        await box.finish(Delivered(first, None, next_at=clock.now))
    claimed = await asyncio.gather(*(one.claim(3, ON) for one in (box, other) for _ in range(4)))
    numbers = [one.row for part in claimed for one in part]
    assert len(numbers) == len(set(numbers)) == 12


async def test_a_part_that_another_version_kept_stops_nobody_and_is_empty(
    box: SqlOutbox, database: Database, clock: Clock
) -> None:
    for person in (LAN, HUNG):
        (first,) = await given(database, clock, person, "chào")
        await box.finish(Delivered(first, None, next_at=clock.now))
    async with database.writing() as connection:
        damaged = update(outbox).where(outbox.c.user_id == LAN).values(part='["một"]')
        await connection.execute(damaged)
    assert [dict(one.part.body) for one in await box.claim(10, ON)] == [{}, {"text": "chào"}]
