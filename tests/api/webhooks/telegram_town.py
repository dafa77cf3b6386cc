"""A town on Telegram: an emulated Bot API, the application behind it, and people who write."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.app import create_app
from api.store.database import Database
from api.wiring.build import now
from api.wiring.language import build_phrasebook
from api.wiring.messaging import Line, Shared, messaging
from bot.channels.telegram.channel import TelegramChannel
from tests.api.conftest import serving
from tests.api.webhooks.zalo_oa_served import Slow
from tests.support.telegram_rules import Message
from tests.support.telegram_server import SECRET, TOKEN, TelegramServer
from tests.support.telegram_updates import LAN, a_chat, a_message, an_update, as_bytes

HOOK = "/webhooks/telegram"
PATIENCE_SECONDS = 30.0


@dataclass
class Town:
    """The Bot API, the application behind it, and a way in."""

    telegram: TelegramServer
    client: httpx.AsyncClient
    _updates: int = 0

    async def brings(self, **content: Any) -> int:
        """Post an update of this content to the webhook; return the status."""
        self._updates += 1
        return await self.posts(as_bytes(an_update(self._updates, **content)))

    async def posts(self, body: bytes, secret: str = SECRET, **headers: str) -> int:
        given = {"X-Telegram-Bot-Api-Secret-Token": secret, **headers}
        return (await self.client.post(HOOK, content=body, headers=given)).status_code

    async def says(self, text: str, who: int = LAN) -> int:
        """Let a citizen write to the bot."""
        return await self.brings(message=a_message(text, chat=a_chat(who)))

    async def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < end, f"never came to hold: {self.telegram.messages}"
            await asyncio.sleep(0.01)

    async def shown(self, count: int, who: int = LAN) -> Message:
        """Wait until a citizen has so many messages; return the last."""
        await self.until(lambda: len(self.telegram.to(who)) >= count)
        assert len(self.telegram.to(who)) == count
        return self.telegram.to(who)[-1]


@asynccontextmanager
async def a_town(
    folder: Path, database: Database, telegram: TelegramServer, nlu: Slow | None = None
) -> AsyncIterator[Town]:
    """Serve; `nlu` understands instead of the scripted model."""
    book = build_phrasebook()
    channel = TelegramChannel(TOKEN, SECRET, now, telegram.url)
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(serving(folder / "var", nlu))
        shared = Shared(database, lambda: services.engine, book, services.limiter, services.meters)
        line = Line(channel, 1000, at_start=channel.introduce)
        services.messaging = await stack.enter_async_context(messaging([line], shared))
        transport = httpx.ASGITransport(app=create_app(services))
        client = httpx.AsyncClient(transport=transport, base_url="http://motcua")
        town = Town(telegram, await stack.enter_async_context(client))
        await town.until(lambda: telegram.calls["getme"] > 0)
        yield town
