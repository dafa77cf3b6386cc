"""What people asked to be reminded of, in SQL: the adapter of `bot.filings.storing.Reminders`."""

from collections.abc import Sequence

from sqlalchemy import select

from api.store.database import Database
from api.store.filing_tables import notices
from api.store.filings.codec import dump_notice
from api.store.filings.noting import REMINDER, note, withdraw
from bot.filings.ports import Reminder
from bot.filings.state import Filing
from bot.messages import ConversationKey

_notice = notices.c


class SqlReminders:
    """The reminders in one database."""

    def __init__(self, database: Database) -> None:
        """Take an open database."""
        self._database = database

    async def put(self, key: ConversationKey, filing: Filing, due_at: float, now: float) -> None:
        """Remind once of a filing, in the place of an earlier reminder of it.

        Raises:
            StoreUnavailable: nothing was kept.
        """
        row = {
            "channel": key.channel,
            "user_id": key.user_id,
            "kind": REMINDER,
            "subject": filing.code,
            "content": dump_notice(filing),
            "due_at": due_at,
            "created_at": now,
        }
        await self._database.transact(lambda connection: note(self._database, connection, [row]))

    async def list(self, key: ConversationKey) -> Sequence[Reminder]:
        """Return what a person is still to be reminded of, the next first.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        query = (
            select(_notice.subject, _notice.due_at)
            .where(
                _notice.channel == key.channel,
                _notice.user_id == key.user_id,
                _notice.kind == REMINDER,
                _notice.told_at.is_(None),
            )
            .order_by(_notice.due_at, _notice.id)
        )
        return await self._database.look(
            lambda connection: [Reminder(*row) for row in connection.execute(query)]
        )

    async def remove(self, key: ConversationKey, procedure: str) -> None:
        """Forget the reminder of this procedure; empty: all of them.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        await self._database.transact(
            lambda connection: withdraw(connection, key, REMINDER, procedure)
        )
