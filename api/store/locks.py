"""One turn of a conversation at a time: within this process, and across processes on SQLite."""

import asyncio
import fcntl
import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Final

from api.store.database import BUSY_SECONDS, UNAVAILABLE
from bot.errors import StoreUnavailable
from bot.messages import ConversationKey

STRIPES: Final = 256
"""Conversations share this many lock files; two of one stripe wait for each other, no harm done."""

_POLL_SECONDS: Final = 0.02


class ConversationLocks:
    """Locks by conversation, in the order of asking.

    SQLite has one write lock for everything. Held for whole turns it would make every citizen wait
    for the slowest; so a turn holds a file lock of its own, which the system frees when a process
    dies, and the write lock only while it writes. PostgreSQL has row locks: no folder is needed.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def hold(self, key: ConversationKey) -> AsyncIterator[None]:
        """Wait for the conversation and keep it while the block runs.

        Raises:
            StoreUnavailable: the lock cannot be had within `BUSY_SECONDS`, or not at all.
        """
        name = _stripe(key) if self._folder else f"{key.channel}:{key.user_id}"
        lock, users = self._locks.get(name, (asyncio.Lock(), 0))
        self._locks[name] = (lock, users + 1)
        try:
            async with lock:
                if self._folder is None:
                    yield
                else:
                    async with file_lock(self._folder / name):
                        yield
        finally:
            lock, users = self._locks.pop(name)
            if users > 1:
                self._locks[name] = (lock, users - 1)


def _stripe(key: ConversationKey) -> str:
    digest = hashlib.sha256(f"{key.channel}:{key.user_id}".encode()).digest()
    return f"{digest[0] % STRIPES:02x}.lock"


@asynccontextmanager
async def file_lock(path: Path) -> AsyncIterator[None]:
    """Hold the lock of a file, across processes; the system frees it when a process dies.

    Raises:
        StoreUnavailable: the lock cannot be had within `BUSY_SECONDS`, or not at all.
    """
    file = _open(path)
    try:
        await _lock(file)
        yield
    finally:
        file.close()  # and so the lock is free


def _open(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(0o700, exist_ok=True)
        return path.open("ab")
    except OSError as error:
        raise StoreUnavailable(UNAVAILABLE) from error


async def _lock(file: IO[bytes]) -> None:
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > give_up:
                raise StoreUnavailable(UNAVAILABLE) from error
            await asyncio.sleep(_POLL_SECONDS)
        else:
            return
