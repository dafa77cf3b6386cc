"""One process at a time asks a remote system about followed dossiers."""

import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Final

from sqlalchemy import func, select

from api.store.database import UNAVAILABLE, Database, translated
from bot.errors import StoreUnavailable

LOCK_FILE: Final = "following.lock"
"""Beside the SQLite file."""

ADVISORY_KEY: Final = 7_304_112_611
"""Of the lock in PostgreSQL; a number that nobody else takes."""

_TAKE: Final = select(func.pg_try_advisory_lock(ADVISORY_KEY))


class PollingTurn:
    """A lock that ends with the process or the connection that has it: nothing is left behind.

    PostgreSQL keeps it with a connection, one of the pool's; SQLite has a file beside it. A lock
    that was lost on the way (a connection broke) costs some questions twice, nothing else: what a
    source tells is kept once, however often it comes.
    """

    def __init__(self, database: Database) -> None:
        """Take an open database."""
        self._database = database

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[bool]:
        """Keep other processes out while the block runs; False: one of them keeps us out.

        Raises:
            StoreUnavailable: it cannot be found out.
        """
        if not self._database.is_sqlite:
            async with self._locked_there() as alone:
                yield alone
        elif self._database.file is None:  # in memory: nobody else has it
            yield True
        else:
            file = _locked(self._database.file.with_name(LOCK_FILE))
            try:
                yield file is not None
            finally:
                if file is not None:
                    file.close()  # and so the lock is free

    @asynccontextmanager
    async def _locked_there(self) -> AsyncIterator[bool]:
        with translated():
            connection = await self._database.engine.connect()
        try:
            with translated():
                alone = bool((await connection.execute(_TAKE)).scalar())
                await connection.commit()  # no transaction stays open for half an hour
            yield alone
        finally:
            await connection.invalidate()  # the lock is the connection's, and ends with it
            await connection.close()


def _locked(path: Path) -> IO[bytes] | None:
    """Return the locked file, to be closed; None: another process has it."""
    try:
        file = path.open("ab")
    except OSError as error:
        raise StoreUnavailable(UNAVAILABLE) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file
