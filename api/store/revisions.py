"""Revisions of imported knowledge: each import is kept whole, and one of them is active."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.errors import NoSuchRevision
from api.store.database import Database
from api.store.holds import move_version, replace_holds
from api.store.tables import records, revisions
from knowledge.holds import Hold

_Row = Row[Any, Any, Any, Any, Any, Any]
_ROWS_AT_ONCE: Final = 500
_SELECTED: Final = select(
    revisions.c.id,
    revisions.c.digest,
    revisions.c.origin,
    revisions.c.records,
    revisions.c.before_id,
    revisions.c.created_at,
)


@dataclass(frozen=True, slots=True)
class Revision:
    """One import."""

    id: int
    digest: str
    """Equal digests hold equal records."""
    origin: str
    """The names of the files that were imported."""
    records: int
    before_id: int | None = field(default=None, compare=False)
    """The revision that was active when this one was imported; None: none was."""
    created_at: datetime | None = field(default=None, compare=False)
    """Aware."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an import."""

    revision: Revision
    changed: bool
    """False: exactly these records were active already."""


@dataclass(frozen=True, slots=True)
class Review:
    """What an import was compared with before it is stored."""

    over: Revision | None
    """The revision that was active; None: none was."""
    holds: tuple[Hold, ...]
    """What is held from now on."""


class RevisionMoved(Exception):
    """Another import came first; compare with that one, then store again."""


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

    async def all(self) -> tuple[Revision, ...]:
        """Return every revision, the oldest first.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        async with self._database.reading() as connection:
            rows = await connection.execute(_SELECTED.order_by(revisions.c.id))
            return tuple(_revision(row) for row in rows)

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

    async def keep(
        self, imported: Mapping[str, str], origin: str, review: Review | None = None
    ) -> Kept:
        """Make a revision of `imported` and make it the active one; equal records are kept once.

        Args:
            imported: the records, by code.
            origin: the names of the files.
            review: what they were compared with; None: they were compared with nothing.

        Raises:
            RevisionMoved: another revision is active than the one reviewed; nothing was stored.
            StoreUnavailable: nothing was stored, the revision active before is active still.
        """
        digest = digest_of(imported)
        async with self._database.writing() as connection:
            await self._alone(connection)
            active = await _find(connection, active=True)
            if review and _number(active) != _number(review.over):
                raise RevisionMoved
            if active and active.digest == digest:
                return Kept(active, changed=False)
            found = await _find(connection, digest=digest)
            number = found.id if found else await _insert(connection, imported, origin, digest)
            await replace_holds(connection, number, review.holds if review else ())
            came_over = update(revisions).where(revisions.c.id == number)
            await connection.execute(came_over.values(before_id=_number(active)))
            await _activate(connection, number)
            return Kept(await _of_number(connection, number), changed=True)

    async def target(self, to: int | None = None) -> Revision:
        """Return the revision that `roll_back` would make active.

        Raises:
            NoSuchRevision: there is none to go back to.
            StoreUnavailable: the database cannot be read.
        """
        async with self._database.reading() as connection:
            return (await _target(connection, to))[1]

    async def roll_back(self, to: int | None = None) -> tuple[Revision, Revision]:
        """Make the revision before the active one, or revision `to`, active with what it held.

        Returns:
            The revision that was active, and the one that is now.

        Raises:
            NoSuchRevision: there is none to go back to; nothing changed.
            StoreUnavailable: nothing changed.
        """
        async with self._database.writing() as connection:
            await self._alone(connection)
            active, target = await _target(connection, to)
            await _activate(connection, target.id)
            return active, target

    async def _alone(self, connection: AsyncConnection) -> None:
        if not self._database.is_sqlite:  # two imports at once: one after the other
            await connection.exec_driver_sql(f"LOCK TABLE {revisions.name} IN EXCLUSIVE MODE")


def digest_of(imported: Mapping[str, str]) -> str:
    """Return the same 64 hex digits for the same records, in whatever order they came."""
    digest = hashlib.sha256()
    for code in sorted(imported):
        digest.update(f"{code}\0{imported[code]}\0".encode())
    return digest.hexdigest()


def _number(revision: Revision | None) -> int | None:
    return revision.id if revision else None


async def _find(connection: AsyncConnection, **where: str | bool | int) -> Revision | None:
    row = (await connection.execute(_SELECTED.filter_by(**where))).first()
    return _revision(row) if row else None


def _revision(row: _Row) -> Revision:
    made = row.created_at if row.created_at.tzinfo else row.created_at.replace(tzinfo=UTC)
    return Revision(
        row.id, row.digest, row.origin, row.records, row.before_id, made.astimezone(UTC)
    )


async def _target(connection: AsyncConnection, to: int | None) -> tuple[Revision, Revision]:
    active = await _find(connection, active=True)
    if active is None:
        raise NoSuchRevision("Chưa có lần nhập nào, nên không có gì để quay lại.")
    wanted = active.before_id if to is None else to
    if wanted is None:
        raise NoSuchRevision(
            f"Bản số {active.id} là bản đầu tiên, trước nó không có bản nào. "
            "Xem các bản: motcua knowledge revisions."
        )
    if wanted == active.id:
        raise NoSuchRevision(f"Bản số {active.id} đang dùng rồi. Không có gì thay đổi.")
    return active, await _of_number(connection, wanted)


async def _of_number(connection: AsyncConnection, number: int) -> Revision:
    found = await _find(connection, id=number)
    if found is None:
        raise NoSuchRevision(f"Không có bản số {number}. Xem các bản: motcua knowledge revisions.")
    return found


async def _activate(connection: AsyncConnection, number: int) -> None:
    await connection.execute(update(revisions).values(active=False))
    chosen = update(revisions).where(revisions.c.id == number)
    await connection.execute(chosen.values(active=True))
    await move_version(connection)


async def _insert(
    connection: AsyncConnection, imported: Mapping[str, str], origin: str, digest: str
) -> int:
    new = insert(revisions).values(
        digest=digest, origin=origin, records=len(imported), active=False
    )
    number = (await connection.execute(new.returning(revisions.c.id))).scalar_one()
    codes = sorted(imported)
    for start in range(0, len(codes), _ROWS_AT_ONCE):
        rows = [
            {"revision_id": number, "code": code, "record": imported[code]}
            for code in codes[start : start + _ROWS_AT_ONCE]
        ]
        await connection.execute(insert(records), rows)
    return int(number)
