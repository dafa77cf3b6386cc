"""Polling waits where it must, and confirms only what is stored."""

from collections.abc import Sequence

import pytest
import structlog

from api.jobs.polling import REFUSED_SECONDS, Polling
from bot.channels.base import Arrival
from bot.channels.errors import ChannelBroken, PollRefused, TryLater
from bot.errors import StoreUnavailable
from tests.support.channels import an_arrival

pytestmark = pytest.mark.anyio


class Enough(BaseException):
    """Ends a loop that never ends."""


class ScriptedPoller:
    """Returns, or raises, one thing after the other."""

    def __init__(self, *answers: Sequence[Arrival] | Exception) -> None:
        self._answers = list(answers)

    async def poll(self) -> Sequence[Arrival]:
        if not self._answers:
            raise Enough
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Takes:
    """Keeps what is brought; `failures` are raised first."""

    def __init__(self, *failures: Exception) -> None:
        self.taken: list[str] = []
        self._failures = list(failures)

    async def take(self, arrivals: Sequence[Arrival]) -> None:
        if self._failures:
            raise self._failures.pop(0)
        self.taken += [one.event_id for one in arrivals]


async def polled(poller: ScriptedPoller, takes: Takes) -> list[float]:
    """Poll until the script ends; return what was waited."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    with pytest.raises(Enough):
        await Polling("telegram", poller, takes, sleep).run()  # type: ignore[arg-type]
    return waits


async def test_what_arrives_is_taken_without_waiting() -> None:
    takes = Takes()
    waits = await polled(ScriptedPoller([an_arrival("1")], [], [an_arrival("2")]), takes)
    assert (takes.taken, waits) == (["1", "2"], [])


async def test_case_14_another_poller_is_waited_for_and_does_not_make_a_hot_loop() -> None:
    takes = Takes()
    waits = await polled(
        ScriptedPoller(PollRefused("409"), PollRefused("409"), [an_arrival("1")]), takes
    )
    assert waits == [REFUSED_SECONDS, REFUSED_SECONDS]
    assert takes.taken == ["1"]


async def test_a_token_that_is_not_accepted_is_waited_for() -> None:
    assert await polled(ScriptedPoller(ChannelBroken("401")), Takes()) == [REFUSED_SECONDS]


async def test_an_operator_is_told_once_of_a_token_that_is_not_accepted_and_once_of_its_end() -> (
    None
):
    refused = (ChannelBroken("401"), ChannelBroken("401"))
    with structlog.testing.capture_logs() as lines:
        await polled(ScriptedPoller(*refused, [an_arrival("1")], [an_arrival("2")]), Takes())
    events = [line["event"] for line in lines if line["event"].startswith("channel_")]
    assert events == ["channel_broken", "channel_works_again"]


async def test_what_the_platform_asks_us_to_wait_is_waited() -> None:
    assert await polled(ScriptedPoller(TryLater("429", 7.0)), Takes()) == [7.0]


async def test_a_line_that_is_down_is_tried_more_and_more_slowly() -> None:
    waits = await polled(ScriptedPoller(*(TryLater("connect") for _ in range(4))), Takes())
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]


async def test_case_5_what_could_not_be_stored_is_before_the_platform_is_asked_again() -> None:
    takes = Takes(StoreUnavailable("…"), StoreUnavailable("…"))
    waits = await polled(ScriptedPoller([an_arrival("1")], [an_arrival("2")]), takes)
    assert takes.taken == ["1", "2"]
    assert len(waits) == 2


async def test_an_arrival_that_breaks_the_storing_does_not_end_the_loop() -> None:
    takes = Takes(KeyError("x"))
    await polled(ScriptedPoller([an_arrival("1")], [an_arrival("2")]), takes)
    assert takes.taken == ["2"]


async def test_a_bug_in_reading_does_not_end_the_loop() -> None:
    takes = Takes()
    await polled(ScriptedPoller(KeyError("x"), [an_arrival("1")]), takes)
    assert takes.taken == ["1"]
