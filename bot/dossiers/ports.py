"""What looking up and following dossiers needs from the outside; adapters keep these promises."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.dossiers.factors import KeptFactor
from bot.dossiers.status import DossierStatus, DossierUpdate, FactorKind
from bot.errors import BotError
from bot.messages import ConversationKey


class SourceUnreachable(BotError):
    """The system that knows the dossiers does not answer; nothing is known of the dossier now."""


class AnswerUnreadable(SourceUnreachable):
    """The system works and answered, but what it says about this one dossier cannot be read.

    Whoever proved nothing is told what she would be of a code that does not exist.
    """


class UpdateInvalid(BotError):
    """What a source tells about a dossier cannot be right; holds every fault at once."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        """Take the name of each wrong field, and in Vietnamese what is wrong and how to mend it."""
        super().__init__("; ".join(f"{name}: {why}" for name, why in faults))
        self.faults = tuple(faults)


class Kept(StrEnum):
    """What became of an update."""

    NEW = "new"
    """The first one of this dossier."""
    CHANGED = "changed"
    """It is the newest one, and tells something else than before."""
    KNOWN = "known"
    """It came before; nothing was done."""
    OLDER = "older"
    """It belongs into the history; a newer one says how the dossier stands."""


class DossierBook(Protocol):
    """All dossiers that are known here. Every method may raise `bot.errors.StoreUnavailable`."""

    async def put(self, updates: Sequence[DossierUpdate], source: str) -> Sequence[Kept]:
        """Keep updates durably, all or nothing, and note whom each change is to be told.

        Whatever their order, and however often they come, the outcome is the same. A state that
        changes is told to each follower once.
        """
        ...

    async def factors(self, code: str) -> Sequence[KeptFactor]:
        """Return the newest factor of each kind kept with a dossier; none for an unknown one."""
        ...

    async def get(self, code: str) -> DossierStatus | None:
        """Return how a dossier stands, with its history; None: it is not known."""
        ...


class DossierSource(Protocol):
    """A system that is asked about one dossier at a time."""

    async def fetch(self, code: str) -> Sequence[DossierUpdate]:
        """Return what the system tells about a dossier; nothing: it knows none of this code.

        Personal fields are dropped here; factors hold four digits at most.

        Raises:
            SourceUnreachable: no answer, an answer that cannot be read, or it is left alone after
                too many failures.
        """
        ...

    async def close(self) -> None:
        """Close connections."""
        ...


@dataclass(frozen=True, slots=True)
class Asker:
    """Who wants to know."""

    key: ConversationKey
    address: str = field(default="", repr=False)
    """The block of network addresses; empty: the platform does not tell it."""


@dataclass(frozen=True, slots=True)
class Found:
    """The dossier, and proof that it is the asker's."""

    status: DossierStatus
    followed: bool = False
    """The asker is told of changes."""
    remembered: bool = False
    """The asker agreed that this dossier is remembered for her; true where it is followed."""


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No dossier has this code and this factor; which of the two is wrong is never told."""


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many wrong attempts; nothing was compared."""

    until: datetime
    """Aware."""


@dataclass(frozen=True, slots=True)
class Away:
    """The source does not answer."""

    last: Found | None = None
    """What was known last, for whoever proved that it is hers; None: nothing is."""


LookUpResult = Found | NoMatch | Locked | Away


@dataclass(frozen=True, slots=True)
class Remembered:
    """A dossier that a person agreed to have remembered."""

    code: str
    procedure_name: str
    followed: bool
    told_at: float = 0.0
    """When something of it was told last of ourselves, in seconds since 1970; 0: never."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A demonstration dossier that a newcomer can try."""

    code: str
    factor: str
    """Made up, and told to everybody."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How dossiers can be looked up here; the same for everybody, and cheap to ask."""

    is_open: bool = False
    """False: no system is connected, and none can be looked up."""
    factors: tuple[FactorKind, ...] = ()
    """What is accepted beside the code; empty: the code alone shows state and days."""
    samples: tuple[Sample, ...] = ()
    """Where demonstration dossiers are loaded; then there are no real ones."""
    telegram_link: str = ""
    """The start of a link that opens our bot, `https://t.me/…?start=`; empty: Telegram is off."""
    zalo: bool = False
    """Whether people can be told on Zalo."""
    zalo_link: str = ""
    """Opens our account in Zalo; empty: it is not known."""


class DossierDesk(Protocol):
    """Looks up and follows dossiers. Every method may raise `bot.errors.StoreUnavailable`."""

    @property
    def terms(self) -> Terms:
        """How dossiers can be looked up now."""
        ...

    async def look_up(self, asker: Asker, code: str, factor: str) -> LookUpResult:
        """Look up a dossier by code and factor.

        Whether the code or the factor is wrong can be told neither by the result nor by the time.

        Args:
            asker: her wrong attempts are counted, and those for this code, and of her address.
            code: in the one spelling of `normal_form`; need not exist.
            factor: as typed, four digits; empty where the code alone is enough.
        """
        ...

    async def reopen(self, asker: Asker, code: str) -> LookUpResult:
        """Look up a dossier that the asker proved to be hers; the caller vouches for that."""
        ...

    async def remembered(self, key: ConversationKey) -> Sequence[Remembered]:
        """Return the dossiers that this person agreed to have remembered, the latest first."""
        ...

    async def remember(
        self, key: ConversationKey, code: str, *, follow: bool, seen_at: float = 0.0
    ) -> None:
        """Keep that a person agreed; doing it again changes nothing. Never stops following.

        What changed since `seen_at` (seconds since 1970) is told to whoever begins to follow: she
        agreed to what she saw. 0: it is not known.
        """
        ...

    async def forget(self, key: ConversationKey, code: str, *, entirely: bool) -> None:
        """Stop telling of changes; `entirely`: and remember it no longer. Empty code: of all.

        What was only followed, and never asked to be remembered, is not remembered either.
        """
        ...

    async def hand_over(self, code: str) -> str:
        """Return a secret word with which the proved dossier can be opened once elsewhere.

        Eight letters and digits that are not taken for one another; good for fifteen minutes.
        """
        ...

    async def redeem(self, asker: Asker, word: str) -> LookUpResult:
        """Open the dossier that a word stands for; the word is used up."""
        ...


class ClosedDesk:
    """Where no dossiers can be looked up."""

    terms = Terms()

    async def look_up(self, asker: Asker, code: str, factor: str) -> LookUpResult:
        """Find nothing."""
        return NoMatch()

    async def reopen(self, asker: Asker, code: str) -> LookUpResult:
        """Find nothing."""
        return NoMatch()

    async def remembered(self, key: ConversationKey) -> Sequence[Remembered]:
        """Remember nothing."""
        return ()

    async def remember(
        self, key: ConversationKey, code: str, *, follow: bool, seen_at: float = 0.0
    ) -> None:
        """Keep nothing: nothing can be proved here."""

    async def forget(self, key: ConversationKey, code: str, *, entirely: bool) -> None:
        """There is nothing to forget."""

    async def hand_over(self, code: str) -> str:
        """Return no word: nothing can be proved here."""
        return ""

    async def redeem(self, asker: Asker, word: str) -> LookUpResult:
        """Find nothing."""
        return NoMatch()
