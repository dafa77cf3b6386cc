"""A desk of filings in memory that keeps every promise of `bot.filings.ports.FilingDesk`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.dossiers.ports import Asker, Locked
from bot.errors import StoreUnavailable
from bot.filings.ports import FilingTerms, NoSlip, Reminder, Slip, SlipResult
from bot.filings.state import Checked, Filing
from bot.messages import ConversationKey
from tests.support.dossiers import NOW

OPEN: Final = FilingTerms(
    is_open=True,
    page="https://motcua.example.gov.vn/phieu/",
    days=30,
    telegram_link="https://t.me/motcua_bot?start=",
)
MOST_WRONG: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)
_CODES: Final = ("K7Q2MX", "A3C4D7", "H9J2KM", "P4Q7RT")


@dataclass
class MemoryFilingDesk:
    """Keeps slips and reminders; the clock is a function, so that a test can let slips expire."""

    terms: FilingTerms = OPEN
    clock: Callable[[], datetime] = lambda: NOW
    broken: bool = False
    """The store cannot be used: every method raises StoreUnavailable."""
    slips: dict[str, Slip] = field(default_factory=dict)
    kept: int = 0
    """How many times a filing was kept."""
    read: int = 0
    """How many times a slip was read anew."""
    noted: list[tuple[str, str]] = field(default_factory=list)
    """Procedures that were guided, each with its dossier."""
    due: dict[tuple[ConversationKey, str], Reminder] = field(default_factory=dict)
    holders: dict[str, set[ConversationKey]] = field(default_factory=dict)
    _wrong: dict[ConversationKey, int] = field(default_factory=dict)

    def _check(self) -> None:
        if self.broken:
            raise StoreUnavailable("The slips cannot be read.")

    def _live(self, code: str) -> Slip | None:
        slip = self.slips.get(code)
        return slip if slip and slip.expires_at > self.clock().timestamp() else None

    async def keep(self, key: ConversationKey, filing: Filing) -> Slip:
        """Keep a filing on its slip, or on a new one."""
        self._check()
        self.kept += 1
        before = self._live(filing.slip) if filing.slip else None
        code = filing.slip if before else next(one for one in _CODES if one not in self.slips)
        version = before.filing.version + 1 if before else 1
        expires = self.clock() + timedelta(days=self.terms.days)
        kept = replace(filing, slip=code, version=version, asides=0)
        slip = Slip(kept, expires.timestamp(), before.checked if before else None)
        self.slips[code] = slip
        self.holders.setdefault(code, set()).add(key)
        return slip

    async def latest(self, key: ConversationKey, code: str) -> Slip | None:
        """Return the slip as it is now."""
        self._check()
        self.read += 1
        return self._live(code) if key in self.holders.get(code, ()) else None

    async def open(self, asker: Asker, code: str) -> SlipResult:
        """Return the slip of a typed code; wrong ones are counted."""
        self._check()
        if self._wrong.get(asker.key, 0) >= MOST_WRONG:
            return Locked(self.clock() + LOCKED_FOR)
        slip = self._live(code)
        if slip is None:
            self._wrong[asker.key] = self._wrong.get(asker.key, 0) + 1
            return NoSlip()
        self.holders[code].add(asker.key)
        return slip

    async def let_go(self, key: ConversationKey, code: str) -> None:
        """Take the person from the holders; without any the slip is forgotten."""
        self._check()
        self.holders.get(code, set()).discard(key)
        if not self.holders.get(code):
            self.slips.pop(code, None)

    async def remind(self, key: ConversationKey, filing: Filing, at: datetime) -> None:
        """Remind once, in the place of an earlier reminder."""
        self._check()
        self.due[key, filing.code] = Reminder(filing.code, at.timestamp())

    async def reminders(self, key: ConversationKey) -> Sequence[Reminder]:
        """Return what this person is to be reminded of, the next first."""
        self._check()
        mine = (one for (whose, _), one in self.due.items() if whose == key)
        return sorted(mine, key=lambda one: one.due_at)

    async def do_not_remind(self, key: ConversationKey, procedure: str) -> None:
        """Forget the reminder of a procedure; empty: all."""
        self._check()
        for whose, code in tuple(self.due):
            if whose == key and procedure in {"", code}:
                del self.due[whose, code]

    async def filed(self, procedure: str, dossier: str) -> None:
        """Note which dossier a filing became."""
        self._check()
        self.noted.append((procedure, dossier))

    def changed_elsewhere(self, code: str, **changes: object) -> None:
        """Change the filing of a slip as another channel does."""
        slip = self.slips[code]
        filing = replace(slip.filing, version=slip.filing.version + 1, **changes)  # type: ignore[arg-type]
        self.slips[code] = replace(slip, filing=filing)

    def looked_at(self, code: str, *seen: str) -> None:
        """Let an official see papers."""
        checked = Checked(tuple(sorted(seen)), self.clock().timestamp())
        self.slips[code] = replace(self.slips[code], checked=checked)
