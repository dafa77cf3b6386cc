import logging
import threading

import pytest

from bot.channels.base import Outgoing, Part
from bot.channels.errors import (
    ChannelBroken,
    DeliveryFailed,
    FateUnknown,
    PartRefused,
    TryLater,
)
from bot.channels.zalo_bot.channel import ZaloBot
from bot.channels.zalo_bot.dressing import LONGEST_TEXT
from bot.channels.zalo_bot.failures import LineBroken, failure_of
from bot.channels.zalo_bot.line import Line
from bot.messages import (
    Choice,
    Choices,
    FactList,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.phrasebook import Phrasebook
from tests.bot.channels.zalo_bot.conftest import NOW, SECRET
from tests.support.local_http import Answered, Fault
from tests.support.zalo_bot_server import CITIZEN, TOKEN, Shown, ZaloBotServer, refused, slow

pytestmark = pytest.mark.anyio
WORDS = "Bạn cần tờ khai theo mẫu <CT01> & *bản chính* [giấy khai sinh]."


def a_text(text: str = WORDS) -> Outgoing:
    return Outgoing(CITIZEN, Part({"text": text}), 0.0)


async def test_a_text_arrives_as_it_was_written(channel: ZaloBot, platform: ZaloBotServer) -> None:
    sent = await channel.send(a_text())

    assert platform.shown == [Shown(CITIZEN, WORDS)]
    assert sent.message_id


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (401, ChannelBroken),
        (404, ChannelBroken),
        (429, TryLater),
        (400, PartRefused),
        (403, TryLater),
        (500, TryLater),
        (408, FateUnknown),
    ],
)
async def test_case_39_ok_false_is_a_failure_although_the_status_is_200(
    channel: ZaloBot, platform: ZaloBotServer, code: int, kind: type[DeliveryFailed]
) -> None:
    platform.fail("sendMessage", Fault(answer=refused(code, f"nói: {WORDS}")))

    with pytest.raises(kind) as caught:
        await channel.send(a_text())

    assert str(caught.value) == str(code)
    assert platform.shown == []


async def test_case_39_over_the_quota_the_whole_channel_rests(
    channel: ZaloBot, platform: ZaloBotServer
) -> None:
    platform.fail("sendMessage", Fault(answer=refused(429, "Quota exceeded")))

    with pytest.raises(TryLater) as caught:
        await channel.send(a_text())

    assert caught.value.everybody


@pytest.mark.parametrize("body", [b"<html>502</html>", b"", b"[]", b'{"ok": "true"}'])
async def test_an_answer_that_is_none_of_the_platform_is_tried_again(
    channel: ZaloBot, platform: ZaloBotServer, body: bytes
) -> None:
    platform.fail("sendMessage", Fault(answer=Answered(body, 502)))

    with pytest.raises(TryLater):
        await channel.send(a_text())


async def test_a_line_that_breaks_on_the_way_leaves_the_fate_unknown(
    channel: ZaloBot, platform: ZaloBotServer
) -> None:
    platform.fail("sendMessage", Fault(cut=True))

    with pytest.raises(FateUnknown):
        await channel.send(a_text())

    assert len(platform.shown) == 1


async def test_an_answer_that_takes_too_long_leaves_the_fate_unknown(
    platform: ZaloBotServer,
) -> None:
    answered, impatient = threading.Event(), Line(TOKEN, platform.url)
    platform.fail("sendMessage", slow(answered))
    try:
        with pytest.raises(LineBroken) as caught:
            await impatient.call("sendMessage", {"chat_id": "1", "text": "Chào"}, read_seconds=0.2)
    finally:
        answered.set()
    await impatient.close()

    assert caught.value.kind == "ReadTimeout"
    assert isinstance(failure_of(caught.value), FateUnknown)
    assert len(platform.shown) == 1


async def test_where_nobody_listens_the_text_certainly_did_not_arrive(book: Phrasebook) -> None:
    with ZaloBotServer() as gone:
        url = gone.url
    channel = ZaloBot(TOKEN, SECRET, book, lambda: NOW, url)

    with pytest.raises(TryLater) as caught:
        await channel.send(a_text())
    await channel.close()

    assert caught.value.everybody


@pytest.mark.parametrize("text", ["", "  \n", None])
async def test_case_43_an_empty_text_is_never_sent(
    channel: ZaloBot, platform: ZaloBotServer, text: object
) -> None:
    with pytest.raises(PartRefused):
        await channel.send(Outgoing(CITIZEN, Part({"text": text}), 0.0))

    assert platform.called("sendMessage") == 0


def a_reply(*texts: str) -> Reply:
    blocks = tuple(Paragraph(text) for text in texts)
    return Reply(blocks, Outcome(OutcomeFamily.ANSWERED, "documents"))


