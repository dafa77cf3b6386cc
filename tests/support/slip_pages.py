"""Slips in memory, their pages in a server of their own, and filings to put on them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.dossiers.ports import Locked
from bot.errors import StoreUnavailable
from bot.filings.ports import FilingTerms, NoSlip, Slip, SlipResult
from bot.filings.state import Checked, Filing
from bot.guide.filing import FilingView, ticked, view_of
from knowledge.library import Library

CODE = "K7Q2MX"
UNKNOWN = "A3C4D7"
BIRTH = "1.001193"
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DAYS = 30
PUBLIC = "https://motcua.example.gov.vn"

MOST_WRONG = 5


@dataclass
class MemorySlipPages:
    """Keeps the promise of `api.filing_desk.ports.SlipPages`."""

    terms: FilingTerms = field(
        default_factory=lambda: FilingTerms(
            is_open=True,
            page=f"{PUBLIC}/phieu/",
            days=DAYS,
            telegram_link="https://t.me/motcua_bot?start=",
            zalo_link="https://zalo.me/579745863508352884",
        )
    )
    now: Callable[[], datetime] = lambda: NOW
    slips: dict[str, Slip] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    away: bool = False

    def put(self, filing: Filing, checked: Checked | None = None) -> None:
        """Keep a filing on the slip that it names."""
        expires = (self.now() + timedelta(days=self.terms.days)).timestamp()
        self.slips[filing.slip] = Slip(filing, expires, checked)

    async def open_for_page(self, address: str, code: str) -> SlipResult:
        if self.away:
            raise StoreUnavailable("Kho không mở được.")
        if self.wrong.get(address, 0) >= MOST_WRONG:
            return Locked(self.now() + timedelta(minutes=10))
        slip = self.slips.get(code)
        if slip is None or slip.expires_at < self.now().timestamp():
            self.wrong[address] = self.wrong.get(address, 0) + 1
            return NoSlip()
        return slip

    async def tick_on_page(self, address: str, code: str, key: str, *, on: bool) -> SlipResult:
        slip = await self.open_for_page(address, code)
        if isinstance(slip, Slip):
            slip = replace(slip, filing=ticked(slip.filing, key, on=on))
            self.slips[code] = slip
        return slip


def a_filing(code: str = BIRTH, answers: Mapping[str, str] | None = None) -> Filing:
    """A filing on the slip K7Q2MX."""
    return Filing(code, tuple((answers or {}).items()), slip=CODE, version=1)


def the_view(library: Library, filing: Filing) -> FilingView:
    """A filing with everything the library says of it."""
    procedure = library.get(filing.code)
    assert procedure is not None
    return view_of(procedure, library.table(filing.code), library.guide(filing.code), filing)
