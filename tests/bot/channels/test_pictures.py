"""Our pictures on each platform, through the wire; where none can go, its words do."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from api.static_files import STATIC
from bot.channels.base import Channel, Outgoing, Part
from bot.channels.errors import DeliveryFailed, PartRefused, RecipientGone
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.dressing import LONGEST_CAPTION
from bot.channels.telegram.dressing import dress as dress_telegram
from bot.channels.zalo_bot.channel import ZaloBot
from bot.channels.zalo_bot.dressing import dress as dress_zalo_bot
from bot.channels.zalo_oa.channel import ZaloOa
from bot.channels.zalo_oa.dressing import dress as dress_zalo_oa
from bot.messages import Choice, Choices, Outcome, OutcomeFamily, Paragraph, Picture, Reply
from tests.support.desks import load_phrasebook
from tests.support.telegram_rules import BLOCKED
from tests.support.telegram_server import SECRET, TOKEN, TelegramServer
from tests.support.telegram_updates import LAN
from tests.support.zalo_bot_server import CITIZEN as BOT_CITIZEN
from tests.support.zalo_bot_server import TOKEN as BOT_TOKEN
from tests.support.zalo_bot_server import ZaloBotServer
from tests.support.zalo_oa_channel import NOW as OA_NOW
from tests.support.zalo_oa_channel import SIGNATURE, TokensInMemory
from tests.support.zalo_oa_events import CITIZEN
from tests.support.zalo_oa_server import ZaloOaServer

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
BOT_SECRET = "chuoi-bi-mat-cua-bot"  # noqa: S105 - of these tests
RECEIPT = Picture("giay-hen", "Hình vẽ: mã hồ sơ ở phần đầu giấy hẹn, sau chữ “Mã hồ sơ”.")
MENU = Choices((Choice("Tôi không biết mã", "hs:lost"),))
QUESTION = Reply(
    (Paragraph("Bạn cho tôi mã hồ sơ <trên giấy hẹn> nhé."), RECEIPT, MENU),
    Outcome(OutcomeFamily.CLARIFY, "which_dossier"),
)
LONG = Reply((Paragraph("Hồ sơ. " * 300), RECEIPT), QUESTION.outcome)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def drawn(name: str) -> bytes:
    return (STATIC / f"{name}.png").read_bytes()


def address(name: str) -> str:
    return f"https://motcua.example.gov.vn/static/{name}.png"


async def deliver(channel: Channel, user_id: str, part: Part, seen_at: float) -> bool:
    """Send a part as the delivering job does; True: its words went out instead."""
    try:
        await channel.send(Outgoing(user_id, part, seen_at))
    except PartRefused:
        assert part.plain is not None
        await channel.send(Outgoing(user_id, Part(part.plain), seen_at))
        return True
    return False


def a_telegram(url: str) -> TelegramChannel:
    return TelegramChannel(TOKEN, SECRET, lambda: NOW, url, drawn)


async def test_telegram_shows_the_picture_with_the_answer_as_its_caption_and_the_buttons() -> None:
    with TelegramServer() as telegram:
        channel = a_telegram(telegram.url)
        (part,) = channel.dress(QUESTION, None)
        assert not await deliver(channel, str(LAN), part, NOW.timestamp())
        await channel.close()
        (message,) = telegram.to(LAN)

    assert message.text.startswith("Bạn cho tôi mã hồ sơ <trên giấy hẹn> nhé.")
    assert RECEIPT.alt in message.text
    assert message.data_of("Tôi không biết mã") == "hs:lost"
    assert str(message.fields["photo"]).encode("latin-1") == drawn("giay-hen")


@pytest.mark.parametrize(
    "refusal", [(400, "Bad Request: IMAGE_PROCESS_FAILED"), (404, "Not Found")]
)
async def test_where_telegram_refuses_the_picture_the_same_words_go_out(
    refusal: tuple[int, str],
) -> None:
    with TelegramServer() as telegram:
        telegram.refuse("SendPhoto", *refusal)
        channel = a_telegram(telegram.url)
        (part,) = channel.dress(QUESTION, None)
        assert await deliver(channel, str(LAN), part, NOW.timestamp())
        await channel.close()
        (message,) = telegram.to(LAN)

    assert "photo" not in message.fields
    assert RECEIPT.alt in message.text
    assert message.data_of("Tôi không biết mã") == "hs:lost"


async def test_who_blocked_the_bot_is_gone_for_pictures_too() -> None:
    with TelegramServer() as telegram:
        telegram.refuse_chat(LAN, BLOCKED)
        channel = a_telegram(telegram.url)
        (part,) = channel.dress(QUESTION, None)
        with pytest.raises(RecipientGone):
            await channel.send(Outgoing(str(LAN), part, NOW.timestamp()))
        await channel.close()


async def test_a_server_that_is_away_fails_like_any_other_message() -> None:
    channel = a_telegram("http://127.0.0.1:9")
    (part,) = channel.dress(QUESTION, None)
    with pytest.raises(DeliveryFailed):
        await channel.send(Outgoing(str(LAN), part, NOW.timestamp()))
    await channel.close()


def test_what_is_longer_than_a_caption_goes_out_in_words_alone() -> None:
    parts = dress_telegram(LONG, None, pictures=True)

    assert len(LONG.blocks[0].text) > LONGEST_CAPTION  # type: ignore[union-attr]
    assert not [part for part in parts if "photo" in part.body]
    assert RECEIPT.alt in str(parts[-1].body["text"])


async def test_zalo_oa_fetches_the_picture_and_the_buttons_stand_under_the_text() -> None:
    with ZaloOaServer() as zalo:
        zalo.messages.clock = lambda: OA_NOW
        zalo.messages.people[CITIZEN] = OA_NOW
        client = httpx.AsyncClient(base_url=zalo.url)
        tokens = TokensInMemory(zalo.oauth)
        book = load_phrasebook()
        channel = ZaloOa(client, tokens, SIGNATURE, book, lambda: OA_NOW, address=address)
        for part in channel.dress(QUESTION, None):
            assert not await deliver(channel, CITIZEN, part, OA_NOW)
        await channel.close()
        picture, text = zalo.messages.to(CITIZEN)

    (element,) = picture["attachment"]["payload"]["elements"]
    assert element == {"media_type": "image", "url": address("giay-hen")}
    assert picture["text"] == RECEIPT.alt
    assert RECEIPT.alt not in text["text"]
    assert text["attachment"]["payload"]["buttons"][0]["title"] == "Tôi không biết mã"


async def test_where_zalo_oa_refuses_the_picture_its_words_go_out() -> None:
    with ZaloOaServer() as zalo:
        zalo.messages.clock = lambda: OA_NOW
        zalo.messages.people[CITIZEN] = OA_NOW
        zalo.messages.answers.append(-201)
        client = httpx.AsyncClient(base_url=zalo.url)
        tokens = TokensInMemory(zalo.oauth)
        book = load_phrasebook()
        channel = ZaloOa(client, tokens, SIGNATURE, book, lambda: OA_NOW, address=address)
        first, *_ = channel.dress(QUESTION, None)
        assert await deliver(channel, CITIZEN, first, OA_NOW)
        await channel.close()

        assert zalo.messages.to(CITIZEN) == [{"text": RECEIPT.alt}]


async def test_zalo_bot_fetches_the_picture_with_the_numbered_answer_under_it() -> None:
    with ZaloBotServer() as platform:
        book = load_phrasebook()
        channel = ZaloBot(BOT_TOKEN, BOT_SECRET, book, lambda: NOW, platform.url, address=address)
        (part,) = channel.dress(QUESTION, None)
        assert not await deliver(channel, BOT_CITIZEN, part, NOW.timestamp())
        await channel.close()

    assert platform.pictures == [address("giay-hen")]
    (shown,) = platform.shown
    assert RECEIPT.alt in shown.text
    assert "1. Tôi không biết mã" in shown.text


async def test_where_zalo_bot_refuses_the_picture_the_same_words_go_out() -> None:
    with ZaloBotServer() as platform:
        book = load_phrasebook()
        channel = ZaloBot(
            BOT_TOKEN, BOT_SECRET, book, lambda: NOW, platform.url, address=lambda _: "ftp://x"
        )
        (part,) = channel.dress(QUESTION, None)
        assert await deliver(channel, BOT_CITIZEN, part, NOW.timestamp())
        await channel.close()

    assert platform.pictures == []
    assert RECEIPT.alt in platform.shown[0].text


def test_without_an_address_that_others_reach_the_words_of_the_picture_are_sent() -> None:
    book = load_phrasebook()
    parts = [*dress_zalo_oa(QUESTION, None, book), *dress_zalo_bot(QUESTION, None, book)]
    parts += dress_telegram(QUESTION, None)

    assert len(parts) == 3
    assert all(RECEIPT.alt in str(part.body["text"]) for part in parts)


def test_every_picture_is_there_as_a_drawing_and_small_enough_for_a_telephone() -> None:
    pictures = sorted(Path(STATIC).glob("*.png"))

    assert STATIC / "giay-hen.png" in pictures
    for picture in pictures:
        assert picture.with_suffix(".svg").exists()
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size <= 100_000
