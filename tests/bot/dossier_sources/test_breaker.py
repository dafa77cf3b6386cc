"""A system that failed several times is left alone, and tried again by one."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from purgatory.domain import model

from bot.dossier_sources.breaker import MOST_FAILURES, REST_SECONDS, GuardedSource
from bot.dossiers.ports import AnswerUnreadable, SourceUnreachable
from bot.dossiers.status import DossierUpdate, State
from bot.errors import StoreUnavailable

pytestmark = pytest.mark.anyio

CODE = "H17.15-261116-0012"
TOLD = [DossierUpdate(CODE, datetime(2026, 11, 22, 8, tzinfo=UTC), State.DONE)]


class Clock:
    """What the library takes for the module `time`; it stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_795_000_000.0

    def time(self) -> float:
        return self.now


class ScriptedSource:
    """Fails as it is told to; keeps how often it was asked, and holds answers back."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.asked = 0
        self.free = asyncio.Event()
        self.free.set()
        self.is_closed = False

    async def fetch(self, _code: str) -> Sequence[DossierUpdate]:
        self.asked += 1
        error = self.error
        await self.free.wait()
        if error is not None:
            raise error
        return TOLD

    async def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(model, "time", clock)
    return clock


@pytest.fixture
async def system() -> ScriptedSource:
    return ScriptedSource()


@pytest.fixture
def told() -> list[bool]:
    return []


@pytest.fixture
def source(system: ScriptedSource, told: list[bool], clock: Clock) -> GuardedSource:
    assert clock.now
    return GuardedSource(system, tell=told.append)


async def failed(source: GuardedSource, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(SourceUnreachable):
            await source.fetch(CODE)


async def brought_down(source: GuardedSource, system: ScriptedSource) -> None:
    system.error = SourceUnreachable("no answer")
    await failed(source, MOST_FAILURES)
    system.asked = 0


async def test_what_works_is_passed_on(source: GuardedSource) -> None:
    assert await source.fetch(CODE) == TOLD


async def test_after_five_failures_in_a_row_nobody_is_asked(
    source: GuardedSource, system: ScriptedSource, told: list[bool]
) -> None:
    await brought_down(source, system)
    await failed(source, 3)
    assert system.asked == 0
    assert told == [False]


async def test_failures_that_are_not_in_a_row_do_not_add_up(
    source: GuardedSource, system: ScriptedSource
) -> None:
    for _ in range(3):
        system.error = SourceUnreachable("no answer")
        await failed(source, MOST_FAILURES - 1)
        system.error = None
        assert await source.fetch(CODE) == TOLD


async def test_it_is_tried_again_after_half_a_minute_and_works(
    source: GuardedSource, system: ScriptedSource, clock: Clock, told: list[bool]
) -> None:
    await brought_down(source, system)
    system.error = None
    clock.now += REST_SECONDS - 1
    await failed(source)
    clock.now += 2
    assert await source.fetch(CODE) == TOLD
    assert await source.fetch(CODE) == TOLD
    assert told == [False, True]


async def test_one_failure_of_the_trial_leaves_it_alone_again(
    source: GuardedSource, system: ScriptedSource, clock: Clock
) -> None:
    await brought_down(source, system)
    clock.now += REST_SECONDS + 1
    await failed(source, 3)
    assert system.asked == 1


async def test_only_one_tries_and_the_others_do_not_wait_for_it(
    source: GuardedSource, system: ScriptedSource, clock: Clock
) -> None:
    await brought_down(source, system)
    system.error = None
    clock.now += REST_SECONDS + 1
    system.free.clear()
    trial = asyncio.create_task(source.fetch(CODE))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await failed(source, 4)
    system.free.set()
    assert await trial == TOLD
    assert system.asked == 1


async def test_a_trial_that_is_given_up_lets_the_next_one_try(
    source: GuardedSource, system: ScriptedSource, clock: Clock
) -> None:
    await brought_down(source, system)
    system.error = None
    clock.now += REST_SECONDS + 1
    system.free.clear()
    trial = asyncio.create_task(source.fetch(CODE))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trial.cancel()
    with pytest.raises(asyncio.CancelledError):
        await trial
    system.free.set()
    clock.now += REST_SECONDS + 1
    assert await source.fetch(CODE) == TOLD


@pytest.mark.parametrize("error", [AnswerUnreadable("another one"), StoreUnavailable("full")])
async def test_one_dossier_that_cannot_be_read_closes_the_source_for_nobody(
    source: GuardedSource, system: ScriptedSource, error: Exception
) -> None:
    system.error = error
    for _ in range(MOST_FAILURES * 2):
        with pytest.raises(type(error)):
            await source.fetch(CODE)
    system.error = None
    assert await source.fetch(CODE) == TOLD


async def test_it_closes_what_it_guards(source: GuardedSource, system: ScriptedSource) -> None:
    await source.close()
    assert system.is_closed
