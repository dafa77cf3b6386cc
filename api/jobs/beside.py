"""Work that goes on while something else is done, and ends with it."""

import asyncio
from collections.abc import AsyncIterator, Collection, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

from api.logs import log_failure

GRACE_SECONDS: Final = 5.0
"""What is under way when a server stops may end within this time; what was sent is then marked."""


@asynccontextmanager
async def beside(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Do `work` while the block runs; cancelled, and waited for, when it ends.

    Work that fails meanwhile is noted: nobody would miss it before the block ends.
    """
    tasks = [asyncio.create_task(one) for one in work]
    for task in tasks:
        task.add_done_callback(_note_failure)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _note_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log_failure(error, "beside")


async def end_gracefully(tasks: Collection[asyncio.Task[None]]) -> None:
    """Wait for `tasks` a while, then cancel what is left of them."""
    if tasks:
        await asyncio.wait(tasks, timeout=GRACE_SECONDS)
    left = [task for task in tasks if not task.done()]
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
