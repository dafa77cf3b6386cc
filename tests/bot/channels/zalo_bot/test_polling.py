from collections.abc import AsyncIterator

import pytest

from bot.channels.errors import ChannelBroken, PollRefused, TryLater
from bot.channels.zalo_bot.channel import ZaloBot
from bot.channels.zalo_bot.line import Line
from bot.channels.zalo_bot.polling import LEAST_SECONDS, LOOK_SECONDS, Polling
from bot.phrasebook import Phrasebook
from tests.bot.channels.zalo_bot.conftest import NOW, SECRET
from tests.support.local_http import Answered, Fault
from tests.support.zalo_bot_server import CITIZEN, TOKEN, Webhook, ZaloBotServer, refused

pytestmark = pytest.mark.anyio


class Watch:
    """A clock that stands still but for those who sleep."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def poller(platform: ZaloBotServer, book: Phrasebook, watch: Watch) -> AsyncIterator[ZaloBot]:
    def polling(line: Line) -> Polling:
        return Polling(line, watch.sleep, watch.now)

    bot = ZaloBot(TOKEN, SECRET, book, lambda: NOW, platform.url, polling)
    yield bot
    await bot.close()


async def test_a_message_is_fetched(poller: ZaloBot, platform: ZaloBotServer) -> None:
    platform.says("Lệ phí khai sinh?")

    (arrival,) = await poller.poll()

    assert (arrival.user_id, arrival.text) == (CITIZEN, "Lệ phí khai sinh?")


async def test_a_list_of_events_is_read_too(poller: ZaloBot, platform: ZaloBotServer) -> None:
    platform.as_list = True
    platform.says("Lệ phí khai sinh?")

    assert [one.text for one in await poller.poll()] == ["Lệ phí khai sinh?"]


@pytest.mark.parametrize("rest", ["", ',"result":null', ',"result":[1,"x"]', ',"result":{}'])
async def test_an_answer_without_an_event_brings_nothing(
    poller: ZaloBot, platform: ZaloBotServer, rest: str
) -> None:
    platform.fail("getUpdates", Fault(answer=Answered(f'{{"ok":true{rest}}}'.encode())))

    assert list(await poller.poll()) == []


async def test_case_40_an_idle_question_is_no_error(
    poller: ZaloBot, platform: ZaloBotServer
) -> None:
    assert list(await poller.poll()) == []
    assert platform.called("getUpdates") == 1


async def test_case_40_the_same_message_a_hundred_times_has_one_id(
    poller: ZaloBot, platform: ZaloBotServer
) -> None:
    platform.replays = 99
    platform.says("Lệ phí khai sinh?")

    arrivals = [one for _ in range(100) for one in await poller.poll()]

    assert len(arrivals) == 100
    assert len({one.event_id for one in arrivals}) == 1


async def test_case_40_questions_are_a_second_apart_at_least(
    poller: ZaloBot, platform: ZaloBotServer, watch: Watch
) -> None:
    platform.replays = 4
    platform.says("Chào")

    for _ in range(5):
        await poller.poll()

    assert watch.slept == [LEAST_SECONDS] * 4


async def test_a_question_that_took_long_is_followed_at_once(poller: ZaloBot, watch: Watch) -> None:
    await poller.poll()
    watch.seconds += 30

    await poller.poll()

    assert watch.slept == []


async def test_case_40_a_webhook_that_is_set_stops_the_questions(
    poller: ZaloBot, platform: ZaloBotServer
) -> None:
    platform.webhook = Webhook("https://motcua.example.gov.vn/webhooks/zalo/bot", SECRET)

    with pytest.raises(PollRefused, match="webhook"):
        await poller.poll()

    assert platform.called("getUpdates") == 0


async def test_case_40_a_webhook_that_is_set_later_stops_them_too(
    poller: ZaloBot, platform: ZaloBotServer, watch: Watch
) -> None:
    await poller.poll()
    platform.webhook = Webhook("https://motcua.example.gov.vn/webhooks/zalo/bot", SECRET)

    with pytest.raises(PollRefused):
        await poller.poll()
    with pytest.raises(PollRefused, match="webhook"):
        await poller.poll()

    platform.webhook = None
    watch.seconds += LOOK_SECONDS
    assert list(await poller.poll()) == []


async def test_a_token_that_is_not_accepted_is_told(
    poller: ZaloBot, platform: ZaloBotServer
) -> None:
    platform.fail("getUpdates", Fault(answer=refused(401, "Unauthorized")))

    with pytest.raises(ChannelBroken, match="401"):
        await poller.poll()


@pytest.mark.parametrize(
    "fault", [Fault(cut=True), Fault(lost=True), Fault(answer=refused(429, "Quota exceeded")),
              Fault(answer=refused(403, "Internal server error")),
              Fault(answer=Answered(b"<html>", 503))],
)  # fmt: skip
async def test_what_passes_is_tried_later(
    poller: ZaloBot, platform: ZaloBotServer, fault: Fault
) -> None:
    platform.fail("getUpdates", fault)

    with pytest.raises(TryLater):
        await poller.poll()


async def test_a_group_that_calls_the_bot_by_its_name_is_heard_without_it(
    poller: ZaloBot, platform: ZaloBotServer
) -> None:
    await poller.poll()
    platform.says("@Bot Một Cửa 2", group=True)

    assert [one.text for one in await poller.poll()] == ["2"]
