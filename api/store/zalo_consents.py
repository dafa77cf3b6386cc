"""Consents that operators began, in SQL: the browser may come back to any replica."""

from typing import Final

from sqlalchemy import delete, insert, select, update

from api.store.database import Database
from api.store.zalo_tables import zalo_consents

KEPT_SECONDS: Final = 86_400
"""A consent that is over is forgotten after so long, when the next one begins."""


class SqlConsentStore:
    """The adapter of `bot.channels.zalo_oa.consent.ConsentStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, key: str, sealed: str, expires_at: float) -> None:
        """Keep a consent.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        old = delete(zalo_consents).where(zalo_consents.c.expires_at < expires_at - KEPT_SECONDS)
        row = {"state_hash": key, "sealed": sealed, "expires_at": expires_at}
        async with self._database.writing() as connection:
            await connection.execute(old)
            await connection.execute(insert(zalo_consents).values(**row))

    async def peek(self, key: str, now: float) -> str | None:
        """Return what is kept; None: unknown, used or too old.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        table = zalo_consents.c
        query = select(table.sealed).where(
            table.state_hash == key, table.used_at.is_(None), table.expires_at > now
        )
        async with self._database.reading() as connection:
            return _text((await connection.execute(query)).scalar())

    async def take(self, key: str, now: float) -> str | None:
        """Return what is kept and use it up.

        Raises:
            StoreUnavailable: nothing was stored, nothing was used up.
        """
        table = zalo_consents.c
        take = (
            update(zalo_consents)
            .where(table.state_hash == key, table.used_at.is_(None), table.expires_at > now)
            .values(used_at=now)
            .returning(table.sealed)
        )
        async with self._database.writing() as connection:
            return _text((await connection.execute(take)).scalar())

    async def give_back(self, key: str) -> None:
        """Let what was taken be taken again.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        back = update(zalo_consents).where(zalo_consents.c.state_hash == key).values(used_at=None)
        async with self._database.writing() as connection:
            await connection.execute(back)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
