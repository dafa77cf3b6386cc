"""How much waits in inbox and outbox, and for how long."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import func, select

from api.store.channel_tables import inbox, outbox
from api.store.database import Database

_QUEUES: Final = ((inbox, inbox.c.received_at), (outbox, outbox.c.created_at))


class SqlBacklog:
    """Counts rows that are not done; partial indexes hold no others, so it is cheap."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Take an open database and a clock of seconds since 1970."""
        self._database = database
        self._clock = clock

    async def waiting(self) -> Mapping[str, Mapping[str, tuple[int, float]]]:
        """Return by queue and channel how many rows wait and the age of the oldest in seconds.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        now = self._clock()
        found: dict[str, dict[str, tuple[int, float]]] = {}
        async with self._database.reading() as connection:
            for table, since in _QUEUES:
                query = (
                    select(table.c.channel, func.count(), func.min(since))
                    .where(table.c.done_at.is_(None))
                    .group_by(table.c.channel)
                )
                found[table.name] = {
                    channel: (int(count), max(now - float(oldest), 0.0))
                    for channel, count, oldest in (await connection.execute(query)).all()
                }
        return found
