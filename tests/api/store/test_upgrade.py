"""A database of the tables before, with data in it, comes through every upgrade unharmed."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, Table, insert, text

from api.store.channel_tables import contacts, outbox, sealed_tokens
from api.store.conversations import SqlDialogueStore
from api.store.database import Database
from api.store.dossiers.book import SqlDossierBook
from api.store.dossiers.follows import SqlFollows
from api.store.holds import KnowledgeHolds
from api.store.migrate import known_versions, migrate, upgrade_to, version_of
from api.store.revisions import KnowledgeRevisions
from api.store.sessions import ChatSessions
from bot.dialogue import Dialogue
from bot.dossiers.factors import FactorKey
from bot.dossiers.folding import fold
from bot.dossiers.ports import Kept
from bot.dossiers.status import State
from bot.messages import ConversationKey, OutcomeFamily, Paragraph
from bot.parse import AskedField
from tests.api.store.turns import message
from tests.support.dossier_updates import CODE, an_update
from tests.support.stored import MORNING

pytestmark = pytest.mark.anyio

REPLY = {
    "blocks": [{"kind": "Paragraph", "text": "Lệ phí: 20.000 đồng."}],
    "outcome": {"family": "answered", "kind": "fee"},
    "sources": [],
    "procedure": "1.004222",
    "candidates": ["1.004222"],
    "faq": "",
}
"""As version 0002 wrote it."""

ROWS: Sequence[tuple[str, dict[str, Any]]] = (
    (
        "conversations",
        {
            "channel": "web",
            "user_id": "lan",
            "dialogue": json.dumps({"topic": "1.004222", "asked": ["fee"], "misses": 1}),
            "updated_at": MORNING,
        },
    ),
    (
        "turns",
        {
            "conversation_id": 1,
            "event_id": "1",
            "reply": json.dumps(REPLY, ensure_ascii=False),
            "intent": "ask_procedure",
            "confidence": 0.93,
            "asked": "fee",
            "procedure": "1.004222",
            "outcome_family": "answered",
            "outcome_kind": "fee",
            "duration_ms": 3.25,
            "sent_at": MORNING,
        },
    ),
    ("chat_sessions", {"token_hash": "ab" * 32, "created_at": MORNING}),
    (
        "knowledge_revisions",
        {"digest": "d" * 64, "origin": "quý 4.jsonl", "records": 1, "active": True},
    ),
    ("knowledge_records", {"revision_id": 1, "code": "1.004222", "record": "{}"}),
    (
        "knowledge_holds",
        {
            "revision_id": 1,
            "subject": "1.004222",
            "field": "fee",
            "told_before": "20.000 đồng",
            "told_after": "25.000 đồng",
            "why": "bản nhập đổi",
            "because": "",
            "since": MORNING,
        },
    ),
)

BEFORE_DOSSIERS: Mapping[Table, dict[str, Any]] = {
    contacts: {"channel": "telegram", "user_id": "7001", "first_seen_at": 1.5, "last_seen_at": 2.5},
    outbox: {"channel": "telegram", "user_id": "7001", "part": "{}", "created_at": 3.5},
    sealed_tokens: {"name": "zalo_oa", "sealed": "gAAAA-kín", "version": 5, "renewed_at": 4.5},
}
"""As version 0004 wrote it."""

KEPT = (*(table for table, _ in ROWS), "knowledge_state")


def make_old(connection: Connection, version: str) -> None:
    upgrade_to(connection, version)
    for table, row in ROWS:
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)  # noqa: S608 - our own names
    connection.execute(text("UPDATE knowledge_state SET version = 41"))


async def an_old_database(address: str, version: str) -> Database:
    database = Database(address)
    if database.file:
        database.file.parent.mkdir(parents=True, exist_ok=True)
    async with database.engine.connect() as connection:
        await connection.run_sync(make_old, version)
        await connection.commit()
    return database


async def rows(database: Database, tables: Sequence[str] = KEPT) -> dict[str, list[dict[str, Any]]]:
    async with database.reading() as connection:
        found = {}
        for table in tables:
            result = await connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - our own names
            found[table] = [dict(row) for row in result.mappings()]
    return found


@pytest.mark.parametrize("version", known_versions()[1:-1])
async def test_every_row_is_there_unchanged_after_the_upgrade(address: str, version: str) -> None:
    database = await an_old_database(address, version)
    before = await rows(database)
    assert all(before.values())
    await migrate(database)
    after = await rows(database)
    async with database.reading() as connection:
        assert await connection.run_sync(version_of) == known_versions()[-1]
    for table, old in before.items():
        assert len(after[table]) == len(old)
        for one, other in zip(old, after[table], strict=True):
            assert other | one == other, table
    await database.close()


async def test_what_was_kept_is_understood_after_the_upgrade(address: str) -> None:
    database = await an_old_database(address, "0002")
    await migrate(database)
    store = SqlDialogueStore(database, lambda: 0.0)
    async with store.open(ConversationKey("web", "lan")) as conversation:
        assert conversation.dialogue == Dialogue(
            topic="1.004222", asked=(AskedField.FEE,), misses=1
        )
        reply = await conversation.reply_to("1")
        assert reply is not None
        assert reply.blocks == (Paragraph("Lệ phí: 20.000 đồng."),)
        assert reply.outcome.family is OutcomeFamily.ANSWERED
        await conversation.record(message("2"), None, reply, Dialogue())
    active = await KnowledgeRevisions(database).active()
    assert active is not None
    assert active.origin == "quý 4.jsonl"
    assert [hold.subject for hold in await KnowledgeHolds(database).open()] == ["1.004222"]
    assert await ChatSessions(database).user_id("không phải mã này") is None
    await database.close()


async def test_dossiers_are_kept_and_told_after_the_upgrade(address: str) -> None:
    database = await an_old_database(address, "0004")
    queues = ("contacts", "outbox", "sealed_tokens")
    async with database.writing() as connection:
        for table in (contacts, outbox, sealed_tokens):
            await connection.execute(insert(table), [BEFORE_DOSSIERS[table]])
    before = await rows(database, queues)
    assert all(before.values())
    await migrate(database)
    assert await rows(database, queues) == before
    follows = SqlFollows(database, lambda: 0.0)
    await follows.remember(ConversationKey("telegram", "7001"), CODE, follow=True, terms=1)
    book = SqlDossierBook(database, FactorKey(b"k" * 32), lambda: 1.0)
    assert await book.put([an_update(State.ACCEPTED)], "một cửa") == [Kept.NEW]
    assert await book.get(CODE) == fold([an_update(State.ACCEPTED)])
    assert [len(found) for found in (await rows(database, ("dossier_alerts",))).values()] == [1]
    await database.close()


async def test_several_servers_may_upgrade_at_once(address: str) -> None:
    old = await an_old_database(address, "0002")
    servers = [Database(address) for _ in range(4)]
    await asyncio.gather(*(migrate(server) for server in servers))
    assert len((await rows(old))["turns"]) == 1
    for database in (old, *servers):
        await database.close()
