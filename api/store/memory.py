"""Conversations in memory: for the terminal, where nothing has to outlive the program."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from bot.dialogue import Dialogue
from bot.messages import ConversationKey, IncomingMessage, Reply
from bot.parse import Parse


class MemoryConversation:
    """One conversation, held by one turn."""

    def __init__(self, dialogue: Dialogue, replies: dict[str, Reply]) -> None:
        self.dialogue = dialogue
        self.replies = replies
        self.parse: Parse | None = None

    async def reply_to(self, event_id: str) -> Reply | None:
        """Return the reply already given to this event, None for a new event."""
        return self.replies.get(event_id)

    async def record(
        self, message: IncomingMessage, parse: Parse | None, reply: Reply, dialogue: Dialogue
    ) -> None:
        """Keep state and reply when the conversation closes without an error."""
        self.dialogue = dialogue
        self.parse = parse
        self.replies = {**self.replies, message.event_id: reply}

    async def rate(self, turn: int | None, *, up: bool) -> None:
        """Keep nothing: ratings are counted where turns outlive the program."""

    async def erase(self, at: datetime) -> None:
        """Start afresh when the conversation closes."""
        self.dialogue, self.parse, self.replies = Dialogue(), None, {}


class MemoryDialogueStore:
    """Keeps conversations until the program ends."""

    def __init__(self) -> None:
        self._kept: dict[ConversationKey, MemoryConversation] = {}
        self._locks: defaultdict[ConversationKey, asyncio.Lock] = defaultdict(asyncio.Lock)

    def latest_parse(self, key: ConversationKey) -> Parse | None:
        """Return how the latest message was understood, None where it was not read."""
        kept = self._kept.get(key)
        return kept.parse if kept else None

    def latest_dialogue(self, key: ConversationKey) -> Dialogue:
        """Return what the conversation remembers, the empty dialogue where it remembers nothing."""
        kept = self._kept.get(key)
        return kept.dialogue if kept else Dialogue()

    def forget(self, key: ConversationKey) -> None:
        """Drop the conversation; it must not be open."""
        self._kept.pop(key, None)
        self._locks.pop(key, None)

    @asynccontextmanager
    async def open(self, key: ConversationKey) -> AsyncIterator[MemoryConversation]:
        """Lock the conversation, create it if new; keep it when the block ends without an error."""
        async with self._locks[key]:
            kept = self._kept.get(key, MemoryConversation(Dialogue(), {}))
            conversation = MemoryConversation(kept.dialogue, kept.replies)
            yield conversation
            self._kept[key] = conversation
