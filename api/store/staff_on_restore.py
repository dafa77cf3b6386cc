"""Officials after a restore: nobody gets in again who was kept out since the backup was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.store.filing_tables import staff, staff_sessions

_who, _open = staff.c, staff_sessions.c

_ACCOUNTS: Final = select(_who.login, _who.password_hash, _who.changed_at, _who.disabled_at)
_DISABLED: Final = (
    update(staff)
    .where(_who.login == bindparam("official"))
    .values(disabled_at=func.coalesce(_who.disabled_at, bindparam("at")))
)
_NEWER_PASSWORD: Final = (
    update(staff)
    .where(_who.login == bindparam("official"), _who.changed_at < bindparam("at"))
    .values(password_hash=bindparam("hashed"), changed_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class KeptStaff:
    """What was noted before everything was replaced."""

    accounts: Sequence[Row[Any, Any, Any, Any]]
    tokens: Sequence[str]
    """Hashes of those of open sessions."""


async def note_staff(connection: AsyncConnection) -> KeptStaff:
    """Note who may come in now."""
    accounts = (await connection.execute(_ACCOUNTS)).all()
    tokens = (await connection.execute(select(_open.token_hash))).scalars().all()
    return KeptStaff(accounts, tokens)


async def keep_staff(connection: AsyncConnection, kept: KeptStaff) -> None:
    """Let accounts stay disabled, newer passwords count, and ended sessions stay ended."""
    if not kept.accounts:
        return
    disabled = [
        {"official": one.login, "at": one.disabled_at}
        for one in kept.accounts
        if one.disabled_at is not None
    ]
    if disabled:
        await connection.execute(_DISABLED, disabled)
    passwords = [
        {"official": one.login, "hashed": one.password_hash, "at": one.changed_at}
        for one in kept.accounts
    ]
    await connection.execute(_NEWER_PASSWORD, passwords)
    known = select(_who.id).where(_who.login.in_([one.login for one in kept.accounts]))
    ended = _open.staff_id.in_(known) & _open.token_hash.not_in(kept.tokens)
    await connection.execute(delete(staff_sessions).where(ended))
