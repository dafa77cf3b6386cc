"""Once an hour what has outlived its purpose is removed, in small steps beside everything else."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Protocol

from api.logs import log_event, log_failure

START_SECONDS: Final = 60.0
"""A server that starts has more important things to do."""

EVERY_SECONDS: Final = 3600.0

PAUSE_SECONDS: Final = 0.1
"""Between two steps, so that whoever waits to write comes in between."""


class Retention(Protocol):
    """What may go."""

    async def remove_some(self, now: float) -> Mapping[str, int]:
        """Remove a few rows of each kind that are too old; return how many, by kind."""
        ...

    async def empty_log(self) -> None:
        """Take out of the files of the database what is no longer in its tables."""
        ...


async def retain_forever(
    store: Retention,
    clock: Callable[[], float],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Remove what is too old once an hour until cancelled; a failure is tried again then.

    Args:
        store: where it is removed.
        clock: seconds since 1970.
        sleep: waits for so many seconds.
    """
    await sleep(START_SECONDS)
    while True:
        try:
            removed = await retain(store, clock(), sleep)
            if removed:
                log_event("retention", **removed)
        except Exception as error:  # noqa: BLE001 - old rows can wait; the loop must not end
            log_failure(error, "retention")
        await sleep(EVERY_SECONDS)


async def retain(
    store: Retention, now: float, sleep: Callable[[float], Awaitable[None]]
) -> Mapping[str, int]:
    """Remove everything that is too old at `now`; return how many rows, by kind.

    Raises:
        StoreUnavailable: the rest is removed another time.
    """
    total = Counter[str]()
    while removed := await store.remove_some(now):
        total.update(removed)
        await sleep(PAUSE_SECONDS)
    await store.empty_log()
    return total
