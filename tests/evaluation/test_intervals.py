"""Numbers with their uncertainty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.intervals import f1_loss, loss, micro_f1, share

COUNTS = st.tuples(*(st.integers(0, 5),) * 3)


@given(st.lists(st.booleans(), min_size=1, max_size=80))
def test_an_interval_of_a_share_lies_within_0_and_1_and_is_the_same_each_time(
    hits: list[bool],
) -> None:
    found = share(hits)
    assert found.value == pytest.approx(sum(hits) / len(hits))
    assert 0 <= found.low <= found.high <= 1
    assert share(hits) == found


def test_the_interval_holds_the_share_and_narrows_with_more_cases() -> None:
    few, many = share([True] * 8 + [False] * 2), share([True] * 800 + [False] * 200)
    assert few.low < 0.8 < few.high
    assert many.high - many.low < few.high - few.low


@given(st.lists(COUNTS, min_size=1, max_size=40))
def test_f1_lies_within_0_and_1(counts: list[tuple[int, int, int]]) -> None:
    found = micro_f1(counts)
    assert 0 <= found.low <= found.high <= 1
    assert f1_loss(counts, counts).value == 0


def test_a_loss_is_counted_case_by_case_in_points_of_100() -> None:
    found = loss([True] * 90 + [False] * 10, [True] * 80 + [False] * 20)
    assert found.value == pytest.approx(10)
    assert found.low < 10 < found.high


def test_no_case_gives_no_number() -> None:
    assert [str(share([])), str(micro_f1([])), str(loss([], []))] == ["–"] * 3
