"""What the tests of remote sources share."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.dossier_sources.tracuuhoso import TraCuuHoSo
from tests.bot.dossier_sources.asking import CODE, opened
from tests.support.tracuuhoso import TraCuuHoSoServer, a_row


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def server() -> Iterator[TraCuuHoSoServer]:
    """The service, with one dossier."""
    with TraCuuHoSoServer(a_row(CODE)) as server:
        yield server


@pytest.fixture
async def source(server: TraCuuHoSoServer) -> AsyncIterator[TraCuuHoSo]:
    """Our side of it."""
    async with opened(server.access) as source:
        yield source
