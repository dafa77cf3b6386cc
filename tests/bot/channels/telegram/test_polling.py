"""Polling, where no webhook reaches us. Cases of protocols.md §8."""

import pytest

from bot.channels.errors import ChannelBroken, PollRefused, TryLater
from bot.channels.telegram.calls import make_bot
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.line import Line
from bot.channels.telegram.polling import SHORTEST_SECONDS, Polling
from tests.bot.channels.telegram.bots import a_channel, read_one
from tests.support.local_http import Fault
from tests.support.telegram_rules import TWO_POLLERS
from tests.support.telegram_server import TOKEN, TelegramServer
from tests.support.telegram_updates import a_message, a_press, an_update, in_a_group

pytestmark = pytest.mark.anyio

REVOKED = "666:revoked"


async def texts(bot: TelegramChannel) -> list[str]:
    return [arrival.text or arrival.choice for arrival in await bot.poll()]


async def test_what_was_returned_is_confirmed_by_the_next_poll_and_not_before(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.queue(
        an_update(7, message=a_message("một")), an_update(8, callback_query=a_press("ask:1.004222"))
    )
    assert await texts(bot) == ["một", "ask:1.004222"]
    assert [one["update_id"] for one in telegram.pending] == [7, 8]

    telegram.queue(an_update(9, message=a_message("hai")))
    assert await texts(bot) == ["hai"]
    assert [one["update_id"] for one in telegram.pending] == [9]


async def test_another_process_gets_what_was_not_confirmed(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.queue(an_update(7, message=a_message("một")))
    await bot.poll()
    again = a_channel(telegram.url)
    try:
        assert await texts(again) == ["một"]
    finally:
        await again.close()


async def test_updates_that_do_not_concern_us_are_confirmed_too(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.queue(
        an_update(7, channel_post=a_message("tin")), {**an_update(8), "of_next_year": {"a": 1}}
    )
    assert await texts(bot) == []

    telegram.queue(an_update(9, message=a_message("ba")))
    assert await texts(bot) == ["ba"]


async def test_the_webhook_of_before_is_deleted_once_and_keeps_what_waits(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.webhook = {"url": "https://motcua.example.gov.vn/webhooks/telegram"}
    telegram.queue(an_update(7, message=a_message("một")))

    assert await texts(bot) == ["một"]
    telegram.queue(an_update(8, message=a_message("hai")))
    assert await texts(bot) == ["hai"]
    assert telegram.calls["deletewebhook"] == 1


async def test_case_14_a_webhook_that_is_set_later_stops_the_polling(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.queue(an_update(7, message=a_message("một")))
    await bot.poll()
    telegram.webhook = {"url": "https://motcua.example.gov.vn/webhooks/telegram"}

    with pytest.raises(PollRefused, match="409"):
        await bot.poll()
    assert telegram.webhook["url"]


async def test_case_14_a_second_poller_is_told_and_may_ask_again(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.queue(an_update(7, message=a_message("một")))
    telegram.refuse("GetUpdates", *TWO_POLLERS)
    with pytest.raises(PollRefused, match="409"):
        await bot.poll()

    assert await texts(bot) == ["một"]


async def test_case_14_a_server_that_holds_no_answer_back_is_not_asked_all_the_time(
    telegram: TelegramServer,
) -> None:
    telegram.longest_poll_seconds = 0.0
    naps: list[float] = []

    async def sleep(seconds: float) -> None:
        naps.append(seconds)

    line = Line()
    polling = Polling(make_bot(TOKEN, telegram.url, line), sleep, lambda: 7.0)
    try:
        for _ in range(3):
            assert await polling.updates() == []
    finally:
        await line.shutdown()

    assert naps == [SHORTEST_SECONDS] * 3


async def test_a_broken_line_is_tried_again_and_loses_nothing(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.queue(an_update(7, message=a_message("một")))
    telegram.fail("GetUpdates", Fault(cut=True))
    with pytest.raises(TryLater):
        await bot.poll()

    assert await texts(bot) == ["một"]


async def test_a_limit_says_how_long_to_wait(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.refuse("GetUpdates", 429, "Too Many Requests: retry after 7", retry_after=7)
    with pytest.raises(TryLater) as caught:
        await bot.poll()

    assert caught.value.after_seconds == 7


async def test_a_token_that_is_not_accepted_is_told(telegram: TelegramServer) -> None:
    bot = a_channel(telegram.url, token=REVOKED)
    try:
        with pytest.raises(ChannelBroken):
            await bot.poll()
    finally:
        await bot.close()


async def test_the_name_is_known_after_the_first_poll(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.queue(an_update(7, message=in_a_group("@motcua_bot lệ phí?")))

    assert await texts(bot) == ["lệ phí?"]
    assert read_one(bot, message=in_a_group("@motcua_bot thời gian?")).text == "thời gian?"
    assert telegram.calls["getme"] == 1
