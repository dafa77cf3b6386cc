"""Forgets what people agreed to while nothing had to be proved."""

from sqlalchemy import Connection

from api.store.database import Database
from api.store.dossier_tables import dossier_follows
from api.store.dossiers.follows import delete_follows


async def forget_unproved(database: Database, terms: int) -> int:
    """Forget the follows of people who never proved that the dossier is theirs; return how many.

    While dossiers are published by code alone anybody may have one remembered. Once a factor is
    asked for, those follows would open and tell everything without it.

    Args:
        database: open, with all tables.
        terms: which version of consent says that nothing was proved.

    Raises:
        StoreUnavailable: nothing was forgotten.
    """

    def forget(connection: Connection) -> int:
        return delete_follows(connection, dossier_follows.c.terms == terms)[1]

    return await database.transact(forget)
