"""How long wrong attempts make one wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dossiers.tries import (
    BY_ADDRESS,
    BY_CODE,
    BY_PERSON,
    DAY_SECONDS,
    HOUR_SECONDS,
    OWN_MISTAKES,
    Count,
    Limit,
    Subjects,
    after,
    failed,
    left,
    locked_until,
    wait_seconds,
)

LIMITS = (BY_CODE, BY_PERSON, BY_ADDRESS, OWN_MISTAKES)
NOON = 1_795_400_000.0


def guesses(limit: Limit, days: float, rest_seconds: float = 0.0) -> list[float]:
    """When somebody guesses who never waits longer than he must, or rests after each day."""
    count: Count | None = None
    now, times = NOON, []
    while now < NOON + days * DAY_SECONDS:
        count = failed(limit, count, now)
        times.append(now)
        now = max(now, count.locked_until)
        if rest_seconds and len(times) % 15 == 0:
            now = max(now, times[-1] + rest_seconds)
    return times


def most_in_a_day(times: list[float]) -> int:
    return max(sum(start <= one < start + DAY_SECONDS for one in times) for start in times)


@pytest.mark.parametrize("limit", [BY_CODE, BY_PERSON])
def test_five_mistakes_are_free_and_then_each_doubles_the_wait_up_to_a_day(limit: Limit) -> None:
    waits = [wait_seconds(limit, failures) for failures in range(1, 18)]
    assert waits[:4] == [0, 0, 0, 0]
    assert waits[4:15] == [60.0 * 2**doubled for doubled in range(11)]
    assert waits[15:] == [DAY_SECONDS] * 2


def test_twenty_mistakes_of_one_address_are_free_and_no_wait_is_longer_than_an_hour() -> None:
    waits = [wait_seconds(BY_ADDRESS, failures) for failures in range(1, 40)]
    assert waits[:19] == [0] * 19
    assert waits[19:25] == [60, 120, 240, 480, 960, 1920]
    assert set(waits[25:]) == {HOUR_SECONDS}


@given(st.sampled_from(LIMITS), st.integers(0, 10**9))
def test_a_further_failure_never_makes_the_wait_shorter(limit: Limit, failures: int) -> None:
    assert wait_seconds(limit, failures) <= wait_seconds(limit, failures + 1)


@given(st.sampled_from(LIMITS), st.lists(st.floats(-DAY_SECONDS, 40 * DAY_SECONDS), min_size=1))
def test_the_end_of_a_wait_never_comes_nearer_whatever_the_clocks_say(
    limit: Limit, pauses: list[float]
) -> None:
    now, count = NOON, failed(limit, None, NOON)
    for pause in pauses:
        now += pause
        before, count = count, failed(limit, count, now)
        assert count.locked_until >= before.locked_until
        assert count.locked_until >= now + wait_seconds(limit, count.failures)
        assert 1 <= count.failures <= before.failures + 1


@given(st.lists(st.floats(0, 3 * DAY_SECONDS), min_size=1, max_size=200))
def test_nobody_guesses_more_than_twenty_times_a_day_at_one_dossier(pauses: list[float]) -> None:
    count: Count | None = None
    now, times = NOON, []
    for pause in pauses:
        now += pause
        if count is None or count.locked_until <= now:
            count = failed(BY_CODE, count, now)
            times.append(now)
    assert most_in_a_day(times) <= 15


def test_what_the_module_says_of_a_year_of_guessing_is_so() -> None:
    day, year = guesses(BY_CODE, 1), guesses(BY_CODE, 365)
    assert len(day) == most_in_a_day(year) == 15
    assert len(year) == 379
    chance = len(year) / 10_000
    assert (round(chance, 3), round(1 - (1 - chance) ** 2, 3)) == (0.038, 0.074)
    assert round(15 / 80, 2) == 0.19
    resting = guesses(BY_CODE, 365, rest_seconds=2 * DAY_SECONDS)
    assert len(resting) <= len(year) + 1


def test_what_the_comment_says_of_forgetting_at_once_is_so() -> None:
    """Twelve attempts and a day of rest, over and over, if a day forgot everything."""
    burst = guesses(BY_CODE, 1)[:12]
    cycle = burst[-1] - burst[0] + DAY_SECONDS
    assert 0.39 < 12 * 365 * DAY_SECONDS / cycle / 10_000 < 0.41


@pytest.mark.parametrize(("limit", "kept"), [(BY_CODE, 4), (BY_PERSON, 0), (BY_ADDRESS, 0)])
def test_a_quiet_day_forgets_the_mistakes_of_a_person_and_one_of_a_dossier(
    limit: Limit, kept: int
) -> None:
    assert left(limit, Count(5, NOON), NOON + DAY_SECONDS) == kept
    assert left(limit, Count(5, NOON), NOON - DAY_SECONDS) == 5


WRONG, RIGHT = "sai", "đúng"
ALL = Subjects({"mã": BY_CODE, "người": BY_PERSON, "địa chỉ": BY_ADDRESS}, own="người, mã")


def play(counts: dict[str, Count], subjects: Subjects, *ends: str) -> dict[str, Count]:
    for end in ends:
        for subject, count in after(subjects, counts, NOON, right=end == RIGHT).items():
            if count is None:
                del counts[subject]
            else:
                counts[subject] = count
    return counts


def test_a_failure_counts_for_the_code_the_person_and_the_address() -> None:
    counts = play({}, ALL, WRONG, WRONG)
    assert {subject: count.failures for subject, count in counts.items()} == {
        "mã": 2,
        "người": 2,
        "địa chỉ": 2,
        "người, mã": 2,
    }


def test_getting_it_right_takes_back_ones_own_mistakes_and_nothing_else() -> None:
    stranger = Subjects({"mã": BY_CODE, "lạ": BY_PERSON}, own="lạ, mã")
    other = Subjects({"mã khác": BY_CODE, "người": BY_PERSON}, own="người, mã khác")
    counts = play({}, stranger, WRONG, WRONG, WRONG)
    counts = play(counts, other, WRONG)
    counts = play(counts, ALL, WRONG, WRONG, RIGHT)
    assert {subject: count.failures for subject, count in counts.items()} == {
        "mã": 3,
        "lạ": 3,
        "lạ, mã": 3,
        "mã khác": 1,
        "người": 1,
        "người, mã khác": 1,
    }


def test_getting_it_right_at_once_changes_nothing() -> None:
    assert after(ALL, {"mã": Count(3, NOON)}, NOON, right=True) == {}


def test_whoever_has_a_dossier_of_his_own_does_not_guess_more_at_others() -> None:
    counts: dict[str, Count] = {}
    own = Subjects({"mã mình": BY_CODE, "người": BY_PERSON}, own="người, mã mình")
    tried = 0
    for number in range(100):
        other = Subjects({f"mã {number}": BY_CODE, "người": BY_PERSON}, own=f"người, mã {number}")
        counts = play(counts, own, RIGHT)
        if locked_until(other, counts, NOON) is None:
            counts = play(counts, other, WRONG)
            tried += 1
    assert tried == 5


def test_any_of_the_subjects_locks_and_the_last_end_is_told() -> None:
    counts = {
        "mã": Count(6, NOON, NOON + 120),
        "người": Count(5, NOON, NOON + 60),
        "địa chỉ": Count(1, NOON),
        "người, mã": Count(9, NOON, NOON + 999),
    }
    assert locked_until(ALL, counts, NOON) == NOON + 120
    assert locked_until(ALL, counts, NOON + 120) is None
