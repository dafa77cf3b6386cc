"""One person talking to an engine over two procedures, on a channel that keeps conversations."""

from dataclasses import replace
from datetime import UTC, datetime

import anyio

from bot.dialogue import Dialogue, OpenQuestion
from bot.engine import Engine
from bot.messages import ConversationKey, Gesture, IncomingMessage, Reply
from bot.rendering import Desk
from knowledge.library import Library
from tests.support.builders import a_procedure
from tests.support.desks import a_desk
from tests.support.fakes import FakeNlu, MemoryDialogueStore

KEY = ConversationKey("telegram", "9007199254740993")
ASKING = Dialogue(open_question=OpenQuestion(("1.004222", "2.000488"), ("Một", "Hai"), ()))
"""Waits for a choice of two."""


class Chat:
    """One person and the engine."""

    def __init__(self, desk: Desk | None = None, dialogue: Dialogue | None = None) -> None:
        self.store = MemoryDialogueStore()
        self.nlu = FakeNlu()
        self.desk = desk or a_desk()
        if dialogue is not None:
            self.store.dialogues[KEY] = dialogue
        library = Library.of([a_procedure(code="1.004222"), a_procedure(code="2.000488")])
        self.engine = Engine(self.nlu, library, self.store, lambda: self.desk)
        self._count = 0

    def send(self, text: str = "", *, choice: str = "", gesture: Gesture | None = None) -> Reply:
        self._count += 1
        sent_at = datetime(2026, 11, 22, 8, tzinfo=UTC)
        message = IncomingMessage(KEY, str(self._count), sent_at, text, choice, gesture)
        return anyio.run(self.engine.answer, message)

    @property
    def dialogue(self) -> Dialogue:
        kept = self.store.dialogues.get(KEY, Dialogue())
        return replace(kept, menu=None, answered_at=0.0)


def kept_days(days: int = 180) -> Desk:
    """A desk that keeps conversations for so long."""
    return replace(a_desk(), kept_days=days)
