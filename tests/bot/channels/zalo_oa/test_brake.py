"""Slowing down before Zalo stops us, and coming back one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo_oa.brake import BREATHER_SECONDS, LONGEST_SECONDS, Brake

NOW = 1000.0
CHANCE = st.floats(0, 1)


def a_brake(chance: float = 0.0) -> Brake:
    return Brake(lambda: NOW, lambda: chance)


def headers(remain: str, limit: str = "4000") -> dict[str, str]:
    return {"x-ratelimit-remain": remain, "x-ratelimit-limit": limit}


@pytest.mark.parametrize(("remain", "rests"), [("4000", False), ("41", False), ("40", True)])
def test_case_32_the_last_hundredth_is_left_to_others(remain: str, *, rests: bool) -> None:
    brake = a_brake()
    brake.note(headers(remain))

    assert (brake.wait_seconds() > 0) is rests


@pytest.mark.parametrize(
    "told", [{}, headers(""), headers("-1"), headers("many"), headers("٣"), headers("5", "none")]
)
def test_headers_of_another_shape_tell_nothing(told: dict[str, str]) -> None:
    brake = a_brake()
    brake.note(told)

    assert brake.wait_seconds() == 0


def test_case_32_none_left_rests_whatever_the_limit_is() -> None:
    brake = a_brake()
    brake.note({"x-ratelimit-remain": "0"})

    assert brake.wait_seconds() == BREATHER_SECONDS


@given(st.integers(1, 100), CHANCE, CHANCE)
def test_case_32_the_wait_grows_to_a_cap_and_half_of_it_more_is_chance(
    hits: int, chance: float, other: float
) -> None:
    brake, neighbour = a_brake(chance), a_brake(other)
    waits = [brake.hit() for _ in range(hits)]
    assert waits == sorted(waits)
    assert waits[-1] <= LONGEST_SECONDS * 1.5
    assert waits[0] >= 2
    if chance < other:
        assert waits[0] <= neighbour.hit()


def test_case_32_a_message_that_passes_ends_the_row() -> None:
    now = [NOW]
    brake = Brake(lambda: now[0], lambda: 0.0)
    first, second = brake.hit(), brake.hit()
    now[0] += second
    brake.passed()

    assert brake.hit() == first < second
