"""What arrives is kept once, handed out once and in order, and finished in one transaction."""

import asyncio
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import func, select, update

from api.store.channel_tables import contacts, inbox, outbox
from api.store.database import Database
from api.store.inbox import DOUBLE_TAP_SECONDS, LEASE_SECONDS, SqlInbox
from api.store.tables import conversations, turns
from bot.channels.base import ArrivalKind, Part
from bot.channels.queues import Claim, Delivery, Ending
from bot.dialogue import Dialogue
from bot.messages import Outcome, OutcomeFamily, Paragraph, Reply
from tests.support.channels import HUNG, LAN, an_arrival, an_event

pytestmark = pytest.mark.anyio

REPLY = Reply((Paragraph("Bạn cần tờ khai."),), Outcome(OutcomeFamily.ANSWERED, "documents"))


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def handed() -> list[Delivery]:
    return []


@pytest.fixture
def box(database: Database, clock: Clock, handed: list[Delivery]) -> SqlInbox:
    return SqlInbox(database, "one", clock, handed.extend)


@pytest.fixture
def other(database: Database, clock: Clock) -> SqlInbox:
    return SqlInbox(database, "two", clock)


def parts(*texts: str) -> Callable[[int | None], Sequence[Part]]:
    return lambda turn: [Part({"text": text, "turn": turn}) for text in texts]


async def an_answer(claim: Claim, *texts: str) -> Ending:
    """Let the claimed conversation record a turn, answered by `texts`."""
    dialogue = Dialogue(topic="1.001193")
    await claim.conversation.record(claim.arrival.message, None, REPLY, dialogue)
    return Ending(claim, parts(*texts), blocked="")


async def count(database: Database, table: type | object) -> int:
    async with database.reading() as connection:
        query = select(func.count()).select_from(table)  # type: ignore[arg-type]
        return int((await connection.execute(query)).scalar_one())


async def test_the_same_event_is_kept_once_also_twenty_times_at_once_on_two_replicas(
    box: SqlInbox, other: SqlInbox, database: Database
) -> None:
    again = an_arrival("7", "xin chào")
    new = await asyncio.gather(*(one.put([again]) for one in (box, other) for _ in range(10)))
    assert await count(database, inbox) == 1
    assert sum(new) >= 1
    assert await box.put([again]) == 0


async def test_the_same_event_id_on_another_channel_is_another_event(
    box: SqlInbox, database: Database
) -> None:
    assert await box.put([an_arrival("7"), an_arrival("7", channel="zalo_bot")]) == 2
    assert await count(database, inbox) == 2


async def test_of_each_conversation_only_the_oldest_message_is_handed_out(box: SqlInbox) -> None:
    await box.put([an_arrival("1", "một"), an_arrival("2", "hai"), an_arrival("3", "ba", HUNG)])
    claims = await box.claim(10)
    assert [claim.arrival.text for claim in claims] == ["một", "ba"]
    assert await box.claim(10) == []
    assert await box.finish(await an_answer(claims[0], "trả lời"))
    assert [claim.arrival.text for claim in await box.claim(10)] == ["hai"]


async def test_two_replicas_never_get_the_same_message(box: SqlInbox, other: SqlInbox) -> None:
    await box.put([an_arrival(str(number), "chào", str(number)) for number in range(20)])
    claimed = await asyncio.gather(*(one.claim(4) for one in (box, other) for _ in range(4)))
    rows = [claim.row for claims in claimed for claim in claims]
    assert len(rows) == len(set(rows)) == 20


async def test_what_a_dead_process_had_claimed_is_handled_by_another(
    box: SqlInbox, other: SqlInbox, clock: Clock
) -> None:
    await box.put([an_arrival("1", "chào")])
    await box.claim(1)
    clock.now += LEASE_SECONDS - 1
    assert await other.claim(1) == []
    clock.now += 2
    (claim,) = await other.claim(1)
    assert claim.attempts == 2


async def test_a_claim_that_is_renewed_stays(box: SqlInbox, other: SqlInbox, clock: Clock) -> None:
    await box.put([an_arrival("1", "chào")])
    claims = await box.claim(1)
    clock.now += LEASE_SECONDS - 1
    await box.renew(claims)
    clock.now += LEASE_SECONDS - 1
    assert await other.claim(1) == []


