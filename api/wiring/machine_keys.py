"""The keys of other systems, of an open database."""

import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from api.settings import Settings
from api.wiring.build import open_database
from api.wiring.dossiers.key import open_factor_key

if TYPE_CHECKING:
    from api.store.database import Database
    from api.store.machine_keys import SqlMachineKeys


Result = TypeVar("Result")


def open_keys(settings: Settings, database: "Database") -> "SqlMachineKeys":
    """Return the keys with which other systems prove who they are.

    Raises:
        CannotStart: the key that hashes codes for the audit is damaged.
    """
    from api.store.machine_keys import SqlMachineKeys  # noqa: PLC0415 - SQL costs half a second

    return SqlMachineKeys(database, open_factor_key(settings), time.time)


async def ask_keys(
    settings: Settings, ask: "Callable[[SqlMachineKeys], Awaitable[Result]]"
) -> Result:
    """Open the database for one question about keys, or one thing that is done with them.

    Raises:
        CannotStart: the database cannot be opened.
        KeyRefused: what is asked for cannot be done.
        StoreUnavailable: nothing was read or stored.
    """
    async with open_database(settings) as database:
        return await ask(open_keys(settings, database))
