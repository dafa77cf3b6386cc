"""However much was answered already, what waits is found through indexes.

SQLite tells how it will find rows, and without statistics that does not depend on what is stored.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event

from api.store.backlog import SqlBacklog
from api.store.database import Database
from api.store.inbox import SqlInbox
from api.store.migrate import migrate
from api.store.outbox import SqlOutbox
from bot.channels.base import Part
from bot.channels.queues import Delivered, Delivery, Ending, Result
from bot.dialogue import Dialogue
from bot.messages import Outcome, OutcomeFamily, Paragraph, Reply
from tests.support.channels import HUNG, LAN, an_arrival

pytestmark = pytest.mark.anyio

REPLY = Reply((Paragraph("Bạn cần tờ khai."),), Outcome(OutcomeFamily.ANSWERED, "documents"))

WALKS = re.compile(r"^SCAN (?!\d|CONSTANT)|\(channel=\?\)$")
"""Through a whole table or index, or all that it has of a channel."""

OF_WHAT_WAITS = re.compile(
    r"USING (COVERING )?INDEX ix_(inbox|outbox|dossier_alerts)_(open|order)\b"
)
"""These indexes hold nothing else."""


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/motcua.db")
    await migrate(database)
    yield database
    await database.close()


async def go_the_road(database: Database) -> None:
    """Let two people's messages arrive, be answered and be delivered."""
    handed: list[Delivery] = []
    inbox = SqlInbox(database, "one", lambda: 1_000_000.0, handed.extend)
    outbox = SqlOutbox(database, "one", lambda: 1_000_000.0)
    await inbox.put([an_arrival("1", "chào", LAN), an_arrival("2", "chào", HUNG)])
    assert await inbox.waiting()
    first, second = await inbox.claim(2)
    await inbox.renew([first, second])
    for claim in (first, second):
        await claim.conversation.record(claim.arrival.message, None, REPLY, Dialogue())
        await inbox.finish(Ending(claim, lambda _turn: [Part({"text": "một"})], blocked=""))
    await inbox.release(first, 1.0)
    assert not await outbox.waiting(("telegram",))
    await outbox.claim(2, ("telegram",))
    await outbox.renew(handed)
    sent, gone = handed
    await outbox.finish(Delivered(sent, Result.SENT))
    await outbox.finish(Delivered(gone, Result.GONE))
    await SqlBacklog(database, lambda: 1_000_000.0).waiting()


async def test_no_step_of_a_message_walks_through_everything_that_was_answered_before(
    database: Database,
) -> None:
    asked: dict[str, object] = {}

    def note(*said: object) -> None:
        statement, parameters, many = str(said[2]), said[3], said[5]
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            asked[statement] = parameters[0] if many else parameters  # type: ignore[index]

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", note)
    await go_the_road(database)
    for engine in database.engines:
        event.remove(engine, "before_cursor_execute", note)
    plans = [
        (statement, step)
        for statement, parameters in asked.items()
        for step in await plan(database, statement, parameters)
    ]
    assert len(plans) > len(asked) > 10
    walks = [one for one in plans if WALKS.search(one[1])]
    assert [one for one in walks if not OF_WHAT_WAITS.search(one[1])] == []


async def plan(database: Database, statement: str, parameters: object) -> list[str]:
    async with database.reading() as connection:
        query = f"EXPLAIN QUERY PLAN {statement}"
        result = await connection.exec_driver_sql(query, parameters)  # type: ignore[arg-type]
        return [str(row[-1]) for row in result.all()]
