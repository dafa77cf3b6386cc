"""What every channel is: a reader of what arrives, a dresser and a sender of what is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.messages import ConversationKey, Gesture, IncomingMessage, Reply


class ArrivalKind(StrEnum):
    """What an event means to us, whatever the platform calls it."""

    MESSAGE = "message"
    """A citizen wrote, pressed or did something that wants an answer."""
    OFFICIAL = "official"
    """An official answered this citizen in the platform's own chat tool: the bot steps back."""
    BLOCKED = "blocked"
    """The citizen blocked or unfollowed us: nothing more is sent."""
    RETURNED = "returned"
    """The citizen unblocked or followed us again."""
    WITHDRAWN = "withdrawn"
    """The platform passes on that the citizen wants her data erased."""
    DELIVERED = "delivered"
    """The platform reports that a message reached its reader; `reference` names the message."""
    SHARED = "shared"
    """A citizen gave her telephone number by the platform's own means; `sealed` holds it."""
    NOTICED = "noticed"
    """A press that says nothing, or nobody knows whose: acknowledged, and neither kept nor
    answered."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One event, as it is kept until it is handled. Holds no name and no token.

    The text is masked (`bot.personal_data`) and cut (`MAX_CHARACTERS`) before it is kept.
    """

    channel: str
    event_id: str
    """Unique within the channel, ≤ 200 characters: the same id is the same event, sent again."""
    user_id: str
    """Whom to answer; a string, whatever the platform sends."""
    sent_at: datetime
    """Aware."""
    kind: ArrivalKind = ArrivalKind.MESSAGE
    text: str = ""
    choice: str = ""
    gesture: Gesture | None = None
    reference: str = ""
    """What the platform wants named: the message whose button was pressed, the quoted message."""
    query: str = ""
    """The id by which a pressed button is acknowledged; empty: no acknowledgement is wanted."""
    sealed: str = field(default="", repr=False)
    """Personal content that only its own key opens; empty: there is none that can be used."""
    over_limit: bool = False
    """The person writes too much: answered by one polite notice, and not understood."""
    in_group: bool = False
    """Several people read along."""

    @property
    def message(self) -> IncomingMessage:
        """The arrival as the engine takes it."""
        key = ConversationKey(self.channel, self.user_id)
        return IncomingMessage(
            key,
            self.event_id,
            self.sent_at,
            self.text,
            self.choice,
            self.gesture,
            in_group=self.in_group,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One call of the platform's send method."""

    body: Mapping[str, object]
    """What the channel needs to send it, as JSON."""
    plain: Mapping[str, object] | None = field(default=None)
    """What is sent instead, once, where the platform refuses the markup; None: nothing is."""
    again: "Part | None" = field(default=None)
    """What is sent instead where an earlier copy may have arrived, and says so; None: the same."""
    unasked: bool = False
    """Nobody waits for it: it is not sent while people sleep."""
    edits: str = ""
    """The platform's id of the message that it is to replace; empty: it is a new one. A channel
    that cannot change messages sends it anew, and so does one whose message is gone."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One part on its way to one person."""

    user_id: str
    part: Part
    last_seen_at: float
    """When the person last did something, in seconds since 1970; for the windows of a platform."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the platform said of a part that it took."""

    message_id: str
    charged: bool = False
    """It cost money: it was sent outside the free window."""


class Channel(Protocol):
    """A platform. Nothing here touches the database or knows of dialogues."""

    @property
    def name(self) -> str:
        """The channel in `ConversationKey`, e.g. `telegram`."""
        ...

    def read(self, body: bytes, headers: Mapping[str, str]) -> Sequence[Arrival]:
        """Return what the webhook request holds; nothing for what does not concern us.

        Authenticates the bytes first, in constant time, and parses afterwards. `headers` has
        names in small letters.

        Raises:
            Unauthentic: the request is not the platform's.
            Malformed: it is, and cannot be read.
        """
        ...

    def dress(self, reply: Reply, turn: int | None) -> Sequence[Part]:
        """Return `reply` in the parts that are sent one after the other; pure.

        `turn` is the number of the turn that the buttons 👍 and 👎 rate; None: no rating.
        """
        ...

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send one part.

        Raises:
            DeliveryFailed: one of its kinds.
        """
        ...

    async def acknowledge(self, arrival: Arrival) -> None:
        """Tell the platform that a press was noticed; best effort, never raises."""
        ...

    async def show_typing(self, user_id: str) -> None:
        """Show for some seconds that an answer is being written; best effort, never raises."""
        ...

    async def close(self) -> None:
        """Close connections."""
        ...


class Poller(Protocol):
    """A channel that can be asked for events, where no webhook reaches us."""

    async def poll(self) -> Sequence[Arrival]:
        """Wait for events and return them; asking again confirms what was returned before.

        Raises:
            PollRefused: another poller or a webhook is in the way.
            TryLater: the platform cannot be reached.
            ChannelBroken: the token is not accepted.
        """
        ...
