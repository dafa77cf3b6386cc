"""Takes over what a platform brings: once this returns, nothing of it can be lost."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from api.limits import Limiter
from api.meters import Meters
from bot.channels.base import Arrival, ArrivalKind, Channel
from bot.channels.queues import Inbox
from bot.personal_data import mask
from bot.understanding import MAX_CHARACTERS

TOO_LONG: Final = "…" * (MAX_CHARACTERS + 1)
"""Stands for every text that is longer than what is read."""


_ANSWERED: Final = frozenset({ArrivalKind.MESSAGE, ArrivalKind.SHARED})
"""What is answered, and limited for that."""


@dataclass(slots=True)
class Receiving:
    """Limits, masks and stores arrivals, and wakes who handles them."""

    inbox: Inbox
    channels: Mapping[str, Channel]
    limiter: Limiter
    meters: Meters
    woken: asyncio.Event
    _acknowledging: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, arrivals: Sequence[Arrival]) -> None:
        """Store what is to be handled.

        Raises:
            StoreUnavailable: the platform must be told to bring it again.
        """
        admitted = [one for arrival in arrivals for one in await self._admitted(arrival)]
        if admitted:
            await self.inbox.put(admitted)
            self.woken.set()
        for arrival in arrivals:
            if arrival.query:
                self._acknowledge(arrival)

    async def _admitted(self, arrival: Arrival) -> Sequence[Arrival]:
        """Return the arrival as it is kept; nothing where the person was told to wait already."""
        self.meters.arrived(arrival.channel, arrival.kind.value)
        if arrival.kind is ArrivalKind.NOTICED:
            return ()
        if arrival.kind not in _ANSWERED:
            return (arrival,)
        admission = await self.limiter.admit(arrival.channel, arrival.user_id, arrival.event_id)
        if admission.admitted:
            return (_masked(arrival),)
        self.meters.throttled(arrival.channel)
        if not admission.first:
            return ()
        return (replace(arrival, kind=ArrivalKind.MESSAGE, text="", sealed="", over_limit=True),)

    def _acknowledge(self, arrival: Arrival) -> None:
        """Stop the button from spinning; the platform need not wait for it to be told 200."""
        channel = self.channels[arrival.channel]
        task = asyncio.create_task(channel.acknowledge(arrival))
        self._acknowledging.add(task)
        task.add_done_callback(self._acknowledging.discard)


def _masked(arrival: Arrival) -> Arrival:
    """Return the arrival without personal numbers.

    Of a text that is too long to be read no word is kept, only that it was: cut anywhere, it could
    end in half a number that no pattern knows.
    """
    if len(arrival.text) > MAX_CHARACTERS:
        return replace(arrival, text=TOO_LONG)
    return replace(arrival, text=mask(arrival.text).text)
