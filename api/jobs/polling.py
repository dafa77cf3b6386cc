"""Asks a platform for events where no webhook reaches us: for development."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from api.jobs.broken import tell_broken, tell_mended
from api.jobs.policy import back_off
from api.jobs.receiving import Receiving
from api.logs import log_event, log_failure
from bot.channels.base import Arrival, Poller
from bot.channels.errors import ChannelBroken, PollRefused, TryLater
from bot.errors import StoreUnavailable

REFUSED_SECONDS: Final = 30.0
"""Another poller or a webhook is in the way: it will not go soon."""


@dataclass(slots=True)
class Polling:
    """The loop of one channel."""

    name: str
    poller: Poller
    receiving: Receiving
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _broken: bool = False
    _untaken: Sequence[Arrival] = ()
    """Brought, and not stored yet; it must be before the next poll confirms it."""

    async def run(self) -> None:
        """Poll until cancelled."""
        failures = 0
        while True:
            wait = await self._once(failures)
            failures = failures + 1 if wait else 0
            if wait:
                await self.sleep(wait)

    async def _once(self, failures: int) -> float:
        """Poll once; return how long to wait before the next time.

        A platform brings nothing again once it is asked for more, so what could not be stored
        is kept here until it can.
        """
        try:
            self._untaken = self._untaken or await self._poll()
            await self.receiving.take(self._untaken)
            self._untaken = ()
        except (PollRefused, ChannelBroken) as error:
            log_event("polling_refused", channel=self.name, kind=type(error).__name__)
            return REFUSED_SECONDS
        except TryLater as error:
            return error.after_seconds or back_off(failures, 1.0)
        except StoreUnavailable as error:
            log_failure(error, "polling")
            return back_off(failures, 1.0)
        except Exception as error:  # noqa: BLE001 - a bug in reading must not end the loop
            self._untaken = ()
            log_failure(error, "polling")
            return back_off(failures, 1.0)
        return 0.0

    async def _poll(self) -> Sequence[Arrival]:
        """Poll, and tell an operator once that the token is not accepted, and once that it is."""
        try:
            arrivals = await self.poller.poll()
        except ChannelBroken as error:
            if not self._broken:
                self._broken = True
                tell_broken(self.name, error)
            raise
        if self._broken:
            self._broken = False
            tell_mended(self.name)
        return arrivals
