"""What a restore tells nobody: what its person took back since the backup was made.

Whoever erased everything, let a slip go or wants no reminder is written to seconds after a restored
server starts otherwise, before anybody could erase her again. Her rows come back, as the operator
asked; what waits to be told does not. A database that is not what became of the backup, a new one
after a disk was lost, says nothing of who took back what: there everything that waits is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.store.channel_tables import audit, contacts
from api.store.dossier_tables import dossier_alerts, dossier_follows
from api.store.erasing import ERASED
from api.store.filing_tables import notices

AT_ONCE: Final = 500
"""Rows named in one statement."""

_KNOWN: Final = 200
"""People of the backup who are looked for: the ones who are known longest."""

_person, _alert, _follow, _notice = contacts.c, dossier_alerts.c, dossier_follows.c, notices.c

_ERASED: Final = select(audit.c.id).where(audit.c.what == ERASED).limit(1)
_FIRST: Final = (
    select(_person.channel, _person.user_id, _person.first_seen_at)
    .order_by(_person.first_seen_at, _person.channel, _person.user_id)
    .limit(_KNOWN)
)
_NOTICES: Final[Select[Any]] = select(
    _notice.channel, _notice.user_id, _notice.kind, _notice.subject
)
_FOLLOWS: Final[Select[Any]] = select(_follow.channel, _follow.user_id, _follow.code)
_FOLLOWED: Final = _FOLLOWS.where(_follow.followed_at.is_not(None))
_WAITING_NOTICES: Final = _NOTICES.add_columns(_notice.id).where(_notice.told_at.is_(None))
_WAITING_ALERTS: Final = (
    _FOLLOWS.add_columns(_alert.id)
    .join(dossier_alerts, _alert.follow_id == _follow.id)
    .where(_alert.told_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What waits in the backup and is not to be told, by its numbers there."""

    alerts: Sequence[int] = ()
    notices: Sequence[int] = ()


async def note_taken_back(connection: AsyncConnection, backup: AsyncConnection) -> TakenBack:
    """Note what waits in the backup, but not for anybody in the database any more.

    Args:
        connection: to the database, before anything is replaced.
        backup: to what takes its place.
    """
    if not await _came_of(connection, backup):
        return TakenBack()
    return TakenBack(
        alerts=await _gone(connection, _FOLLOWED, backup, _WAITING_ALERTS),
        notices=await _gone(connection, _NOTICES, backup, _WAITING_NOTICES),
    )


async def drop_taken_back(connection: AsyncConnection, noted: TakenBack) -> None:
    """Take what was noted out of the database that was replaced."""
    for table, rows in ((dossier_alerts, noted.alerts), (notices, noted.notices)):
        for start in range(0, len(rows), AT_ONCE):
            those = table.c.id.in_(rows[start : start + AT_ONCE])
            await connection.execute(delete(table).where(those))


async def _came_of(connection: AsyncConnection, backup: AsyncConnection) -> bool:
    """Tell whether the database is what became of the backup.

    People are known in both since the very same moment; or somebody was erased here, perhaps the
    only one there was.
    """
    if (await connection.execute(_ERASED)).first() is not None:
        return True
    before = {tuple(row) for row in await backup.execute(_FIRST)}
    if not before:
        return False
    there = _person.user_id.in_([user_id for _, user_id, _ in before])
    query = select(_person.channel, _person.user_id, _person.first_seen_at).where(there)
    return any(tuple(row) in before for row in await connection.execute(query))


async def _gone(
    connection: AsyncConnection,
    named: Select[Any],
    backup: AsyncConnection,
    waiting: Select[Any],
) -> Sequence[int]:
    """Return the numbers of what waits under a name that is not known any more."""
    rows = {row.id: tuple(row[:-1]) for row in await backup.execute(waiting)}
    if not rows:
        return ()
    known: set[tuple[Any, ...]] = set()
    async for row in await connection.stream(named):
        known.add(tuple(row))
    return [number for number, name in rows.items() if name not in known]
