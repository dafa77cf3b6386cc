"""Slips in SQL: the adapter of `bot.filings.storing.Slips`.

Whoever changes a slip or its holders holds its row until the transaction ends; so does whoever
erases a holder (`api.store.erasing`), so that no notice is left of somebody who is gone.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, exists, select, update

from api.store.database import Database
from api.store.filing_tables import slip_holders, slips
from api.store.filings.codec import Written, dump_written, load_written, shared
from api.store.filings.noting import CHECKED, note_checked, withdraw
from bot.filings.merging import merged
from bot.filings.ports import Slip
from bot.filings.state import Checked, Filing
from bot.filings.storing import KeptSlip, Look
from bot.messages import ConversationKey

_slip, _holder = slips.c, slip_holders.c

_ROW: Final = select(slips).where(
    _slip.code_hash == bindparam("code_hash"), _slip.expires_at > bindparam("now")
)
_LOCKED: Final = _ROW.with_for_update()
_HOLDERS: Final = select(_holder.channel, _holder.user_id, _holder.held_since).where(
    _holder.code_hash == bindparam("code_hash")
)
_WRITE: Final = (
    update(slips)
    .where(_slip.code_hash == bindparam("its_hash"))
    .values(filing=bindparam("text"), version=bindparam("number"), expires_at=bindparam("until"))
)
_SEE: Final = (
    update(slips)
    .where(_slip.code_hash == bindparam("its_hash"))
    .values(
        filing=bindparam("text"),
        seen=bindparam("keys"),
        checked_at=bindparam("at"),
        checked_by=bindparam("staff_id"),
    )
)


class SqlSlips:
    """The slips in one database, shared by any number of processes."""

    def __init__(self, database: Database) -> None:
        """Take an open database."""
        self._database = database
        self._new: Final = (
            database.insert(slips).on_conflict_do_nothing().returning(_slip.code_hash)
        )
        self._hold: Final = database.insert(slip_holders).on_conflict_do_nothing()

    async def begin(
        self, code_hash: str, key: ConversationKey, filing: Filing, until: float, now: float
    ) -> Slip | None:
        """Keep a filing on a new slip; None: the code is taken.

        Raises:
            StoreUnavailable: nothing was kept.
        """
        kept = shared(filing)
        row = {
            "code_hash": code_hash,
            "procedure": kept.code,
            "filing": dump_written(Written(kept)),
            "version": 1,
            "created_at": now,
            "expires_at": until,
        }

        def work(connection: Connection) -> Slip | None:
            if connection.execute(self._new, row).scalar() is None:
                return None
            self._add(connection, code_hash, key, now)
            return Slip(replace(kept, version=1), until)

        return await self._database.transact(work)

    async def write(
        self, code_hash: str, key: ConversationKey, filing: Filing, until: float, now: float
    ) -> Slip | None:
        """Keep a filing on its slip; see the port.

        Raises:
            StoreUnavailable: nothing was kept.
        """

        def work(connection: Connection) -> Slip | None:
            found = _take(connection, code_hash, now)
            if found is None or found[0].procedure != filing.code:
                return None
            row, written = found
            mine, theirs = shared(filing), written.filing
            if filing.version != row.version:
                mine = merged(mine, theirs, written.at(filing.version))
            self._add(connection, code_hash, key, now)
            return _put(connection, found, mine, until)

        return await self._database.transact(work)

    async def read(
        self, code_hash: str, now: float, key: ConversationKey | None = None
    ) -> KeptSlip | None:
        """Return a slip, and whether `key` holds it; see the port.

        For a code of no slip the same is asked of the database.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        given = {"code_hash": code_hash, "now": now}

        def work(connection: Connection) -> KeptSlip | None:
            row = connection.execute(_ROW, given).one_or_none()
            holders = _holders(connection, code_hash)
            written = load_written(row.filing) if row is not None else None
            if row is None or written is None:
                return None
            return KeptSlip(_slip_of(row, written), key in holders, _reached(holders))

        return await self._database.look(work)

    async def hold(self, code_hash: str, key: ConversationKey, now: float) -> None:
        """Let a person hold a slip; nothing where there is none any more.

        Raises:
            StoreUnavailable: nothing was kept.
        """

        def work(connection: Connection) -> None:
            if _take(connection, code_hash, now) is not None:
                self._add(connection, code_hash, key, now)

        await self._database.transact(work)

    async def change(
        self, code_hash: str, change: Callable[[Filing], Filing], until: float, now: float
    ) -> Slip | None:
        """Change the filing of a slip alone; see the port.

        Raises:
            StoreUnavailable: nothing was changed.
        """

        def work(connection: Connection) -> Slip | None:
            found = _take(connection, code_hash, now)
            if found is None:
                return None
            return _put(connection, found, shared(change(found[1].filing)), until)

        return await self._database.transact(work)

    async def let_go(self, code_hash: str, key: ConversationKey) -> None:
        """End that a person holds a slip; one without holders is removed.

        Raises:
            StoreUnavailable: nothing was changed.
        """

        def work(connection: Connection) -> None:
            release(connection, [code_hash], key)
            withdraw(connection, key, CHECKED, code_hash)

        await self._database.transact(work)

    async def check(self, code_hash: str, look: Look, now: float) -> KeptSlip | None:
        """Keep what an official saw, and note whom it is to be told; see the port.

        Raises:
            StoreUnavailable: nothing was kept.
        """
        keys = tuple(sorted(look.seen))

        def work(connection: Connection) -> KeptSlip | None:
            if (found := _take(connection, code_hash, now)) is None:
                return None
            row, written = found
            holders = _holders(connection, code_hash)
            anew = replace(written, missing=tuple(sorted(look.missing)))
            marks = {"keys": " ".join(keys), "at": now, "staff_id": look.staff_id}
            connection.execute(_SEE, {"its_hash": code_hash, "text": dump_written(anew), **marks})
            told_at = row.checked_at if written.missing == anew.missing else None
            telling = _not_told(holders, told_at)
            what = (code_hash, written.filing, keys)
            note_checked(self._database, connection, what, telling, now)
            slip = replace(_slip_of(row, written), checked=Checked(keys, now))
            return KeptSlip(slip, told=_reached(holders), telling=len(telling))

        return await self._database.transact(work)

    def _add(
        self, connection: Connection, code_hash: str, key: ConversationKey, now: float
    ) -> None:
        person = {"channel": key.channel, "user_id": key.user_id}
        connection.execute(self._hold, {"code_hash": code_hash, **person, "held_since": now})


