"""What is to be told to those who follow dossiers: the adapter of `bot.channels.alerts.Alerts`.

Whoever claims an alert claims all that waits for one person about one dossier: they become one
message, with the newest state. The state is read in the same statement as what waits, so that a
change is never marked as told by a message that does not tell it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import case, func, select

from api.store.channel_tables import outbox
from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows
from api.store.dossiers.claims import something_waits, take_alerts
from api.store.dossiers.reminders import note_reminders
from api.store.dossiers.settling import ALERTS
from api.store.telling import EVERYONE_SECONDS
from bot.channels.alerts import OPEN, Alert, Reminder, Settled, Told
from bot.guide.dossier_days import local_day

_FORGOTTEN: Final = "forgotten"
"""The row of the outbox is gone: it was done so long ago, or its person was erased."""
_ON_ITS_WAY: Final = "waiting"

_alert, _follow = dossier_alerts.c, dossier_follows.c


class SqlAlerts:
    """The alerts in one database, shared by any number of processes."""

    def __init__(self, database: Database, process: str, clock: Callable[[], float]) -> None:
        """Take an open database, the name of this process (≤ 40 characters), and a clock.

        The clock counts seconds since 1970.
        """
        self._database = database
        self._process = process
        self._clock = clock
        self._everyone_at = 0.0

    async def waiting(self, channels: Collection[str]) -> bool:
        """Tell whether there may be something to claim; locks nothing.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        now = self._clock()
        everyone = now >= self._everyone_at
        given = {"now": now, "channels": list(channels), "everyone": everyone}
        waits = await self._database.look(lambda connection: something_waits(connection, given))
        if everyone and not waits:
            self._everyone_at = now + EVERYONE_SECONDS
        return waits

    async def claim(self, most: int, channels: Collection[str]) -> Sequence[Alert]:
        """Claim what is due, of at most `most` people and dossiers; see the port.

        Raises:
            StoreUnavailable: nothing was claimed.
        """
        now = self._clock()
        everyone = now >= self._everyone_at
        given = {"now": now, "channels": list(channels), "most": most, "everyone": everyone}
        today = local_day(datetime.fromtimestamp(now, UTC))
        taken = await self._database.transact(
            lambda connection: take_alerts(connection, given, self._process, today)
        )
        if everyone and len(taken) < most:
            self._everyone_at = now + EVERYONE_SECONDS
        return taken

    async def renew(self, alerts: Collection[Alert]) -> None:
        """Keep claims that take long.

        Raises:
            StoreUnavailable: they were not kept.
        """
        rows = [row for alert in alerts for row in alert.rows]
        now = self._clock()
        if rows:
            await self._database.transact(
                lambda connection: ALERTS.renew(connection, rows, self._process, now)
            )

    async def settle(self, settled: Sequence[Settled]) -> Sequence[bool]:
        """Keep what became of claimed alerts, messages in the outbox with it; see the port.

        Raises:
            StoreUnavailable: nothing was kept; the claims run out.
        """
        if not settled:
            return ()
        now = self._clock()
        return await self._database.transact(
            lambda connection: ALERTS.settle(connection, settled, self._process, now)
        )

    async def remind(self, reminders: Collection[Reminder]) -> int:
        """Note reminders, each once however often it is asked; return how many are new.

        Raises:
            StoreUnavailable: nothing was noted.
        """
        now = self._clock()
        return await self._database.transact(
            lambda connection: note_reminders(self._database, connection, reminders, now)
        )

    async def followed(self) -> bool:
        """Tell whether anybody follows anything.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        return await self._database.look(
            lambda connection: connection.execute(_FOLLOWED).scalar() is not None
        )

    async def fates(self) -> Mapping[tuple[str, str], int]:
        """Count alerts by way (`OPEN` where they are to be told) and by result in the outbox.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        found = await self._database.look(lambda connection: connection.execute(_FATES).all())
        return {(way, result): count for way, result, count in found}


_FOLLOWED: Final = select(_follow.id).where(_follow.followed_at.is_not(None)).limit(1)
_WAY: Final = func.coalesce(_alert.way, OPEN)
_RESULT: Final = case(
    (_alert.way.is_distinct_from(Told.MESSAGE.value), ""),
    (outbox.c.id.is_(None), _FORGOTTEN),
    else_=func.coalesce(outbox.c.result, _ON_ITS_WAY),
)
_FATES: Final[Any] = (
    select(_WAY, _RESULT, func.count())
    .select_from(dossier_alerts)
    .outerjoin(outbox, ALERTS.is_its_message)
    .group_by(_WAY, _RESULT)
)
