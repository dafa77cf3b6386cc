"""Conversations and their turns in SQL: the adapter of `bot.ports.DialogueStore`."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.store.codec import dump, load_dialogue, load_reply, without_words
from api.store.database import Database, translated
from api.store.erasing import erase_person
from api.store.filings.counts import add_counts, milestone_of
from api.store.locks import ConversationLocks
from api.store.private_turns import ends_private, forget_private
from api.store.rating import Rating, keep_rating
from api.store.tables import conversations, turns
from bot.dialogue import Dialogue
from bot.messages import RATED_DOWN, RATED_UP, ConversationKey, IncomingMessage, Reply
from bot.parse import Parse


class SqlDialogueStore:
    """Keeps conversations in one database, shared by any number of processes."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Take an open database and a clock that counts seconds and never goes back."""
        self._database = database
        self._clock = clock
        folder = database.file.parent / "locks" if database.file else None
        self._locks = ConversationLocks(folder)

    @asynccontextmanager
    async def open(self, key: ConversationKey) -> AsyncIterator["SqlConversation"]:
        """Lock the conversation, create it if new; commit when the block ends without an error.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        began = self._clock()
        async with self._locks.hold(key), self._database.reading() as connection:
            row = await self._row(connection, key)
            yield SqlConversation(
                dialogue=load_dialogue(row.dialogue) if row else Dialogue(),
                key=key,
                row_id=row.id if row else None,
                database=self._database,
                connection=connection,
                duration_ms=lambda: (self._clock() - began) * 1000,
            )

    async def latest(self, key: ConversationKey) -> tuple[Reply, int, int] | None:
        """Return the reply given last, the number of its turn, and its rating (1, -1; 0: none).

        Thanks for a rating are no such reply. None: nothing was answered yet.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        query = (
            _turns_of(key)
            .where(turns.c.outcome_kind.not_in([RATED_UP, RATED_DOWN]))
            .order_by(turns.c.id.desc())
            .limit(1)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return (load_reply(row.reply), row.id, row.rating or 0) if row else None

    async def number_of(self, key: ConversationKey, event_id: str) -> int | None:
        """Return the number of the turn that answered an event; None: none is kept.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        query = _turns_of(key).where(turns.c.event_id == event_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        return row.id if row else None

    async def _row(self, connection: AsyncConnection, key: ConversationKey) -> Any:
        """Return id and dialogue; on PostgreSQL the row exists and is locked."""
        query = select(conversations.c.id, conversations.c.dialogue).where(
            conversations.c.channel == key.channel, conversations.c.user_id == key.user_id
        )
        if self._database.is_sqlite:
            return (await connection.execute(query)).first()
        new = self._database.insert(conversations).values(
            channel=key.channel, user_id=key.user_id, dialogue=dump(Dialogue())
        )
        await connection.execute(new.on_conflict_do_nothing())
        return (await connection.execute(query.with_for_update())).first()


@dataclass(slots=True)
class SqlConversation:
    """One conversation, held by one turn."""

    dialogue: Dialogue
    key: ConversationKey
    row_id: int | None
    """None: not in the database yet."""
    database: Database
    connection: AsyncConnection
    duration_ms: Callable[[], float]
    rating: Rating | None = None

    async def reply_to(self, event_id: str) -> Reply | None:
        """Return the reply already given to this event, None for a new event."""
        query = select(turns.c.reply).where(
            turns.c.conversation_id == self.row_id, turns.c.event_id == event_id
        )
        with translated():
            text = (await self.connection.execute(query)).scalar()
        return load_reply(text) if text else None

    async def record(
        self, message: IncomingMessage, parse: Parse | None, reply: Reply, dialogue: Dialogue
    ) -> None:
        """Keep state and turn in the transaction that closes with the conversation."""
        with translated():
            await self.database.begin_writing(self.connection)
            if self.rating is not None and self.row_id is not None:
                await self.connection.run_sync(keep_rating, self.row_id, self.rating)
            if self.row_id is not None and ends_private(reply):
                await self.connection.run_sync(forget_private, self.row_id)
            self.row_id = await self._keep_dialogue(dialogue)
            row = turn_row(message, parse, reply) | {
                "conversation_id": self.row_id,
                "duration_ms": round(self.duration_ms(), 2),
            }
            await self.connection.execute(insert(turns).values(row))
            if (counted := milestone_of(message, reply)) is not None:
                count = partial(add_counts, self.database)
                await self.connection.run_sync(count, counted=[counted])
        self.dialogue = dialogue

    async def rate(self, turn: int | None, *, up: bool) -> None:
        """Keep the rating with its turn when the next turn is recorded."""
        self.rating = Rating(turn, up)

    async def erase(self, at: datetime) -> None:
        """Erase everything about the person in the transaction that closes with the conversation.

        Raises:
            StoreUnavailable: nothing was erased.
        """
        with translated():
            await self.database.begin_writing(self.connection)
            await self.connection.run_sync(erase_person, self.key, at.timestamp())
        self.row_id, self.dialogue = None, Dialogue()

    async def _keep_dialogue(self, dialogue: Dialogue) -> int:
        kept = {"dialogue": dump(dialogue), "updated_at": func.current_timestamp()}
        if self.row_id is not None:
            change = update(conversations).where(conversations.c.id == self.row_id)
            await self.connection.execute(change.values(kept))
            return self.row_id
        new = insert(conversations).values(
            channel=self.key.channel, user_id=self.key.user_id, **kept
        )
        result = await self.connection.execute(new.returning(conversations.c.id))
        return int(result.scalar_one())


def _turns_of(key: ConversationKey) -> Select[tuple[int, str, int | None]]:
    return (
        select(turns.c.id, turns.c.reply, turns.c.rating)
        .join(conversations)
        .where(conversations.c.channel == key.channel, conversations.c.user_id == key.user_id)
    )


def turn_row(message: IncomingMessage, parse: Parse | None, reply: Reply) -> dict[str, Any]:
    """Return the columns of a turn, without those of its place and time taken."""
    return {
        "event_id": message.event_id,
        "reply": dump(without_words(reply, message.text)),
        "intent": parse.intent if parse else None,
        "confidence": parse.confidence if parse else None,
        "asked": ",".join(parse.asked) if parse else "",
        "procedure": reply.procedure,
        "outcome_family": reply.outcome.family.value,
        "outcome_kind": reply.outcome.kind,
        "sent_at": message.sent_at,
        "private": bool(reply.afterwards),
    }
