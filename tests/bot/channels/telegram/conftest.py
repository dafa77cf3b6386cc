"""A bot of Telegram, and the Bot API it talks to."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.channels.telegram.channel import TelegramChannel
from tests.bot.channels.telegram.bots import a_channel
from tests.support.telegram_server import TelegramServer


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """The Bot API."""
    with TelegramServer() as server:
        yield server


@pytest.fixture
async def bot(telegram: TelegramServer, anyio_backend: str) -> AsyncIterator[TelegramChannel]:
    """The channel, connected to it."""
    channel = a_channel(telegram.url)
    yield channel
    await channel.close()
