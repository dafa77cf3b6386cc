"""Which dossiers came of guided filings, so that their end is counted once.

Only a keyed hash of the code is kept beside the procedure; once the end is counted, not even that.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from api.store.database import Database
from api.store.due import any_of
from api.store.filing_tables import guided_dossiers
from api.store.filings.counts import Counted, add_counts
from bot.filings.state import Milestone
from bot.guide.dossier_days import local_day

_guided = guided_dossiers.c

_COUNTED: Final = ""
"""In the place of the procedure; the hash stays, so that the same dossier is not counted again."""

_OPEN: Final = (
    select(_guided.dossier_hash, _guided.procedure)
    .where(_guided.dossier_hash.in_(any_of("hashes")), _guided.procedure != _COUNTED)
    .order_by(_guided.dossier_hash)
    .with_for_update()
)
_CLOSE: Final = (
    update(guided_dossiers)
    .where(_guided.dossier_hash == bindparam("its_hash"))
    .values(procedure=_COUNTED)
)


class SqlGuidedDossiers:
    """The adapter of `bot.filings.storing.GuidedDossiers`."""

    def __init__(self, database: Database) -> None:
        """Take an open database."""
        self._database = database
        self._note: Final = database.insert(guided_dossiers).on_conflict_do_nothing()

    async def note(self, dossier_hash: str, procedure: str, now: float) -> None:
        """Keep that a dossier came of a guided filing; a second time changes nothing.

        Raises:
            StoreUnavailable: nothing was kept.
        """
        row = {"dossier_hash": dossier_hash, "procedure": procedure, "noted_at": now}
        await self._database.transact(lambda connection: connection.execute(self._note, row))

    async def complete(self, dossier_hash: str, now: float) -> None:
        """Count the end of a dossier that has its result already, once.

        Raises:
            StoreUnavailable: nothing was counted.
        """
        await self._database.transact(
            lambda connection: count_completed(self._database, connection, [dossier_hash], now)
        )


def count_completed(
    database: Database, connection: Connection, dossier_hashes: Sequence[str], now: float
) -> None:
    """Count the guided ones among dossiers that have their result, each once.

    Args:
        database: which kind.
        connection: in a transaction for writing.
        dossier_hashes: keyed hashes of their codes, some hundreds at most.
        now: seconds since 1970.
    """
    rows = connection.execute(_OPEN, {"hashes": list(dossier_hashes)}).all()
    if not rows:
        return
    day = local_day(datetime.fromtimestamp(now, UTC)).isoformat()
    connection.execute(_CLOSE, [{"its_hash": row.dossier_hash} for row in rows])
    add_counts(
        database, connection, [Counted(day, row.procedure, Milestone.COMPLETED) for row in rows]
    )
