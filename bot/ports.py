"""What the engine needs from the outside; adapters keep these promises."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialogue import Dialogue
from bot.messages import ConversationKey, IncomingMessage, Reply
from bot.parse import Parse
from knowledge.faq_finder import FaqShelf
from knowledge.guides import Guide, Trouble
from knowledge.online_services import OnlineServices
from knowledge.procedure import Procedure
from knowledge.province import PORTAL_SEARCH, CouncilFee, FormFile, Office
from knowledge.siblings import Siblings
from knowledge.tables import Table


class Profile(Protocol):
    """What a province tells every citizen."""

    @property
    def name(self) -> str:
        """The full name of the province; empty: it is none."""
        ...

    @property
    def hotline(self) -> str:
        """The telephone number as it is dialled; empty: none is published."""
        ...

    @property
    def hotline_source(self) -> str:
        """Who publishes the number."""
        ...

    @property
    def portal_search(self) -> str:
        """The address of a search; the words are appended to it."""
        ...

    @property
    def sample(self) -> bool:
        """Whether it is made up, to show the shape: then every answer from it says so."""
        ...

    @property
    def offices(self) -> Sequence[Office]:
        """The offices that take in dossiers."""
        ...

    @property
    def fees(self) -> Sequence[CouncilFee]:
        """The fees that the provincial council has set."""
        ...

    @property
    def forms(self) -> Sequence[FormFile]:
        """Where forms can be had."""
        ...


@dataclass(frozen=True, slots=True)
class NationalProfile:
    """Where no province has a profile: no hotline, the search of the National Portal."""

    name: str = ""
    hotline: str = ""
    hotline_source: str = ""
    portal_search: str = PORTAL_SEARCH
    sample: bool = False
    offices: tuple[Office, ...] = ()
    fees: tuple[CouncilFee, ...] = ()
    forms: tuple[FormFile, ...] = ()


class Match(Protocol):
    """A procedure that fits the words searched for."""

    @property
    def procedure(self) -> Procedure:
        """The procedure."""
        ...

    @property
    def score(self) -> float:
        """0 to 1."""
        ...

    @property
    def heard(self) -> float:
        """Share of what is asked that the record holds anywhere, 0 to 1."""
        ...

    @property
    def said(self) -> float:
        """Share of what is asked that the best name of the procedure holds, 0 to 1."""
        ...

    @property
    def named(self) -> float:
        """Share of that name that is said, 0 to 1."""
        ...


class Library(Protocol):
    """The procedures, in memory: no call here waits or fails."""

    def search(self, words: str, limit: int = 10) -> Sequence[Match]:
        """Return what fits `words`, best first; nothing for words that say nothing."""
        ...

    def get(self, code: str) -> Procedure | None:
        """Return the procedure of exactly this code."""
        ...

    def resolve(self, code: str) -> Sequence[Procedure]:
        """Return what a code means today: itself, or the successors of a former code."""
        ...

    def predecessors(self, code: str) -> Sequence[Procedure]:
        """Return what a newer code replaced, where only that is known; nearest first."""
        ...

    def twins(self, code: str) -> Sequence[Procedure]:
        """Return the same procedure at other levels, nearest to the citizen first."""
        ...

    @property
    def faqs(self) -> FaqShelf:
        """The answers to questions that belong to no procedure."""
        ...

    def table(self, code: str) -> Table | None:
        """Return the questions that sort the papers of `code`; None: there is nothing to ask."""
        ...

    def guide(self, code: str) -> Guide:
        """Return how `code` is filed, step by step; the common guide where it has none."""
        ...

    def online_services(self) -> OnlineServices:
        """Return what is stated of filing each procedure online; the first call takes a while."""
        ...

    @property
    def troubles(self) -> Mapping[str, Trouble]:
        """What goes wrong while filing, by key."""
        ...

    @property
    def siblings(self) -> Siblings:
        """The questions that tell procedures of nearly the same name apart."""
        ...


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

    async def rate(self, turn: int | None, *, up: bool) -> None:
        """Keep with a turn what the citizen thinks of it, in the same transaction.

        Args:
            turn: its number; nothing is kept where it is none of this conversation's. None: the
                last turn that can be rated.
            up: thumbs up; a later rating replaces an earlier one.
        """
        ...

    async def erase(self, at: datetime) -> None:
        """Erase everything about the person when the conversation closes, but for a line of audit.

        Nothing is recorded afterwards: the same event would be answered anew.

        Args:
            at: when it was wanted, aware.
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
