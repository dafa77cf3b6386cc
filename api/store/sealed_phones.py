"""Telephone numbers that people gave to be told of their dossiers, sealed before they come here."""

from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, select

from api.store.database import Database
from api.store.dossier_tables import dossier_follows, sealed_phones
from bot.messages import ConversationKey

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


def _of(key: ConversationKey) -> ColumnElement[bool]:
    return and_(_phone.channel == key.channel, _phone.user_id == key.user_id)
