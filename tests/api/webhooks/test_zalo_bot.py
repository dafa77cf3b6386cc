"""Zalo Bot from what the platform sends to what people read, through the real wiring."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.store.database import Database
from api.wiring.build import now
from api.wiring.language import build_phrasebook
from api.wiring.messaging import Line, Shared, messaging
from bot.channels.zalo_bot.channel import ZaloBot
from bot.channels.zalo_bot.line import Line as Wire
from bot.channels.zalo_bot.polling import Polling
from tests.api.conftest import BIRTH, serving
from tests.support.local_http import Fault
from tests.support.zalo_bot_server import GROUP, TOKEN, ZaloBotServer, refused

pytestmark = pytest.mark.anyio

SECRET = "chuoi-bi-mat-rat-dai"  # noqa: S105 - of no bot
HOOK = "/webhooks/zalo/bot"
PATIENCE_SECONDS = 60.0


@dataclass
class Town:
    """The platform, the application behind it, and a way in."""

    platform: ZaloBotServer
    client: httpx.AsyncClient

    async def brings(self, event: Mapping[str, Any], secret: str = SECRET) -> int:
        """Post an event to the webhook; return the status."""
        headers = {"X-Bot-Api-Secret-Token": secret}
        return (await self.client.post(HOOK, json=event, headers=headers)).status_code

    async def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < end, f"it never came to hold; shown: {self.platform.shown}"
            await asyncio.sleep(0.01)

    async def shown(self, count: int) -> str:
        """Wait until so many texts are shown; return the last."""
        await self.until(lambda: len(self.platform.shown) >= count)
        assert len(self.platform.shown) == count
        return self.platform.shown[-1].text


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def a_town(
    folder: Path, database: Database, platform: ZaloBotServer, *, polls: bool = False
) -> AsyncIterator[Town]:
    def hasty(wire: Wire) -> Polling:
        return Polling(wire, _at_once)

    book = build_phrasebook()
    channel = ZaloBot(TOKEN, SECRET, book, now, platform.url, hasty)
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(serving(folder / "var"))
        shared = Shared(database, lambda: services.engine, book, services.limiter, services.meters)
        line = Line(channel, 1000, channel if polls else None)
        services.messaging = await stack.enter_async_context(messaging([line], shared))
        transport = httpx.ASGITransport(app=create_app(services))
        client = httpx.AsyncClient(transport=transport, base_url="http://motcua")
        yield Town(platform, await stack.enter_async_context(client))


@pytest.fixture
def platform() -> Any:
    with ZaloBotServer() as server:
        yield server


@pytest.fixture
async def town(tmp_path: Path, database: Database, platform: ZaloBotServer) -> AsyncIterator[Town]:
    async with a_town(tmp_path, database, platform) as town:
        yield town


async def test_a_question_is_answered_and_its_menu_is_understood(town: Town) -> None:
    assert await town.brings(town.platform.event("text", text=BIRTH)) == 200
    answer = await town.shown(1)
    assert "1.001193" in answer
    number = next(line for line in answer.splitlines() if line.endswith(". Lệ phí"))[0]

    await town.brings(town.platform.event("text", text=f"số {number} nhé"))

    assert "Lệ phí" in await town.shown(2)


async def test_case_38_both_envelopes_are_taken_and_a_wrong_secret_is_not(town: Town) -> None:
    event = town.platform.event("text", text="xin chào")

    assert await town.brings(event, secret=SECRET[:-1]) == 403
    assert await town.brings({"ok": True, "result": event}) == 200
    assert await town.brings(event) == 200
    assert (await town.client.post(HOOK)).status_code == 200
    await town.shown(1)


async def test_case_40_a_message_replayed_a_hundred_times_is_answered_once(
    tmp_path: Path, database: Database, platform: ZaloBotServer
) -> None:
    platform.replays = 99
    platform.says("xin chào")
    async with a_town(tmp_path, database, platform, polls=True) as town:
        await town.until(lambda: platform.called("getUpdates") > 100)
        await town.shown(1)
        platform.says(BIRTH)
        assert "1.001193" in await town.shown(2)


async def test_case_41_what_cannot_be_read_is_answered_in_private_and_not_in_a_group(
    town: Town,
) -> None:
    platform = town.platform
    for kind in ("unsupported", "image", "voice", "sticker"):
        assert await town.brings(platform.event(kind, group=True)) == 200
    assert await town.brings(platform.event("unsupported")) == 200
    assert "bộ phận một cửa" in await town.shown(1)

    await town.brings(platform.event("text", group=True, text="@Bot Một Cửa xin chào"))

    assert "trợ lý Một cửa" in await town.shown(2)
    assert platform.shown[1].chat_id == GROUP


async def test_case_39_over_the_quota_the_answer_comes_later_and_once(town: Town) -> None:
    town.platform.fail("sendMessage", Fault(answer=refused(429, "Quota exceeded")))

    await town.brings(town.platform.event("text", text="xin chào"))

    await town.shown(1)
    assert town.platform.called("sendMessage") == 2
