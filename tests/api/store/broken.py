"""Databases that take nothing for a while."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event

from api.store.database import Database


@asynccontextmanager
async def disk_full(database: Database) -> AsyncIterator[None]:
    """SQLite answers a full disk ("database or disk is full") as soon as the file may not grow."""

    def limit(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA max_page_count=1")

    event.listen(database.engine.sync_engine, "checkout", limit)
    yield
    event.remove(database.engine.sync_engine, "checkout", limit)
    await database.engine.dispose()


@asynccontextmanager
async def read_only(database: Database) -> AsyncIterator[None]:
    """Neither of the two lets anybody write any more."""
    statement = "PRAGMA query_only=ON" if database.is_sqlite else "SET TRANSACTION READ ONLY"

    def limit(connection: Any, *_: object) -> None:
        connection.execute(statement)

    event.listen(database.engine.sync_engine, "checkout", limit)
    if database.is_sqlite:  # the one connection of its own thread is never checked out again
        await database.look(lambda connection: connection.exec_driver_sql(statement))
    yield
    event.remove(database.engine.sync_engine, "checkout", limit)
    await database.close()
