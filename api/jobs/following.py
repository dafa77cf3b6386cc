"""Asks a remote system again and again about dossiers that people follow, so that changes are told.

One round takes as long as the interval: the questions are spread over it evenly, a few at a time.
One process does the rounds; another one takes over when it ends.
"""

import asyncio
import random
from bisect import bisect_right
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from api.jobs.pace import Pace
from api.logs import log_event, log_failure
from bot.dossiers.ports import AnswerUnreadable, DossierBook, DossierSource, SourceUnreachable
from bot.errors import StoreUnavailable

AT_ONCE: Final = 4
"""Questions under way: the system serves others too."""

LOOK_SECONDS: Final = 60.0
"""So soon another process takes over from one that has ended."""

REST_SECONDS: Final = 30.0
"""After a question without an answer; as long as the system is left alone (`breaker`)."""

MOST_TRIES: Final = 3
"""Of one question in a round; then the next round asks."""

PAGE: Final = 500


class FollowedCodes(Protocol):
    """Which dossiers are followed."""

    async def codes_followed(self, limit: int, after: str = "") -> Sequence[str]:
        """Return codes after `after` that somebody follows and that have not ended, in order.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        ...


class Turn(Protocol):
    """One process at a time."""

    def alone(self) -> AbstractAsyncContextManager[bool]:
        """Keep others from asking while the block runs; False: another process keeps us from it.

        Free again when the process dies.

        Raises:
            StoreUnavailable: it cannot be found out.
        """
        ...


@dataclass(slots=True)
class Following:
    """The rounds of one process."""

    source: DossierSource
    """As citizens ask it: what they find broken is left alone here too."""
    book: DossierBook
    codes: FollowedCodes
    turn: Turn
    name: str
    """Of the source, kept with what it tells."""
    every_seconds: float
    clock: Callable[[], float]
    """Seconds that only grow."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[int], int] = random.randrange
    """Where the first round starts: a process that is started often starves no dossier."""
    _last: str = ""
    """Asked about last: the next round goes on behind it."""

    async def run(self) -> None:
        """Do rounds until cancelled, whenever no other process does."""
        while True:
            wait = LOOK_SECONDS
            try:
                async with self.turn.alone() as alone:
                    if alone:
                        await self.round()
                        wait = 0.0
            except Exception as error:  # noqa: BLE001 - a bug must not end the loop
                log_failure(error, "following dossiers")
            await self.sleep(wait)

    async def round(self) -> None:
        """Ask once about every followed dossier; takes as long as the interval, at least.

        A system that is down makes a round longer, twice the interval at most.

        Raises:
            StoreUnavailable: which dossiers are followed cannot be read.
        """
        began = self.clock()
        codes = await self._codes()
        if codes:
            told = await self._ask_all(self._turned(codes))
            log_event("dossiers_followed", asked=len(codes), told=told)
        left = self.every_seconds - (self.clock() - began)
        await self.sleep(max(left, 1.0))

    async def _codes(self) -> Sequence[str]:
        codes: list[str] = []
        while page := await self.codes.codes_followed(PAGE, codes[-1] if codes else ""):
            codes += page
        return sorted(codes)  # databases order signs in ways of their own

    def _turned(self, codes: Sequence[str]) -> Sequence[str]:
        """Return codes, turned so that each waits about as long as the others."""
        start = bisect_right(codes, self._last) if self._last else self.chance(len(codes))
        return [*codes[start:], *codes[:start]]

    async def _ask_all(self, codes: Sequence[str]) -> int:
        """Ask about each; return of how many the system told."""
        waiting = deque((code, 1) for code in codes)
        pace = Pace(len(codes) / self.every_seconds, self.clock, self.sleep)
        until = self.clock() + 2 * self.every_seconds
        tellers = (self._ask_some(waiting, pace, until) for _ in range(min(AT_ONCE, len(codes))))
        return sum(await asyncio.gather(*tellers))

    async def _ask_some(self, waiting: deque[tuple[str, int]], pace: Pace, until: float) -> int:
        told = 0
        while waiting and self.clock() < until:
            code, tries = waiting.popleft()
            if tries == 1:  # a second try has waited on its own
                self._last = code
                await pace.wait()
            try:
                told += await self._ask(code)
            except AnswerUnreadable as error:  # the same again if asked again
                log_failure(error, "following dossiers")
            except (SourceUnreachable, StoreUnavailable):
                if tries < MOST_TRIES:
                    waiting.append((code, tries + 1))
                await self.sleep(REST_SECONDS)
            except Exception as error:  # noqa: BLE001 - one dossier must not hold up the others
                log_failure(error, "following dossiers")
        return told

    async def _ask(self, code: str) -> bool:
        updates = [one for one in await self.source.fetch(code) if one.code == code]
        if updates:
            await self.book.put(updates, self.name)
        return bool(updates)
