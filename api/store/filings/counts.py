"""How many guided filings reached what, by procedure and day: of nobody in particular."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection, func, select

from api.store.database import Database
from api.store.filing_tables import filing_counts
from bot.filings.state import Milestone
from bot.guide.dossier_days import local_day
from bot.messages import IncomingMessage, Reply

_count = filing_counts.c
_KNOWN: Final = frozenset(Milestone)


class Counted(NamedTuple):
    """One filing that reached something on a day."""

    day: str
    """ISO, in Vietnam."""
    procedure: str
    milestone: str


class Total(NamedTuple):
    """How many reached something."""

    procedure: str
    milestone: Milestone
    filings: int


def milestone_of(message: IncomingMessage, reply: Reply) -> Counted | None:
    """Return what a turn reaches; None: nothing that is counted."""
    if reply.milestone not in _KNOWN or not reply.procedure:
        return None
    return Counted(local_day(message.sent_at).isoformat(), reply.procedure, reply.milestone)


def add_counts(database: Database, connection: Connection, counted: Iterable[Counted]) -> None:
    """Count in the transaction of the caller, in an order in which nobody waits for another.

    Args:
        database: which kind.
        connection: in a transaction for writing.
        counted: one for each filing and milestone.
    """
    rows = [{**one._asdict(), "count": number} for one, number in sorted(Counter(counted).items())]
    if not rows:
        return
    new = database.insert(filing_counts)
    more = {"count": _count["count"] + new.excluded["count"]}
    keys = [_count.day, _count.procedure, _count.milestone]
    connection.execute(new.on_conflict_do_update(index_elements=keys, set_=more), rows)


class SqlFilingCounts:
    """The counts of one database."""

    def __init__(self, database: Database) -> None:
        """Take an open database."""
        self._database = database

    async def totals(
        self, first: date | None = None, last: date | None = None, procedure: str = ""
    ) -> Sequence[Total]:
        """Return what was reached from `first` to `last`, both included, in no order.

        Args:
            first: a day in Vietnam; None: from the beginning.
            last: likewise; None: up to now.
            procedure: its code; empty: all.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        query = select(_count.procedure, _count.milestone, func.sum(_count["count"]))
        if first is not None:
            query = query.where(_count.day >= first.isoformat())
        if last is not None:
            query = query.where(_count.day <= last.isoformat())
        if procedure:
            query = query.where(_count.procedure == procedure)
        grouped = query.group_by(_count.procedure, _count.milestone)
        rows = await self._database.look(lambda connection: connection.execute(grouped).all())
        return [
            Total(code, Milestone(reached), int(number))
            for code, reached, number in rows
            if reached in _KNOWN
        ]
