"""People are told of their filings once, as things stand then, and at the next contact if late."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from api.store.conversations import SqlDialogueStore
from api.store.erasing import erase_person
from api.store.filing_tables import notices, slip_holders, slips
from api.store.outbox import SqlOutbox
from api.store.telling import LEASE_SECONDS, MOST_ANEW, UNREADABLE_SECONDS
from bot.channels.alerts import Settled, Told
from bot.channels.base import Part
from bot.channels.queues import Delivered, Delivery, Result
from bot.dialogue import Dialogue
from bot.dossiers.ports import Asker
from bot.filings.state import Filing, FilingStage
from bot.messages import ConversationKey, Outcome, OutcomeFamily, Reply
from tests.api.store.turns import message
from tests.support.slips import (
    BIRTH,
    BIRTH_CODE,
    CHANNELS,
    DAY,
    HUNG,
    LAN,
    OTHER_PAPER,
    PAPER,
    SlipWorld,
)

pytestmark = pytest.mark.anyio

PART = Part({"text": "Còn thiếu giấy."}, unasked=True)


async def remind(world: SlipWorld, key: ConversationKey = LAN, filing: Filing = BIRTH) -> None:
    """Let a person be reminded tomorrow."""
    await world.meet(key)
    await world.desk.remind(key, filing, world.moment() + timedelta(days=1))


async def deliver(world: SlipWorld, result: Result) -> Sequence[Delivery]:
    queue = SqlOutbox(world.database, "một", world.clock)
    deliveries = await queue.claim(5, CHANNELS)
    for one in deliveries:
        await queue.finish(Delivered(one, result))
    await queue.close()
    return deliveries


async def talk(world: SlipWorld, filing: Filing | None) -> None:
    """Let Lan's conversation hold a filing."""
    store = SqlDialogueStore(world.database, world.clock)
    reply = Reply((), Outcome(OutcomeFamily.GUIDED, "checklist"))
    async with store.open(LAN) as conversation:
        await conversation.record(message(f"{world.now}"), None, reply, Dialogue(filing=filing))


async def test_a_reminder_comes_at_its_time_once(world: SlipWorld) -> None:
    await remind(world)
    (listed,) = await world.desk.reminders(LAN)
    assert (listed.procedure, listed.due_at) == (BIRTH_CODE, world.now + DAY)
    assert not await world.notices.waiting(CHANNELS)
    world.now += DAY
    assert not await world.notices.waiting(("zalo_oa",))
    assert await world.notices.waiting(CHANNELS)
    assert await world.tell_all() == [True]
    assert await world.messages() == [(LAN.user_id, "Còn thiếu giấy.")]
    assert not await world.notices.waiting(CHANNELS)
    assert await world.tell_all() == []
    assert await world.desk.reminders(LAN) == []


async def test_a_later_reminder_takes_the_place_of_the_earlier_and_can_be_taken_back(
    world: SlipWorld,
) -> None:
    other = replace(BIRTH, code="1.004222")
    await remind(world)
    world.now += DAY / 2
    await remind(world)
    await remind(world, filing=other)
    await remind(world, HUNG)
    assert [one.procedure for one in await world.desk.reminders(LAN)] == [BIRTH_CODE, "1.004222"]
    await world.desk.do_not_remind(LAN, BIRTH_CODE)
    assert [one.procedure for one in await world.desk.reminders(LAN)] == ["1.004222"]
    await world.desk.do_not_remind(LAN, "")
    assert await world.desk.reminders(LAN) == []
    assert len(await world.desk.reminders(HUNG)) == 1


async def test_a_reminder_tells_what_is_ticked_by_then(world: SlipWorld) -> None:
    await remind(world)
    world.now += DAY
    assert [one.filing for one in await world.claim()] == [BIRTH]
    world.now += LEASE_SECONDS + 1
    ticked = replace(BIRTH, ticked=(PAPER, OTHER_PAPER))
    await talk(world, ticked)
    assert [one.filing for one in await world.claim()] == [ticked]
    world.now += LEASE_SECONDS + 1
    slip = await world.a_slip()
    await talk(world, slip.filing)
    await world.desk.tick_on_page("", slip.filing.slip, "55667788", on=True)
    (notice,) = await world.claim()
    assert notice.filing.ticked == (PAPER, "55667788")


async def test_who_has_filed_is_reminded_of_nothing(world: SlipWorld) -> None:
    await remind(world)
    await talk(world, replace(BIRTH, stage=FilingStage.FILED))
    world.now += DAY
    assert await world.claim() == []
    assert not await world.notices.waiting(CHANNELS)


