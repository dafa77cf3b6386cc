"""What is held, what is confirmed, and going back to an earlier import."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.errors import NothingHeld
from api.settings import Settings
from api.wiring.build import now, open_database
from api.wiring.compiling import Planned, compile_beside
from api.wiring.knowledge import Imported, Tell, is_compiled
from api.wiring.review import read_and_compare
from knowledge.changes import Changes
from knowledge.holds import Hold

if TYPE_CHECKING:
    from api.store.revisions import Revision


@dataclass(frozen=True, slots=True)
class Listed:
    """One import, as it is listed."""

    revision: "Revision"
    active: bool


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What going back did."""

    left: "Revision"
    now: "Revision"
    changes: Changes
    """What is answered otherwise than before."""
    holds: tuple[Hold, ...]
    """What is held from now on."""


async def confirm(
    settings: Settings, places: Collection[str] | None
) -> tuple[tuple[Hold, ...], int]:
    """Release what is held at `places` (all: None); return that, and how much is still held.

    Raises:
        CannotStart: the database cannot be opened.
        NothingHeld: at one of the places nothing is held; nothing was released.
        StoreUnavailable: nothing was released.
    """
    from api.store.holds import KnowledgeHolds  # noqa: PLC0415 - as above

    async with open_database(settings) as database:
        holds = KnowledgeHolds(database)
        held = await holds.open()
        known = {name for hold in held for name in (hold.place, hold.subject)}
        if not held or (unknown := sorted({*(places or ())} - known)):
            what = ", ".join(unknown) if held else ", ".join(sorted(places or ())) or "nào"
            raise NothingHeld(
                f"Không có phần {what} đang bị giữ, nên chưa xác nhận gì. "
                "Xem phần đang giữ: motcua knowledge held."
            )
        released = await holds.confirm(places, now())
        return released, len(held) - len(released)


async def all_revisions(settings: Settings) -> tuple[Listed, ...]:
    """Return every import, the oldest first; none where no database was made yet.

    Raises:
        CannotStart: the database cannot be opened.
        StoreUnavailable: it cannot be read.
    """
    if not settings.has_database():
        return ()
    from api.store.revisions import KnowledgeRevisions  # noqa: PLC0415 - as above

    async with open_database(settings) as database:
        revisions = KnowledgeRevisions(database)
        active = await revisions.active()
        return tuple(Listed(one, one == active) for one in await revisions.all())


async def roll_back(settings: Settings, to: int | None, tell: Tell) -> RolledBack:
    """Make the import before the active one, or number `to`, active again, with what it held.

    Raises:
        CannotStart: the database cannot be opened.
        NoSuchRevision: there is none to go back to; nothing changed.
        StoreUnavailable: nothing changed.
    """
    from api.store.holds import KnowledgeHolds  # noqa: PLC0415 - as above
    from api.store.revisions import KnowledgeRevisions  # noqa: PLC0415

    async with open_database(settings) as database:
        revisions = KnowledgeRevisions(database)
        target = await revisions.target(to)
        planned = Planned(target.digest, await revisions.load(target))
        if not await asyncio.to_thread(is_compiled, settings, (), Imported(target.digest)):
            await asyncio.to_thread(compile_beside, settings, (), tell, planned)
        left, active = await revisions.roll_back(target.id)
        old = await revisions.load(left)
        compared = await asyncio.to_thread(read_and_compare, settings, old, planned.texts)
        holds = await KnowledgeHolds(database).open()
    return RolledBack(left, active, compared.changes, holds)
