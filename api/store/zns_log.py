"""Template messages in SQL: what was sent, so that nothing is sent twice."""

from typing import Final

from sqlalchemy import and_, case, or_, select, update

from api.store.database import Database
from api.store.zalo_tables import zns_messages
from bot.channels.zalo_oa.zns_ports import (
    CLAIM_SECONDS,
    MOST_UNKNOWN_ATTEMPTS,
    Fate,
    ZnsRow,
)

REASON_CHARACTERS: Final = 80


class SqlZnsLog:
    """The adapter of `bot.channels.zalo_oa.zns_ports.ZnsLog`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, tracking_id: str, now: float) -> bool:
        """Begin an attempt; see the port.

        Raises:
            StoreUnavailable: nothing was stored, nothing may be sent.
        """
        row = zns_messages.c
        new = (
            self._database.insert(zns_messages)
            .values(tracking_id=tracking_id, fate=Fate.SENDING, attempts=1, began_at=now)
            .on_conflict_do_nothing()
            .returning(row.tracking_id)
        )
        left_alone = and_(row.fate == Fate.SENDING, row.began_at <= now - CLAIM_SECONDS)
        again = or_(
            row.fate == Fate.WAITING,
            and_(or_(row.fate == Fate.UNKNOWN, left_alone), row.attempts < MOST_UNKNOWN_ATTEMPTS),
        )
        retry = (
            update(zns_messages)
            .where(row.tracking_id == tracking_id, again)
            .values(fate=Fate.SENDING, attempts=row.attempts + 1, began_at=now)
        )
        async with self._database.writing() as connection:
            if (await connection.execute(new)).scalar() is not None:
                return True
            return (await connection.execute(retry)).rowcount == 1

    async def settle(
        self, tracking_id: str, fate: Fate, *, message_id: str = "", reason: str = ""
    ) -> None:
        """Keep what became of the attempt; see the port.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        row = zns_messages.c
        arrived = row.fate == Fate.DELIVERED
        not_arrived = 1 if fate is Fate.WAITING else 0
        change = (
            update(zns_messages)
            .where(row.tracking_id == tracking_id)
            .values(
                fate=case((arrived, row.fate), else_=fate.value),
                attempts=row.attempts - not_arrived,
                message_id=message_id or None,
                reason=reason[:REASON_CHARACTERS] or None,
            )
        )
        async with self._database.writing() as connection:
            await connection.execute(change)

    async def note_delivered(self, tracking_id: str, at: float) -> bool:
        """Keep that it reached the telephone; see the port.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        change = (
            update(zns_messages)
            .where(zns_messages.c.tracking_id == tracking_id)
            .values(fate=Fate.DELIVERED, delivered_at=at, reason=None)
        )
        async with self._database.writing() as connection:
            return (await connection.execute(change)).rowcount == 1

    async def find(self, tracking_id: str) -> ZnsRow | None:
        """Return what is kept, None for an id that is new.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        query = select(zns_messages).where(zns_messages.c.tracking_id == tracking_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return None if row is None else ZnsRow(**{**row, "fate": Fate(row["fate"])})
