"""Writes everything that is in the database into one file, while the server goes on."""

import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Boolean, Column, Connection, DateTime, MetaData, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.errors import BackupUnusable
from api.store.archive import FORMAT, Kind, Manifest, TablePart, table_writer, write_manifest
from api.store.database import Database
from api.store.migrate import version_of
from api.store.schema import metadata

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many rows are done, and of how many."""

AT_ONCE: Final = 2000
"""Rows that are read at once."""


async def write_backup(
    database: Database, output: Path, made_at: datetime, progress: Progress
) -> Manifest:
    """Write one consistent moment of the database to the file `output`.

    Tables are read as they are there, of whatever version: a backup comes before an upgrade.

    Raises:
        BackupUnusable: there is nothing to back up.
        StoreUnavailable: the database cannot be read.
        OSError: the file cannot be written.
    """
    async with _snapshot(database) as connection:
        schema = await connection.run_sync(version_of)
        if schema is None:
            raise BackupUnusable("Kho dữ liệu còn trống, chưa có gì để sao lưu.")
        tables = await connection.run_sync(reflect)
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            parts = [await _write(archive, connection, table, progress) for table in tables]
            manifest = Manifest(FORMAT, schema, made_at.isoformat(), parts)
            write_manifest(archive, manifest)
    return manifest


def reflect(connection: Connection) -> Sequence[Table]:
    """Return our tables as they are in the database, those that others refer to first."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in metadata.tables)
    return found.sorted_tables


def kind_of(column: Column[object]) -> Kind:
    """Return how values of a column are written."""
    if isinstance(column.type, DateTime):
        return "datetime"
    return "boolean" if isinstance(column.type, Boolean) else "plain"


@asynccontextmanager
async def _snapshot(database: Database) -> AsyncIterator[AsyncConnection]:
    """Lend a connection that sees one moment; nobody waits for it, nor it for anybody."""
    async with database.reading() as connection:
        if database.is_sqlite:
            await connection.exec_driver_sql("BEGIN")
        else:
            await connection.exec_driver_sql(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
            )
            await connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        yield connection


async def _write(
    archive: zipfile.ZipFile, connection: AsyncConnection, table: Table, progress: Progress
) -> TablePart:
    columns = [(column.name, kind_of(column)) for column in table.columns]
    total = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
    rows = await connection.stream(select(table).order_by(*table.primary_key.columns))
    with table_writer(archive, table.name, [kind for _, kind in columns]) as writer:
        async for some in rows.partitions(AT_ONCE):
            for row in some:
                writer.write(tuple(row))
            progress(table.name, writer.rows, total)
    return TablePart(table.name, columns, writer.rows, writer.sha256)
