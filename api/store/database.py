"""The connection to SQLite or PostgreSQL, and the translation of its errors."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, StaticPool, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StoreUnavailable

Result = TypeVar("Result")

BUSY_SECONDS: Final = 10
"""How long a writer waits for another process before the citizen is told to try again."""

CONNECTIONS: Final = 15
"""Turns that may be inside the database at once in one process; more wait their turn."""

APPLICATION: Final = "motcua"
"""Our name in PostgreSQL's list of sessions: a restore sees by it that a server is running."""

UNAVAILABLE: Final = (
    "Kho dữ liệu đang không đọc hoặc ghi được, nên lần này chưa có gì được lưu. "
    "Hãy kiểm tra dung lượng đĩa, quyền ghi của DATA_FOLDER và DATABASE_URL, rồi thử lại."
)

_TOUCH: Final = text("UPDATE alembic_version SET version_num = version_num")
"""Changes nothing, and is written all the same."""


class Database:
    """An open pool of connections to one database."""

    def __init__(self, address: str) -> None:
        url = make_url(address)
        self.is_sqlite: Final = url.get_backend_name() == "sqlite"
        self.file: Final = Path(url.database) if self.is_sqlite and url.database else None
        """The SQLite file; None on PostgreSQL."""
        self.engine: Final[AsyncEngine] = create_async_engine(
            url,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=BUSY_SECONDS,
            pool_pre_ping=not self.is_sqlite,
            connect_args=_connect_arguments(sqlite=self.is_sqlite),
        )
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
        self._lane: Final = SqliteLane(self.file) if self.file else None
        self._doubtful = False
        """Something failed, and no transaction for writing went well since."""

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection; what is written in the block is kept when it ends well.

        Raises:
            StoreUnavailable: the database cannot be read or written.
        """
        with self._doubting():
            async with self.engine.connect() as connection:
                yield connection
                await connection.commit()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection in a transaction that is committed when the block ends well.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        async with self.reading() as connection:
            await self.begin_writing(connection)
            yield connection
        self._doubtful = False

    async def transact(self, work: Callable[[Connection], Result]) -> Result:
        """Do `work` in one transaction for writing, committed when it returns.

        For what happens with every message: on SQLite it runs whole, in a thread of its own.
        Statement by statement, as aiosqlite has it, a message changes threads seventy times.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        with self._doubting():
            if self._lane is not None:
                result = await self._lane.run(work, writing=True)
            else:
                async with self.engine.begin() as connection:
                    result = await connection.run_sync(work)
        self._doubtful = False
        return result

    async def look(self, work: Callable[[Connection], Result]) -> Result:
        """Do `work`, which only reads; on SQLite in the same thread as `transact`.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        with translated():
            if self._lane is not None:
                return await self._lane.run(work, writing=False)
            async with self.engine.connect() as connection:
                return await connection.run_sync(work)

    async def can_write(self) -> bool:
        """Tell whether a message could be kept: once something failed, by a small write.

        A full disk is still read: only writing tells. Nothing is written while all is well.
        """
        if not self._doubtful:
            return True
        try:
            await self.transact(lambda connection: connection.execute(_TOUCH))
        except StoreUnavailable:
            return False
        return True

    @contextmanager
    def _doubting(self) -> Iterator[None]:
        try:
            with translated():
                yield
        except StoreUnavailable:
            self._doubtful = True
            raise

    async def begin_writing(self, connection: AsyncConnection) -> None:
        """Take SQLite's one write lock now, rather than fail half-way; PostgreSQL needs none."""
        if self.is_sqlite:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """Return an INSERT that can skip or change rows that are there (`on_conflict_…`)."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    @property
    def engines(self) -> tuple[Engine, ...]:
        """All that run statements, for those who listen to them."""
        lanes = () if self._lane is None else (self._lane.engine,)
        return (self.engine.sync_engine, *lanes)

    async def close(self) -> None:
        """Close every connection."""
        if self._lane is not None:
            await self._lane.close()
        await self.engine.dispose()


class SqliteLane:
    """One thread and one connection, for transactions that come one after the other anyway."""

    def __init__(self, file: Path) -> None:
        self._thread = _a_thread()
        self.engine = create_engine(
            f"sqlite:///{file}", poolclass=StaticPool, connect_args=_connect_arguments(sqlite=True)
        )
        event.listen(self.engine, "connect", _prepare_sqlite)

    async def run(self, work: Callable[[Connection], Result], *, writing: bool) -> Result:
        """Do `work` in one transaction; see `Database.transact` and `look`."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._do, work, writing)

    async def close(self) -> None:
        """Close the connection, where it was made, and end the thread; it may be used again."""
        thread, self._thread = self._thread, _a_thread()
        await asyncio.get_running_loop().run_in_executor(thread, self.engine.dispose)
        thread.shutdown()

    def _do(self, work: Callable[[Connection], Result], writing: bool) -> Result:  # noqa: FBT001
        with self.engine.connect() as connection:
            if writing:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            result = work(connection)
            connection.commit()
            return result


@contextmanager
def translated() -> Iterator[None]:
    """Turn the errors of SQLAlchemy and its drivers into ours."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreUnavailable(UNAVAILABLE) from error


def _a_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "sqlite")  # starts when it is given something to do


def _connect_arguments(*, sqlite: bool) -> dict[str, Any]:
    if sqlite:
        return {"timeout": BUSY_SECONDS}
    milliseconds = BUSY_SECONDS * 1000
    return {
        "connect_timeout": BUSY_SECONDS,
        "application_name": APPLICATION,
        "options": f"-c lock_timeout={milliseconds} -c statement_timeout={milliseconds * 3}",
    }


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(
        "PRAGMA journal_mode=WAL"
    )  # readers and the one writer do not wait for each other
    cursor.execute("PRAGMA synchronous=FULL")  # an answered turn survives a power cut
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is gone from the file as well
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
