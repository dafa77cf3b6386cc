"""The road of a message, with real tables, and a channel and an engine of our own."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from typing_extensions import override

from api.jobs.answering import Answering
from api.jobs.beside import beside
from api.jobs.delivering import Delivering, Lane
from api.jobs.pace import Pace
from api.jobs.receiving import Receiving
from api.limits import CountsInMemory, Limiter, Limits
from api.meters import Meters
from api.store.database import Database
from api.store.inbox import SqlInbox
from api.store.outbox import SqlOutbox
from api.wiring.language import build_phrasebook
from bot.engine import Engine
from bot.messages import ConversationKey, IncomingMessage, Reply
from bot.ports import Conversation, Nlu
from tests.api.conftest import a_scripted_nlu, shipped_library
from tests.support.channels import FakeChannel
from tests.support.desks import a_desk
from tests.support.fakes import FakeNlu

PATIENCE_SECONDS = 60.0


class NoStore:
    """The engine is always given the conversation that the inbox holds."""

    def open(self, key: ConversationKey) -> Conversation:  # type: ignore[empty-body]
        ...


class Watched(Engine):
    """The real engine, which `before` can slow down or stop."""

    before: Callable[[IncomingMessage], Awaitable[None]] | None = None

    @override
    async def answer_in(self, conversation: Conversation, message: IncomingMessage) -> Reply:
        if self.before is not None:
            await self.before(message)
        return await super().answer_in(conversation, message)


@dataclass
class Road:
    """Everything between a channel and its people."""

    channel: FakeChannel
    receiving: Receiving
    answering: Answering
    delivering: Delivering
    inbox: SqlInbox
    outbox: SqlOutbox
    meters: Meters
    engine: Watched
    nlu: FakeNlu

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Road"]:
        """Keep the loops going."""
        async with beside(self.delivering.run()), beside(self.answering.run()):
            yield self
        await self.inbox.close()
        await self.outbox.close()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds; fail when patience ends."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < end, f"it never came to hold; sent: {self.channel.sent}"
            await asyncio.sleep(0.01)


def a_road(database: Database, process: str = "one", nlu: Nlu | None = None) -> Road:
    """Put a road together, as the wiring does."""
    channel, meters, woken = FakeChannel(), Meters(), asyncio.Event()
    channels = {channel.name: channel}
    outbox = SqlOutbox(database, process, time.time)
    lane = Lane(channel, Pace(10_000, time.monotonic, asyncio.sleep))
    delivering = Delivering(outbox, {channel.name: lane}, meters, time.time)
    inbox = SqlInbox(database, process, time.time, delivering.send_soon)
    limiter = Limiter(CountsInMemory(time.monotonic), Limits(1000, 10_000, 100))
    scripted = nlu or a_scripted_nlu()
    engine = Watched(scripted, shipped_library(), NoStore(), a_desk)  # type: ignore[arg-type]
    return Road(
        channel=channel,
        receiving=Receiving(inbox, channels, limiter, meters, woken),
        answering=Answering(
            inbox, lambda: engine, channels, build_phrasebook(), meters, time.time, woken
        ),
        delivering=delivering,
        inbox=inbox,
        outbox=outbox,
        meters=meters,
        engine=engine,
        nlu=scripted,  # type: ignore[arg-type]
    )


@pytest.fixture
async def road(database: Database, tmp_path: Path) -> AsyncIterator[Road]:
    """A road on each kind of database, with its loops running."""
    async with a_road(database).open() as road:
        yield road
