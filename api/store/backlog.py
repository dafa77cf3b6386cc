"""How much waits in inbox and outbox and to be told to people, and for how long."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from api.store.channel_tables import inbox, outbox
from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows
from api.store.filing_tables import notices
from bot.channels.alerts import Told

_alert, _follow, _notice = dossier_alerts.c, dossier_follows.c, notices.c


def _alerts() -> Select[Any]:
    return (
        select(_follow.channel, func.count(), func.min(_alert.created_at))
        .select_from(dossier_alerts)
        .join(dossier_follows, _follow.id == _alert.follow_id)
        .where(_alert.told_at.is_(None))
        .group_by(_follow.channel)
    )


def _notices(held: ColumnElement[bool]) -> Select[Any]:
    """Select those that are due: a reminder waits for its day, and that is no queue.

    They are found before they are grouped: SQLite would rather read all that were ever told in
    the order of their channels.
    """
    due = (
        select(_notice.channel, _notice.due_at)
        .where(_notice.told_at.is_(None), _notice.due_at <= bindparam("now"), held)
        .cte("due")
        .prefix_with("MATERIALIZED")
    )
    return select(due.c.channel, func.count(), func.min(due.c.due_at)).group_by(due.c.channel)


_QUEUES: Final[Mapping[str, Select[Any]]] = {
    **{
        table.name: select(table.c.channel, func.count(), func.min(since))
        .where(table.c.done_at.is_(None))
        .group_by(table.c.channel)
        for table, since in ((inbox, inbox.c.received_at), (outbox, outbox.c.created_at))
    },
    "alerts": _alerts().where(_alert.way.is_distinct_from(Told.HOLD.value)),
    "alerts_held": _alerts().where(_alert.way == Told.HOLD.value),
    "notices": _notices(_notice.way.is_distinct_from(Told.HOLD.value)),
    "notices_held": _notices(_notice.way == Told.HOLD.value),
}
"""Those held wait until their person does something; the others for morning, at most."""


class SqlBacklog:
    """Counts rows that are not done; partial indexes hold no others, so it is cheap."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Take an open database and a clock of seconds since 1970."""
        self._database = database
        self._clock = clock

    async def waiting(self) -> Mapping[str, Mapping[str, tuple[int, float]]]:
        """Return by queue and channel how many rows wait and the age of the oldest in seconds.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        now = self._clock()
        found: dict[str, dict[str, tuple[int, float]]] = {}
        async with self._database.reading() as connection:
            for queue, query in _QUEUES.items():
                found[queue] = {
                    channel: (int(count), max(now - float(oldest), 0.0))
                    for channel, count, oldest in (
                        await connection.execute(query, {"now": now})
                    ).all()
                }
        return found
