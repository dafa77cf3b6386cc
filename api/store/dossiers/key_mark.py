"""By which key the factors of this database are hashed, so that another one is noticed."""

from typing import Final

from sqlalchemy import Connection, exists, select, update

from api.store.database import Database
from api.store.dossier_tables import dossiers, factor_keys

_ROW: Final = 1
_MARK: Final = select(factor_keys.c.fingerprint).where(factor_keys.c.id == _ROW)
_ANY_FACTOR: Final = select(exists().where(dossiers.c.factors != ""))


class KeyMark:
    """The mark of the key in one database."""

    def __init__(self, database: Database) -> None:
        """Take an open database."""
        self._database = database

    async def fits(self, fingerprint: str) -> bool:
        """Tell whether what is kept here can be compared with this key; change nothing.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        return await self._database.look(lambda connection: _fits(connection, fingerprint))

    async def settle(self, fingerprint: str) -> bool:
        """Mark the database with this key; False: its factors are hashed with another one.

        A database without factors takes any key.

        Raises:
            StoreUnavailable: nothing was marked.
        """

        def settle(connection: Connection) -> bool:
            if not _fits(connection, fingerprint):
                return False
            self._mark(connection, fingerprint)
            return True

        return await self.fits(fingerprint) and await self._database.transact(settle)

    async def exchange(self, fingerprint: str) -> int:
        """Take another key, and drop every factor of the one before; return of how many dossiers.

        Raises:
            StoreUnavailable: nothing was changed.
        """

        def exchange(connection: Connection) -> int:
            if _fits(connection, fingerprint):
                return 0
            emptied = update(dossiers).where(dossiers.c.factors != "").values(factors="")
            count = connection.execute(emptied).rowcount
            self._mark(connection, fingerprint)
            return count

        return await self._database.transact(exchange)

    def _mark(self, connection: Connection, fingerprint: str) -> None:
        new = self._database.insert(factor_keys).values(id=_ROW, fingerprint=fingerprint)
        connection.execute(
            new.on_conflict_do_update(
                index_elements=[factor_keys.c.id], set_={"fingerprint": fingerprint}
            )
        )


def _fits(connection: Connection, fingerprint: str) -> bool:
    mark = connection.execute(_MARK).scalar()
    return mark == fingerprint or not connection.execute(_ANY_FACTOR).scalar_one()