async def test_a_lost_claim_stores_nothing(
    box: SqlInbox, other: SqlInbox, clock: Clock, database: Database
) -> None:
    await box.put([an_arrival("1", "chào")])
    (stalled,) = await box.claim(1)
    clock.now += LEASE_SECONDS + 1
    (taken,) = await other.claim(1)
    assert await other.finish(await an_answer(taken, "một câu trả lời"))
    assert not await box.finish(await an_answer(stalled, "một câu trả lời"))
    assert (await count(database, turns), await count(database, outbox)) == (1, 1)


async def test_a_turn_its_state_its_parts_and_the_contact_are_stored_together(
    box: SqlInbox, database: Database, handed: list[Delivery]
) -> None:
    await box.put([an_arrival("1", "giấy khai sinh")])
    (claim,) = await box.claim(1)
    assert await box.finish(await an_answer(claim, "phần một", "phần hai"))
    async with database.reading() as connection:
        arrived = (await connection.execute(select(inbox))).one()
        turn = (await connection.execute(select(turns))).one()
        out = (await connection.execute(select(outbox).order_by(outbox.c.id))).all()
        person = (await connection.execute(select(contacts))).one()
        conversation = (await connection.execute(select(conversations))).one()
    assert (arrived.arrival, arrived.done_at) == ("", claim.received_at)
    assert [row.turn_id for row in out] == [turn.id, turn.id]
    assert "phần một" in out[0].part
    assert "phần hai" in out[1].part
    assert (conversation.user_id, person.user_id) == (LAN, LAN)
    assert '"1.001193"' in conversation.dialogue
    assert [(one.row, one.part.body["text"]) for one in handed] == [(out[0].id, "phần một")]


async def test_the_next_message_sees_what_the_one_before_left(box: SqlInbox) -> None:
    await box.put([an_arrival("1", "khai sinh"), an_arrival("2", "lệ phí")])
    (first,) = await box.claim(1)
    await box.finish(await an_answer(first, "…"))
    (second,) = await box.claim(1)
    assert second.conversation.dialogue == Dialogue(topic="1.001193")


async def test_parts_behind_others_of_the_same_person_are_not_handed_out_at_once(
    box: SqlInbox, handed: list[Delivery]
) -> None:
    await box.put([an_arrival("1", "một"), an_arrival("2", "hai")])
    for _ in range(2):
        (claim,) = await box.claim(1)
        await box.finish(await an_answer(claim, "trả lời"))
    assert len(handed) == 1


async def test_many_turns_finish_in_one_go_each_with_its_own(
    box: SqlInbox, database: Database, handed: list[Delivery]
) -> None:
    await box.put([an_arrival(f"e{number}", "chào", f"u{number}") for number in range(30)])
    claims = await box.claim(30)
    endings = [await an_answer(claim, f"cho {claim.arrival.user_id}", "hết") for claim in claims]
    assert all(await asyncio.gather(*(box.finish(ending) for ending in endings)))
    assert len(handed) == 30
    assert {one.part.body["text"] for one in handed} == {f"cho {one.user_id}" for one in handed}
    assert await count(database, outbox) == 60


async def test_an_arrival_given_back_comes_again_after_a_while(box: SqlInbox, clock: Clock) -> None:
    await box.put([an_arrival("1", "chào")])
    (claim,) = await box.claim(1)
    await box.release(claim, 5)
    assert await box.claim(1) == []
    clock.now += 6
    (again,) = await box.claim(1)
    assert again.attempts == 2


async def test_a_button_tapped_twice_at_once_is_told_apart_from_one_pressed_again_later(
    box: SqlInbox, clock: Clock
) -> None:
    tap = {"choice": "ask:1.001193:fee", "reference": "m1"}
    await box.put([an_arrival("1", **tap), an_arrival("2", **tap)])
    clock.now += DOUBLE_TAP_SECONDS + 1
    await box.put([an_arrival("3", **tap)])
    seen = []
    for _ in range(3):
        (claim,) = await box.claim(1)
        seen.append(claim.double_tap)
        await box.finish(await an_answer(claim, "…"))
    assert seen == [False, True, False]


