"""Revisions of imported knowledge: each import is kept whole, and one of them is active."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.store.database import Database
from api.store.tables import records, revisions

_ROWS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Revision:
    """One import."""

    id: int
    digest: str
    """Equal digests hold equal records."""
    origin: str
    """The names of the files that were imported."""
    records: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an import."""

    revision: Revision
    changed: bool
    """False: exactly these records were active already."""


class KnowledgeRevisions:
    """The revisions in one database. Records are JSON texts by procedure code."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def active(self) -> Revision | None:
        """Return the active revision, None before the first import.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        async with self._database.reading() as connection:
            return await _find(connection, active=True)

    async def load(self, revision: Revision) -> dict[str, str]:
        """Return the records of `revision` by code, sorted by code.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        query = (
            select(records.c.code, records.c.record)
            .where(records.c.revision_id == revision.id)
            .order_by(records.c.code)
        )
        async with self._database.reading() as connection:
            return {row.code: row.record for row in await connection.execute(query)}

    async def keep(self, imported: Mapping[str, str], origin: str) -> Kept:
        """Make a revision of `imported` and make it the active one; equal records are kept once.

        Raises:
            StoreUnavailable: nothing was stored, the revision active before is active still.
        """
        digest = digest_of(imported)
        async with self._database.writing() as connection:
            if not self._database.is_sqlite:  # two imports at once: one after the other
                await connection.exec_driver_sql(f"LOCK TABLE {revisions.name} IN EXCLUSIVE MODE")
            active = await _find(connection, active=True)
            if active and active.digest == digest:
                return Kept(active, changed=False)
            found = await _find(connection, digest=digest)
            revision = found or await _insert(connection, imported, origin, digest)
            await connection.execute(update(revisions).values(active=False))
            chosen = update(revisions).where(revisions.c.id == revision.id)
            await connection.execute(chosen.values(active=True))
            return Kept(revision, changed=True)


def digest_of(imported: Mapping[str, str]) -> str:
    """Return the same 64 hex digits for the same records, in whatever order they came."""
    digest = hashlib.sha256()
    for code in sorted(imported):
        digest.update(f"{code}\0{imported[code]}\0".encode())
    return digest.hexdigest()


async def _find(connection: AsyncConnection, **where: str | bool) -> Revision | None:
    query = select(revisions.c.id, revisions.c.digest, revisions.c.origin, revisions.c.records)
    row = (await connection.execute(query.filter_by(**where))).first()
    return Revision(row.id, row.digest, row.origin, row.records) if row else None


async def _insert(
    connection: AsyncConnection, imported: Mapping[str, str], origin: str, digest: str
) -> Revision:
    new = insert(revisions).values(
        digest=digest, origin=origin, records=len(imported), active=False
    )
    number = (await connection.execute(new.returning(revisions.c.id))).scalar_one()
    rows = [
        {"revision_id": number, "code": code, "record": record}
        for code, record in sorted(imported.items())
    ]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        await connection.execute(insert(records), rows[start : start + _ROWS_AT_ONCE])
    return Revision(int(number), digest, origin, len(rows))
