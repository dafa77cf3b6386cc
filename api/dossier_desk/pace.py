"""Refusals that all take as long, where another system is asked on the way."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

REFUSAL_SECONDS: Final = 1.0
"""Refusals take this long, or a whole multiple of it, where another system is asked.

It may find a dossier faster than it misses one; both nearly always happen within this time.
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """Lets time pass up to the next line of a grid."""

    clock: Callable[[], float]
    """Seconds that only grow."""
    sleep: Callable[[float], Awaitable[None]]
    grid_seconds: float = 0.0
    """0: nothing is waited for."""

    async def wait_since(self, began: float) -> None:
        """Wait until a whole number of grid steps, one at least, has passed since `began`."""
        if not self.grid_seconds:
            return
        passed = max(self.clock() - began, 0.0)
        steps = int(passed // self.grid_seconds) + 1
        await self.sleep(steps * self.grid_seconds - passed)
