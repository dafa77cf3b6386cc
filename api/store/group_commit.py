"""Many small writes in one transaction: what comes while one is written goes into the next.

A commit that survives a power cut costs a wait for the disk; shared by all that wait, it costs each
of them a fraction. Nobody waits for company: the first write starts at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

from bot.errors import StoreUnavailable

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_AT_ONCE: Final = 100
"""A transaction stays short: others write too."""


class GroupCommit(Generic[Item, Result]):
    """Writes items together; each caller gets the result, or the error, of its own."""

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        """`write` stores all of its items in one transaction, or none, and answers in order."""
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._task: asyncio.Task[None] | None = None

    async def put(self, item: Item) -> Result:
        """Return when `item` is stored; whatever `write` raises for it is raised here."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await future

    async def close(self) -> None:
        """Return when everything that was put is stored or has failed."""
        while self._task is not None:
            await asyncio.wait({self._task})

    async def _run(self) -> None:
        while self._waiting:
            batch = self._waiting[:MOST_AT_ONCE]
            del self._waiting[:MOST_AT_ONCE]
            await self._store(batch)
        self._task = None

    async def _store(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._write([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for it
            if len(batch) > 1 and _is_of_one(error):
                for one in batch:  # one bad item must not take the others with it
                    await self._store([one])
                return
            for _, future in batch:
                _fail(future, error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():
                future.set_result(result)


def _is_of_one(error: BaseException) -> bool:
    """Tell whether single items may still be stored: the database answers, or is not the cause."""
    if not isinstance(error, StoreUnavailable | SQLAlchemyError):
        return True
    cause = error if isinstance(error, DBAPIError) else error.__cause__
    return isinstance(cause, DataError | IntegrityError)


def _fail(future: asyncio.Future[Result], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
