"""The hourly removal goes on whatever happens, and tells only numbers."""

import asyncio
from collections.abc import Mapping

import pytest
import structlog

from api.jobs.retention import EVERY_SECONDS, PAUSE_SECONDS, START_SECONDS, retain_forever
from bot.errors import StoreUnavailable

pytestmark = pytest.mark.anyio


class Shelf:
    """Gives what the test put on it, one step after the other; an error is raised."""

    def __init__(self, *steps: Mapping[str, int] | Exception) -> None:
        self.steps = list(steps)
        self.asked_at: list[float] = []
        self.emptied = 0

    async def remove_some(self, now: float) -> Mapping[str, int]:
        self.asked_at.append(now)
        step = self.steps.pop(0) if self.steps else {}
        if isinstance(step, Exception):
            raise step
        return step

    async def empty_log(self) -> None:
        self.emptied += 1


async def run(shelf: Shelf, until: float) -> list[float]:
    """Let the loop run on a clock that only its own sleeping moves; return the sleeps."""
    slept: list[float] = []
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        slept.append(seconds)
        now += seconds
        if now > until:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await retain_forever(shelf, lambda: now, sleep)
    return slept


async def test_it_waits_at_the_start_and_comes_back_every_hour() -> None:
    shelf = Shelf({"inbox": 500}, {"inbox": 3, "outbox": 1})
    with structlog.testing.capture_logs() as lines:
        slept = await run(shelf, until=2 * EVERY_SECONDS)
    first = [START_SECONDS, PAUSE_SECONDS, PAUSE_SECONDS, EVERY_SECONDS]
    assert slept == [*first, EVERY_SECONDS]
    told = {"event": "retention", "log_level": "info", "inbox": 503, "outbox": 1}
    assert lines == [told]
    assert shelf.asked_at[0] == START_SECONDS
    assert shelf.emptied == 2


async def test_a_database_that_is_away_is_asked_again_an_hour_later() -> None:
    shelf = Shelf(StoreUnavailable("hỏng"), {"inbox": 1})
    with structlog.testing.capture_logs() as lines:
        await run(shelf, until=2 * EVERY_SECONDS)
    assert [line["event"] for line in lines] == ["failure", "retention"]
    assert len(shelf.asked_at) == 3
