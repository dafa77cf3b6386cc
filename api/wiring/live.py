"""What a running server answers from, exchanged as a whole while it runs.

Twice a second the server asks the store for one number. When it moved, the new library is built in
a program beside the server, loaded in a thread, and put in force between two turns. Whatever goes
wrong is logged, and what was in force stays in force.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from api.logs import log_event, log_failure
from api.settings import Settings
from api.wiring.build import active_import
from api.wiring.compiling import compile_beside
from api.wiring.held import as_held
from api.wiring.knowledge import Imported, Tell, build_library, is_compiled
from api.wiring.memory import give_back
from bot.held import Held
from knowledge.library import Library

if TYPE_CHECKING:
    from api.store.database import Database

POLL_SECONDS: Final = 0.5
"""Replicas follow within two seconds, loading included; the question is one row by its key."""

RETRY_SECONDS: Final = 60.0
"""After a failure: building is tried again, but not every second."""


@dataclass(frozen=True, slots=True)
class Base:
    """What is answered from."""

    library: Library
    held: Held
    digest: str
    """Of the imported records."""
    version: int
    """Of the store, when this was read."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what is active into a base."""

    settings: Settings
    database: "Database"
    exports: Sequence[Path]
    tell: Tell

    async def version(self) -> int:
        """Return the number that moves with every change.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        from api.store.holds import KnowledgeHolds  # noqa: PLC0415 - SQL costs half a second

        return await KnowledgeHolds(self.database).version()

    async def read(self, before: Base | None = None) -> Base:
        """Return what is active; `before`: its library is kept where the records are the same.

        Raises:
            CannotStart: the library cannot be built.
            StoreUnavailable: the database cannot be read.
        """
        from api.store.holds import KnowledgeHolds  # noqa: PLC0415 - as above

        version = await self.version()  # first: what changes from here on moves it again
        held = as_held(await KnowledgeHolds(self.database).open())
        imported = await active_import(self.database)
        if before is not None and before.digest == imported.digest:
            return Base(before.library, held, imported.digest, version)
        if not await asyncio.to_thread(is_compiled, self.settings, self.exports, imported):
            await asyncio.to_thread(compile_beside, self.settings, self.exports, self.tell)
        library = await asyncio.to_thread(self._build, imported)
        return Base(library, held, imported.digest, version)

    def _build(self, imported: Imported) -> Library:
        """Return the library, with what its first question would wait for a second."""
        library = build_library(self.settings, self.exports, imported, self.tell)
        library.online_services()
        return library


async def follow(
    reader: Reader,
    base: Base,
    put_in_force: Callable[[Base], None],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Put every new base in force, until cancelled."""
    while True:
        await sleep(POLL_SECONDS)
        try:
            if await reader.version() == base.version:
                continue
            began = time.monotonic()
            base = await reader.read(base)
            put_in_force(base)
            give_back()
            seconds = round(time.monotonic() - began, 2)
            log_event("knowledge_changed", procedures=len(base.library), seconds=seconds)
        except Exception as error:  # noqa: BLE001 - what is in force stays in force
            log_failure(error, "knowledge")
            await sleep(RETRY_SECONDS)
