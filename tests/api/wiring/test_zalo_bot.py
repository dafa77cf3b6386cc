"""With its settings the program answers for a Zalo Bot, over real connections both ways."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import load_settings
from api.wiring.web import web_services
from bot.channels.zalo_bot.line import Line
from bot.channels.zalo_bot.webhook import set_webhook
from tests.api.webhooks.zalo_oa_served import on_a_port
from tests.support.zalo_bot_server import TOKEN, ZaloBotServer

pytestmark = pytest.mark.anyio

SECRET = "chuoi-bi-mat-rat-dai"  # noqa: S105 - of no bot
PATIENCE_SECONDS = 60.0


@asynccontextmanager
async def a_program(folder: Path, platform: ZaloBotServer) -> AsyncIterator[str]:
    """Run the program; yield the address of its webhook."""
    settings = load_settings(
        data_folder=folder,
        public_url="https://motcua.example.gov.vn",
        zalo_bot_token=TOKEN,
        zalo_bot_webhook_secret=SECRET,
        zalo_bot_api_url=platform.url,
    )

    def tell(_: str) -> None: ...

    async with (
        web_services(settings, [], tell) as services,
        on_a_port(create_app(services)) as url,
    ):
        yield f"{url}/webhooks/zalo/bot"


async def shown(platform: ZaloBotServer, count: int) -> str:
    end = time.monotonic() + PATIENCE_SECONDS
    while len(platform.shown) < count:
        assert time.monotonic() < end, platform.shown
        await asyncio.sleep(0.02)
    assert len(platform.shown) == count
    return platform.shown[-1].text


@pytest.mark.parametrize("nested", [True, False])
async def test_zalo_tries_the_webhook_brings_a_question_twice_and_gets_one_answer(
    tmp_path: Path, *, nested: bool
) -> None:
    with ZaloBotServer(nested=nested) as platform:
        async with a_program(tmp_path, platform) as url:
            line = Line(TOKEN, platform.url)
            tried = await set_webhook(line, url, SECRET)
            await line.close()
            assert tried is not None
            assert tried.reached

            event = platform.event("text", text="lệ phí đăng ký thường trú")
            assert await asyncio.to_thread(platform.deliver, event, 2) == [200, 200]
            assert "10.000 đồng" in await shown(platform, 1)

            event = platform.event("text", text="số hai")
            await asyncio.to_thread(platform.deliver, event)
            await shown(platform, 2)
    first, second = (one.text for one in platform.shown)
    chosen = next(line for line in first.splitlines() if line.startswith("2. "))
    assert chosen.removeprefix("2. ") == "Thời gian"
    assert "ngày làm việc" in second
