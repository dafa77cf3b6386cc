"""Replies about somebody's own dossier leave the turn log, whatever is kept in it."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from api.store.conversations import SqlDialogueStore
from api.store.database import Database
from api.store.private_turns import forget_old_private
from api.store.tables import turns
from bot.dialogue import Dialogue
from bot.messages import RATED_UP, Outcome, OutcomeFamily, Paragraph, Reply
from tests.api.store.turns import LAN, REPLY, message

pytestmark = pytest.mark.anyio

CODE = "H17.15-250710-0012"
TOLD = Reply(
    (Paragraph(f"Hồ sơ {CODE} đang được xử lý."),),
    Outcome(OutcomeFamily.LOOKED_UP, "dossier_status"),
    afterwards="Câu trả lời về hồ sơ không được giữ lại.",
)
THANKS = replace(REPLY, outcome=Outcome(OutcomeFamily.SMALL_TALK, RATED_UP))


async def say(database: Database, event: str, reply: Reply) -> None:
    async with SqlDialogueStore(database, time.monotonic).open(LAN) as conversation:
        await conversation.record(message(event), None, reply, Dialogue())


async def log(database: Database) -> str:
    async with database.reading() as connection:
        return "\n".join((await connection.execute(select(turns.c.reply))).scalars())


async def test_the_reply_can_be_read_again_until_the_next_message(database: Database) -> None:
    await say(database, "1", TOLD)
    assert CODE in await log(database)
    await say(database, "2", THANKS)
    assert CODE in await log(database), "the page still shows what was rated"
    await say(database, "3", REPLY)
    assert CODE not in await log(database)
    assert TOLD.afterwards in await log(database)


async def forget(database: Database, moment: datetime) -> int:
    return await database.transact(lambda connection: forget_old_private(connection, moment, 10))


async def test_who_left_is_forgotten_after_an_hour(database: Database) -> None:
    await say(database, "1", TOLD)
    sent = message("1").sent_at
    assert await forget(database, sent) == 0
    assert await forget(database, sent + timedelta(seconds=1)) == 1
    assert CODE not in await log(database)
    assert await forget(database, sent + timedelta(seconds=1)) == 0


async def test_what_another_version_kept_is_emptied_unread(database: Database) -> None:
    await say(database, "1", TOLD)
    async with database.writing() as connection:
        strange = {"reply": f'{{"blocks":[{{"kind":"Hologram","text":"{CODE}"}}]}}'}
        await connection.execute(update(turns).values(strange))
    assert await forget(database, datetime.now(UTC) + timedelta(days=1)) == 1  # noqa: TID251
    assert CODE not in await log(database)
    await say(database, "2", REPLY)
