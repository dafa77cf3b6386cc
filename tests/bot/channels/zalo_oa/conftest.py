"""The channel and the emulator, at one desk."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx
import pytest

from bot.channels.base import Outgoing, Part, Sent
from bot.channels.zalo_oa.channel import ZaloOa
from tests.support.zalo_oa_channel import NOW, SIGNATURE, TokensInMemory, a_book
from tests.support.zalo_oa_events import CITIZEN
from tests.support.zalo_oa_server import ZaloOaServer


class Clock:
    now = NOW

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    """The channel, the emulator, and the time for both."""

    zalo: ZaloOaServer
    channel: ZaloOa
    tokens: TokensInMemory
    clock: Clock

    async def send(self, text: str = "Miễn phí.", to: str = CITIZEN, age: float = 0) -> Sent:
        self.zalo.messages.people[to] = self.clock() - age
        part = Part({"text": text})
        return await self.channel.send(Outgoing(to, part, self.clock() - age))

    def outgoing(self, part: Part, to: str = CITIZEN) -> Outgoing:
        return Outgoing(to, part, self.clock())

    def texts(self, user_id: str = CITIZEN) -> list[str]:
        return [message["text"] for message in self.zalo.messages.to(user_id)]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def zalo() -> Iterator[ZaloOaServer]:
    with ZaloOaServer() as zalo:
        yield zalo


@pytest.fixture
async def desk(zalo: ZaloOaServer) -> AsyncIterator[Desk]:
    clock = zalo.messages.clock = Clock()
    tokens = TokensInMemory(zalo.oauth)
    client = httpx.AsyncClient(base_url=zalo.url)
    channel = ZaloOa(client, tokens, SIGNATURE, a_book(), clock)
    yield Desk(zalo, channel, tokens, clock)
    await channel.close()
