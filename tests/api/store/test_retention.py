"""What is too old goes, what is not finished stays, on both databases."""

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, delete, insert, select, update

from api.jobs.retention import retain
from api.store import retention as rules
from api.store.channel_tables import audit, contacts, inbox, outbox
from api.store.database import BUSY_SECONDS, Database
from api.store.migrate import migrate
from api.store.retention import DAY_SECONDS, SqlRetention
from api.store.tables import chat_sessions, conversations, turns

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC).timestamp()
KEPT_DAYS = 30
DOSSIER_DAYS = 365

ages = st.floats(0, 40)
"""Days; some are over a month."""
done = st.none() | ages
people = st.sampled_from(["7001", "7002", "7003", "7004"])


async def no_pause(_seconds: float) -> None:
    """Go on at once."""


def ago(days: float) -> float:
    return NOW - days * DAY_SECONDS


def moment(days: float) -> datetime:
    return datetime.fromtimestamp(ago(days), UTC)


async def fill(database: Database, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        async with database.writing() as connection:
            await connection.execute(insert(table), rows)


async def rows_of(database: Database, table: Table) -> list[Any]:
    async with database.reading() as connection:
        return list((await connection.execute(select(table))).all())


async def empty(database: Database) -> None:
    async with database.writing() as connection:
        for table in (turns, conversations, chat_sessions, inbox, outbox, contacts, audit):
            await connection.execute(delete(table))


def arrival(number: int, user_id: str, done_days: float | None) -> dict[str, Any]:
    return {
        "channel": "telegram",
        "user_id": user_id,
        "event_id": str(number),
        "arrival": "{}",
        "received_at": ago(39),
        "done_at": None if done_days is None else ago(done_days),
    }


def part(user_id: str, done_days: float | None) -> dict[str, Any]:
    return {
        "channel": "telegram",
        "user_id": user_id,
        "part": "{}",
        "created_at": ago(39),
        "done_at": None if done_days is None else ago(done_days),
    }


def conversation(number: int, channel: str, user_id: str, days: float) -> dict[str, Any]:
    return {
        "id": number,
        "channel": channel,
        "user_id": user_id,
        "dialogue": "{}",
        "updated_at": moment(days),
    }


def turn(number: int) -> dict[str, Any]:
    return {
        "conversation_id": number,
        "event_id": "1",
        "reply": "{}",
        "asked": "",
        "outcome_family": "answered",
        "outcome_kind": "fee",
        "duration_ms": 1.0,
        "sent_at": moment(0),
    }


@given(
    arrived=st.lists(st.tuples(people, done), max_size=8),
    sent=st.lists(st.tuples(people, done), max_size=8),
    talked=st.dictionaries(people, ages),
    seen=st.dictionaries(people, ages),
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_what_is_not_finished_is_never_removed_and_what_is_too_old_always(
    database: Database,
    arrived: list[tuple[str, float | None]],
    sent: list[tuple[str, float | None]],
    talked: dict[str, float],
    seen: dict[str, float],
) -> None:
    await empty(database)
    await fill(database, inbox, [arrival(n, *one) for n, one in enumerate(arrived)])
    await fill(database, outbox, [part(*one) for one in sent])
    talks = [conversation(n, "telegram", *one) for n, one in enumerate(talked.items(), 1)]
    await fill(database, conversations, talks)
    await fill(database, turns, [turn(talk["id"]) for talk in talks])
    times = [(person, ago(days)) for person, days in seen.items()]
    rows = [
        {"channel": "telegram", "user_id": person, "first_seen_at": at, "last_seen_at": at}
        for person, at in times
    ]
    await fill(database, contacts, rows)

    await retain(SqlRetention(database, KEPT_DAYS, DOSSIER_DAYS), NOW, no_pause)

    busy = {person for person, done_days in (*arrived, *sent) if done_days is None}
    known = sorted(_kept_people(seen, busy))
    sent_to = [person for person, _ in sent]
    stay = {
        "inbox": sorted(_kept(arrived, rules.INBOX_DAYS)),
        "outbox": sorted(_kept(sent, rules.OUTBOX_DAYS, forgotten=set(sent_to) - set(known))),
        "conversations": sorted(_kept_people(talked, busy)),
        "contacts": known,
    }
    tables = (inbox, outbox, conversations, contacts)
    left = {
        table.name: sorted(row.user_id for row in await rows_of(database, table))
        for table in tables
    }
    assert left == stay
    assert len(await rows_of(database, turns)) == len(left["conversations"])


def _kept(
    rows: list[tuple[str, float | None]], days: int, forgotten: Collection[str] = ()
) -> list[str]:
    return [
        person
        for person, done_days in rows
        if done_days is None
        or (done_days <= days and not (person in forgotten and ago(done_days) > ago(1)))
    ]


def _kept_people(rows: dict[str, float], busy: set[str]) -> list[str]:
    return [person for person, days in rows.items() if days <= KEPT_DAYS or person in busy]


async def test_a_session_stays_as_long_as_its_conversation(database: Database) -> None:
    sessions = [
        {"token_hash": name, "created_at": moment(days)}
        for name, days in {"vẫn hỏi": 39.0, "đã thôi": 39.0, "mới mở": 1.0}.items()
    ]
    await fill(database, chat_sessions, sessions)
    talks = [conversation(1, "web", "vẫn hỏi", 2), conversation(2, "web", "đã thôi", 39)]
    await fill(database, conversations, talks)
    await retain(SqlRetention(database, KEPT_DAYS, DOSSIER_DAYS), NOW, no_pause)
    left = {row.token_hash for row in await rows_of(database, chat_sessions)}
    assert left == {"vẫn hỏi", "mới mở"}


async def test_audit_lines_outlive_what_they_are_about(database: Database) -> None:
    lines = [
        {"at": ago(days), "what": "erased"} for days in (KEPT_DAYS + 1, 1000, rules.AUDIT_DAYS + 1)
    ]
    await fill(database, audit, lines)
    await retain(SqlRetention(database, KEPT_DAYS, DOSSIER_DAYS), NOW, no_pause)
    assert len(await rows_of(database, audit)) == 2


async def test_many_rows_go_in_small_steps(database: Database) -> None:
    await fill(database, inbox, [arrival(n, "7001", 30) for n in range(rules.AT_ONCE * 2 + 7)])
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    removed = await retain(SqlRetention(database, KEPT_DAYS, DOSSIER_DAYS), NOW, pause)
    assert removed == {"inbox": rules.AT_ONCE * 2 + 7}
    assert len(pauses) == 3
    assert await rows_of(database, inbox) == []


async def test_what_ended_after_an_erasure_names_nobody_for_longer_than_an_hour(
    database: Database,
) -> None:
    minutes = 5 / (24 * 60)
    await fill(database, outbox, [part("đã xoá", minutes), part("còn nhắn", minutes)])
    contact = {"channel": "telegram", "user_id": "còn nhắn"}
    seen = {"first_seen_at": ago(1), "last_seen_at": ago(minutes)}
    await fill(database, contacts, [contact | seen])
    await retain(SqlRetention(database, KEPT_DAYS, DOSSIER_DAYS), NOW, no_pause)
    assert [row.user_id for row in await rows_of(database, outbox)] == ["còn nhắn"]


WORDS = "tôi là Nguyễn Thị Hồng Ngát, nhà ở ngõ 139 Tam Trinh"


async def a_file_with_words_that_are_gone(folder: Path) -> Database:
    """Return an SQLite database whose tables no longer hold `WORDS`."""
    database = Database(f"sqlite+aiosqlite:///{folder}/motcua.db")
    await migrate(database)
    await fill(database, inbox, [arrival(1, "7001", 0) | {"arrival": WORDS}])
    async with database.writing() as connection:
        await connection.execute(update(inbox).values(arrival=""))
    assert _in_files(folder)
    return database


def _in_files(folder: Path) -> list[str]:
    files = [file for file in folder.iterdir() if file.is_file()]
    assert files
    return [file.name for file in files if WORDS.encode() in file.read_bytes()]


async def test_words_that_are_gone_from_the_tables_go_from_the_files(tmp_path: Path) -> None:
    database = await a_file_with_words_that_are_gone(tmp_path)
    await retain(SqlRetention(database, KEPT_DAYS, DOSSIER_DAYS), NOW, no_pause)
    assert _in_files(tmp_path) == []
    await database.close()


async def test_a_reader_who_takes_long_does_not_hold_up_those_who_write(tmp_path: Path) -> None:
    database = await a_file_with_words_that_are_gone(tmp_path)
    retention = SqlRetention(database, KEPT_DAYS, DOSSIER_DAYS)
    async with database.engine.connect() as reader:
        await reader.exec_driver_sql("BEGIN")
        await reader.execute(select(inbox))
        await fill(database, inbox, [arrival(2, "7002", 0)])
        await retention.empty_log()
        await fill(database, inbox, [arrival(3, "7003", 0)])
    await retention.empty_log()
    assert _in_files(tmp_path) == []
    async with database.reading() as connection:
        patience = await connection.exec_driver_sql("PRAGMA busy_timeout")
        assert patience.scalar_one() == BUSY_SECONDS * 1000
    await database.close()
