"""What the loops have in common that tell people something of ourselves, once.

What waits is claimed, written and handed to the outbox in one transaction; from there it goes the
way of every answer. Nothing is claimed while people sleep.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, Final, Generic, Protocol, TypeVar

from api.jobs.beside import beside, end_gracefully
from api.jobs.leases import keep_renewing
from api.jobs.policy import back_off
from api.jobs.quiet_hours import QuietHours
from api.logs import log_failure
from api.meters import Meters
from bot.channels.alerts import Settled, Tellable
from bot.channels.base import Channel, Part
from bot.channels.errors import Resting, TryLater
from bot.messages import Reply
from bot.rendering import Desk

LOOK_SECONDS: Final = 2.0
"""What was stored, also by another process, is seen after so long."""

AT_ONCE: Final = 100
"""In one transaction: some tens of milliseconds, so that no citizen waits for it."""

IN_WORDS: Final = frozenset({"zalo_bot"})
"""Channels without buttons, where a number would answer what was asked before."""

What = TypeVar("What", bound=Tellable)


class Waiting(Protocol[What]):
    """What is to be told; see `bot.channels.alerts.Alerts`."""

    async def waiting(self, channels: Collection[str]) -> bool:
        """Tell whether there may be something to claim."""
        ...

    async def claim(self, most: int, channels: Collection[str]) -> Sequence[What]:
        """Claim what is due."""
        ...

    async def renew(self, claimed: Collection[What], /) -> None:
        """Keep claims that take long."""
        ...

    async def settle(self, settled: Sequence[Settled]) -> Sequence[bool]:
        """Keep what became of what was claimed."""
        ...


class Telling(ABC, Generic[What]):
    """A loop; those that inherit are dataclasses with these fields."""

    where: ClassVar[str]
    """Its name in the log and the metrics."""
    channels: Mapping[str, Channel]
    """Those that are on; people of others wait."""
    desk: Callable[[], Desk]
    """The desk of the moment."""
    meters: Meters
    clock: Callable[[], float]
    """Seconds since 1970."""
    quiet: QuietHours
    sleep: Callable[[float], Awaitable[None]]
    jitter: Callable[[], float]
    """Between 0 and 1: those who failed together do not come back together."""
    _claimed: Sequence[What]

    @abstractmethod
    def _store(self) -> Waiting[What]:
        """Return what is to be told."""

    @abstractmethod
    def _works(self) -> Sequence[Callable[[], Awaitable[None]]]:
        """Return what is done in each step; a failure of one does not stop the others."""

    @abstractmethod
    async def _become(self, desk: Desk, one: What) -> Settled:
        """Return what becomes of one that was claimed; never raises."""

    @abstractmethod
    def _count(self, channel: str, way: str) -> None:
        """Count one that is settled."""

    async def run(self) -> None:
        """Tell until cancelled; what is claimed then may still go out."""
        async with beside(keep_renewing(self._renew, self.where, self.sleep)):
            while True:
                step = asyncio.create_task(self.step())
                try:
                    await asyncio.shield(step)
                finally:
                    await end_gracefully([step])
                await self.sleep(LOOK_SECONDS)

    async def step(self) -> None:
        """Tell what is due; never raises."""
        for work in self._works():
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - the loop outlives a database that is away
                self._failed(error)

    def _failed(self, error: Exception) -> None:
        log_failure(error, self.where)
        self.meters.failed(self.where)

    async def _renew(self) -> None:
        await self._store().renew(self._claimed)

    async def _tell(self) -> None:
        channels, store = tuple(self.channels), self._store()
        while not self.quiet.holds(self.clock()) and await store.waiting(channels):
            self._claimed = await store.claim(AT_ONCE, channels)
            try:
                await self._settle(self._claimed)
            finally:
                claimed, self._claimed = self._claimed, ()
            if len(claimed) < AT_ONCE:
                return

    async def _settle(self, claimed: Sequence[What]) -> None:
        desk = self.desk()
        if claimed:
            await self._warm(desk)
        settled = await asyncio.gather(*(self._become(desk, one) for one in claimed))
        kept = await self._store().settle(settled)
        for one, is_kept in zip(settled, kept, strict=True):
            if is_kept:
                self._count(one.alert.key.channel, one.told.value if one.told else "again")

    async def _warm(self, desk: Desk) -> None:
        """Read what the words need, where that takes long."""

    def _again(self, one: What, error: Exception) -> Settled:
        """Return that it is tried again, as late as `error` wants it."""
        asked = error.after_seconds if isinstance(error, TryLater) else None
        failed = not isinstance(error, Resting)  # that was no attempt
        wait = back_off(one.attempts, self.jitter()) if asked is None else asked + self.jitter()
        return Settled(one, None, next_at=self.clock() + wait, failed=failed)

    def _dressed(self, channel: str, reply: Reply, again: Reply) -> Sequence[Part]:
        """Return the parts of a message, with what is sent where a copy may have arrived."""
        dress = self.channels[channel].dress
        parts, copies = dress(reply, None), dress(again, None)
        return [
            replace(part, again=copies[min(number, len(copies) - 1)], unasked=True)
            for number, part in enumerate(parts)
        ]
