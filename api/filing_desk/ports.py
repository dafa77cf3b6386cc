"""What the pages of slips need: the public one, and the one at the counter.

Every method may raise `bot.errors.StoreUnavailable`: nothing was changed then.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from bot.dossiers.ports import Locked
from bot.filings.ports import FilingTerms, NoSlip, Slip, SlipResult


@dataclass(frozen=True, slots=True)
class CounterSlip:
    """A slip as an official sees it."""

    slip: Slip
    told: int
    """How many people can be told what is still missing: holders on channels where one can write
    to them. 0: it shows on the slip's page only."""
    telling: int = 0
    """How many of them are told now; 0 where `told` is not: they were told the same before."""


CounterResult = CounterSlip | NoSlip | Locked


class SlipPages(Protocol):
    """What the public page `/phieu/CODE` needs: whoever has the code may see and tick."""

    @property
    def terms(self) -> FilingTerms:
        """Where slips are shown, and how long they can be opened."""
        ...

    async def open_for_page(self, address: str, code: str) -> SlipResult:
        """Return the slip of a code.

        Wrong codes are counted by `address`, the block of network addresses; whether a code has
        expired or never was can be told neither by the result nor by the work done.
        """
        ...

    async def tick_on_page(self, address: str, code: str, key: str, *, on: bool) -> SlipResult:
        """Tick a paper, or take the tick away, and return the slip as it is then.

        Counts wrong codes as `open_for_page` does. A `key` that no paper can have changes nothing;
        whether a paper of this list has it is for the caller to check.
        """
        ...


class SlipCounter(Protocol):
    """What the counter's page `/slip/CODE` needs; the caller has checked who the official is."""

    async def at_counter(self, staff_id: int, code: str) -> CounterResult:
        """Return the slip of a code; looking does not put its end off.

        Wrong codes are counted by official.
        """
        ...

    async def check(
        self, staff_id: int, code: str, seen: Collection[str], missing: Collection[str]
    ) -> CounterResult:
        """Keep which papers were there, in the place of what was kept before.

        Each holder who can be written to is told what is still missing, once: again only when that
        is not what was missing before. The slip that comes back has `checked` set. What the citizen
        ticked herself stays as it was. Keys that no paper can have are left out.

        Args:
            staff_id: who looked.
            code: of the slip.
            seen: keys of the papers that were there.
            missing: keys of those that are needed and were not there.
        """
        ...
