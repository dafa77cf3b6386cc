"""Databases to back up and to restore, opened by tests and closed after them."""

from collections.abc import Callable
from pathlib import Path

from api.store.archive import opened
from api.store.backup import write_backup
from api.store.database import Database
from api.store.migrate import migrate, upgrade_to
from api.store.restore import restore
from api.store.staging import stage
from tests.support.stored import MORNING

KINDS = ("sqlite", "postgresql")
NOW = 1795400000.0


def quiet(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


class Databases:
    """Opens databases with all tables, and closes them after the test."""

    def __init__(self, new_address: Callable[[str], str]) -> None:
        self._new_address = new_address
        self.opened: list[Database] = []

    async def fresh(self, kind: str, schema: str = "") -> Database:
        database = Database(self._new_address(kind))
        self.opened.append(database)
        if not schema:
            await migrate(database)
            return database
        if database.file:
            database.file.parent.mkdir(parents=True, exist_ok=True)
        async with database.engine.connect() as connection:
            await connection.run_sync(upgrade_to, schema)
            await connection.commit()
        return database


async def backed_up(database: Database, folder: Path) -> Path:
    output = folder / "motcua.zip"
    await write_backup(database, output, MORNING, quiet)
    return output


async def bring_back(database: Database, backup: Path, folder: Path) -> None:
    staged = folder / "staged.db"
    staged.unlink(missing_ok=True)
    with opened(backup) as (archive, manifest):
        stage(archive, manifest, staged, quiet)
    await restore(database, staged, NOW, quiet)
