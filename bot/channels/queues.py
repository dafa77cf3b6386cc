"""What lies between the channels and the engine: what arrived, what goes out, and who waits.

A row is *claimed* by one process for some seconds. Of each person only the oldest unfinished row
can be claimed, so that a conversation stays in order while others go on beside it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.channels.base import Arrival, Part
from bot.ports import Conversation

Dress = Callable[[int | None], Sequence[Part]]
"""Makes the parts of an answer, given the number of its turn."""


@dataclass(frozen=True, slots=True)
class Contact:
    """What is known of a person; times in seconds since 1970."""

    human_until: float = 0.0
    """An official answers until then."""
    blocked: bool = False
    seen_at: float = 0.0
    """When the person last did something."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An arrival that this process, and no other, handles now."""

    row: int
    arrival: Arrival
    attempts: int
    """How often it was claimed, this time included."""
    received_at: float
    contact: Contact
    conversation: Conversation
    """Keeps what the turn records until `Inbox.finish` stores it."""
    double_tap: bool = False
    """The same button of the same message was pressed moments before."""
    readable: bool = True
    """False: another version kept it; only whom it is from is known."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What a handled arrival leaves behind, stored in one transaction."""

    claim: Claim
    dress: Dress | None = None
    """None: nothing is answered."""
    human_until: float | None = None
    """None: unchanged."""
    blocked: str | None = None
    """Why the person cannot be written to; empty: can again; None: unchanged."""
    withdrawn: bool = False
    """Everything about the person is erased."""


class Inbox(Protocol):
    """What arrived and is not handled yet. Every method may raise `StoreUnavailable`."""

    async def put(self, arrivals: Sequence[Arrival]) -> int:
        """Store them durably; return how many are new: one of a known event id is not."""
        ...

    async def waiting(self) -> bool:
        """Tell whether there may be something to claim; cheaper than claiming."""
        ...

    async def claim(self, most: int) -> Sequence[Claim]:
        """Claim the oldest arrival of each conversation, at most `most`."""
        ...

    async def renew(self, claims: Collection[Claim]) -> None:
        """Keep claims that take long."""
        ...

    async def finish(self, ending: Ending) -> bool:
        """Store dialogue, turn, parts and contact, and the arrival as handled: all or nothing.

        False: the claim was lost meanwhile, another process handles it, and nothing was stored.
        """
        ...

    async def release(self, claim: Claim, after_seconds: float) -> None:
        """Give an arrival back, to be claimed again after some seconds."""
        ...


class Result(StrEnum):
    """How the delivery of a part ended."""

    SENT = "sent"
    CHARGED = "charged"
    """Sent, outside the free window of the platform."""
    REFUSED = "refused"
    """The platform does not take it, in plain words either."""
    GONE = "gone"
    """The person cannot be written to."""
    CLOSED = "closed"
    """The person cannot be written to before she does something here again."""
    UNKNOWN = "unknown"
    """Sent twice, and no answer came either time."""
    EXPIRED = "expired"
    """Could not be sent for so long that it says nothing any more."""
    PUT_OFF = "put_off"
    """Unasked, and people sleep: what it tells is told in the morning, as it stands then."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A part that this process, and no other, sends now."""

    row: int
    channel: str
    user_id: str
    part: Part
    attempts: int
    """How often it could not be sent so far."""
    unknowns: int
    """How often it may have arrived although nobody said so."""
    created_at: float
    last_seen_at: float


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a delivery."""

    delivery: Delivery
    result: Result | None
    """None: it will be tried again."""
    next_at: float = 0.0
    """Seconds since 1970; only where it is tried again."""
    unknown: bool = False
    """Nobody said whether it arrived."""
    refused: bool = False
    """It was not an attempt: the channel as a whole cannot send now."""
    message_id: str = ""
    reason: str = ""


class Outbox(Protocol):
    """What is on its way to people. Every method may raise `StoreUnavailable`."""

    async def claim(self, most: int, channels: Collection[str]) -> Sequence[Delivery]:
        """Claim the oldest waiting part of each person on `channels`, at most `most`."""
        ...

    async def waiting(self, channels: Collection[str]) -> bool:
        """Tell whether there may be something to claim; cheaper than claiming."""
        ...

    async def renew(self, deliveries: Collection[Delivery]) -> None:
        """Keep claims that take long."""
        ...

    async def finish(self, delivered: Delivered) -> Delivery | None:
        """Store what became of a part; return the person's next one, claimed already."""
        ...
