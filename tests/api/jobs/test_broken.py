"""What an operator is told of a channel that nobody can be written to on, and of its end."""

import pytest
import structlog

from api.channel_settings import WEBHOOK_PATHS
from api.jobs.broken import REMEDIES, TEMPLATES, tell_broken
from api.jobs.delivering import Lane
from api.jobs.pace import Pace
from api.store.database import Database
from bot.channels.errors import ChannelBroken, TryLater
from bot.channels.zalo_oa.tokens import NO_CONSENT, REFUSED
from tests.api.jobs.conftest import a_road
from tests.support.channels import FakeChannel, an_arrival

pytestmark = pytest.mark.anyio


async def never(_seconds: float) -> None:
    raise AssertionError("nothing is sent")


def a_lane(name: str = "telegram") -> Lane:
    return Lane(FakeChannel(name), Pace(1, lambda: 0.0, never))


def test_every_channel_has_a_remedy_of_its_own() -> None:
    assert set(REMEDIES) == {*WEBHOOK_PATHS, TEMPLATES}
    for channel in REMEDIES:
        with structlog.testing.capture_logs() as lines:
            tell_broken(channel, ChannelBroken("401"))
        (line,) = lines
        assert (line["event"], line["log_level"]) == ("channel_broken", "error")
        assert (line["channel"], line["reason"]) == (channel, "401")
        assert "motcua doctor" in line["remedy"]


@pytest.mark.parametrize("said", [NO_CONSENT, REFUSED])
def test_a_token_that_cannot_be_used_is_named_as_the_cause(said: str) -> None:
    with structlog.testing.capture_logs() as lines:
        a_lane("zalo_oa").rest(ChannelBroken(said), 0.0, 0.5)
    assert [(line["reason"], line["channel"]) for line in lines] == [("token", "zalo_oa")]
    assert "motcua zalo status" in lines[0]["remedy"]


def test_an_operator_is_told_once_a_rest_and_not_once_a_message() -> None:
    lane, told = a_lane(), []
    for now in (0.0, 1.0, 59.0, 120.0, 121.0):
        with structlog.testing.capture_logs() as lines:
            lane.rest(ChannelBroken("401"), now, 0.5)
        told += [now for line in lines if line["event"] == "channel_broken"]
    assert told == [0.0, 120.0]


def test_a_channel_that_works_again_is_told_once() -> None:
    lane = a_lane()
    with structlog.testing.capture_logs() as lines:
        lane.work(0.0)
        until = lane.rest(TryLater("429", 5.0, everybody=True), 1.0, 0.5)
        lane.work(2.0)  # had left before the rest began
        lane.work(until)
        lane.work(until + 1)
    assert [line["event"] for line in lines] == ["channel_works_again"]
    assert lines[0]["channel"] == "telegram"


async def test_a_revoked_token_is_an_alarm_and_its_end_a_line_in_the_log(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.jobs.policy.BROKEN_SECONDS", 0.2)
    road, broken = a_road(database), True
    road.channel.failing = lambda _out: ChannelBroken("401") if broken else None
    with structlog.testing.capture_logs() as lines:
        async with road.open():
            for number in range(3):
                await road.receiving.take([an_arrival(str(number), "xin chào", f"u{number}")])
            await road.until(lambda: b"ChannelBroken" in road.meters.text())
            broken = False
            await road.until(lambda: len(road.channel.sent) == 3)
    events = [line["event"] for line in lines]
    assert events.count("channel_works_again") == 1
    assert 1 <= events.count("channel_broken") <= events.count("delivery_failed")
