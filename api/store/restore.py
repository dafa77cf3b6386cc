"""Puts what was staged in the place of what is in the database: wholly, or nothing changes.

Nobody else may use the database meanwhile: a server that runs holds rows by numbers that would
mean something else afterwards.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Row, Table, delete, func, insert, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from api.errors import RestoreRefused
from api.store.backup import AT_ONCE, Progress
from api.store.channel_tables import audit
from api.store.database import APPLICATION, Database, translated
from api.store.kept_on_restore import keep, note_kept
from api.store.schema import metadata
from api.store.tables import state

_IN_USE: Final = (
    "Kho dữ liệu đang có chương trình khác dùng (motcua serve?). Hãy dừng chương trình đó rồi "
    "chạy lại. Chưa có gì thay đổi."
)
_PATIENCE: Final = 20
"""How often PostgreSQL is asked whether others are gone, ten times a second."""


async def contents(database: Database) -> Mapping[str, int]:
    """Return how many rows are in the tables that are not empty, but for the number of changes.

    Raises:
        StoreUnavailable: the database cannot be read.
    """
    counts = {}
    async with database.reading() as connection:
        for table in metadata.sorted_tables:
            query = select(func.count()).select_from(table)
            counts[table.name] = (await connection.execute(query)).scalar_one()
    return {name: count for name, count in counts.items() if count and name != state.name}


async def restore(database: Database, staged: Path, now: float, progress: Progress) -> None:
    """Replace everything in the database by what is in the SQLite file `staged`.

    Tokens that were renewed since the backup stay: the old ones are used up. Keys of other systems
    that were revoked or end earlier stay so; what was told since is not told again, and what was
    taken back since is not told at all.

    Args:
        database: with all tables of this program.
        staged: made by `api.store.staging.stage`.
        now: seconds since 1970.
        progress: told of the rows that are put in place.

    Raises:
        RestoreRefused: somebody else uses the database; nothing changed.
        StoreUnavailable: it cannot be written; nothing changed.
    """
    source = Database(f"sqlite+aiosqlite:///{staged}")
    try:
        async with _alone(database) as connection, source.reading() as rows:
            kept = await note_kept(connection, rows)
            version = (await connection.execute(select(state.c.version))).scalar() or 0
            for table in reversed(metadata.sorted_tables):
                await connection.execute(delete(table))
            for table in metadata.sorted_tables:
                await _copy(rows, connection, table, progress)
            await keep(connection, kept)
            await _tell_servers(connection, version)
            if not database.is_sqlite:
                await _number_on(connection)  # before the line of audit takes a number of its own
            await connection.execute(insert(audit).values(at=now, what="restored"))
    finally:
        await source.close()


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[AsyncConnection]:
    """Lend the only connection there is, in a transaction."""
    await database.close()  # what this program itself has open from before
    with translated():
        async with database.engine.connect() as connection:
            try:
                if database.is_sqlite:
                    await _lock_file(connection)
                else:
                    await _lock_tables(connection)
                yield connection
                await connection.commit()
            finally:
                await connection.invalidate()  # so that SQLite's lock goes with it


async def _lock_file(connection: AsyncConnection) -> None:
    await connection.exec_driver_sql("PRAGMA busy_timeout = 1000")
    await connection.exec_driver_sql("PRAGMA locking_mode = EXCLUSIVE")
    try:
        await connection.exec_driver_sql("BEGIN EXCLUSIVE")
    except OperationalError as error:
        raise RestoreRefused(_IN_USE) from error


async def _lock_tables(connection: AsyncConnection) -> None:
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND application_name = :name"
    ).bindparams(name=APPLICATION)
    for _ in range(_PATIENCE):
        if not (await connection.execute(others)).scalar():
            break
        await connection.rollback()  # the list of sessions is kept for a whole transaction
        await asyncio.sleep(0.1)
    else:
        raise RestoreRefused(_IN_USE)
    names = ", ".join(table.name for table in metadata.sorted_tables)
    await connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    await connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")


async def _copy(
    rows: AsyncConnection, connection: AsyncConnection, table: Table, progress: Progress
) -> None:
    total = (await rows.execute(select(func.count()).select_from(table))).scalar_one()
    stream = await rows.stream(select(table).order_by(*table.primary_key.columns))
    done = 0
    async for some in stream.partitions(AT_ONCE):
        await connection.execute(insert(table), [_values(row) for row in some])
        done += len(some)
        progress(table.name, done, total)


def _values(row: Row[Any]) -> dict[str, Any]:
    """Return the row with its moments in UTC, which SQLite keeps without saying so."""
    return {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
        for name, value in row._asdict().items()
    }


async def _tell_servers(connection: AsyncConnection, version: int) -> None:
    """Move the number that servers watch, past what any of them has seen."""
    restored = (await connection.execute(select(state.c.version))).scalar() or 0
    await connection.execute(update(state).values(version=max(version, restored) + 1))


async def _number_on(connection: AsyncConnection) -> None:
    """Let PostgreSQL number new rows after the restored ones."""
    for table in metadata.sorted_tables:
        number = table.autoincrement_column
        if number is not None:
            await connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', '{number.name}'),"  # noqa: S608 - our names
                f" coalesce(max({number.name}), 1), max({number.name}) IS NOT NULL)"
                f" FROM {table.name}"
            )
