"""What counts how fast people write: in this process, or in a server that replicas share."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.limits import Counts, CountsInMemory, Limiter, Limits, SafeCounts
from api.settings import Settings


@asynccontextmanager
async def open_limiter(settings: Settings) -> AsyncIterator[Limiter]:
    """Lend the limiter that the settings choose; a server that is away stops nothing."""
    limits = Limits(
        messages=settings.messages_per_minute,
        overall=settings.messages_per_minute_overall,
        sessions=settings.sessions_per_minute,
    )
    async with _counts(settings.limits_url) as counts:
        yield Limiter(counts, limits)


@asynccontextmanager
async def _counts(address: str) -> AsyncIterator[Counts]:
    own = CountsInMemory(time.monotonic)
    if not address:
        yield own
        return
    from api.limits.shared import SharedCounts  # noqa: PLC0415 - only where counts are shared

    shared = SharedCounts(address)
    try:
        yield SafeCounts(shared, own, time.monotonic)
    finally:
        await shared.close()
