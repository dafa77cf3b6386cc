"""The whole application on a real port, and Zalo beside it: events in, messages out."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from sqlalchemy import Table, func, select
from starlette.types import ASGIApp
from typing_extensions import override

from api.app import create_app
from api.store.database import Database
from api.wiring.messaging import Line, Shared, messaging
from bot.channels.zalo_oa.channel import ZaloOa
from tests.api.conftest import a_scripted_nlu, serving
from tests.support.zalo_oa_channel import SIGNATURE, TokensInMemory, a_book
from tests.support.zalo_oa_server import ZaloOaServer

PATIENCE_SECONDS = 60.0
PATH = "/webhooks/zalo/oa"


class Quiet(uvicorn.Server):
    """Leaves Ctrl-C to the tests."""

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def on_a_port(app: ASGIApp) -> AsyncIterator[str]:
    """Serve on a free port while the block runs; yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as line:
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
        server = Quiet(config)
        serving_on = asyncio.create_task(server.serve([line]))
        yield f"http://127.0.0.1:{line.getsockname()[1]}"
        server.should_exit = True
        await serving_on


class Slow:
    """The scripted language model, before which somebody is waited for."""

    def __init__(self, before: Callable[[], Awaitable[object]]) -> None:
        self._before = before
        self._nlu = a_scripted_nlu()

    async def parse(self, text: str) -> Mapping[str, object]:
        await self._before()
        return await self._nlu.parse(text)


@dataclass
class Town:
    """A city hall: its application, its database, and Zalo."""

    zalo: ZaloOaServer
    url: str

    async def arrives(self, event: Mapping[str, Any], **how: Any) -> int:
        """Zalo posts an event; a citizen in it may be written to from now on."""
        sender = event.get("sender", {}).get("id") or event.get("follower", {}).get("id")
        self.zalo.messages.people.setdefault(str(sender), time.time())
        self.zalo.webhook.url = self.url
        return await asyncio.to_thread(self.zalo.webhook.post, event, **how)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds; fail when patience ends."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < end, f"it never came to hold; {self.zalo.messages.delivered}"
            await asyncio.sleep(0.01)

    async def gets(self, user_id: str, number: int) -> list[dict[str, Any]]:
        """Wait until a person has so many messages; return them."""
        await self.until(lambda: len(self.zalo.messages.to(user_id)) >= number)
        return self.zalo.messages.to(user_id)


@dataclass
class OwnTown(Town):
    """A town whose database and tokens the test may look at."""

    database: Database
    tokens: TokensInMemory

    async def count(self, table: Table) -> int:
        """How many rows there are."""
        async with self.database.reading() as connection:
            return int(
                (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            )

    async def until_empty(self, table: Table) -> None:
        """Wait until a table has no rows."""
        end = time.monotonic() + PATIENCE_SECONDS
        while await self.count(table):
            assert time.monotonic() < end, f"{table.name} still has rows"
            await asyncio.sleep(0.01)


@asynccontextmanager
async def a_town(
    folder: Path,
    database: Database,
    zalo: ZaloOaServer,
    before: Callable[[], Awaitable[object]] | None = None,
) -> AsyncIterator[OwnTown]:
    """Serve; `before` is awaited before each understanding of a message."""
    tokens = TokensInMemory(zalo.oauth)
    client = httpx.AsyncClient(base_url=zalo.url)
    channel = ZaloOa(client, tokens, SIGNATURE, a_book(), time.time)
    async with serving(folder, Slow(before) if before else None) as services:
        shared = Shared(
            database, lambda: services.engine, a_book(), services.limiter, services.meters
        )
        async with (
            messaging([Line(channel, 1000)], shared) as services.messaging,
            on_a_port(create_app(services)) as url,
        ):
            yield OwnTown(zalo, url + PATH, database, tokens)
