"""A bot and the platform it talks to."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from bot.channels.zalo_bot.channel import ZaloBot
from bot.phrasebook import Phrasebook
from tests.support.zalo_bot_server import TOKEN, ZaloBotServer

SECRET = "chuoi-bi-mat-rat-dai"  # noqa: S105 - of no bot
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
HEADERS = {"x-bot-api-secret-token": SECRET}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def platform() -> Iterator[ZaloBotServer]:
    with ZaloBotServer() as server:
        yield server


@pytest.fixture
async def channel(platform: ZaloBotServer, book: Phrasebook) -> AsyncIterator[ZaloBot]:
    bot = ZaloBot(TOKEN, SECRET, book, lambda: NOW, platform.url)
    yield bot
    await bot.close()
