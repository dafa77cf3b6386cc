"""Accounts of officials and their sessions in SQL; of a token only the hash is there."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from api.errors import StaffRefused
from api.staff_accounts import IDLE_SECONDS, NO_SUCH_ACCOUNT, Account, Clock, Credentials, Official
from api.store.channel_tables import audit
from api.store.database import Database
from api.store.filing_tables import staff, staff_sessions

SEEN_SECONDS: Final = 60.0
"""So often at most it is noted that a session is in use: not every page needs a write."""

ADDED, PASSWORD, DISABLED, ENABLED, LOGGED_IN = (
    "staff_added",
    "staff_password",
    "staff_disabled",
    "staff_enabled",
    "staff_logged_in",
)
"""What the audit calls them."""

_TAKEN: Final = "Đã có tài khoản mang tên này. Đổi mật khẩu của nó: motcua staff password"

_who, _open = staff.c, staff_sessions.c
_BY_LOGIN: Final = select(staff).where(_who.login == bindparam("wanted"))
_UNCHANGED: Final = select(_who.id).where(
    _who.id == bindparam("official"),
    _who.password_hash == bindparam("known"),
    _who.disabled_at.is_(None),
)
_ALIVE: Final = and_(_open.expires_at > bindparam("now"), _open.last_seen_at > bindparam("idle"))
_SESSION: Final = (
    select(_who.id, _who.login, _who.name, _who.unit, _open.last_seen_at)
    .join(staff_sessions, _open.staff_id == _who.id)
    .where(_open.token_hash == bindparam("token"), _who.disabled_at.is_(None), _ALIVE)
)
_SEEN: Final = (
    update(staff_sessions)
    .where(_open.token_hash == bindparam("token"), _open.last_seen_at < bindparam("now"))
    .values(last_seen_at=bindparam("now"))
)
_OVER: Final = delete(staff_sessions).where(
    or_(_open.expires_at <= bindparam("now"), _open.last_seen_at <= bindparam("idle"))
)
_LISTED: Final[Select[Any]] = (
    select(staff, func.count(_open.token_hash).label("sessions"))
    .outerjoin(staff_sessions, and_(_open.staff_id == _who.id, _ALIVE))
    .group_by(_who.id)
    .order_by(_who.login)
)


class SqlStaff:
    """The accounts in one database: the adapter of `api.staff_accounts.StaffAccounts`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Take an open database, and a clock (since 1970)."""
        self._database = database
        self._clock = clock

    async def find(self, login: str) -> Credentials | None:
        """Return what the login is compared with.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        row = await self._database.look(
            lambda connection: connection.execute(_BY_LOGIN, {"wanted": login}).first()
        )
        if row is None:
            return None
        official = Official(row.id, row.login, row.name, row.unit)
        return Credentials(official, row.password_hash, row.disabled_at is not None)

    async def renew_hash(self, kept: Credentials, newer: str) -> Credentials:
        """Keep a hash of the same password that is up to date; sessions go on.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        same = update(staff).where(
            _who.id == kept.official.id, _who.password_hash == kept.password_hash
        )
        await self._database.transact(
            lambda connection: connection.execute(same.values(password_hash=newer))
        )
        return Credentials(kept.official, newer, kept.is_disabled)

    async def open_session(self, kept: Credentials, token_hash: str, hours: int) -> bool:
        """Keep a new session, and forget all that are over; see the port.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        now, who = self._clock(), kept.official
        row = {
            "token_hash": token_hash,
            "staff_id": who.id,
            "created_at": now,
            "last_seen_at": now,
            "expires_at": now + hours * 3600.0,
        }
        given = {"official": who.id, "known": kept.password_hash}

        def open_it(connection: Connection) -> bool:
            connection.execute(_OVER, self._times())
            # locked, so that a password changed at this moment ends this session too
            if connection.execute(_UNCHANGED.with_for_update(), given).first() is None:
                return False
            connection.execute(insert(staff_sessions).values(row))
            self._note(connection, LOGGED_IN, who.login, who.login)
            return True

        return await self._database.transact(open_it)

    async def recognise(self, token_hash: str) -> Official | None:
        """Return whose session it is, and note that it is in use; see the port.

        Raises:
            StoreUnavailable: the database cannot be read or written.
        """
        given = {"token": token_hash, **self._times()}
        row = await self._database.look(
            lambda connection: connection.execute(_SESSION, given).first()
        )
        if row is None:
            return None
        if given["now"] - row.last_seen_at >= SEEN_SECONDS:
            seen = {"token": token_hash, "now": given["now"]}
            await self._database.transact(lambda connection: connection.execute(_SEEN, seen))
        return Official(row.id, row.login, row.name, row.unit)

    async def close_session(self, token_hash: str) -> None:
        """End a session; one that is over already does no harm.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        ended = delete(staff_sessions).where(_open.token_hash == token_hash)
        await self._database.transact(lambda connection: connection.execute(ended))

    async def add(self, official: Official, password_hash: str, by: str) -> None:
        """Keep a new account; the `id` of `official` counts for nothing.

        Args:
            official: login, name and unit, already checked.
            password_hash: of the password.
            by: the operator, for the audit.

        Raises:
            StaffRefused: the login is taken.
            StoreUnavailable: nothing was stored.
        """
        now = self._clock()
        new = self._database.insert(staff).values(
            login=official.login,
            name=official.name,
            unit=official.unit,
            password_hash=password_hash,
            created_at=now,
            changed_at=now,
        )

        once = new.on_conflict_do_nothing().returning(_who.id)

        def add(connection: Connection) -> None:
            if connection.execute(once).scalar() is None:
                raise StaffRefused(_TAKEN)
            self._note(connection, ADDED, official.login, by)

        await self._database.transact(add)

    async def set_password(self, login: str, password_hash: str, by: str) -> None:
        """Exchange the password of an account; all its sessions end.

        Raises:
            StaffRefused: there is no such account.
            StoreUnavailable: nothing was changed.
        """
        changed = {"password_hash": password_hash, "changed_at": self._clock()}
        await self._change(login, PASSWORD, by, changed)

    async def disable(self, login: str, by: str) -> None:
        """Let nobody log in with an account, and end its sessions; errors as above."""
        await self._change(login, DISABLED, by, {"disabled_at": self._clock()})

    async def enable(self, login: str, by: str) -> None:
        """Let somebody log in with an account again; errors as above."""
        await self._change(login, ENABLED, by, {"disabled_at": None})

    async def accounts(self) -> tuple[Account, ...]:
        """Return all accounts, by login.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        given = self._times()
        rows = await self._database.look(
            lambda connection: connection.execute(_LISTED, given).all()
        )
        return tuple(map(_account_of, rows))

    async def _change(self, login: str, what: str, by: str, values: dict[str, Any]) -> None:
        change = update(staff).where(_who.login == login).values(values).returning(_who.id)

        def change_it(connection: Connection) -> None:
            number = connection.execute(change).scalar()
            if number is None:
                raise StaffRefused(NO_SUCH_ACCOUNT)
            connection.execute(delete(staff_sessions).where(_open.staff_id == number))
            self._note(connection, what, login, by)

        await self._database.transact(change_it)

    def _note(self, connection: Connection, what: str, login: str, by: str) -> None:
        details = json.dumps({"login": login, "who": by}, ensure_ascii=False)
        connection.execute(insert(audit).values(at=self._clock(), what=what, details=details))

    def _times(self) -> dict[str, float]:
        now = self._clock()
        return {"now": now, "idle": now - IDLE_SECONDS}


def _account_of(row: Row[Any]) -> Account:
    ended = None if row.disabled_at is None else datetime.fromtimestamp(row.disabled_at, UTC)
    return Account(
        login=row.login,
        name=row.name,
        unit=row.unit,
        created_at=datetime.fromtimestamp(row.created_at, UTC),
        changed_at=datetime.fromtimestamp(row.changed_at, UTC),
        disabled_at=ended,
        sessions=row.sessions,
    )
