"""Slowing down before Zalo stops us, and coming back one by one."""

from itertools import pairwise

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


class Wall:
    """A clock that a test moves."""

    now = NOW

    def __call__(self) -> float:
        return self.now


def in_a_row(hits: int, chance: float) -> list[float]:
    """The waits, where each hit comes when the wait before it is over."""
    wall = Wall()
    brake = Brake(wall, lambda: chance)
    waits = []
    for _ in range(hits):
        brake.note(headers("0"))  # the answer that says so tells it twice
        waits.append(brake.hit())
        wall.now += waits[-1] + 0.001
    return waits


@given(st.integers(1, 100), CHANCE, CHANCE)
def test_case_32_the_wait_grows_to_a_cap_and_half_of_it_more_is_chance(
    hits: int, chance: float, other: float
) -> None:
    waits = in_a_row(hits, chance)

    assert all(wait <= later + 0.001 for wait, later in pairwise(waits))
    assert waits[0] >= 2
    assert waits[-1] <= LONGEST_SECONDS * 1.5 + 0.001
    if chance < other:
        assert waits[-1] <= in_a_row(hits, other)[-1] + 0.001


def test_case_32_what_was_on_its_way_beside_the_first_hit_makes_it_no_longer() -> None:
    brake = a_brake()

    assert {brake.hit() for _ in range(64)} == {2}


def test_case_32_a_row_of_hits_outgrows_the_breather() -> None:
    assert in_a_row(6, 0.0)[-1] == pytest.approx(LONGEST_SECONDS)


def test_case_32_a_message_that_passes_ends_the_row() -> None:
    wall = Wall()
    brake = Brake(wall, lambda: 0.0)
    waits = []
    for _ in range(2):
        waits.append(brake.hit())
        wall.now += waits[-1]
    brake.passed()

    assert brake.hit() == waits[0] < waits[1]