async def test_two_processes_tell_nobody_twice_and_one_takes_over(world: SlipWorld) -> None:
    await remind(world)
    world.now += DAY
    (mine,) = await world.claim()
    other = world.replica("hai")
    assert await other.claim(10, CHANNELS) == []
    world.now += LEASE_SECONDS - 1
    await world.notices.renew([mine])
    world.now += LEASE_SECONDS - 1
    assert await other.claim(10, CHANNELS) == []
    world.now += 2
    (theirs,) = await other.claim(10, CHANNELS)
    assert await world.notices.settle([Settled(mine, Told.MESSAGE, (PART,))]) == [False]
    assert await other.settle([Settled(theirs, Told.MESSAGE, (PART,))]) == [True]
    assert len(await world.messages()) == 1


async def test_what_a_newer_one_took_the_place_of_is_not_told(world: SlipWorld) -> None:
    code = (await world.a_slip()).filing.slip
    await world.desk.check(7, code, [PAPER], [OTHER_PAPER])
    (old,) = await world.claim()
    await world.desk.check(7, code, [], [PAPER])
    assert await world.notices.settle([Settled(old, Told.MESSAGE, (PART,))]) == [False]
    assert await world.tell_all() == [True]
    assert len(await world.messages()) == 1


@pytest.mark.parametrize("result", [Result.EXPIRED, Result.PUT_OFF])
async def test_what_never_went_out_is_told_anew(world: SlipWorld, result: Result) -> None:
    await remind(world)
    world.now += DAY
    times = MOST_ANEW + 1 if result is Result.EXPIRED else 5
    for _ in range(times):
        assert await world.tell_all() == [True]
        assert len(await deliver(world, result)) == 1
    assert bool(await world.claim()) is (result is Result.PUT_OFF)


async def test_what_cannot_be_told_now_is_told_at_the_next_contact(world: SlipWorld) -> None:
    await remind(world)
    await remind(world, HUNG)
    world.now += DAY
    claimed = {one.key: one for one in await world.claim()}
    held = Settled(claimed[LAN], Told.HOLD)
    sent = Settled(claimed[HUNG], Told.MESSAGE, (PART,))
    assert await world.notices.settle([held, sent]) == [True, True]
    assert len(await deliver(world, Result.CLOSED)) == 1
    world.now += 3 * DAY
    assert not await world.notices.waiting(CHANNELS)
    for key in (LAN, HUNG):
        await world.meet(key, last_seen_at=world.now)
        (notice,) = await world.claim()
        assert (notice.key, notice.seen_at) == (key, world.now)
        assert await world.notices.settle([Settled(notice, Told.GONE)]) == [True]
    assert not await world.notices.waiting(CHANNELS)


async def test_what_is_to_be_tried_again_waits_as_long_as_was_said(world: SlipWorld) -> None:
    await remind(world)
    world.now += DAY
    (notice,) = await world.claim()
    again = Settled(notice, None, next_at=world.now + 90, failed=True)
    assert await world.notices.settle([again]) == [True]
    world.now += 89
    assert await world.claim() == []
    world.now += 1
    assert [one.attempts for one in await world.claim()] == [1]


async def test_who_blocked_us_is_told_nothing(world: SlipWorld) -> None:
    await remind(world)
    await remind(world, HUNG)
    await world.meet(LAN, blocked_at=world.now)
    world.now += DAY
    (notice,) = await world.claim()
    assert notice.key == HUNG
    await world.meet(HUNG, blocked_at=world.now)
    assert await world.notices.settle([Settled(notice, Told.MESSAGE, (PART,))]) == [False]
    assert await world.messages() == []


async def test_what_another_version_wrote_waits_for_it(world: SlipWorld) -> None:
    await remind(world)
    async with world.database.writing() as connection:
        await connection.execute(notices.update().values(kind="mới"))
    world.now += DAY
    assert await world.claim() == []
    async with world.database.writing() as connection:
        await connection.execute(notices.update().values(kind="reminder"))
    world.now += UNREADABLE_SECONDS
    assert len(await world.claim()) == 1


async def test_nothing_is_left_of_whoever_is_erased(world: SlipWorld) -> None:
    mine = (await world.a_slip()).filing.slip
    ours = (await world.a_slip(HUNG)).filing.slip
    await world.desk.open(Asker(LAN), ours)
    for code in (mine, ours):
        await world.desk.check(7, code, [PAPER], [OTHER_PAPER])
    await remind(world)
    async with world.database.writing() as connection:
        counts = await connection.run_sync(erase_person, LAN, world.now)
    assert (counts["slip_holders"], counts["slips"], counts["notices"]) == (2, 1, 3)
    assert [row.user_id for row in await world.all_of(slip_holders)] == [HUNG.user_id]
    assert [row.user_id for row in await world.all_of(notices)] == [HUNG.user_id]
    assert len(await world.all_of(slips)) == 1
