"""However many slips and notices there are, each is found through an index."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event

from api.store.backlog import SqlBacklog
from api.store.database import Database
from api.store.erasing import erase_person
from api.store.migrate import migrate
from api.store.outbox import SqlOutbox
from bot.channels.alerts import Settled, Told
from bot.channels.queues import Delivered, Result
from bot.dossiers.ports import Asker
from bot.dossiers.status import State
from tests.api.store.test_query_plans import WALKS, plan
from tests.support.dossiers import CODE
from tests.support.following import an_update
from tests.support.slips import (
    BIRTH,
    BIRTH_CODE,
    CHANNELS,
    HUNG,
    LAN,
    OTHER_PAPER,
    PAPER,
    SlipWorld,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[SlipWorld]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/motcua.db")
    await migrate(database)
    yield SlipWorld(database)
    await database.close()


async def go_the_road(world: SlipWorld) -> None:
    """Let a slip be kept, opened, ticked, checked, told of and erased, and its dossier end."""
    code = (await world.a_slip()).filing.slip
    await world.desk.open(Asker(HUNG), code)
    await world.desk.latest(HUNG, code)
    await world.desk.tick_on_page("203.0.113.0/24", code, OTHER_PAPER, on=True)
    await world.desk.check(7, code, [], [PAPER])
    await world.desk.remind(LAN, BIRTH, world.moment())
    assert len(await world.desk.reminders(LAN)) == 1
    assert await world.notices.waiting(CHANNELS)
    claimed = await world.claim()
    assert len(claimed) == 3
    await world.notices.renew(claimed)
    await world.notices.settle([Settled(one, Told.HOLD) for one in claimed])
    await world.meet(last_seen_at=world.now + 60)
    assert await world.tell_all() == [True, True]
    queue = SqlOutbox(world.database, "một", world.clock)
    for one in await queue.claim(5, CHANNELS):
        await queue.finish(Delivered(one, Result.EXPIRED))
    await queue.close()
    await world.desk.filed(BIRTH_CODE, CODE)
    await world.book.put([an_update(State.DONE)], "một cửa")
    await world.desk.let_go(HUNG, code)
    async with world.database.writing() as connection:
        await connection.run_sync(erase_person, LAN, world.now)


async def test_no_step_of_a_slip_walks_through_all_there_are(world: SlipWorld) -> None:
    asked: dict[str, object] = {}

    def note(*said: object) -> None:
        statement, parameters, many = str(said[2]), said[3], said[5]
        about = any(name in statement for name in ("slip", "notices", "guided_dossiers"))
        if about and statement.startswith(("SELECT", "UPDATE", "DELETE")):
            asked[statement] = parameters[0] if many else parameters  # type: ignore[index]

    for engine in world.database.engines:
        event.listen(engine, "before_cursor_execute", note)
    await go_the_road(world)
    for engine in world.database.engines:
        event.remove(engine, "before_cursor_execute", note)
    assert len(asked) > 20
    plans = [
        (statement, step)
        for statement, parameters in asked.items()
        for step in await plan(world.database, statement, parameters)
    ]
    assert len(plans) > len(asked)
    assert [one for one in plans if WALKS.search(one[1])] == []


async def test_what_is_due_and_what_is_held_is_counted_and_no_reminder_of_tomorrow(
    world: SlipWorld,
) -> None:
    code = (await world.a_slip()).filing.slip
    await world.a_slip(HUNG)
    await world.desk.check(7, code, [], [PAPER])
    await world.desk.remind(HUNG, BIRTH, world.moment())
    backlog = SqlBacklog(world.database, world.clock)
    assert (await backlog.waiting())["notices"] == {"telegram": (2, 0.0)}
    await world.notices.settle([Settled(one, Told.HOLD) for one in await world.claim(1)])
    world.now += 90
    waiting = await backlog.waiting()
    assert (waiting["notices"], waiting["notices_held"]) == (
        {"telegram": (1, 90.0)},
        {"telegram": (1, 90.0)},
    )
    world.now -= 180
    assert (await backlog.waiting())["notices"] == {}
