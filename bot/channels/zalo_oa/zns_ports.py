"""What sending template messages needs from the outside; adapters keep these promises."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

CLAIM_SECONDS: Final = 120.0
"""Longer than a request can take, the renewal of a token included."""

MOST_UNKNOWN_ATTEMPTS: Final = 2
"""A message whose fate is unknown is sent once more: a notice twice is better than none."""


class Fate(StrEnum):
    """What became of a template message."""

    SENDING = "sending"
    """Under way; where its sender died, the same as unknown."""
    SENT = "sent"
    """Zalo took it."""
    DELIVERED = "delivered"
    """Zalo reports that it reached the telephone."""
    WAITING = "waiting"
    """It certainly was not taken; it may be sent again."""
    UNKNOWN = "unknown"
    """The line broke after it had left."""
    REFUSED = "refused"
    """Zalo will never take it."""


@dataclass(frozen=True, slots=True)
class ZnsRow:
    """What is kept of one template message; no telephone number and no content."""

    tracking_id: str
    fate: Fate
    attempts: int
    """Those that may have reached Zalo."""
    began_at: float
    """Of the latest attempt, in seconds since 1970."""
    message_id: str | None = None
    reason: str | None = None
    """The code of Zalo's refusal."""
    delivered_at: float | None = None


class ZnsLog(Protocol):
    """One row for each tracking id, shared by all replicas.

    All methods may raise `bot.errors.StoreUnavailable`: nothing was stored.
    """

    async def claim(self, tracking_id: str, now: float) -> bool:
        """Begin an attempt, durably. False: it must not be sent (again).

        True for an id that is new, for one that waits, and once more for one whose fate is
        unknown; a claim whose sender was not heard of for `CLAIM_SECONDS` is unknown.
        """
        ...

    async def settle(
        self, tracking_id: str, fate: Fate, *, message_id: str = "", reason: str = ""
    ) -> None:
        """Keep what became of the attempt; a delivery that was reported meanwhile stays."""
        ...

    async def note_delivered(self, tracking_id: str, at: float) -> bool:
        """Keep that it reached the telephone; False: no such message was sent by us."""
        ...

    async def find(self, tracking_id: str) -> ZnsRow | None:
        """Return what is kept, None for an id that is new."""
        ...
