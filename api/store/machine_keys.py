"""Keys of other systems; the database holds their hashes, so a copy of it opens nothing."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from api.errors import KeyRefused
from api.machine_keys import (
    EXPIRED_KEY,
    REVOKED_KEY,
    UNKNOWN_KEY,
    MachineKey,
    Scope,
    check_own_key,
    hash_of,
    id_of,
    in_words,
    is_key,
    new_key,
)
from api.store.channel_tables import audit
from api.store.database import Database
from api.store.dossier_tables import machine_keys
from api.store.staff_looks import LOOKED
from bot.dossiers.factors import FactorKey

USED_SECONDS: Final = 60.0
"""So often at most it is noted that a key is in use: not every push needs a write of its own."""

ADDED, ROTATED, REVOKED = "key_added", "key_rotated", "key_revoked"
"""What the audit calls them."""

_WHY: Final = "đọc qua GET /v1/dossiers"

_NOBODY: Final = hash_of("")
"""Compared with where there is no such key."""

_NO_SUCH: Final = "Không có khoá nào mang mã này. Xem danh sách: motcua keys list"
_TWICE: Final = "Khoá này đã có rồi. Mỗi hệ thống cần một khoá riêng."
_OF_OTHERS: Final = (
    "Khoá này do bên kia chọn. Hãy thêm khoá mới bằng motcua keys add --own, rồi thu hồi khoá cũ."
)

_COLUMNS: Final = machine_keys.c
_BY_ID: Final = select(machine_keys).where(_COLUMNS.id == bindparam("key_id"))
_USED: Final = (
    update(machine_keys)
    .where(
        _COLUMNS.id == bindparam("key_id"),
        or_(_COLUMNS.last_used_at.is_(None), _COLUMNS.last_used_at <= bindparam("before")),
    )
    .values(last_used_at=bindparam("now"))
)


class SqlMachineKeys:
    """The keys in one database: the adapter of `api.machine_keys.MachineKeys`."""

    def __init__(
        self, database: Database, factor_key: FactorKey, clock: Callable[[], float]
    ) -> None:
        """Take an open database, what hashes codes for the audit, and a clock (since 1970)."""
        self._database = database
        self._factor_key = factor_key
        self._clock = clock

    async def recognise(self, presented: str) -> MachineKey:
        """Return the key that was presented; takes as long whether or not there is one.

        Raises:
            KeyRefused: it is no key of ours, was revoked, or is too old.
            StoreUnavailable: the database cannot be read.
        """
        given = {"key_id": id_of(presented)}
        row = await self._database.look(
            lambda connection: connection.execute(_BY_ID, given).first()
        )
        if not is_key(presented, row.key_hash if row is not None else _NOBODY) or row is None:
            raise KeyRefused(UNKNOWN_KEY)
        now = self._clock()
        if row.revoked_at is not None:
            raise KeyRefused(REVOKED_KEY)
        if row.expires_at is not None and row.expires_at <= now:
            raise KeyRefused(EXPIRED_KEY)
        await self._note_use(row, now)
        return _key_of(row)

    async def note_reading(self, key: MachineKey, code: str) -> None:
        """Put into the audit that a dossier is read with a key.

        It stands there like the look of an official: `motcua dossiers audit` shows both. The code
        is hashed with the secret key: whoever has the audit alone finds no code.

        Raises:
            StoreUnavailable: nothing was noted, so nothing may be told.
        """
        name = self._factor_key.audit_name(code)
        who = f"khoá {key.id} ({key.name})"
        details = {"who": who, "reason": _WHY, "dossier": name}
        await self._database.transact(lambda connection: self._note(connection, LOOKED, details))

    async def add(self, name: str, scopes: frozenset[Scope], days: int | None) -> tuple[str, str]:
        """Make a key; return its id and the key, which nobody can show again.

        Args:
            name: whose it is.
            scopes: what it opens.
            days: how long it is good; None: until it is revoked.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        key_id, key = new_key()
        row = self._row(key, name, in_words(scopes), days)
        await self._database.transact(lambda connection: self._insert(connection, row, ADDED))
        return key_id, key

    async def add_own(self, key: str, name: str, scopes: frozenset[Scope], days: int | None) -> str:
        """Keep a key that the other side chose; return its id.

        Raises:
            KeyRefused: it is too weak, or there already.
            StoreUnavailable: nothing was stored.
        """
        check_own_key(key)
        row = {**self._row(key, name, in_words(scopes), days), "own_key": True}

        def insert_once(connection: Connection) -> None:
            if connection.execute(_BY_ID, {"key_id": row["id"]}).first() is not None:
                raise KeyRefused(_TWICE)
            self._insert(connection, row, ADDED)

        await self._database.transact(insert_once)
        return str(row["id"])

    async def list(self) -> tuple[MachineKey, ...]:
        """Return all keys, the oldest first.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        query = select(machine_keys).order_by(_COLUMNS.created_at, _COLUMNS.id)
        rows = await self._database.look(lambda connection: connection.execute(query).all())
        return tuple(map(_key_of, rows))

    async def rotate(self, key_id: str, overlap_days: int) -> tuple[str, str]:
        """Make a key like an old one, which ends after some days; return its id and the key.

        Raises:
            KeyRefused: there is no such key, it is no longer good, or not ours to change.
            StoreUnavailable: nothing was stored.
        """
        now, (new_id, key) = self._clock(), new_key()

        def rotate(connection: Connection) -> None:
            old = self._find(connection, key_id)
            if old.own_key:
                raise KeyRefused(_OF_OTHERS)
            if old.revoked_at is not None or (old.expires_at or now + 1) <= now:
                raise KeyRefused("Khoá này không còn dùng được. Hãy thêm khoá mới: motcua keys add")
            lived = None if old.expires_at is None else old.expires_at - old.created_at
            row = self._row(key, old.name, old.scopes, None)
            row["expires_at"] = None if lived is None else now + lived
            self._insert(connection, row, ROTATED, instead_of=key_id)
            ends = min(old.expires_at or float("inf"), now + overlap_days * 86_400.0)
            connection.execute(
                update(machine_keys).where(_COLUMNS.id == key_id).values(expires_at=ends)
            )

        await self._database.transact(rotate)
        return new_id, key

    async def revoke(self, key_id: str) -> MachineKey:
        """End a key at once; doing it again changes nothing. Return it.

        Raises:
            KeyRefused: there is no such key.
            StoreUnavailable: nothing was stored.
        """

        def revoke(connection: Connection) -> MachineKey:
            row = self._find(connection, key_id)
            if row.revoked_at is None:
                ended = update(machine_keys).where(_COLUMNS.id == key_id)
                connection.execute(ended.values(revoked_at=self._clock()))
                self._note(connection, REVOKED, {"key": key_id, "name": row.name})
            return _key_of(row)

        return await self._database.transact(revoke)

    async def _note_use(self, row: "Row[tuple[object, ...]]", now: float) -> None:
        if row.last_used_at is not None and now - row.last_used_at < USED_SECONDS:
            return
        given = {"key_id": row.id, "now": now, "before": now - USED_SECONDS}
        await self._database.transact(lambda connection: connection.execute(_USED, given))

    def _row(self, key: str, name: str, scopes: str, days: int | None) -> dict[str, object]:
        now = self._clock()
        ends = timedelta(days=days).total_seconds() + now if days is not None else None
        return {
            "id": id_of(key),
            "name": name,
            "scopes": scopes,
            "key_hash": hash_of(key),
            "created_at": now,
            "expires_at": ends,
            "own_key": False,
        }

    def _insert(
        self, connection: Connection, row: dict[str, object], what: str, **more: object
    ) -> None:
        connection.execute(insert(machine_keys).values(row))
        details = {"key": row["id"], "name": row["name"], "scopes": row["scopes"], **more}
        self._note(connection, what, details)

    def _note(self, connection: Connection, what: str, details: Mapping[str, object]) -> None:
        told = json.dumps(details, ensure_ascii=False)
        connection.execute(insert(audit).values(at=self._clock(), what=what, details=told))

    def _find(self, connection: Connection, key_id: str) -> "Row[tuple[object, ...]]":
        row = connection.execute(_BY_ID.with_for_update(), {"key_id": key_id}).first()
        if row is None:
            raise KeyRefused(_NO_SUCH)
        return row


def _key_of(row: "Row[tuple[object, ...]]") -> MachineKey:
    known = frozenset(Scope)
    return MachineKey(
        id=row.id,
        name=row.name,
        scopes=frozenset(Scope(one) for one in row.scopes.split() if one in known),
        created_at=datetime.fromtimestamp(row.created_at, UTC),
        expires_at=_moment(row.expires_at),
        revoked_at=_moment(row.revoked_at),
        last_used_at=_moment(row.last_used_at),
        own_key=row.own_key,
    )


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
