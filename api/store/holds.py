"""What is held of the active revision, and the number by which servers see that it changed."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.store.database import Database
from api.store.tables import holds, revisions, state
from knowledge.holds import Hold

_ROWS_AT_ONCE: Final = 500
_OPEN: Final = (
    select(holds)
    .join(revisions, revisions.c.id == holds.c.revision_id)
    .where(revisions.c.active, holds.c.confirmed_at.is_(None))
    .order_by(holds.c.subject, holds.c.field)
)


class KnowledgeHolds:
    """The holds in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def version(self) -> int:
        """Return a number that moves whenever the active revision or what is held changes.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        async with self._database.reading() as connection:
            return int((await connection.execute(select(state.c.version))).scalar_one())

    async def open(self) -> tuple[Hold, ...]:
        """Return what is held now, by subject and field.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        async with self._database.reading() as connection:
            return tuple(_hold(row) for row in await connection.execute(_OPEN))

    async def confirm(self, places: Collection[str] | None, now: datetime) -> tuple[Hold, ...]:
        """Release what is held at `places` (all of it: None), and return that.

        The same new value is released in every revision: going back does not hold it again.

        Args:
            places: see `Hold.place`; a subject alone stands for all its fields.
            now: aware.

        Raises:
            StoreUnavailable: nothing was released.
        """
        async with self._database.writing() as connection:
            held = [_hold(row) for row in await connection.execute(_OPEN)]
            released = tuple(
                hold for hold in held if places is None or {hold.place, hold.subject} & {*places}
            )
            for hold in released:
                same = (
                    holds.c.subject == hold.subject,
                    holds.c.field == hold.field,
                    holds.c.told_after == hold.after,
                    holds.c.confirmed_at.is_(None),
                )
                await connection.execute(update(holds).where(*same).values(confirmed_at=now))
            if released:
                await move_version(connection)
            return released


async def replace_holds(
    connection: AsyncConnection, revision_id: int, held: Iterable[Hold]
) -> None:
    """Let exactly `held` be held while the revision is active."""
    await connection.execute(delete(holds).where(holds.c.revision_id == revision_id))
    rows = [_row(revision_id, hold) for hold in held]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        await connection.execute(insert(holds), rows[start : start + _ROWS_AT_ONCE])


async def move_version(connection: AsyncConnection) -> None:
    """Let every server see that something changed."""
    await connection.execute(update(state).values(version=state.c.version + 1))


def _row(revision_id: int, hold: Hold) -> dict[str, Any]:
    return {
        "revision_id": revision_id,
        "subject": hold.subject,
        "field": hold.field,
        "told_before": hold.before,
        "told_after": hold.after,
        "why": hold.why,
        "because": hold.because,
        "since": hold.since,
        "confirmed_at": None,
    }


def _hold(row: Row[Any]) -> Hold:
    since = row.since if row.since.tzinfo else row.since.replace(tzinfo=UTC)  # SQLite has no zones
    return Hold(
        subject=row.subject,
        field=row.field,
        before=row.told_before,
        after=row.told_after,
        since=since.astimezone(UTC),
        why=row.why,
        because=row.because,
    )
