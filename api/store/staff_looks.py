"""Which official looked at a dossier and why, in SQL: lines of the audit."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import insert, select

from api.store.channel_tables import audit
from api.store.database import Database

LOOKED: Final = "dossier_looked_at"
"""What the audit calls it."""


class StaffLooks:
    """The lines in one database; retention keeps them as long as all lines of the audit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, at: float, details: Mapping[str, str]) -> None:
        """Keep that a dossier is looked at now.

        Args:
            at: seconds since 1970.
            details: who, why, and a name of the dossier by which its code is not known.

        Raises:
            StoreUnavailable: nothing was stored, so nothing may be shown.
        """
        line = {"at": at, "what": LOOKED, "details": json.dumps(details, ensure_ascii=False)}
        async with self._database.writing() as connection:
            await connection.execute(insert(audit).values(line))

    async def latest(self, limit: int) -> Sequence[tuple[float, Mapping[str, Any]]]:
        """Return when it was and the details, the latest first.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        query = (
            select(audit.c.at, audit.c.details)
            .where(audit.c.what == LOOKED)
            .order_by(audit.c.id.desc())
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [(row.at, json.loads(row.details)) for row in await connection.execute(query)]
