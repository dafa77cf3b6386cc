"""TraCuuHoSo, opened against its emulator."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

from bot.dossier_sources.reading import RowReader
from bot.dossier_sources.tracuuhoso import Access, TraCuuHoSo
from bot.dossier_sources.wire import a_client
from tests.support.local_http import Answered, Fault

CODE: Final = "H17.15-261116-0012"
OTHER: Final = "H17.15-261102-0345"
NOW: Final = datetime(2026, 11, 22, 8, tzinfo=UTC)
PATIENCE_SECONDS: Final = 30.0


def an_answer(data: object) -> Fault:
    """JSON instead of what would be told."""
    return Fault(answer=Answered.json(data))


@asynccontextmanager
async def opened(access: Access, seconds: float = PATIENCE_SECONDS) -> AsyncIterator[TraCuuHoSo]:
    """The source, closed when the block ends."""
    source = TraCuuHoSo(a_client(seconds), access, RowReader(lambda: NOW), seconds)
    try:
        yield source
    finally:
        await source.close()
