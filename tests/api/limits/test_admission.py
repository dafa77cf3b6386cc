"""Who is admitted, who is told once, who is not answered."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.limits import CountsInMemory, Limiter, Limits
from tests.api.limits.test_counting import Clock

pytestmark = pytest.mark.anyio

CHANNELS = ("telegram", "zalo_oa", "zalo_bot", "web")


def a_limiter(
    clock: Clock, messages: int = 20, overall: int = 20_000, sessions: int = 3
) -> Limiter:
    return Limiter(CountsInMemory(clock), Limits(messages, overall, sessions))


@pytest.mark.parametrize("channel", CHANNELS)
async def test_case_56_a_hundred_messages_in_a_minute_are_throttled_with_one_notice(
    channel: str,
) -> None:
    clock = Clock()
    limiter = a_limiter(clock)
    told = Counter[str]()
    for number in range(100):
        one = await limiter.admit(channel, "7001", str(number))
        told["admitted" if one.admitted else "told" if one.first else "silent"] += 1
        assert one.admitted == (one.retry_after == 0)
        clock.now += 0.5
    assert told == {"admitted": 20, "told": 1, "silent": 79}


async def test_case_56_others_are_answered_while_one_hammers() -> None:
    limiter = a_limiter(Clock(), overall=60)
    for number in range(500):
        await limiter.admit("telegram", "kẻ gửi liên tục", str(number))
    for number in range(40):
        assert (await limiter.admit("telegram", f"người {number}", "1")).admitted


async def test_the_same_number_on_two_channels_is_two_people() -> None:
    limiter = a_limiter(Clock(), messages=1)
    assert (await limiter.admit("telegram", "7001", "1")).admitted
    assert (await limiter.admit("zalo_oa", "7001", "1")).admitted
    assert not (await limiter.admit("telegram", "7001", "2")).admitted


async def test_a_message_delivered_again_is_admitted_uncounted() -> None:
    limiter = a_limiter(Clock(), messages=2)
    for _ in range(10):
        assert (await limiter.admit("telegram", "7001", "cùng một tin")).admitted
    assert (await limiter.admit("telegram", "7001", "tin thứ hai")).admitted
    assert not (await limiter.admit("telegram", "7001", "tin thứ ba")).admitted


async def test_who_waits_a_minute_is_answered_again_and_may_be_told_again() -> None:
    clock = Clock()
    limiter = a_limiter(clock, messages=1)
    first = [await limiter.admit("web", "a", str(number)) for number in range(3)]
    clock.now += 60
    later = [await limiter.admit("web", "a", str(number)) for number in range(3, 6)]
    for three in (first, later):
        assert [(one.admitted, one.first) for one in three] == [
            (True, False),
            (False, True),
            (False, False),
        ]


async def test_when_everybody_together_is_too_much_each_is_told_once() -> None:
    limiter = a_limiter(Clock(), overall=5)
    admitted = [await limiter.admit("web", f"người {number}", "1") for number in range(8)]
    assert [one.admitted for one in admitted] == [True] * 5 + [False] * 3
    assert all(one.first for one in admitted[5:])


async def test_one_address_opens_only_so_many_conversations() -> None:
    limiter = a_limiter(Clock(), sessions=3)
    opened = [(await limiter.admit_session("198.51.100.7")).admitted for _ in range(5)]
    assert opened == [True, True, True, False, False]
    assert (await limiter.admit_session("198.51.100.8")).admitted


@given(
    events=st.lists(
        st.tuples(st.sampled_from(["Lan", "Minh", "Hoa"]), st.floats(0, 30)), max_size=80
    ),
    messages=st.integers(1, 5),
    overall=st.integers(1, 12),
)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_no_minute_holds_more_than_any_limit_and_nobody_is_told_twice_in_one(
    events: list[tuple[str, float]], messages: int, overall: int
) -> None:
    clock = Clock()
    limiter = a_limiter(clock, messages, overall)
    admitted: list[tuple[str, float]] = []
    told: list[tuple[str, float]] = []
    for number, (person, pause) in enumerate(events):
        clock.now += pause
        one = await limiter.admit("web", person, str(number))
        if one.admitted:
            admitted.append((person, clock.now))
        elif one.first:
            told.append((person, clock.now))
    assert _most_in_a_minute(admitted) <= overall
    for person in ("Lan", "Minh", "Hoa"):
        assert _most_in_a_minute([one for one in admitted if one[0] == person]) <= messages
        assert _most_in_a_minute([one for one in told if one[0] == person]) <= 1


def _most_in_a_minute(events: list[tuple[str, float]]) -> int:
    times = [at for _, at in events]
    return max((sum(at - 60 < other <= at for other in times) for at in times), default=0)
