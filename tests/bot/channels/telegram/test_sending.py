"""Sending through the wire, and what each failure is called. Cases of protocols.md §8."""

import threading

import httpx
import pytest

from bot.channels.base import Part
from bot.channels.errors import (
    ChannelBroken,
    ChannelError,
    DeliveryFailed,
    FateUnknown,
    PartRefused,
    RecipientGone,
    TryLater,
)
from bot.channels.lines import NEVER_LEFT, NO_ADDRESS
from bot.channels.telegram import line
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.failures import failure_of
from bot.channels.telegram.line import LineBroken
from bot.messages import Choice, Choices
from tests.bot.channels.telegram.bots import NOW, a_channel, a_reply, outgoing, read_one
from tests.support.local_http import Answered, Fault
from tests.support.telegram_rules import BLOCKED, NO_CHAT, SERVER_ERROR
from tests.support.telegram_server import TOKEN, TelegramServer
from tests.support.telegram_updates import LAN, a_message, a_press

pytestmark = pytest.mark.anyio

REVOKED = "666:revoked"

QUESTION = Part({"text": "Bạn hỏi <b>thủ tục</b> nào?", "parse_mode": "HTML"})


async def failing(bot: TelegramChannel, part: Part = QUESTION) -> DeliveryFailed:
    """Return how sending fails."""
    with pytest.raises(DeliveryFailed) as caught:
        await bot.send(outgoing(part))
    return caught.value


