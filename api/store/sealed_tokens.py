"""The tokens of the Official Account in SQL; sealed before they come here."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy import select, text, update

from api.store.channel_tables import sealed_tokens
from api.store.database import Database
from api.store.locks import file_lock
from bot.channels.zalo_oa.token_ports import KeptTokens

FAILURE_CHARACTERS: Final = 200


class SqlTokenStore:
    """One row of `sealed_tokens`: the adapter of `bot.channels.zalo_oa.token_ports.TokenStore`."""

    def __init__(self, database: Database, name: str) -> None:
        """Take an open database and the name of the row, ≤ 80 characters."""
        self._database = database
        self._name = name

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Let one renewal at a time in, across tasks, processes and, on PostgreSQL, machines.

        The system frees the lock when its holder dies.

        Raises:
            StoreUnavailable: the lock cannot be had within `BUSY_SECONDS`, or not at all.
        """
        if self._database.file is not None:
            folder = self._database.file.parent
            async with file_lock(folder / f"tokens-{_number(self._name)}.lock"):
                yield
            return
        async with self._database.reading() as connection:
            query = text("SELECT pg_advisory_xact_lock(:number)")
            await connection.execute(query, {"number": _number(self._name)})
            yield

    async def read(self) -> KeptTokens | None:
        """Return the row, None where there is none.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        table = sealed_tokens.c
        query = select(
            table.sealed,
            table.pending,
            table.version,
            table.renewed_at,
            table.failed_at,
            table.failure,
        ).where(table.name == self._name)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else KeptTokens(*row)

    async def note_pending(self, pending: str | None) -> None:
        """Keep `pending`; nothing else changes.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        await self._change(pending=pending)

    async def replace(self, sealed: str, previous: str | None, base: int, now: float) -> bool:
        """Put a pair in force if the version is still `base`; see the port.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        change: dict[str, Any] = {
            "sealed": sealed,
            "previous": previous,
            "version": base + 1,
            "renewed_at": now,
            "pending": None,
            "failed_at": None,
            "failure": None,
        }
        return await self._change(base, **change) == 1

    async def note_failure(self, failure: str, now: float) -> None:
        """Keep why renewing failed.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        await self._change(failure=failure[:FAILURE_CHARACTERS], failed_at=now)

    async def _change(self, base: int | None = None, **values: object) -> int:
        """Change the row, made empty where there is none; return how many rows were changed."""
        new = self._database.insert(sealed_tokens).on_conflict_do_nothing()
        empty = new.values(name=self._name, sealed="", version=0)
        change = update(sealed_tokens).where(sealed_tokens.c.name == self._name).values(**values)
        if base is not None:
            change = change.where(sealed_tokens.c.version == base)
        async with self._database.writing() as connection:
            await connection.execute(empty)
            return (await connection.execute(change)).rowcount


def _number(name: str) -> int:
    """A number for the advisory lock; no other of our locks has it but by a chance of 2⁻⁶³."""
    digest = hashlib.sha256(f"sealed_tokens {name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
