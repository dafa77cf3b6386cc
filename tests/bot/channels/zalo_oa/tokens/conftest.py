"""A replica with its keeper, and the OAuth server that it asks."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from bot.channels.zalo_oa.tokens import TokenKeeper
from tests.support.zalo_tokens import (
    KEY,
    Alarms,
    Clock,
    MemorySideRecord,
    MemoryTokenStore,
    Zalo,
    a_keeper,
    consented,
)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def zalo() -> Iterator[Zalo]:
    with Zalo() as zalo:
        yield zalo


@pytest.fixture
async def client(zalo: Zalo) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=zalo.url) as client:
        yield client


class Replica:
    """One keeper with everything it stands on."""

    def __init__(self, client: httpx.AsyncClient, store: MemoryTokenStore | None = None) -> None:
        self.client = client
        self.store = store or MemoryTokenStore()
        self.side = MemorySideRecord()
        self.clock = Clock()
        self.alarms = Alarms()
        self.keeper = self.restarted()

    def restarted(self, key: str = KEY) -> TokenKeeper:
        """A keeper that remembers nothing of its own."""
        return a_keeper(
            self.client, self.store, self.side, key=key, clock=self.clock, alarms=self.alarms
        )

    def beside(self) -> str | None:
        """What the side record holds."""
        return self.side.kept

    def later(self, seconds: float) -> None:
        self.clock.now += seconds


@pytest.fixture
async def replica(client: httpx.AsyncClient, zalo: Zalo) -> Replica:
    """A replica whose Official Account has given consent an hour ago."""
    replica = Replica(client)
    await consented(zalo, replica.keeper)
    replica.later(3600)
    return replica
