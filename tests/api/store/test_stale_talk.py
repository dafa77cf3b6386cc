"""A dossier code does not wait with a conversation that nobody goes on with."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from api.store.conversations import SqlDialogueStore
from api.store.database import Database
from api.store.stale_talk import forget_stale_talk
from api.store.tables import conversations
from bot.dialogue import (
    Dialogue,
    DossierQuestion,
    DossierStage,
    DossierTalk,
    Menu,
    OpenQuestion,
)
from tests.api.store.turns import LAN, REPLY, TALKING, message

pytestmark = pytest.mark.anyio

CODE = "H17.15-250710-0012"
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
OPEN = DossierTalk(DossierStage.OPEN, CODE)
DIALOGUES = {
    "talked about": replace(TALKING, dossier_talk=OPEN),
    "read wrongly": replace(TALKING, dossier=DossierQuestion((CODE,), "check_dossier")),
    "on a button": replace(TALKING, menu=Menu(1, ("Xem",), (f"dossier:{CODE}",))),
    "on a button beside it": replace(TALKING, menu=Menu(1, ("Dừng",), (f"hs:stop:{CODE}",))),
}


async def test_a_code_that_stays_elsewhere_takes_the_whole_dialogue_with_it(
    database: Database,
) -> None:
    question = OpenQuestion((f"dossier:{CODE}",), (CODE,), ())
    asked = replace(TALKING, open_question=question)
    assert CODE not in await kept(database, asked, NOW - timedelta(hours=25))


async def kept(database: Database, dialogue: Dialogue, last: datetime) -> str:
    """Keep a conversation with its last message at a moment, forget, and return what is left."""
    store = SqlDialogueStore(database, time.monotonic)
    async with store.open(LAN) as conversation:
        await conversation.record(message(), None, REPLY, dialogue)
    async with database.writing() as connection:
        await connection.execute(update(conversations).values(updated_at=last))
    while await forget_stale_talk(database, NOW - timedelta(days=1), 10):
        pass
    async with database.reading() as connection:
        return str((await connection.execute(select(conversations.c.dialogue))).scalar_one())


@pytest.mark.parametrize("where", DIALOGUES)
async def test_a_code_goes_a_day_after_the_last_message_and_the_topic_stays(
    database: Database, where: str
) -> None:
    left = await kept(database, DIALOGUES[where], NOW - timedelta(hours=25))
    assert CODE not in left
    assert f'"topic":"{TALKING.topic}"' in left


@pytest.mark.parametrize("where", DIALOGUES)
async def test_a_look_up_of_today_goes_on(database: Database, where: str) -> None:
    assert CODE in await kept(database, DIALOGUES[where], NOW - timedelta(hours=23))
