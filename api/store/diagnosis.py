"""What can be told of a database without changing anything in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.store.channel_tables import outbox
from api.store.database import Database
from api.store.migrate import known_versions, version_of
from bot.channels.queues import Result

_WELL: Final = (
    Result.SENT.value,
    Result.CHARGED.value,
    Result.GONE.value,
    Result.CLOSED.value,
    Result.PUT_OFF.value,
)
"""Ends of a delivery that nobody need look at."""


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """How a database is."""

    schema: str
    """Version of the tables; empty: there are none yet."""
    newest: str
    """The version that this program makes."""
    kind: str
    """E.g. `SQLite 3.45.1`."""
    journal: str
    """SQLite's way of writing, `wal` is ours; empty on PostgreSQL."""
    damage: str
    """What SQLite finds wrong with the file; empty: nothing."""
    clock: datetime | None
    """The server's own clock, in UTC; None: it is ours."""


async def examine(database: Database) -> DatabaseFacts:
    """Read how the database is.

    Raises:
        StoreUnavailable: it cannot be read.
    """
    async with database.reading() as connection:
        schema = await connection.run_sync(version_of) or ""
        journal, damage, clock = "", "", None
        if database.is_sqlite:
            journal = await _text(connection, "PRAGMA journal_mode")
            found = await _text(connection, "PRAGMA quick_check(1)")
            damage = "" if found == "ok" else found
            kind = f"SQLite {await _text(connection, 'SELECT sqlite_version()')}"
        else:
            moment = (await connection.exec_driver_sql("SELECT clock_timestamp()")).scalar_one()
            clock = moment.astimezone(UTC)
            kind = f"PostgreSQL {await _text(connection, 'SHOW server_version')}"
    return DatabaseFacts(schema, known_versions()[-1], kind, journal, damage, clock)


async def try_writing(database: Database) -> None:
    """Write something and take it back.

    Raises:
        StoreUnavailable: nothing can be written.
    """
    async with database.writing() as connection:
        await connection.exec_driver_sql("UPDATE knowledge_state SET version = version")
        await connection.rollback()


async def failed_deliveries(database: Database, since: float) -> Mapping[tuple[str, str, str], int]:
    """Count what was given up since a moment, by channel, result and reason.

    Raises:
        StoreUnavailable: the database cannot be read.
    """
    query = (
        select(outbox.c.channel, outbox.c.result, outbox.c.reason, func.count())
        .where(outbox.c.done_at >= since, outbox.c.result.not_in(_WELL))
        .group_by(outbox.c.channel, outbox.c.result, outbox.c.reason)
    )
    async with database.reading() as connection:
        rows = (await connection.execute(query)).all()
    return {(channel, result, reason or ""): int(count) for channel, result, reason, count in rows}


async def _text(connection: AsyncConnection, query: str) -> str:
    return str((await connection.exec_driver_sql(query)).scalar())
