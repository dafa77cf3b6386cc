"""What the engine needs from the outside; adapters keep these promises."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.dialogue import Dialogue
from bot.messages import ConversationKey, IncomingMessage, Reply
from bot.parse import Parse


class Nlu(Protocol):
    """The language model."""

    async def parse(self, text: str) -> Mapping[str, object]:
        """Return the JSON of Rasa's `/model/parse` for `text`.

        Raises:
            bot.errors.NluUnreachable: the model cannot be asked.
        """
        ...


class Conversation(Protocol):
    """One conversation, held by one turn at a time."""

    dialogue: Dialogue

    async def reply_to(self, event_id: str) -> Reply | None:
        """Return the reply already given to this event, None for a new event."""
        ...

    async def record(
        self, message: IncomingMessage, parse: Parse | None, reply: Reply, dialogue: Dialogue
    ) -> None:
        """Keep state and turn in the transaction that closes with the conversation.

        The turn log holds no message text: intent, asked fields, procedure and outcome only.
        """
        ...


class DialogueStore(Protocol):
    """Where conversations live between turns."""

    def open(self, key: ConversationKey) -> AbstractAsyncContextManager[Conversation]:
        """Lock the conversation, create it if new; commit when the block ends without an error.

        Raises:
            bot.errors.StoreUnavailable: nothing was stored.
        """
        ...
