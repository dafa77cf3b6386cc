"""Keeps what a process has claimed, for as long as it works on it."""

from collections.abc import Awaitable, Callable
from typing import Final

from api.logs import log_failure

RENEW_SECONDS: Final = 5.0
"""A third of what a claim of the inbox lasts, a quarter of one of the outbox."""


async def keep_renewing(
    renew: Callable[[], Awaitable[None]], where: str, sleep: Callable[[float], Awaitable[None]]
) -> None:
    """Renew again and again until cancelled.

    A failure is noted, and tried again: a claim that runs out meanwhile is another process's, and
    whoever had it learns so when it stores what it did.
    """
    while True:
        await sleep(RENEW_SECONDS)
        try:
            await renew()
        except Exception as error:  # noqa: BLE001 - without renewals every claim would be lost
            log_failure(error, where)
