"""What changed between the look at a dossier and the consent to be told of changes."""

from typing import Final

from sqlalchemy import Connection, bindparam, select

from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows, dossier_updates, dossiers
from api.store.dossiers.codec import load_status, load_update
from api.store.dossiers.writing import CHANGE
from bot.dossiers.folding import fold, is_news

SHOWN_WITHIN_SECONDS: Final = 60.0
"""A look at another system keeps what it finds so long after it was asked for, and shows it."""

_HELD: Final = (
    select(dossiers.c.head, dossiers.c.record)
    .where(dossiers.c.code == bindparam("code"))
    .with_for_update(read=True)
)
_CODE: Final = select(dossier_follows.c.code).where(dossier_follows.c.id == bindparam("number"))
_SEEN: Final = select(dossier_updates.c.content).where(
    dossier_updates.c.code == bindparam("code"), dossier_updates.c.stored_at <= bindparam("seen")
)


def hold(connection: Connection, code: str) -> None:
    """Let nobody change a dossier until the transaction ends: who changes it next finds her."""
    connection.execute(_HELD, {"code": code})


def tell_missed(
    connection: Connection,
    database: Database,
    number: int,
    seen_at: float,
    now: float,
) -> None:
    """Note that a person is to be told how the dossier stands, if it is news since she looked.

    Args:
        connection: in a transaction for writing, with the dossier held.
        database: which kind.
        number: of the row of `dossier_follows` that tells who follows which dossier.
        seen_at: when she asked for what she saw, in seconds since 1970.
        now: likewise.

    Raises:
        StoreUnavailable: what is stored of the dossier cannot be read.
    """
    code = connection.execute(_CODE, {"number": number}).scalar_one()
    stands = connection.execute(_HELD, {"code": code}).one_or_none()
    given = {"code": code, "seen": seen_at + SHOWN_WITHIN_SECONDS}
    seen = [load_update(one) for one in connection.execute(_SEEN, given).scalars()]
    if stands is None or not seen or not is_news(fold(seen), load_status(stands.record)):
        return
    alert = {"code": code, "kind": CHANGE, "subject": stands.head}
    row = {"follow_id": number, **alert, "created_at": now, "next_at": now}
    connection.execute(database.insert(dossier_alerts).values(row).on_conflict_do_nothing())
