"""No token and no word of a message in logs and errors (case 18 of protocols.md §8)."""

import io
import logging
import threading
import traceback
from collections.abc import Iterator

import pytest
from typing_extensions import override

from api.logs import configure_logs
from bot.channels.base import Part
from bot.channels.errors import ChannelError
from bot.channels.telegram import line
from bot.channels.telegram.channel import TelegramChannel
from tests.bot.channels.telegram.bots import HEADERS, a_channel, outgoing
from tests.support.local_http import Answered, Fault
from tests.support.telegram_rules import NO_CHAT, SERVER_ERROR
from tests.support.telegram_server import TOKEN, TelegramServer
from tests.support.telegram_updates import a_message, a_press, an_update

pytestmark = pytest.mark.anyio

WORDS = "chồng tôi tên Nguyễn Văn Bí Mật"
MARKUP = Part({"text": f"<bí_mật>{WORDS}", "parse_mode": "HTML"})
PLAIN = Part({"text": WORDS})


class Listener(logging.Handler):
    """Keeps what every logger lets through, exceptions included."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(logging.Formatter("%(name)s %(message)s").format(record))


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Hears everything after `configure_logs("debug")`, as if the root told all it is given."""
    root, ours, log = logging.getLogger(), Listener(), io.StringIO()
    level = root.level
    configure_logs("debug", log)
    root.addHandler(ours)
    root.setLevel(logging.DEBUG)
    yield ours
    root.setLevel(level)
    root.removeHandler(ours)
    ours.heard.append(log.getvalue())


def told(error: BaseException) -> str:
    """Everything that can be printed of an error and of those it came from."""
    return "".join(traceback.format_exception(error))


async def errors(telegram: TelegramServer, bot: TelegramChannel) -> list[str]:
    """Let everything go wrong that can, and return what can be printed of it."""
    found = []
    held = threading.Event()
    telegram.refuse("SendMessage", *NO_CHAT)
    telegram.refuse("SendMessage", 429, "Too Many Requests: retry after 3", retry_after=3)
    telegram.refuse("SendMessage", *SERVER_ERROR)
    telegram.fail(
        "SendMessage",
        Fault(answer=Answered(f"<html>{WORDS} {TOKEN}".encode(), 502)),
        Fault(answer=Answered(f"<html>{WORDS} {TOKEN}".encode(), 200)),
        Fault(cut=True),
        Fault(lost=True),
        Fault(hold=held),
    )
    for part in (*(PLAIN,) * 8, MARKUP):
        try:
            await bot.send(outgoing(part))
        except ChannelError as error:
            found.append(told(error))
    held.set()
    for url, token in (
        ("http://127.0.0.1:9", TOKEN),
        ("http://127.0.0.1:9/\n", TOKEN),
        (telegram.url, f"{TOKEN}x"),
        (telegram.url, f"1{TOKEN}"),
    ):
        broken = a_channel(url, token=token)
        for call in (broken.send(outgoing(PLAIN)), broken.poll()):
            try:
                await call
            except ChannelError as error:
                found.append(told(error))
        await broken.close()
    for body in (f'{{"{WORDS}'.encode(), f'["{WORDS}"]'.encode(), b'{"message": {}}'):
        try:
            bot.read(body, HEADERS)
        except ChannelError as error:
            found.append(told(error))
    return found


async def test_case_18_neither_logs_nor_errors_hold_the_token_or_a_word_of_a_message(
    telegram: TelegramServer, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "READ_SECONDS", 0.3)
    bot = a_channel(telegram.url)
    telegram.queue(
        an_update(7, message=a_message(WORDS)),
        an_update(8, callback_query={**a_press("a"), "from": None}),
        {"update_id": 9, "message": WORDS},
    )
    arrivals = await bot.poll()
    await bot.send(outgoing(PLAIN))
    await bot.acknowledge(arrivals[-1])
    await bot.show_typing("5")
    found = await errors(telegram, bot)
    await bot.close()

    assert len(found) == 9 + 8 + 3
    everything = "\n".join((*found, *listener.heard))
    secret = TOKEN.partition(":")[2]
    assert secret not in everything
    assert not [word for word in ("Nguyễn", "bí_mật", "chồng", r"ch\u1ed3ng") if word in everything]


async def test_case_18_the_channel_shows_no_token_when_it_is_printed() -> None:
    bot = a_channel()
    await bot.close()

    assert TOKEN.partition(":")[2] not in f"{bot!r} {bot}"
