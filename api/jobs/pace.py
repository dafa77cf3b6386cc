"""How fast a channel may be sent to: evenly, without bursts that a platform would refuse."""

from collections.abc import Awaitable, Callable
from typing import Final

BURST_SECONDS: Final = 1.0
"""What was not used within this time is lost: platforms count by the second."""


class Pace:
    """Gives out one moment after the other, `per_second` of them."""

    def __init__(
        self,
        per_second: float,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """`clock` counts seconds and never goes back."""
        self._gap = 1.0 / per_second
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0

    async def wait(self) -> None:
        """Return when it is this caller's turn; callers come in the order of asking."""
        now = self._clock()
        self._next = max(self._next, now - BURST_SECONDS) + self._gap
        if (delay := self._next - now) > 0:
            await self._sleep(delay)
