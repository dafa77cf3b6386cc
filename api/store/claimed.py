"""A conversation in the hands of one turn that came through the inbox."""

from dataclasses import dataclass
from datetime import datetime

from api.store.rating import Rating
from bot.dialogue import Dialogue
from bot.messages import ConversationKey, IncomingMessage, Reply
from bot.parse import Parse


@dataclass(frozen=True, slots=True)
class RecordedTurn:
    """What the engine recorded."""

    message: IncomingMessage
    parse: Parse | None
    reply: Reply


@dataclass(slots=True)
class ClaimedConversation:
    """Keeps what is recorded until it is stored together with the parts and the arrival."""

    key: ConversationKey
    dialogue: Dialogue
    row_id: int | None
    """None: not in the database yet."""
    turn: RecordedTurn | None = None
    rating: Rating | None = None
    erased: bool = False
    """Everything about the person is erased, instead of a turn being stored."""

    async def reply_to(self, event_id: str) -> Reply | None:
        """Return None: the inbox holds an event once, and only until it is handled."""
        return None

    async def record(
        self, message: IncomingMessage, parse: Parse | None, reply: Reply, dialogue: Dialogue
    ) -> None:
        """Remember the turn."""
        self.turn = RecordedTurn(message, parse, reply)
        self.dialogue = dialogue

    async def rate(self, turn: int | None, *, up: bool) -> None:
        """Remember the rating."""
        self.rating = Rating(turn, up)

    async def erase(self, at: datetime) -> None:
        """Remember that everything about the person is erased."""
        self.erased = True
