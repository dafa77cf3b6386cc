"""What a restore must not take back: renewed tokens, ended keys and sessions, what was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from api.store.channel_tables import sealed_tokens
from api.store.dossier_tables import dossier_alerts, dossier_follows, machine_keys
from api.store.filing_tables import notices
from api.store.staff_on_restore import KeptStaff, keep_staff, note_staff
from api.store.taken_back import TakenBack, drop_taken_back, note_taken_back

_key, _alert, _follow = machine_keys.c, dossier_alerts.c, dossier_follows.c
_notice = notices.c

_ENDED_KEYS: Final = select(_key.id, _key.revoked_at, _key.expires_at).where(
    or_(_key.revoked_at.is_not(None), _key.expires_at.is_not(None))
)
_NAMED_ALERTS: Final[Select[Any]] = select(
    _follow.channel,
    _follow.user_id,
    _follow.code,
    _alert.kind,
    _alert.subject,
    _alert.id,
    _alert.told_at,
    _alert.way,
).join(dossier_follows, _follow.id == _alert.follow_id)
_NAMED_NOTICES: Final[Select[Any]] = select(
    _notice.channel,
    _notice.user_id,
    _notice.kind,
    _notice.subject,
    _notice.id,
    _notice.told_at,
    _notice.way,
)
"""Where another one took its place since and was told, it says nothing any more either."""


def _told(table: Table) -> Update:
    told = update(table).where(table.c.id == bindparam("row"))
    return told.values(
        told_at=bindparam("at"), way=bindparam("by"), outbox_id=None, claimed_by=None
    )


_TOLD_ALERTS, _TOLD_NOTICES = _told(dossier_alerts), _told(notices)
_REVOKED: Final = (
    update(machine_keys)
    .where(_key.id == bindparam("key"))
    .values(revoked_at=func.coalesce(_key.revoked_at, bindparam("at")))
)
_EXPIRES: Final = (
    update(machine_keys)
    .where(
        _key.id == bindparam("key"),
        or_(_key.expires_at.is_(None), _key.expires_at > bindparam("at")),
    )
    .values(expires_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was noted before everything was replaced."""

    tokens: Sequence[Row[Any]]
    keys: Sequence[Row[Any, Any, Any]]
    """Those that were revoked, or end."""
    alerts: Sequence[Mapping[str, Any]]
    """Those that are open in the backup, by their numbers there, and were told since."""
    notices: Sequence[Mapping[str, Any]]
    """Likewise."""
    taken_back: TakenBack
    staff: KeptStaff


async def note_kept(connection: AsyncConnection, backup: AsyncConnection) -> Kept:
    """Note what stays as it is, whatever the backup says.

    Args:
        connection: to the database, before anything is replaced.
        backup: to what takes its place.
    """
    return Kept(
        tokens=(await connection.execute(select(sealed_tokens))).all(),
        keys=(await connection.execute(_ENDED_KEYS)).all(),
        alerts=await _told_since(connection, backup, _NAMED_ALERTS, _alert.told_at),
        notices=await _told_since(connection, backup, _NAMED_NOTICES, _notice.told_at),
        taken_back=await note_taken_back(connection, backup),
        staff=await note_staff(connection),
    )


async def _told_since(
    connection: AsyncConnection,
    backup: AsyncConnection,
    named: Select[Any],
    told_at: ColumnElement[float],
) -> Sequence[Mapping[str, Any]]:
    """Return what waits in the backup and was told since; all but three columns are its name."""
    waiting = await backup.execute(named.where(told_at.is_(None)))
    rows = {tuple(row[:-3]): row.id for row in waiting}
    if not rows:
        return ()
    stream = await connection.stream(named.where(told_at.is_not(None)))
    return [
        {"row": rows[tuple(row[:-3])], "at": row.told_at, "by": row.way}
        async for row in stream
        if tuple(row[:-3]) in rows
    ]


async def keep(connection: AsyncConnection, kept: Kept) -> None:
    """Put what was noted into the database that was replaced."""
    await _keep_newer_tokens(connection, kept.tokens)
    await keep_staff(connection, kept.staff)
    await drop_taken_back(connection, kept.taken_back)
    for change, name in ((_REVOKED, "revoked_at"), (_EXPIRES, "expires_at")):
        ends = [(row.id, getattr(row, name)) for row in kept.keys]
        if given := [{"key": key, "at": at} for key, at in ends if at is not None]:
            await connection.execute(change, given)
    for told, rows in ((_TOLD_ALERTS, kept.alerts), (_TOLD_NOTICES, kept.notices)):
        if rows:
            await connection.execute(told, rows)


async def _keep_newer_tokens(connection: AsyncConnection, tokens: Sequence[Row[Any]]) -> None:
    for row in tokens:
        older = delete(sealed_tokens).where(
            sealed_tokens.c.name == row.name, sealed_tokens.c.version < row.version
        )
        if (await connection.execute(older)).rowcount:
            await connection.execute(insert(sealed_tokens).values(row._asdict()))
