"""Keeps the demonstration dossiers: there as long as there is no real one, and always of today."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Final, Protocol

from api.dossier_desk.samples import SAMPLE_FACTOR
from api.logs import log_failure
from bot.dossier_ports import Kept, Sample
from bot.dossiers import DossierUpdate
from knowledge.errors import CalendarEnds

SOURCE: Final = "samples"
"""What the book calls where they come from."""

LOOK_SECONDS: Final = 10.0
"""How long samples may stay beside the first real dossier, which another process may have put."""


class SampleBook(Protocol):
    """Where they are kept. Every method may raise `bot.errors.StoreUnavailable`."""

    async def put(self, updates: Sequence[DossierUpdate], source: str) -> Sequence[Kept]:
        """Keep updates; see `bot.dossier_ports.DossierBook`."""
        ...

    async def any_real(self) -> bool:
        """Tell whether there is any dossier that is no sample."""
        ...

    async def remove_samples(self) -> int:
        """Remove the samples; return how many."""
        ...


class Samples:
    """The samples of one server."""

    def __init__(
        self,
        book: SampleBook,
        make: Callable[[date], Sequence[DossierUpdate]],
        today: Callable[[], date],
        *,
        wanted: bool,
        with_factor: bool = True,
    ) -> None:
        """Keep what is needed.

        Args:
            book: where they are put.
            make: makes those of a day.
            today: the day in Vietnam.
            wanted: False: there are to be none, and those of an earlier start are removed.
            with_factor: False: dossiers are published by code alone.
        """
        self._book = book
        self._make = make
        self._today = today
        self._wanted = wanted
        self._factor = SAMPLE_FACTOR if with_factor else ""
        self._day: date | None = None
        self._shown: tuple[Sample, ...] = ()
        self._may_be_there = True
        """Those of an earlier start may."""

    @property
    def shown(self) -> tuple[Sample, ...]:
        """Those that can be tried now."""
        return self._shown

    async def refresh(self) -> None:
        """Put those of today, or remove them where there is a real dossier; both may be done again.

        Raises:
            StoreUnavailable: what was there before may still be there.
        """
        if not self._wanted or await self._book.any_real():
            self._shown = ()
            if self._may_be_there:
                await self._book.remove_samples()
            self._day, self._may_be_there = None, False
            return
        await self._put(self._today())

    async def keep_fresh(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Refresh them until cancelled; a failure is tried again."""
        while self._wanted:
            await sleep(LOOK_SECONDS)
            try:
                await self.refresh()
            except Exception as error:  # noqa: BLE001 - samples can wait; the loop must not end
                log_failure(error, "samples")

    async def _put(self, today: date) -> None:
        if today == self._day:
            return
        try:
            updates = self._make(today)
        except CalendarEnds:
            updates = ()
        self._may_be_there = True
        await self._book.remove_samples()
        await self._book.put(updates, SOURCE)
        codes = dict.fromkeys(update.code for update in updates)
        self._shown = tuple(Sample(code, self._factor) for code in codes)
        self._day = today
