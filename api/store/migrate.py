"""Brings the tables up to date at the start; two processes may start at once."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from api.errors import DataFolderUnusable
from api.store.database import Database
from api.store.locks import file_lock
from bot.errors import StoreUnavailable

MIGRATIONS: Final = Path(__file__).parent.parent / "migrations"
_LOCK: Final = 7_118_115_002
"""Any number that only motcua's migrations use as an advisory lock in the database."""

_OWNERS_FOLDER: Final = 0o700
_OWNERS_FILE: Final = 0o600

_DAMAGED: Final = ("file is not a database", "disk image is malformed")
"""What SQLite says of a file that was cut or overwritten."""


async def migrate(database: Database) -> None:
    """Create the folder and the tables, or bring them up to date.

    Raises:
        DataFolderUnusable: the database cannot be opened or written.
    """
    try:
        async with _alone(database), database.engine.connect() as connection:
            await _migrate(database, connection)
    except (OSError, SQLAlchemyError, StoreUnavailable) as error:
        raise DataFolderUnusable(_explain(database, error)) from error


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[None]:
    """Create the folder; let one process at a time open a SQLite file that may be new.

    Two that switch a new file to WAL at once do not wait: one gets "database is locked".
    """
    if database.file is None:
        yield
        return
    database.file.parent.mkdir(_OWNERS_FOLDER, parents=True, exist_ok=True)
    async with file_lock(database.file.with_suffix(".lock")):
        _make_private(database.file)
        yield


def _make_private(file: Path) -> None:
    """Make the file, empty, for nobody else on this machine; one that is there stays as it is.

    SQLite gives the files beside it (-wal, -shm) the same rights.
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNERS_FILE))


async def _migrate(database: Database, connection: AsyncConnection) -> None:
    version, known = await connection.run_sync(version_of), known_versions()
    if version == known[-1]:
        return
    if version is not None and version not in known:
        raise DataFolderUnusable(
            f"Kho dữ liệu do một bản motcua mới hơn tạo ra (phiên bản bảng {version}, bản này biết "
            f"đến {known[-1]}). Hãy cài bản motcua mới hơn, hoặc đặt DATA_FOLDER hay DATABASE_URL "
            "sang kho khác. Dữ liệu vẫn nguyên vẹn."
        )
    if database.is_sqlite:
        await connection.rollback()
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    await connection.run_sync(upgrade_to, known[-1])
    await connection.commit()


def known_versions() -> list[str]:
    """Return the versions of the tables that this program knows, the newest last."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("0*.py"))


def version_of(connection: Connection) -> str | None:
    """Return the version of the tables, None for an empty database."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def upgrade_to(connection: Connection, version: str) -> None:
    """Bring the tables to `version`, in the transaction of `connection`."""
    from alembic import command  # noqa: PLC0415 - 0.4 s, and most starts need no migration
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def _explain(database: Database, error: Exception) -> str:
    if any(sign in str(error) for sign in _DAMAGED):
        return (
            f"Kho dữ liệu {database.file} bị hỏng, không phải tệp SQLite đọc được. Hãy khôi phục "
            "tệp này từ bản sao lưu; hoặc chuyển nó đi nơi khác để bắt đầu với kho trống."
        )
    if database.file is not None:
        return (
            f"Không mở được kho dữ liệu {database.file}. Hãy kiểm tra: thư mục này có thật và "
            "ghi được, đĩa còn chỗ; hoặc đặt DATA_FOLDER sang thư mục khác."
        )
    return (
        "Không kết nối được cơ sở dữ liệu trong DATABASE_URL. Hãy kiểm tra: máy chủ PostgreSQL "
        f"đang chạy, đúng tên, cổng và mật khẩu. ({type(error).__name__})"
    )
