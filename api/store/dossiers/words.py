"""Words that open a proved dossier once, on another channel, in SQL."""

from sqlalchemy import insert, update

from api.store.database import Database
from api.store.dossier_tables import dossier_words


class SqlWords:
    """The adapter of `api.dossier_desk.ports.Words`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, word_hash: str, code: str, expires_at: float) -> None:
        """Keep a word, 64 characters of keyed hash; see the port.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        row = {"word_hash": word_hash, "code": code, "expires_at": expires_at}
        new = insert(dossier_words).values(row)
        await self._database.transact(lambda connection: connection.execute(new))

    async def take(self, word_hash: str, now: float) -> str | None:
        """Return what a word stands for and use it up; see the port.

        Raises:
            StoreUnavailable: nothing was used up.
        """
        table = dossier_words.c
        take = (
            update(dossier_words)
            .where(table.word_hash == word_hash, table.used_at.is_(None), table.expires_at > now)
            .values(used_at=now)
            .returning(table.code)
        )
        code = await self._database.transact(lambda connection: connection.execute(take).scalar())
        return None if code is None else str(code)
