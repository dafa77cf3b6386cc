"""What becomes of a part that could not be delivered."""

import asyncio
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.jobs.delivering import Lane
from api.jobs.pace import Pace
from api.jobs.policy import (
    BROKEN_SECONDS,
    CAP_SECONDS,
    GIVE_UP_SECONDS,
    after_failure,
    back_off,
    hopeless,
    rest_seconds,
)
from bot.channels.base import Part
from bot.channels.errors import (
    ChannelBroken,
    DeliveryFailed,
    FateUnknown,
    PartRefused,
    RecipientGone,
    TryLater,
    WindowClosed,
)
from bot.channels.queues import Delivery, Result
from tests.support.channels import FakeChannel

NOW = 1_000_000.0


def a_delivery(attempts: int = 0, unknowns: int = 0, created_at: float = NOW) -> Delivery:
    return Delivery(1, "telegram", "2", Part({"text": "chào"}), attempts, unknowns, created_at, NOW)


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_the_wait_grows_to_a_cap_and_half_of_it_is_chance(attempts: int, jitter: float) -> None:
    wait = back_off(attempts, jitter)
    assert 0.5 <= wait <= CAP_SECONDS
    assert wait <= back_off(attempts + 1, jitter)


@given(st.floats(0, 3600), st.floats(0, 1))
def test_what_the_platform_asks_us_to_wait_is_never_cut_short(asked: float, jitter: float) -> None:
    after = after_failure(a_delivery(), TryLater("429", asked), NOW, jitter)
    assert after.result is None
    assert after.next_at >= NOW + asked
    assert not after.unknown


@pytest.mark.parametrize("asked", [float("inf"), 1e300, 10 * GIVE_UP_SECONDS])
def test_no_platform_makes_anybody_wait_for_ever(asked: float) -> None:
    after = after_failure(a_delivery(), TryLater("429", asked), NOW, 1.0)
    assert after.next_at <= NOW + GIVE_UP_SECONDS
    assert rest_seconds(TryLater("429", asked, everybody=True), 0, 1.0) <= GIVE_UP_SECONDS


def test_case_15_a_part_of_unknown_fate_is_sent_again_once_and_then_let_go() -> None:
    first = after_failure(a_delivery(), FateUnknown("timeout"), NOW, 1.0)
    assert (first.result, first.unknown) == (None, True)
    second = after_failure(a_delivery(1, 1), FateUnknown("timeout"), NOW, 1.0)
    assert second.result is Result.UNKNOWN


def test_case_13_somebody_who_blocked_us_is_not_written_to_again() -> None:
    after = after_failure(a_delivery(), RecipientGone("403"), NOW, 1.0)
    assert (after.result, after.reason) == (Result.GONE, "403")


def test_a_window_that_is_closed_is_told_apart_from_a_person_who_is_gone() -> None:
    after = after_failure(a_delivery(), WindowClosed("-230"), NOW, 1.0)
    assert (after.result, after.reason) == (Result.CLOSED, "-230")


def test_a_part_that_is_refused_in_plain_words_too_is_let_go() -> None:
    assert after_failure(a_delivery(), PartRefused("400"), NOW, 1.0).result is Result.REFUSED


@pytest.mark.parametrize(
    ("error", "rest"),
    [
        (ChannelBroken("401"), BROKEN_SECONDS),
        (TryLater("-32", 7, everybody=True), 7),
        (TryLater("429", 7), 0),
        (RecipientGone("403"), 0),
        (FateUnknown("timeout"), 0),
    ],
)
def test_the_whole_channel_rests_only_for_what_concerns_everybody(
    error: DeliveryFailed, rest: float
) -> None:
    assert rest_seconds(error, 0, 1.0) == rest


def a_lane() -> Lane:
    return Lane(FakeChannel(), Pace(10_000, time.monotonic, asyncio.sleep))


def test_a_channel_that_is_broken_keeps_the_part_and_counts_no_attempt() -> None:
    error = ChannelBroken("401")
    until = a_lane().rest(error, NOW, 1.0)
    after = after_failure(a_delivery(), error, NOW, 1.0, until)
    assert (after.result, after.refused, after.next_at) == (None, True, NOW + BROKEN_SECONDS)


def test_a_channel_that_cannot_be_reached_rests_longer_each_time_up_to_a_minute() -> None:
    lane, now, rests = a_lane(), NOW, []
    for _ in range(9):
        until = lane.rest(TryLater("ConnectError", everybody=True), now, 1.0)
        rests.append(until - now)
        now = until
    assert rests == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_parts_that_fail_beside_each_other_make_a_channel_rest_once() -> None:
    lane = a_lane()
    for _ in range(64):
        lane.rest(TryLater("ConnectError", everybody=True), NOW, 1.0)
    assert (lane.failures, lane.rests_until) == (1, NOW + 2)


def test_an_answer_older_than_a_day_is_let_go() -> None:
    assert hopeless(a_delivery(), NOW) is None
    old = hopeless(a_delivery(created_at=NOW - GIVE_UP_SECONDS - 1), NOW)
    assert old is not None
    assert old.result is Result.EXPIRED


def test_a_part_whose_processes_died_twice_is_let_go() -> None:
    assert hopeless(a_delivery(unknowns=1), NOW) is None
    twice = hopeless(a_delivery(unknowns=2), NOW)
    assert twice is not None
    assert twice.result is Result.UNKNOWN


def test_a_part_that_nobody_can_read_is_let_go() -> None:
    over = hopeless(replace(a_delivery(), part=Part({})), NOW)
    assert over is not None
    assert (over.result, over.reason) == (Result.REFUSED, "unreadable")
