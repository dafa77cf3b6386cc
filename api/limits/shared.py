"""Counts that several replicas share, in Valkey or Redis, through the library `limits`."""

import asyncio
import re
import time
from typing import Final

from limits import RateLimitItemPerMinute
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from valkey.asyncio import ConnectionPool
from valkey.exceptions import ValkeyError

from api.limits.counting import CountsUnavailable

PATIENCE_SECONDS: Final = 0.5
"""A webhook has two seconds for everything."""

_SCHEME: Final = re.compile(r"(?:redis|valkey)(s?)(?=://)")


class SharedCounts:
    """Counts in one Valkey or Redis server."""

    def __init__(self, address: str) -> None:
        """Take the address, e.g. `valkey://valkey:6379`; nothing is connected yet."""
        address = _SCHEME.sub(r"valkey\1", address, count=1)  # one client speaks to both
        self._connections = ConnectionPool.from_url(
            address, socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS
        )
        self._storage = RedisStorage(
            f"async+{address}",
            wrap_exceptions=True,
            key_prefix="motcua",
            connection_pool=self._connections,  # type: ignore[arg-type]
        )
        self._windows = MovingWindowRateLimiter(self._storage)

    async def hit(self, key: str, most: int) -> float:
        """Count one event if the window has room; see `Counts.hit`.

        Raises:
            CountsUnavailable: the server cannot be asked.
        """
        limit = RateLimitItemPerMinute(most)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                if await self._windows.hit(limit, key):
                    return 0.0
                stats = await self._windows.get_window_stats(limit, key)
        except (StorageError, ValkeyError, OSError, TimeoutError) as error:
            raise CountsUnavailable("LIMITS_URL không trả lời.") from error
        return max(stats.reset_time - time.time(), 0.001)

    async def close(self) -> None:
        """Close the connections."""
        await self._connections.aclose()
