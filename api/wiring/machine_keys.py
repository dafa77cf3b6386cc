"""The keys of other systems, of an open database."""

import time
from typing import TYPE_CHECKING

from api.settings import Settings
from api.wiring.dossier_key import open_factor_key

if TYPE_CHECKING:
    from api.store.database import Database
    from api.store.machine_keys import SqlMachineKeys


def open_keys(settings: Settings, database: "Database") -> "SqlMachineKeys":
    """Return the keys with which other systems prove who they are.

    Raises:
        CannotStart: the key that hashes codes for the audit is damaged.
    """
    from api.store.machine_keys import SqlMachineKeys  # noqa: PLC0415 - SQL costs half a second

    return SqlMachineKeys(database, open_factor_key(settings), time.time)
