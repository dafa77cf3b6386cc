"""Who agreed to have a dossier remembered or to be told of its changes, in SQL."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, select, update

from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows, dossiers
from api.store.dossiers.missed import hold, tell_missed
from api.store.sealed_phones import erase_needless
from bot.channels.alerts import Told
from bot.dossiers.ports import Remembered
from bot.messages import ConversationKey

_alert, _follow = dossier_alerts.c, dossier_follows.c

_ONLY_FOLLOWED: Final = _follow.remembered_at == _follow.followed_at
"""Consent to be told of changes began the row: that it is remembered was never asked for."""

_BEFORE_FOLLOWING: Final = _follow.followed_at - 1.0
"""Any other moment says that it was asked for."""

_TOLD_AT: Final = (
    select(func.max(_alert.told_at))
    .where(_alert.follow_id == _follow.id, _alert.way != Told.GONE.value)
    .scalar_subquery()
)


class SqlFollows:
    """The dossiers of each person, in one database shared by any number of processes."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        """Take an open database and a clock (seconds since 1970)."""
        self._database = database
        self._clock = clock

    async def remember(
        self,
        key: ConversationKey,
        code: str,
        *,
        follow: bool,
        terms: int,
        seen_at: float = 0.0,
    ) -> None:
        """Keep that a person agreed; doing it again changes nothing. Never stops following.

        Args:
            key: the person.
            code: in the one spelling of `bot.dossiers.codes.normal_form`.
            follow: she is to be told of changes from now on.
            terms: which version of the words of consent she agreed to.
            seen_at: when she asked for what she saw; what changed since is told. 0: nothing is.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        now = self._clock()
        row = {"code": code, "terms": terms, "remembered_at": now}
        agreed = self._agreed(key, {**row, "followed_at": now if follow else None})

        def agree(connection: Connection) -> None:
            if follow:
                hold(connection, code)
            number = connection.execute(agreed.returning(_follow.id)).scalar()
            if follow and number is not None and seen_at:
                tell_missed(connection, self._database, number, seen_at, now)

        await self._database.transact(agree)

    def _agreed(self, key: ConversationKey, row: Mapping[str, Any]) -> Any:
        """Return the statement that keeps a consent."""
        person = {"channel": key.channel, "user_id": key.user_id}
        new = self._database.insert(dossier_follows).values({**person, **row})
        keys = [_follow.channel, _follow.user_id, _follow.code]
        if row["followed_at"] is not None:
            return new.on_conflict_do_update(
                index_elements=keys,
                set_={"followed_at": new.excluded.followed_at, "terms": new.excluded.terms},
                where=_follow.followed_at.is_(None),
            )
        return new.on_conflict_do_update(
            index_elements=keys,
            set_={"remembered_at": _BEFORE_FOLLOWING},
            where=_ONLY_FOLLOWED,
        )

    async def forget(self, key: ConversationKey, code: str, *, entirely: bool) -> None:
        """Stop telling of changes; `entirely`: and remember it no longer. Empty code: of all.

        What was only followed is not remembered either. What waits to be told is told no more; a
        telephone number stays while one is followed.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        theirs = of_person(key) if not code else and_(of_person(key), _follow.code == code)
        now = self._clock()

        def stop(connection: Connection) -> None:
            if entirely:
                delete_follows(connection, theirs)
            else:
                delete_follows(connection, and_(theirs, _ONLY_FOLLOWED))
                _stop(connection, theirs, now)
            erase_needless(connection, key)

        await self._database.transact(stop)

    async def list(self, key: ConversationKey) -> Sequence[Remembered]:
        """Return the dossiers that a person agreed to have remembered, the latest first.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        query = _known(key).order_by(_follow.remembered_at.desc(), _follow.id.desc())
        return await self._database.look(
            lambda connection: [_remembered(row) for row in connection.execute(query)]
        )

    async def find(self, key: ConversationKey, code: str) -> Remembered | None:
        """Return one of these dossiers, None where the person did not agree to it.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        query = _known(key).where(_follow.code == code)
        row = await self._database.look(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else _remembered(row)


def delete_follows(connection: Connection, whose: ColumnElement[bool]) -> tuple[int, int]:
    """Delete follows and what waits of them; return how many alerts and how many follows.

    Alerts first, of themselves: SQLite cascades only where it is told to, and a process that tells
    one of them holds its row until the message is in the outbox.
    """
    ids = _lock(connection, whose)
    alerts = connection.execute(delete(dossier_alerts).where(_alert.follow_id.in_(ids)))
    return alerts.rowcount, connection.execute(delete(dossier_follows).where(whose)).rowcount


def _lock(connection: Connection, whose: ColumnElement[bool]) -> Select[Any]:
    """Take the alerts of follows, the oldest first as whoever claims them; select the follows."""
    ids = select(_follow.id).where(whose)
    query = select(_alert.id).where(_alert.follow_id.in_(ids)).order_by(_alert.id)
    connection.execute(query.with_for_update())
    return ids


def _stop(connection: Connection, whose: ColumnElement[bool], now: float) -> None:
    connection.execute(update(dossier_follows).where(whose).values(followed_at=None))
    ids = _lock(connection, whose)
    waiting = update(dossier_alerts).where(_alert.follow_id.in_(ids), _alert.told_at.is_(None))
    connection.execute(waiting.values(told_at=now, way=Told.GONE.value, claimed_by=None))


def of_person(key: ConversationKey) -> ColumnElement[bool]:
    """Select the follows of a person."""
    return and_(_follow.channel == key.channel, _follow.user_id == key.user_id)


def _known(key: ConversationKey) -> Select[Any]:
    return (
        select(_follow.code, _follow.followed_at, dossiers.c.record, _TOLD_AT.label("told_at"))
        .select_from(dossier_follows)
        .outerjoin(dossiers, dossiers.c.code == _follow.code)
        .where(of_person(key))
    )


def _remembered(row: Row[Any]) -> Remembered:
    name, told_at = _procedure_name(row.record), row.told_at or 0.0
    return Remembered(row.code, name, row.followed_at is not None, told_at)


def _procedure_name(record: str | None) -> str:
    """Return the name of the procedure; empty where the dossier is known no longer."""
    tree = json.loads(record) if record else {}
    name = tree.get("procedure_name", "") if isinstance(tree, dict) else ""
    return name if isinstance(name, str) else ""
