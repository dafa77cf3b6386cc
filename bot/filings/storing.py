"""What the desk of filings needs of the store; adapters keep these promises.

Every method may raise `bot.errors.StoreUnavailable`: nothing was changed then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.filings.ports import Reminder, Slip
from bot.filings.state import Filing
from bot.messages import ConversationKey


@dataclass(frozen=True, slots=True)
class KeptSlip:
    """A slip as the store has it: by the keyed hash of its code, which is nowhere in it."""

    slip: Slip
    """With a filing without `slip`."""
    held: bool = False
    """The person who asked holds it."""
    told: int = 0
    """How many holders can be written to."""
    telling: int = 0
    """How many of them are told now of what was looked at."""


@dataclass(frozen=True, slots=True)
class Look:
    """What an official saw at the counter."""

    staff_id: int
    seen: Sequence[str]
    """Keys of the papers that were there."""
    missing: Sequence[str]
    """Keys of those that are needed and were not: they depend on the answers too."""


class Slips(Protocol):
    """Slips and who holds them. `now` and `until` are seconds since 1970."""

    async def begin(
        self, code_hash: str, key: ConversationKey, filing: Filing, until: float, now: float
    ) -> Slip | None:
        """Keep a filing on a new slip; None: another slip, expired or not, has this code."""
        ...

    async def write(
        self, code_hash: str, key: ConversationKey, filing: Filing, until: float, now: float
    ) -> Slip | None:
        """Keep a filing on its slip, which ends at `until` then; the person becomes a holder.

        Where it was changed since `filing.version`, both changes are kept; see
        `bot.filings.merging`. None: there is no such slip any more, or it is another procedure's.
        """
        ...

    async def read(
        self, code_hash: str, now: float, key: ConversationKey | None = None
    ) -> KeptSlip | None:
        """Return a slip, and whether `key` holds it; None: there is none, or it has expired."""
        ...

    async def hold(self, code_hash: str, key: ConversationKey, now: float) -> None:
        """Let a person hold a slip; nothing where there is none any more."""
        ...

    async def change(
        self, code_hash: str, change: Callable[[Filing], Filing], until: float, now: float
    ) -> Slip | None:
        """Change the filing of a slip alone, so that nobody's change is lost; None: as `read`."""
        ...

    async def let_go(self, code_hash: str, key: ConversationKey) -> None:
        """End that a person holds a slip; one without holders is removed."""
        ...

    async def check(self, code_hash: str, look: Look, now: float) -> KeptSlip | None:
        """Keep what an official saw, and note whom it is to be told; None: as `read`.

        Whoever holds the slip is told once what is missing, and again when that is something else.
        """
        ...


class Reminders(Protocol):
    """What people asked to be reminded of."""

    async def put(self, key: ConversationKey, filing: Filing, due_at: float, now: float) -> None:
        """Remind once of a filing at `due_at`, in the place of an earlier reminder of it."""
        ...

    async def list(self, key: ConversationKey) -> Sequence[Reminder]:
        """Return what a person is still to be reminded of, the next first."""
        ...

    async def remove(self, key: ConversationKey, procedure: str) -> None:
        """Forget the reminder of this procedure; empty: all of them."""
        ...


class GuidedDossiers(Protocol):
    """Dossiers of guided filings whose end is to be counted."""

    async def note(self, dossier_hash: str, procedure: str, now: float) -> None:
        """Keep that a dossier came of a guided filing; a second time changes nothing."""
        ...

    async def complete(self, dossier_hash: str, now: float) -> None:
        """Count the end of a dossier that has its result already, once."""
        ...
