"""What people are told of ourselves about the filings they prepare: claimed and told as alerts are.

See `bot.channels.alerts`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.channels.alerts import Settled
from bot.filings.state import Checked, Filing
from bot.messages import ConversationKey


class NoticeKind(StrEnum):
    """Why somebody is told."""

    REMINDER = "reminder"
    """She asked to be reminded of a filing."""
    CHECKED = "checked"
    """An official saw which papers of her slip are there."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message for one person."""

    key: ConversationKey
    filing: Filing
    """As it stands now, without the code of its slip."""
    checked: Checked | None = None
    """What an official saw of it; None: it is a reminder."""
    seen_at: float = 0.0
    """When the person last did something here, in seconds since 1970; 0: never."""
    rows: tuple[int, ...] = ()
    """In the store: one."""
    attempts: int = 0
    """How often it could not be told so far."""


class Notices(Protocol):
    """What is to be told. Every method may raise `StoreUnavailable`."""

    async def waiting(self, channels: Collection[str]) -> bool:
        """Tell whether there may be something to claim; cheaper than claiming."""
        ...

    async def claim(self, most: int, channels: Collection[str]) -> Sequence[Notice]:
        """Claim what is due, at most `most`; what says nothing any more is dropped on the way."""
        ...

    async def renew(self, notices: Collection[Notice]) -> None:
        """Keep claims that take long."""
        ...

    async def settle(self, settled: Sequence[Settled]) -> Sequence[bool]:
        """Keep what became of claimed notices, messages in the outbox with it: all or nothing.

        False: the claim was lost, another notice took its place, or she blocked us or was erased
        meanwhile; nothing was kept of that one, and nothing is sent.
        """
        ...
