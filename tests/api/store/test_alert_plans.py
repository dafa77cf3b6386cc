"""However much was told already, what is to be told is found through indexes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event

from api.store.database import Database
from api.store.migrate import migrate
from bot.channels.alerts import AlertKind, Reminder, Settled, Told
from bot.dossiers.status import State
from tests.api.store.test_query_plans import WALKS, plan
from tests.support.following import CHANNELS, HUNG, MORNING, Following

pytestmark = pytest.mark.anyio

FOLLOWED = "WHERE dossier_follows.followed_at IS NOT NULL\n LIMIT"
"""Asked four times an hour, and ends at the first one."""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Following]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/motcua.db")
    await migrate(database)
    yield Following(database)
    await database.close()


async def go_the_road(world: Following) -> None:
    """Let a change be told, held and freed, and a day be reminded of."""
    await world.tell(State.PROCESSING)
    await world.follow()
    await world.follow(HUNG)
    await world.tell(State.DONE)
    assert await world.alerts.followed()
    assert await world.alerts.waiting(CHANNELS)
    alerts = await world.claim()
    assert len(alerts) == 2
    await world.alerts.renew(alerts)
    await world.alerts.settle([Settled(one, Told.HOLD) for one in alerts])
    await world.meet(last_seen_at=world.now + 60)
    assert await world.tell_all() == [True]
    day = MORNING.date()
    lapse = Reminder(AlertKind.LAPSE, day, str(day))
    await world.alerts.remind([Reminder(AlertKind.DUE, day, str(day)), lapse])
    await world.follows.forget(HUNG, "", entirely=True)


async def test_no_step_of_an_alert_walks_through_everything_that_was_told_before(
    world: Following,
) -> None:
    asked: dict[str, object] = {}

    def note(*said: object) -> None:
        statement, parameters, many = str(said[2]), said[3], said[5]
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT INTO dossier_alerts")):
            asked[statement] = parameters[0] if many else parameters  # type: ignore[index]

    for engine in world.database.engines:
        event.listen(engine, "before_cursor_execute", note)
    await go_the_road(world)
    for engine in world.database.engines:
        event.remove(engine, "before_cursor_execute", note)
    assert len(asked) > 10
    plans = [
        (statement, step)
        for statement, parameters in asked.items()
        for step in await plan(world.database, statement, parameters)
    ]
    assert len(plans) > len(asked)
    walks = [one for one in plans if WALKS.search(one[1])]
    assert [one for one in walks if FOLLOWED not in one[0]] == []
