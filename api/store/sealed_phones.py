"""Telephone numbers that people gave to be told of their dossiers, sealed before they come here."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    select,
    tuple_,
    update,
)

from api.store.database import Database
from api.store.dossier_tables import dossier_follows, sealed_phones
from bot.messages import ConversationKey

AT_ONCE: Final = 200
"""Rows in one transaction."""

_phone: Final = sealed_phones.c
_follow: Final = dossier_follows.c

NEEDED: Final = exists().where(
    _follow.channel == _phone.channel,
    _follow.user_id == _phone.user_id,
    _follow.followed_at.is_not(None),
)
"""Its owner is told of at least one dossier."""


class SqlSealedPhones:
    """The adapter of `bot.channels.phones.SealedPhones`."""

    def __init__(self, database: Database) -> None:
        """Take an open database."""
        self._database = database

    async def keep(self, key: ConversationKey, sealed: str, at: float) -> bool:
        """Keep a number; see the port.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        follows = select(_follow.id).where(
            _follow.channel == key.channel,
            _follow.user_id == key.user_id,
            _follow.followed_at.is_not(None),
        )
        new = self._database.insert(sealed_phones).values(
            channel=key.channel, user_id=key.user_id, sealed=sealed, given_at=at
        )
        kept = new.on_conflict_do_update(
            index_elements=[_phone.channel, _phone.user_id],
            set_={"sealed": new.excluded.sealed, "given_at": new.excluded.given_at},
        )

        def store(connection: Connection) -> bool:
            # locked: whoever stops following at this moment waits, and takes the number away
            if connection.execute(follows.limit(1).with_for_update()).scalar() is None:
                return False
            connection.execute(kept)
            return True

        return await self._database.transact(store)

    async def find(self, key: ConversationKey) -> str:
        """Return what is kept; empty: nothing is.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        query = select(_phone.sealed).where(_of(key), NEEDED)
        sealed = await self._database.look(lambda connection: connection.execute(query).scalar())
        return "" if sealed is None else str(sealed)

    async def rewrite(self, rewritten: Callable[[str], str]) -> int:
        """Seal every number anew; see the port.

        Raises:
            StoreUnavailable: some were not sealed anew.
        """
        last, count = ("", ""), 0
        while True:
            given = {"last_channel": last[0], "last_user": last[1]}
            rows = await self._database.look(partial(_some, given))
            if not rows:
                return count
            changes = [
                {"its_channel": row.channel, "its_user": row.user_id, "former": row.sealed}
                | {"newly": rewritten(row.sealed)}
                for row in rows
            ]
            await self._database.transact(partial(_replace, changes))
            last, count = (rows[-1].channel, rows[-1].user_id), count + len(rows)

    async def erase(self, key: ConversationKey) -> None:
        """Erase what is kept, if anything is.

        Raises:
            StoreUnavailable: nothing was erased.
        """
        gone = delete(sealed_phones).where(_of(key))
        await self._database.transact(lambda connection: connection.execute(gone))


def erase_needless(connection: Connection, key: ConversationKey) -> int:
    """Erase the number of somebody who is told of no dossier any more; return how many it were.

    In the transaction of the caller, in which she stopped following.
    """
    return connection.execute(delete(sealed_phones).where(_of(key), ~NEEDED)).rowcount


def _some(given: Mapping[str, str], connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(_NEXT, given).all()


def _replace(changes: list[dict[str, str]], connection: Connection) -> None:
    connection.execute(_REPLACE, changes)


_PERSON: Final = tuple_(_phone.channel, _phone.user_id)
_NEXT: Final = (
    select(sealed_phones)
    .where(tuple_(bindparam("last_channel"), bindparam("last_user")) < _PERSON)
    .order_by(_phone.channel, _phone.user_id)
    .limit(AT_ONCE)
)
_REPLACE: Final = (
    update(sealed_phones)
    .where(
        _phone.channel == bindparam("its_channel"),
        _phone.user_id == bindparam("its_user"),
        _phone.sealed == bindparam("former"),
    )
    .values(sealed=bindparam("newly"))
)


def _of(key: ConversationKey) -> ColumnElement[bool]:
    return and_(_phone.channel == key.channel, _phone.user_id == key.user_id)
