"""Takes dossiers out of the database, with all that hangs on them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, select

from api.store.database import Database
from api.store.dossier_tables import dossier_follows, dossier_updates, dossiers
from api.store.due import any_of

AT_ONCE: Final = 50
"""Dossiers in one transaction, each with some ten updates: no citizen waits for it."""

_HANGING: Final = (dossier_updates, dossier_follows, dossiers)
"""Alerts go with those who follow; words live for minutes anyway."""

_OLD: Final = (
    select(dossiers.c.code)
    .where(dossiers.c.stored_at < bindparam("before"))
    .order_by(dossiers.c.stored_at)
    .limit(AT_ONCE)
)
_MINE: Final = _OLD.with_for_update(skip_locked=True)


def forget_dossiers(connection: Connection, codes: Sequence[str]) -> Mapping[str, int]:
    """Remove dossiers with their updates, followers and alerts; return how many by table.

    Args:
        connection: in a transaction for writing.
        codes: at most some hundreds.
    """
    given = {"codes": codes}
    return {
        table.name: connection.execute(
            delete(table).where(table.c.code.in_(any_of("codes"))), given
        ).rowcount
        for table in _HANGING
    }


async def forget_old(database: Database, before: float) -> Mapping[str, int]:
    """Remove some dossiers of which nothing new came since `before`, in seconds since 1970.

    Returns:
        How many rows were removed, by table; nothing when there is no such dossier left.

    Raises:
        StoreUnavailable: nothing was removed.
    """
    given = {"before": before}

    def find(connection: Connection) -> Sequence[Row[Any]]:
        return connection.execute(_OLD.limit(1), given).all()

    def forget(connection: Connection) -> Mapping[str, int]:
        codes = connection.execute(_MINE, given).scalars().all()
        return forget_dossiers(connection, codes) if codes else {}

    if not await database.look(find):
        return {}
    removed = await database.transact(forget)
    return {name: count for name, count in removed.items() if count}