async def test_what_tells_double_taps_apart_holds_no_code(
    box: SqlInbox, database: Database
) -> None:
    codes = [f"slip:K7Q2M{letter}" for letter in "ACDEFHJKMNPQRT"]
    await box.put([an_arrival(f"{n}", choice=one) for n, one in enumerate(codes)])
    while claims := await box.claim(1):
        assert not claims[0].double_tap
        await box.finish(await an_answer(claims[0], "…"))
    async with database.reading() as connection:
        rows = (await connection.execute(select(inbox))).all()
    assert len(rows) == len(codes)
    assert all(row.press for row in rows)
    assert "K7Q2M" not in repr(rows)


async def test_ticking_unticking_and_ticking_again_at_once_is_no_double_tap(box: SqlInbox) -> None:
    tick, untick = "file:1.001193:on:0a1b2c3d", "file:1.001193:off:0a1b2c3d"
    pressed = [tick, untick, tick, tick, untick, untick, tick]
    await box.put(
        [an_arrival(f"{n}", choice=one, reference="m1") for n, one in enumerate(pressed)]
        + [an_arrival("h", user_id=HUNG, choice=tick, reference="m1")]
    )
    seen = {}
    while claims := await box.claim(2):
        for claim in claims:
            seen[claim.arrival.event_id] = claim.double_tap
            await box.finish(await an_answer(claim, "…"))
    assert [name for name, twice in seen.items() if twice] == ["3", "5"]
    assert len(seen) == len(pressed) + 1


async def test_an_official_who_writes_is_remembered_and_keeps_the_last_word_of_the_citizen(
    box: SqlInbox, clock: Clock, database: Database
) -> None:
    await box.put([an_arrival("1", "chào")])
    (claim,) = await box.claim(1)
    await box.finish(await an_answer(claim, "…"))
    spoke = clock.now
    clock.now += 100
    await box.put([an_event("2", ArrivalKind.OFFICIAL)])
    (claim,) = await box.claim(1)
    await box.finish(Ending(claim, human_until=clock.now + 50))
    await box.put([an_arrival("3", "dạ")])
    (claim,) = await box.claim(1)
    assert (claim.contact.human_until, claim.contact.seen_at) == (clock.now + 50, spoke)


@pytest.mark.parametrize("kind", [ArrivalKind.OFFICIAL, ArrivalKind.DELIVERED])
async def test_somebody_who_left_stays_marked_until_she_comes_back(
    box: SqlInbox, kind: ArrivalKind
) -> None:
    endings = (
        (an_arrival("1", "chào"), ""),
        (an_event("2", ArrivalKind.BLOCKED), "blocked"),
        (an_event("3", kind), None),
        (an_arrival("4", "chào"), ""),
        (an_arrival("5", "chào"), ""),
    )
    marked = []
    for arrival, blocked in endings:
        await box.put([arrival])
        (claim,) = await box.claim(1)
        marked.append(claim.contact.blocked)
        await box.finish(Ending(claim, blocked=blocked))
    assert marked == [False, False, True, True, False]


async def test_a_report_of_delivery_makes_nobody_known(box: SqlInbox, database: Database) -> None:
    await box.put([an_event("1", ArrivalKind.DELIVERED, "zns")])
    (claim,) = await box.claim(1)
    await box.finish(Ending(claim))
    assert await count(database, contacts) == 0


async def test_large_numbers_of_people_stay_strings(box: SqlInbox) -> None:
    await box.put([an_arrival("1", "chào", LAN)])
    (claim,) = await box.claim(1)
    assert claim.arrival.user_id == "9007199254740993"


async def test_what_another_version_kept_stops_nobody_and_is_told_apart(
    box: SqlInbox, database: Database
) -> None:
    await box.put([an_arrival("1", "chào"), an_arrival("2", "chào", HUNG)])
    unknown = '{"channel":"telegram","gesture":"dance"}'
    async with database.writing() as connection:
        damaged = update(inbox).where(inbox.c.event_id == "1").values(arrival=unknown)
        await connection.execute(damaged)
    lan, hung = await box.claim(10)
    assert (lan.readable, lan.arrival.user_id, lan.arrival.event_id) == (False, LAN, "1")
    assert (hung.readable, hung.arrival.text) == (True, "chào")
