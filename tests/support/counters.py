"""Slips at the counter in memory: keeps the promise of `api.filing_desk.ports.SlipCounter`."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from api.filing_desk.ports import CounterResult, CounterSlip
from bot.dossiers.ports import Locked
from bot.filings.ports import NoSlip, Slip
from bot.filings.state import Checked, Filing

NOON: Final = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Twelve o'clock in Vietnam, on a Monday."""

CODE: Final = "K7Q2MX"
BIRTH: Final = Filing("1.001193", slip=CODE, version=1)
MOST_WRONG: Final = 5


@dataclass
class MemoryCounter:
    """Slips by code; so many wrong codes of one official lock her out for a minute."""

    slips: dict[str, CounterSlip] = field(default_factory=dict)
    wrong: dict[int, int] = field(default_factory=dict)
    checks: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)
    """Official, code and what she saw, in order."""
    missing: dict[str, frozenset[str]] = field(default_factory=dict)
    """Of each code, when somebody looked last."""
    now: datetime = NOON

    def put(self, filing: Filing, told: int = 0) -> None:
        """Keep a slip that can be told to so many people."""
        slip = Slip(filing, (self.now + timedelta(days=30)).timestamp())
        self.slips[filing.slip] = CounterSlip(slip, told)

    async def at_counter(self, staff_id: int, code: str) -> CounterResult:
        """Return the slip of a code; see the port."""
        if self.wrong.get(staff_id, 0) >= MOST_WRONG:
            return Locked(self.now + timedelta(minutes=1))
        found = self.slips.get(code)
        if found is None or found.slip.expires_at <= self.now.timestamp():
            self.wrong[staff_id] = self.wrong.get(staff_id, 0) + 1
            return NoSlip()
        return found

    async def check(
        self, staff_id: int, code: str, seen: Collection[str], missing: Collection[str]
    ) -> CounterResult:
        """Keep which papers were there; see the port."""
        found = await self.at_counter(staff_id, code)
        if isinstance(found, CounterSlip):
            there = tuple(sorted(seen))
            self.checks.append((staff_id, code, there))
            checked = Checked(there, self.now.timestamp())
            kept = replace(found, slip=replace(found.slip, checked=checked))
            self.slips[code] = kept
            known, self.missing[code] = self.missing.get(code), frozenset(missing)
            return kept if known == self.missing[code] else replace(kept, telling=kept.told)
        return found
