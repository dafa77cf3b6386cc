"""Sessions of the web page and the API: who holds the token holds the conversation."""

import hashlib
import secrets
from typing import Final

from sqlalchemy import insert, select

from api.store.database import UNAVAILABLE, Database
from api.store.tables import chat_sessions
from bot.errors import StoreUnavailable

TOKEN_BYTES: Final = 32
"""256 random bits: nobody guesses a token."""

MOST_KNOWN: Final = 10_000
"""Sessions remembered by a process, at about 150 bytes each."""


class ChatSessions:
    """The sessions that were opened; only hashes are kept, so a copy of the database opens none."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, None] = {}
        """Hashes lately found in the database, where they stay: no need to ask for each message."""

    async def open(self) -> str:
        """Return the token of a new session.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        async with self._database.writing() as connection:
            await connection.execute(insert(chat_sessions).values(token_hash=_hash(token)))
        return token

    async def user_id(self, token: str) -> str | None:
        """Return the user that the token stands for, None for a token never given out.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        user_id = _hash(token)
        if user_id not in self._known:
            query = select(chat_sessions.c.token_hash).where(chat_sessions.c.token_hash == user_id)
            async with self._database.reading() as connection:
                if (await connection.execute(query)).scalar() is None:
                    return None
            self._remember(user_id)
        return user_id

    async def check(self) -> None:
        """Return if sessions can be read, and written as far as is known.

        Raises:
            StoreUnavailable: they cannot.
        """
        await self.user_id("")
        if not await self._database.can_write():
            raise StoreUnavailable(UNAVAILABLE)

    def _remember(self, user_id: str) -> None:
        while len(self._known) >= MOST_KNOWN:
            del self._known[next(iter(self._known))]
        self._known[user_id] = None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
