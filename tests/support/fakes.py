"""Fakes that keep the promises of `bot.ports`."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import anyio

from bot.dialogue import Dialogue
from bot.errors import NluUnreachable
from bot.messages import ConversationKey, IncomingMessage, Reply
from bot.parse import Parse


def a_rasa_answer(
    text: str,
    intent: str = "ask_procedure",
    confidence: float = 0.95,
    *,
    asked: Mapping[str, str] | None = None,
    mentions: tuple[str, ...] = (),
    entities: tuple[dict[str, Any], ...] = (),
) -> dict[str, Any]:
    """Rasa's JSON for `text`: `asked` maps fields to their asking words, `mentions` are names.

    Words that do not occur in `text` are a mistake of the test.
    """
    found = list(entities)
    for field, words in (asked or {}).items():
        found.append(_span(text, f"asked_{field}", words))
    found.extend(_span(text, "procedure", words) for words in mentions)
    return {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [{"name": intent, "confidence": confidence}],
        "entities": found,
    }


def _span(text: str, kind: str, words: str) -> dict[str, Any]:
    start = text.lower().index(words.lower())
    return {
        "entity": kind,
        "start": start,
        "end": start + len(words),
        "value": words,
        "confidence_entity": 0.9,
    }


class FakeNlu:
    """Answers what it was told to answer; a text it was not told about is an error of the test."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        """What it was asked, in order."""
        self._answers: dict[str, Mapping[str, object]] = {}

    def expect(self, text: str, answer: Mapping[str, object] | None = None, **parts: Any) -> None:
        """Answer `answer` to `text`; without it Rasa's JSON of `parts` (see `a_rasa_answer`)."""
        self._answers[text] = answer if answer is not None else a_rasa_answer(text, **parts)

    async def parse(self, text: str) -> Mapping[str, object]:
        """Return the scripted answer."""
        self.texts.append(text)
        return self._answers[text]


class SilentNlu:
    """A language model that cannot be reached."""

    async def parse(self, text: str) -> Mapping[str, object]:
        """Fail as an adapter does."""
        raise NluUnreachable(f"The language model gave no answer to {len(text)} characters.")


class MemoryConversation:
    """One conversation while it is open; what it records counts once it closes well."""

    def __init__(self, dialogue: Dialogue, replies: Mapping[str, Reply]) -> None:
        self.dialogue = dialogue
        self.turns: list[tuple[str, Reply, Dialogue]] = []
        self.ratings: list[tuple[int | None, bool]] = []
        self.erased = False
        self._replies = dict(replies)

    async def reply_to(self, event_id: str) -> Reply | None:
        """Return the reply already given to this event."""
        return self._replies.get(event_id)

    async def record(
        self, message: IncomingMessage, parse: Parse | None, reply: Reply, dialogue: Dialogue
    ) -> None:
        """Keep the turn for the moment when the conversation closes."""
        self.turns.append((message.event_id, reply, dialogue))
        self._replies[message.event_id] = reply
        self.dialogue = dialogue

    async def rate(self, turn: int | None, *, up: bool) -> None:
        """Keep the rating for the moment when the conversation closes."""
        self.ratings.append((turn, up))

    async def erase(self, at: datetime) -> None:
        """Forget everything when the conversation closes."""
        self.erased = True


class MemoryDialogueStore:
    """Keeps conversations in memory, one turn at a time each; an error keeps nothing."""

    def __init__(self) -> None:
        self.dialogues: dict[ConversationKey, Dialogue] = {}
        self.recorded = 0
        """How many turns were kept."""
        self.ratings: list[tuple[int | None, bool]] = []
        """The turn, None for the last one, and whether it is thumbs up."""
        self._replies: dict[ConversationKey, dict[str, Reply]] = {}
        self._locks: dict[ConversationKey, anyio.Lock] = {}

    @asynccontextmanager
    async def open(self, key: ConversationKey) -> AsyncIterator[MemoryConversation]:
        """Lock the conversation; commit when the block ends without an error."""
        async with self._locks.setdefault(key, anyio.Lock()):
            replies = self._replies.setdefault(key, {})
            conversation = MemoryConversation(self.dialogues.get(key, Dialogue()), replies)
            yield conversation
            self.ratings += conversation.ratings
            if conversation.erased:
                self._replies.pop(key, None)
                self.dialogues.pop(key, None)
            for event_id, reply, dialogue in conversation.turns:
                replies[event_id] = reply
                self.dialogues[key] = dialogue
                self.recorded += 1
