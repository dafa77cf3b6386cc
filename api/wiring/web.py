"""Everything the web server needs, and the watch that exchanges it while it runs."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from api.meters import Meters
from api.settings import Settings
from api.wiring.build import engine_maker, now, open_database
from api.wiring.knowledge import Tell
from api.wiring.limiting import open_limiter
from api.wiring.live import Base, Reader, follow
from api.wiring.services import Services


@asynccontextmanager
async def web_services(
    settings: Settings, exports: Sequence[Path], tell: Tell
) -> AsyncIterator[Services]:
    """Build everything the web server needs; closed when the block ends.

    Raises:
        CannotStart: something is missing or damaged.
    """
    from api.store.backlog import SqlBacklog  # noqa: PLC0415 - SQL costs half a second
    from api.store.conversations import SqlDialogueStore  # noqa: PLC0415
    from api.store.sessions import ChatSessions  # noqa: PLC0415

    async with open_database(settings) as database, open_limiter(settings) as limiter:
        reader = Reader(settings, database, exports, tell)
        base = await reader.read()
        store = SqlDialogueStore(database, time.monotonic)
        make = engine_maker(settings, store)
        services = Services(
            engine=make(base.library, base.held),
            library=base.library,
            sessions=ChatSessions(database),
            replies=store,
            now=now,
            message_max_characters=settings.message_max_characters,
            body_max_bytes=settings.body_max_bytes,
            limiter=limiter,
            meters=Meters(),
            backlog=SqlBacklog(database, time.time),
            metrics_token=settings.metrics_token.get_secret_value(),
            held=base.held,
        )

        def put_in_force(newer: Base) -> None:
            services.put_in_force(make(newer.library, newer.held), newer.library, newer.held)

        async with _watching(follow(reader, base, put_in_force)):
            yield services


@asynccontextmanager
async def _watching(watch: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let the watch run while the block runs."""
    task = asyncio.create_task(watch)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
