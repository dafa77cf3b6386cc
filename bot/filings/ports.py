"""What guided filings need from the outside; adapters keep these promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dossiers.ports import Asker, Locked
from bot.filings.state import Checked, Filing
from bot.messages import ConversationKey


@dataclass(frozen=True, slots=True)
class Slip:
    """A filing that can be opened on another channel and at the counter, by its code."""

    filing: Filing
    """With `slip` and `version` set."""
    expires_at: float
    """Seconds since 1970; every change by the citizen puts it off."""
    checked: Checked | None = None
    """What an official saw last; None: nobody looked yet."""


@dataclass(frozen=True, slots=True)
class NoSlip:
    """No slip has this code, or it has expired; which of the two is never told."""


SlipResult = Slip | NoSlip | Locked


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that a person asked for."""

    procedure: str
    """Its code."""
    due_at: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class FilingTerms:
    """What is offered here; the same for everybody, and cheap to ask."""

    is_open: bool = False
    """False: nothing is kept outside the conversation, so there are no slips and reminders."""
    page: str = ""
    """The start of the address of a slip's page, code to follow: `https://…/phieu/`, or only
    `/phieu/` where this server's own address is not known: then the web page alone shows it."""
    days: int = 30
    """So long after its last change a slip can be opened."""
    telegram_link: str = ""
    """The start of a link that opens our bot with a payload; empty: Telegram is off."""
    zalo_link: str = ""
    """Opens our account in Zalo; empty: it is not known."""


class FilingDesk(Protocol):
    """Keeps slips and reminders. Every method may raise `bot.errors.StoreUnavailable`."""

    @property
    def terms(self) -> FilingTerms:
        """What is offered now."""
        ...

    async def keep(self, key: ConversationKey, filing: Filing) -> Slip:
        """Keep a filing: on a new slip where it has none, else on its own.

        The person becomes a holder of the slip: what the counter says is told to her. A slip that
        has expired meanwhile is replaced by a new one.
        """
        ...

    async def latest(self, key: ConversationKey, code: str) -> Slip | None:
        """Return the slip that this person holds, as it is now; None: it has expired.

        Nothing is counted: she got the code here.
        """
        ...

    async def open(self, asker: Asker, code: str) -> SlipResult:
        """Return the slip of a code that was typed or scanned; the asker becomes a holder.

        Wrong codes are counted by person and address; see `bot.dossiers.tries`. A code that
        expired and one that never was are not to be told apart.
        """
        ...

    async def let_go(self, key: ConversationKey, code: str) -> None:
        """Tell this person of the slip no more; without any holder it is forgotten."""
        ...

    async def remind(self, key: ConversationKey, filing: Filing, at: datetime) -> None:
        """Remind this person once of a filing, in the place of an earlier reminder of it."""
        ...

    async def reminders(self, key: ConversationKey) -> Sequence[Reminder]:
        """Return what this person is to be reminded of, the next first."""
        ...

    async def do_not_remind(self, key: ConversationKey, procedure: str) -> None:
        """Forget the reminder of this procedure; empty: all of them."""
        ...

    async def filed(self, procedure: str, dossier: str) -> None:
        """Note that a guided filing became this dossier, so that its end is counted.

        Kept is a keyed hash of the dossier code beside the procedure, and nobody's name.
        """
        ...


class ClosedFilingDesk:
    """Where nothing is kept outside the conversation."""

    terms = FilingTerms()

    async def keep(self, key: ConversationKey, filing: Filing) -> Slip:
        """Keep nothing: the filing stays without a slip."""
        return Slip(filing, 0.0)

    async def latest(self, key: ConversationKey, code: str) -> Slip | None:
        """Find nothing."""
        return None

    async def open(self, asker: Asker, code: str) -> SlipResult:
        """Find nothing."""
        return NoSlip()

    async def let_go(self, key: ConversationKey, code: str) -> None:
        """There is nothing to let go."""

    async def remind(self, key: ConversationKey, filing: Filing, at: datetime) -> None:
        """Remind of nothing."""

    async def reminders(self, key: ConversationKey) -> Sequence[Reminder]:
        """There are none."""
        return ()

    async def do_not_remind(self, key: ConversationKey, procedure: str) -> None:
        """There is nothing to forget."""

    async def filed(self, procedure: str, dossier: str) -> None:
        """Count nothing."""