@pytest.mark.parametrize(
    "text",
    ["x" * 2000, "x" * 2001, "👨‍👩‍👧 " * 900, "Giấy tờ tuỳ thân. " * 700, "o\u0302\u0301 " * 3000],
)
async def test_case_43_texts_have_at_most_2000_characters_and_arrive_whole(
    channel: ZaloBot, platform: ZaloBotServer, text: str
) -> None:
    for part in channel.dress(a_reply(text), None):
        await channel.send(Outgoing(CITIZEN, part, 0.0))

    assert platform.shown
    whole = "".join(one.text for one in platform.shown)
    assert "".join(whole.split()) == "".join(text.split())
    assert len(platform.shown) == 1 or len(text) > LONGEST_TEXT


def test_a_reply_that_says_nothing_has_no_parts(channel_reader: ZaloBot) -> None:
    assert channel_reader.dress(a_reply(""), None) == []


def test_case_42_choices_are_a_numbered_menu(channel_reader: ZaloBot, book: Phrasebook) -> None:
    choices = Choices((Choice("Cấp xã", "a"), Choice("Cấp tỉnh", "b")), open_question=True)
    reply = Reply((FactList("Bạn chọn", ("A",)), choices), Outcome(OutcomeFamily.CLARIFY, "x"))

    (part,) = channel_reader.dress(reply, None)

    assert part.body["text"] == (
        f"Bạn chọn:\n- A\n\n1. Cấp xã\n2. Cấp tỉnh\n{book.say('menu.answer')}"
    )
    assert part.plain is None


def test_a_rating_is_asked_for_under_answers_only(channel_reader: ZaloBot) -> None:
    asked = Reply((Paragraph("Ở đâu?"),), Outcome(OutcomeFamily.CLARIFY, "which"))

    assert "👍" in str(channel_reader.dress(a_reply("Miễn phí."), 7)[-1].body["text"])
    assert "👍" not in str(channel_reader.dress(a_reply("Miễn phí."), None)[-1].body["text"])
    assert "👍" not in str(channel_reader.dress(asked, 7)[-1].body["text"])


async def test_typing_is_shown_and_its_failure_is_nobodys_business(
    channel: ZaloBot, platform: ZaloBotServer
) -> None:
    await channel.show_typing(CITIZEN)
    platform.fail("sendChatAction", Fault(cut=True), Fault(answer=refused(429, "Quota")))
    await channel.show_typing(CITIZEN)
    await channel.show_typing(CITIZEN)

    assert platform.called("sendChatAction") == 3
    assert CITIZEN in platform.typing
    assert platform.called("getMe") == 1


async def test_the_token_and_the_words_stand_in_no_log_and_no_error_even_at_debug_level(
    channel: ZaloBot, platform: ZaloBotServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    faults = [Fault(), Fault(cut=True), Fault(answer=refused(400, WORDS)), Fault(lost=True)]
    platform.fail("sendMessage", *faults)
    errors = []
    for _ in faults:
        try:
            await channel.send(a_text())
        except DeliveryFailed as error:
            errors += [error, error.__cause__]

    said = [record.getMessage() for record in caplog.records] + [
        f"{error!s} {error!r}" for error in errors
    ]
    assert len(errors) == 6
    assert any("sendMessage" in line for line in said)
    assert not any(TOKEN in line or "abc-xyz" in line or "CT01" in line for line in said)


@pytest.mark.parametrize("token", ["", "a b\nc", "không có", "../../x", "12:" + "y" * 5000])
async def test_a_damaged_token_stands_in_no_error(
    platform: ZaloBotServer, book: Phrasebook, token: str
) -> None:
    channel = ZaloBot(token, SECRET, book, lambda: NOW, platform.url)

    with pytest.raises(DeliveryFailed) as caught:
        await channel.send(a_text())
    await channel.close()

    assert not token or token not in f"{caught.value!r} {caught.value.__cause__!r}"


@pytest.fixture
def channel_reader(book: Phrasebook) -> ZaloBot:
    return ZaloBot(TOKEN, SECRET, book, lambda: NOW)


def test_the_question_for_a_rating_never_stands_alone(channel_reader: ZaloBot) -> None:
    text = f"{'Giấy tờ tuỳ thân. ' * 110}\n\nNguồn: thủ tục 1.001193."

    *_, last = channel_reader.dress(a_reply(text), 7)

    assert str(last.body["text"]).startswith("Nguồn: thủ tục 1.001193.\n\n")
    assert "👍" in str(last.body["text"])


async def test_case_43_no_markdown_is_sent_so_that_none_can_be_refused(
    channel: ZaloBot, platform: ZaloBotServer
) -> None:
    (part,) = channel.dress(a_reply(WORDS), None)
    await channel.send(Outgoing(CITIZEN, part, 0.0))

    (asked,) = platform.http.asked_of(f"/bot{TOKEN}/sendMessage")
    assert asked.data == {"chat_id": CITIZEN, "text": WORDS}
    assert part.plain is None
