"""What a restore must not take back: tokens that were renewed, keys that ended, what was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.store.channel_tables import sealed_tokens
from api.store.dossier_tables import dossier_alerts, dossier_follows, machine_keys

_key, _alert, _follow = machine_keys.c, dossier_alerts.c, dossier_follows.c

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
_TOLD: Final = (
    update(dossier_alerts)
    .where(_alert.id == bindparam("row"))
    .values(told_at=bindparam("at"), way=bindparam("by"), outbox_id=None, claimed_by=None)
)
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
    told: Sequence[Mapping[str, Any]]
    """Alerts that are open in the backup, by their numbers there, and were told since."""


async def note_kept(connection: AsyncConnection, backup: AsyncConnection) -> Kept:
    """Note what stays as it is, whatever the backup says.

    Args:
        connection: to the database, before anything is replaced.
        backup: to what takes its place.
    """
    waiting = await backup.execute(_NAMED_ALERTS.where(_alert.told_at.is_(None)))
    rows = {tuple(row[:5]): row.id for row in waiting}
    told: Sequence[Mapping[str, Any]] = ()
    if rows:
        stream = await connection.stream(_NAMED_ALERTS.where(_alert.told_at.is_not(None)))
        told = [
            {"row": rows[tuple(row[:5])], "at": row.told_at, "by": row.way}
            async for row in stream
            if tuple(row[:5]) in rows
        ]
    return Kept(
        tokens=(await connection.execute(select(sealed_tokens))).all(),
        keys=(await connection.execute(_ENDED_KEYS)).all(),
        told=told,
    )


async def keep(connection: AsyncConnection, kept: Kept) -> None:
    """Put what was noted into the database that was replaced."""
    await _keep_newer_tokens(connection, kept.tokens)
    for change, name in ((_REVOKED, "revoked_at"), (_EXPIRES, "expires_at")):
        ends = [(row.id, getattr(row, name)) for row in kept.keys]
        if given := [{"key": key, "at": at} for key, at in ends if at is not None]:
            await connection.execute(change, given)
    if kept.told:
        await connection.execute(_TOLD, kept.told)


async def _keep_newer_tokens(connection: AsyncConnection, tokens: Sequence[Row[Any]]) -> None:
    for row in tokens:
        older = delete(sealed_tokens).where(
            sealed_tokens.c.name == row.name, sealed_tokens.c.version < row.version
        )
        if (await connection.execute(older)).rowcount:
            await connection.execute(insert(sealed_tokens).values(row._asdict()))
