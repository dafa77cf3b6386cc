"""What lies between dossiers that change and the channels: who is to be told, and by which way.

An alert is *claimed* by one process for some seconds, whole: everything that waits for one person
about one dossier is told at once, as the dossier stands now.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from bot.channels.base import Part
from bot.dossiers.status import DossierStatus
from bot.messages import ConversationKey


class AlertKind(StrEnum):
    """Why somebody is told."""

    CHANGE = "change"
    """The state, the due day or what is asked of the citizen changed."""
    DUE = "due"
    """The last working day before the result is due."""
    LAPSE = "lapse"
    """The time to hand in what is missing is about to end."""


class Told(StrEnum):
    """What became of an alert."""

    MESSAGE = "message"
    """It is a message of the channel, which the outbox delivers."""
    TEMPLATED = "template"
    """It went out by other means, and nothing is put into the outbox."""
    HOLD = "held"
    """It cannot be told before the person does something here again."""
    GONE = "dropped"
    """It is told to nobody: she blocked us, follows no more, or its day passed."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Everything that waits for one person about one dossier, told in one message."""

    key: ConversationKey
    status: DossierStatus = field(repr=False)
    """As the dossier stands now, without its history."""
    kinds: frozenset[AlertKind]
    """Not empty."""
    reference: str
    """The same whenever these changes are tried again, another for the next ones; names nobody.

    At most 32 letters, digits and hyphens.
    """
    seen_at: float
    """When the person last did something here, in seconds since 1970; 0: never."""
    rows: tuple[int, ...] = ()
    """In the store; the first one is the one that is claimed."""
    attempts: int = 0
    """How often it could not be told so far."""


class Tellable(Protocol):
    """An alert, or a notice about a filing (`bot.channels.notices`): both are kept in one way."""

    @property
    def key(self) -> ConversationKey:
        """Whom to tell."""
        ...

    @property
    def seen_at(self) -> float:
        """When the person last did something here, in seconds since 1970; 0: never."""
        ...

    @property
    def rows(self) -> tuple[int, ...]:
        """In the store; not empty once it is claimed."""
        ...

    @property
    def attempts(self) -> int:
        """How often it could not be told so far."""
        ...


class AlertWay(Protocol):
    """Knows how a channel can reach people of itself, without being written to first."""

    async def tell(self, alert: Alert) -> Told:
        """Return which way an alert goes; where it is TEMPLATED, it went out already.

        It may be asked again about the same `alert.reference`, also after it went out: the process
        may have died before that was kept. Then nothing is sent a second time.

        Raises:
            DeliveryFailed: it did not go out. RecipientGone and PartRefused: it never will;
                the others: it is tried again.
            StoreUnavailable: as above, it is tried again.
        """
        ...

    def reach(self, one: Tellable) -> Told:
        """Return whether the person can be sent a message now: MESSAGE, or HOLD. Sends nothing."""
        ...


class AlwaysMessage:
    """The way of channels where whoever wrote once can always be written to."""

    def reach(self, one: Tellable) -> Told:
        """Leave it to the outbox."""
        return Told.MESSAGE

    async def tell(self, alert: Alert) -> Told:
        """Leave it to the outbox."""
        return Told.MESSAGE


@dataclass(frozen=True, slots=True)
class Settled:
    """What is kept of something that was claimed to be told."""

    alert: Tellable
    told: Told | None
    """None: it is tried again."""
    parts: Sequence[Part] = ()
    """Only of a MESSAGE; not empty then."""
    next_at: float = 0.0
    """Seconds since 1970; only where it is tried again."""
    failed: bool = False
    """It was tried, and counts as an attempt."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A day of which the followers of certain dossiers are reminded."""

    kind: AlertKind
    """DUE or LAPSE."""
    day: date
    """On which the result is due, or until which the supplement may come in; in Vietnam."""
    subject: str
    """One reminder for each follower, kind and subject."""


OPEN: Final = "open"
"""What `Alerts.fates` calls those that are still to be told."""


class Alerts(Protocol):
    """What is to be told to followers. Every method may raise `StoreUnavailable`."""

    async def waiting(self, channels: Collection[str]) -> bool:
        """Tell whether there may be something to claim; cheaper than claiming."""
        ...

    async def claim(self, most: int, channels: Collection[str]) -> Sequence[Alert]:
        """Claim what is due, of at most `most` people and dossiers.

        What is not to be told any more is dropped on the way: she follows no longer or blocked us,
        the dossier is known no longer, or the day of a reminder passed.
        """
        ...

    async def renew(self, alerts: Collection[Alert]) -> None:
        """Keep claims that take long."""
        ...

    async def settle(self, settled: Sequence[Settled]) -> Sequence[bool]:
        """Keep what became of claimed alerts, messages in the outbox with it: all or nothing.

        False: the claim was lost, or she unfollowed or was erased meanwhile; nothing was kept
        of that one, and nothing is sent.
        """
        ...

    async def remind(self, reminders: Collection[Reminder]) -> int:
        """Note reminders for followers, each once; return how many are new.

        Of dossiers that are in the office's hands (DUE), or wait for a supplement (LAPSE).
        """
        ...

    async def followed(self) -> bool:
        """Tell whether anybody follows anything."""
        ...

    async def fates(self) -> Mapping[tuple[str, str], int]:
        """Count alerts by way (`OPEN` where they are to be told) and by result in the outbox."""
        ...
