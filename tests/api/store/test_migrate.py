"""The tables are made at the start, once, whoever starts first."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from api.errors import DataFolderUnusable
from api.store.database import Database
from api.store.migrate import migrate
from api.store.schema import metadata

pytestmark = pytest.mark.anyio


def differences(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_the_migrations_make_exactly_the_tables_that_the_code_uses(
    database: Database,
) -> None:
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await migrate(database)
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_several_processes_may_start_at_once(address: str) -> None:
    databases = [Database(address) for _ in range(4)]
    await asyncio.gather(*(migrate(database) for database in databases))
    async with databases[0].reading() as connection:
        assert await connection.run_sync(differences) == []
    for database in databases:
        await database.close()


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/file/motcua.db")
    with pytest.raises(DataFolderUnusable, match="DATA_FOLDER"):
        await migrate(database)
    await database.close()


async def test_a_damaged_database_file_is_said_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "motcua.db"
    file.write_text("đây không phải cơ sở dữ liệu " * 100)
    before = file.read_bytes()
    database = Database(f"sqlite+aiosqlite:///{file}")
    with pytest.raises(DataFolderUnusable, match=r"motcua\.db bị hỏng"):
        await migrate(database)
    assert file.read_bytes() == before
    await database.close()


async def test_tables_of_a_newer_program_are_left_alone(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DataFolderUnusable, match="bản motcua mới hơn"):
        await migrate(database)
    async with database.reading() as connection:
        version = (
            await connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        ).scalar()
    assert version == "9999"


async def test_a_database_server_that_is_gone_is_said() -> None:
    database = Database("postgresql+psycopg://motcua@127.0.0.1:1/motcua")
    with pytest.raises(DataFolderUnusable, match="DATABASE_URL"):
        await migrate(database)
    await database.close()


async def test_nobody_else_on_the_machine_reads_a_new_sqlite_file(tmp_path: Path) -> None:
    file = tmp_path / "var" / "motcua.db"
    database = Database(f"sqlite+aiosqlite:///{file}")
    await migrate(database)
    async with database.writing() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
        rights = {one.name: one.stat().st_mode & 0o777 for one in file.parent.glob("motcua.db*")}
    await database.close()
    assert rights == dict.fromkeys(("motcua.db", "motcua.db-wal", "motcua.db-shm"), 0o600)
    assert file.parent.stat().st_mode & 0o777 == 0o700


async def test_the_rights_of_a_file_that_is_there_stay_as_they_were_given(tmp_path: Path) -> None:
    file = tmp_path / "motcua.db"
    file.touch(0o640)
    file.chmod(0o640)
    database = Database(f"sqlite+aiosqlite:///{file}")
    await migrate(database)
    await database.close()
    assert file.stat().st_mode & 0o777 == 0o640