def slips_of(connection: Connection, key: ConversationKey) -> Sequence[str]:
    """Return the hashes of the slips that a person holds, which nobody else changes from here on.

    Args:
        connection: in a transaction for writing.
        key: the person.
    """
    held = select(_holder.code_hash).where(
        _holder.channel == key.channel, _holder.user_id == key.user_id
    )
    query = select(_slip.code_hash).where(_slip.code_hash.in_(held)).order_by(_slip.code_hash)
    return connection.execute(query.with_for_update()).scalars().all()


def release(
    connection: Connection, code_hashes: Sequence[str], key: ConversationKey
) -> tuple[int, int]:
    """Let a person hold these slips no more; return how many she held, and how many are gone.

    Args:
        connection: in a transaction for writing.
        code_hashes: of slips.
        key: the person.
    """
    those = select(_slip.code_hash).where(_slip.code_hash.in_(code_hashes))
    connection.execute(those.order_by(_slip.code_hash).with_for_update())
    left = delete(slip_holders).where(
        _holder.code_hash.in_(code_hashes),
        _holder.channel == key.channel,
        _holder.user_id == key.user_id,
    )
    count = connection.execute(left).rowcount
    unheld = ~exists().where(_holder.code_hash == _slip.code_hash)
    gone = connection.execute(delete(slips).where(_slip.code_hash.in_(code_hashes), unheld))
    return count, gone.rowcount


_Found = tuple[Row[Any], Written]


def _take(connection: Connection, code_hash: str, now: float) -> _Found | None:
    """Return a slip that nobody else changes until the transaction ends."""
    row = connection.execute(_LOCKED, {"code_hash": code_hash, "now": now}).one_or_none()
    written = load_written(row.filing) if row is not None else None
    return None if row is None or written is None else (row, written)


def _put(connection: Connection, found: _Found, filing: Filing, until: float) -> Slip:
    """Store a filing; the same filing puts the end off and counts no version."""
    row, written = found
    version, until = row.version, max(until, row.expires_at)
    if filing != written.filing:
        written, version = written.changed(filing, version), version + 1
    values = {"text": dump_written(written), "number": version, "until": until}
    connection.execute(_WRITE, {"its_hash": row.code_hash, **values})
    return Slip(replace(filing, version=version), until, _checked(row))


def _holders(connection: Connection, code_hash: str) -> dict[ConversationKey, float]:
    """Return who holds a slip, and since when."""
    rows = connection.execute(_HOLDERS, {"code_hash": code_hash})
    return {ConversationKey(channel, user_id): since for channel, user_id, since in rows}


def _reached(holders: Collection[ConversationKey]) -> int:
    return sum(key.can_be_told_later for key in holders)


def _not_told(
    holders: Mapping[ConversationKey, float], told_at: float | None
) -> Sequence[ConversationKey]:
    """Return who was not told at that moment, since she held no slip yet; None: nobody was."""
    return [
        key
        for key, since in holders.items()
        if key.can_be_told_later and (told_at is None or since > told_at)
    ]


def _slip_of(row: Row[Any], written: Written) -> Slip:
    filing = replace(written.filing, version=row.version)
    return Slip(filing, row.expires_at, _checked(row))


def _checked(row: Row[Any]) -> Checked | None:
    if row.checked_at is None:
        return None
    return Checked(tuple((row.seen or "").split()), row.checked_at)
