"""What filings reach is counted with the turn that reaches it, and of nobody."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from api.store.conversations import SqlDialogueStore
from api.store.filing_tables import guided_dossiers
from api.store.filings.counts import Total
from api.store.inbox import SqlInbox
from bot.channels.queues import Ending
from bot.dialogue import Dialogue
from bot.dossiers.status import State
from bot.filings.state import Milestone
from bot.messages import Outcome, OutcomeFamily, Reply
from tests.api.store.turns import message
from tests.support.channels import an_arrival
from tests.support.dossiers import CODE
from tests.support.following import MORNING, an_update
from tests.support.slips import BIRTH_CODE, DAY, LAN, SlipWorld

pytestmark = pytest.mark.anyio

GUIDED = Reply(
    (),
    Outcome(OutcomeFamily.GUIDED, "checklist"),
    procedure=BIRTH_CODE,
    milestone=Milestone.GUIDED.value,
)


async def turn(world: SlipWorld, event: str, reply: Reply, sent_at: datetime = MORNING) -> None:
    store = SqlDialogueStore(world.database, world.clock)
    async with store.open(LAN) as conversation:
        if await conversation.reply_to(event) is None:
            given = replace(message(event), sent_at=sent_at)
            await conversation.record(given, None, reply, Dialogue())


async def test_a_turn_is_counted_once_by_the_day_in_vietnam(world: SlipWorld) -> None:
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # half past midnight in Vietnam
    for event, sent_at in (("1", MORNING), ("1", MORNING), ("2", late)):
        await turn(world, event, GUIDED, sent_at)
    await turn(world, "3", replace(GUIDED, milestone=""))
    await turn(world, "4", replace(GUIDED, procedure=None))
    await turn(world, "5", replace(GUIDED, milestone="chưa có"))
    monday = date(2026, 11, 23)
    assert await world.counts.totals(monday, monday) == [Total(BIRTH_CODE, Milestone.GUIDED, 2)]
    assert await world.counts.totals(last=date(2026, 11, 22)) == []
    assert await world.counts.totals(procedure="1.004222") == []


async def test_turns_of_channels_are_counted_together(world: SlipWorld) -> None:
    inbox = SqlInbox(world.database, "một", world.clock, lambda _deliveries: None)
    await inbox.put([an_arrival(str(number), "xong", str(number)) for number in range(3)])
    for claim in await inbox.claim(5):
        await claim.conversation.record(claim.arrival.message, None, GUIDED, Dialogue())
        assert await inbox.finish(Ending(claim))
    await inbox.close()
    assert await world.counts.totals() == [Total(BIRTH_CODE, Milestone.GUIDED, 3)]


async def completed(world: SlipWorld) -> int:
    return sum(
        one.filings
        for one in await world.counts.totals()
        if (one.procedure, one.milestone) == (BIRTH_CODE, Milestone.COMPLETED)
    )


async def test_the_end_of_a_guided_dossier_is_counted_once(world: SlipWorld) -> None:
    await world.book.put([an_update(State.PROCESSING)], "một cửa")
    await world.desk.filed(BIRTH_CODE, CODE)
    await world.desk.filed(BIRTH_CODE, "không phải mã")
    (row,) = await world.all_of(guided_dossiers)
    assert CODE not in str(row)
    assert await completed(world) == 0
    for days, state in enumerate((State.PROCESSING, State.DONE, State.DONE, State.RETURNED), 1):
        at = datetime.fromtimestamp(MORNING.timestamp() + days * DAY, UTC)
        await world.book.put(
            [an_update(state, at=at), an_update(State.DONE, "H17.15-250710-0099")], "x"
        )
    assert await completed(world) == 1
    await world.desk.filed(BIRTH_CODE, CODE)
    assert await completed(world) == 1


async def test_a_dossier_that_had_its_result_before_it_was_named_is_counted_too(
    world: SlipWorld,
) -> None:
    await world.book.put([an_update(State.RETURNED)], "một cửa")
    for _ in range(2):
        await world.desk.filed(BIRTH_CODE, CODE)
    assert await completed(world) == 1


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN, State.STOPPED])
async def test_a_dossier_without_a_result_is_not_counted(world: SlipWorld, state: State) -> None:
    await world.desk.filed(BIRTH_CODE, CODE)
    await world.book.put([an_update(state)], "một cửa")
    assert await completed(world) == 0
