"""The accounts of officials, of an open database."""

import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from api.settings import Settings
from api.wiring.build import open_database

if TYPE_CHECKING:
    from api.store.database import Database
    from api.store.staff import SqlStaff

Result = TypeVar("Result")


def open_staff(database: "Database") -> "SqlStaff":
    """Return the accounts with which officials log in."""
    from api.store.staff import SqlStaff  # noqa: PLC0415 - SQL costs half a second

    return SqlStaff(database, time.time)


async def ask_staff(settings: Settings, ask: "Callable[[SqlStaff], Awaitable[Result]]") -> Result:
    """Open the database for one question about accounts, or one thing that is done with them.

    Raises:
        CannotStart: the database cannot be opened.
        StaffRefused: what is asked for cannot be done.
        StoreUnavailable: nothing was read or stored.
    """
    async with open_database(settings) as database:
        return await ask(open_staff(database))
