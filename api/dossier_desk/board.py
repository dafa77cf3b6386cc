"""How dossiers can be looked up at this moment, and the demonstration dossiers.

Demonstration dossiers go as soon as there is a real one, and never stand beside another source.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from api.dossier_desk.samples import SAMPLE_FACTOR
from api.logs import log_event, log_failure
from bot.dossiers.ports import Kept, Sample, Terms
from bot.dossiers.status import DossierUpdate, FactorKind

LOOK_SECONDS: Final = 5.0
"""What another process received is noticed after so long."""

SAMPLE_SOURCE: Final = "samples"


class SampledBook(Protocol):
    """The dossiers, as far as samples concern them. All may raise `StoreUnavailable`."""

    async def put(self, updates: Sequence[DossierUpdate], source: str) -> Sequence[Kept]:
        """Keep updates."""
        ...

    async def any_real(self) -> bool:
        """Tell whether there is any dossier that is no sample."""
        ...

    async def samples(self) -> Sequence[str]:
        """Return the codes of the demonstration dossiers, in their order."""
        ...

    async def remove_samples(self) -> int:
        """Remove the demonstration dossiers; return how many."""
        ...


@dataclass(slots=True)
class Board:
    """Says how dossiers can be looked up, and keeps that true."""

    book: SampledBook
    factors: Sequence[FactorKind]
    remote: bool
    """Another system is asked."""
    make_samples: Callable[[], Sequence[DossierUpdate]] | None
    """Makes the demonstration dossiers of today; None: they are not wanted."""
    telegram_link: Callable[[], str] = lambda: ""
    """The start of a link that opens our bot; empty: it has none."""
    zalo: bool = False
    """People can be told on Zalo."""
    zalo_link: Callable[[], str] = lambda: ""
    """Opens our account there; empty while it is not known."""
    _real: bool = False
    _shown: tuple[Sample, ...] = field(default=())

    def terms(self) -> Terms:
        """Return how dossiers can be looked up now."""
        return Terms(
            is_open=self.remote or self._real or bool(self._shown),
            factors=tuple(self.factors),
            samples=self._shown,
            telegram_link=self.telegram_link(),
            zalo=self.zalo,
            zalo_link=self.zalo_link(),
        )

    async def read(self) -> None:
        """See what there is, and change nothing.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        self._real = await self.book.any_real()
        self._show(await self.book.samples())

    async def open(self) -> None:
        """Load the demonstration dossiers of today, or remove those of an earlier day.

        Raises:
            StoreUnavailable: the database cannot be read or written.
        """
        self._real = await self.book.any_real()
        await self.book.remove_samples()
        if self.make_samples is None or self.remote or self._real:
            return
        updates = await asyncio.to_thread(self.make_samples)  # reads the calendar
        await self.book.put(updates, SAMPLE_SOURCE)
        self._show(dict.fromkeys(update.code for update in updates))
        log_event("dossier_samples_loaded", count=len(self._shown))

    def _show(self, codes: Iterable[str]) -> None:
        self._shown = tuple(Sample(code, SAMPLE_FACTOR) for code in codes)

    async def look(self) -> None:
        """See whether there is a real dossier by now; then the demonstration is over.

        Raises:
            StoreUnavailable: it is looked again later.
        """
        if self._real:
            return
        self._real = await self.book.any_real()
        if self._real and self._shown:
            self._shown = ()
            log_event("dossier_samples_removed", count=await self.book.remove_samples())

    async def notice(self) -> None:
        """Look at once, for something was stored here; a failure is left to the next look."""
        try:
            await self.look()
        except Exception as error:  # noqa: BLE001 - what was stored stays stored
            log_failure(error, "dossiers")

    async def look_forever(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Look every few seconds until cancelled; a failure is tried again."""
        while True:
            await sleep(LOOK_SECONDS)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - the loop must not end
                log_failure(error, "dossiers")