async def test_a_part_arrives_as_it_was_dressed(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    menu = Choices((Choice("Lệ phí", "ask:1.004222:fee"),))
    (part,) = bot.dress(a_reply("Làm ở công an xã & phường.", menu), 5)
    sent = await bot.send(outgoing(part))
    (message,) = telegram.to(LAN)

    assert sent.message_id == str(message.message_id)
    assert message.text == "Làm ở công an xã & phường."
    assert message.data_of("Lệ phí") == "ask:1.004222:fee"
    assert message.fields["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize("text", ["", "a" * 4097, "<b>hở", "<h1>x</h1>", "a</b>"])
async def test_case_9_what_telegram_cannot_read_is_refused_and_its_plain_words_pass(
    bot: TelegramChannel, telegram: TelegramServer, text: str
) -> None:
    assert isinstance(await failing(bot, Part({"text": text, "parse_mode": "HTML"})), PartRefused)

    await bot.send(outgoing(Part({"text": "hở"})))
    assert [one.text for one in telegram.messages] == ["hở"]


async def test_an_empty_text_is_never_asked_of_telegram(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    await failing(bot, Part({"text": ""}))

    assert telegram.calls["sendmessage"] == 0


async def test_case_11_a_press_is_acknowledged_and_too_late_is_no_harm(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    for query in ("4382", "old-4383", "4384"):
        await bot.acknowledge(read_one(bot, callback_query=a_press("a", query=query)))

    await bot.acknowledge(read_one(bot, message=a_message("xin chào")))

    assert telegram.acknowledged == ["4382", "4384"]
    assert telegram.calls["answercallbackquery"] == 3


async def test_case_11_a_double_tap_is_the_same_button_of_the_same_message_twice(
    bot: TelegramChannel,
) -> None:
    taps = [
        read_one(bot, update_id=n, callback_query=a_press("a", 12, query=str(n))) for n in (1, 2)
    ]

    assert len({(one.user_id, one.choice, one.reference) for one in taps}) == 1
    assert len({one.event_id for one in taps}) == 2
    assert all(one.query and one.sent_at == NOW for one in taps)


async def test_case_12_a_429_says_how_long_to_wait_and_concerns_this_chat_only(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.slow_down(LAN, 2.5)
    error = await failing(bot)

    assert isinstance(error, TryLater)
    assert (error.after_seconds, error.everybody) == (3.0, False)
    await bot.send(outgoing(QUESTION, LAN + 1))
    assert telegram.to(LAN) == []
    assert len(telegram.to(LAN + 1)) == 1


@pytest.mark.parametrize("parameters", [{}, {"retry_after": -1}, {"retry_after": "3"}])
async def test_a_429_that_names_no_time_is_tried_later(
    bot: TelegramChannel, telegram: TelegramServer, parameters: dict[str, object]
) -> None:
    telegram.refuse("SendMessage", 429, "Too Many Requests", **parameters)
    error = await failing(bot)

    assert isinstance(error, TryLater)
    assert error.after_seconds is None


@pytest.mark.parametrize(
    "refusal",
    [
        BLOCKED,
        NO_CHAT,
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (400, "Bad Request: group chat was upgraded to a supergroup chat"),
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (400, "Bad Request: PEER_ID_INVALID"),
    ],
)
async def test_case_13_whoever_cannot_be_written_to_is_gone(
    bot: TelegramChannel, telegram: TelegramServer, refusal: tuple[int, str]
) -> None:
    telegram.refuse_chat(LAN, refusal)

    assert isinstance(await failing(bot), RecipientGone)
    assert telegram.calls["sendmessage"] == 1


@pytest.mark.parametrize("token", ["666:revoked", "no-token", "1:other"])
async def test_a_token_that_is_not_accepted_breaks_the_channel(
    telegram: TelegramServer, token: str
) -> None:
    bot = a_channel(telegram.url, token=token)
    try:
        assert isinstance(await failing(bot), ChannelBroken)
    finally:
        await bot.close()


async def test_a_token_that_is_no_part_of_an_address_breaks_the_channel(
    telegram: TelegramServer,
) -> None:
    bot = a_channel(telegram.url, token=f"{REVOKED}\n")
    try:
        assert isinstance(await failing(bot), ChannelBroken)
    finally:
        await bot.close()


async def test_a_server_in_trouble_is_asked_again_later(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.refuse("SendMessage", *SERVER_ERROR)
    telegram.fail("SendMessage", Fault(answer=Answered(b"<html>502 Bad Gateway</html>", 502)))
    telegram.refuse("SendMessage", 500, "Internal Server Error: chat not found in the cache")
    failures = [await failing(bot) for _ in range(3)]

    assert [type(one) for one in failures] == [TryLater] * 3
    assert [str(one) for one in failures] == ["500", "502", "500"]


async def test_an_answer_that_is_none_of_the_bot_api_is_no_success(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    for body in (b"<html>", b"[]", b"{}", b'{"ok": false, "error_code": 403}'):
        telegram.fail("SendMessage", Fault(answer=Answered(body)))
    failures = [type(await failing(bot)) for _ in range(4)]

    assert failures == [FateUnknown, FateUnknown, FateUnknown, RecipientGone]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 407])
async def test_a_proxy_that_refuses_says_nothing_of_the_person_or_the_message(
    bot: TelegramChannel, telegram: TelegramServer, status: int
) -> None:
    page = Answered(b"<html>Access denied</html>", status, {"Content-Type": "text/html"})
    telegram.fail("SendMessage", Fault(answer=page))
    error = await failing(bot)

    assert isinstance(error, ChannelBroken)
    assert str(error) == str(status)


async def test_a_server_that_is_not_there_concerns_everybody() -> None:
    bot = a_channel("http://127.0.0.1:9")
    try:
        error = await failing(bot)
    finally:
        await bot.close()

    assert isinstance(error, TryLater)
    assert error.everybody


async def test_case_15_a_line_that_breaks_after_the_request_leaves_its_fate_unknown(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.fail("SendMessage", Fault(cut=True))

    assert isinstance(await failing(bot), FateUnknown)
    assert len(telegram.to(LAN)) == 1


async def test_case_15_an_answer_that_does_not_come_leaves_its_fate_unknown(
    telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "READ_SECONDS", 0.2)
    bot, answered = a_channel(telegram.url), threading.Event()
    telegram.fail("SendMessage", Fault(hold=answered))
    try:
        assert isinstance(await failing(bot), FateUnknown)
    finally:
        answered.set()
        await bot.close()


async def test_typing_is_shown_and_best_effort(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.refuse("sendChatAction", *BLOCKED)
    await bot.show_typing(str(LAN))
    await bot.show_typing(str(LAN))

    assert telegram.typing == [str(LAN)]


async def test_what_is_best_effort_outlives_a_server_that_is_not_there() -> None:
    bot = a_channel("http://127.0.0.1:9")
    await bot.show_typing(str(LAN))
    await bot.acknowledge(read_one(bot, callback_query=a_press("a")))
    await bot.introduce()
    await bot.close()
    await bot.close()


def _kinds(base: type[Exception]) -> set[type[Exception]]:
    return {base}.union(*(_kinds(kind) for kind in base.__subclasses__()))


def test_every_failure_of_the_library_below_is_named() -> None:
    ours = {kind for kind in _kinds(httpx.HTTPError) if kind.__module__ == "httpx"}
    before = {kind.__name__ for kind in ours} & NEVER_LEFT
    after = {
        "ReadTimeout", "WriteTimeout", "ReadError", "WriteError", "CloseError",
        "RemoteProtocolError", "DecodingError", "TooManyRedirects", "HTTPStatusError",
    }  # fmt: skip
    bases = {
        "HTTPError", "RequestError", "TransportError", "TimeoutException", "NetworkError",
        "ProtocolError",
    }  # fmt: skip

    assert before == NEVER_LEFT
    assert {kind.__name__ for kind in ours} | {"InvalidURL"} == (
        NEVER_LEFT | NO_ADDRESS | after | bases
    )
    assert all(isinstance(failure_of(LineBroken(name)), FateUnknown) for name in after)
    assert all(isinstance(failure_of(LineBroken(name)), ChannelBroken) for name in NO_ADDRESS)


def test_no_failure_of_ours_holds_the_token() -> None:
    assert TOKEN not in str(failure_of(LineBroken("ReadError")))
    assert issubclass(DeliveryFailed, ChannelError)
