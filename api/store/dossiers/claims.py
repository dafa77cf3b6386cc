"""Which alerts are due, and claiming them; written so that an index answers it.

The oldest open alert of a person and dossier stands for all of them: only where it is due, and
nobody has claimed any of them, they are claimed together. What is held (`held_since`) is due when
its person was seen after that: each look goes through the people who were seen lately, and only
now and then through all that is held (20,000 of them: 70 ms, November 2026).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    select,
)

from api.logs import log_failure
from api.store.channel_tables import contacts
from api.store.dossier_tables import dossier_alerts, dossier_follows, dossiers
from api.store.dossiers.codec import load_status
from api.store.dossiers.settling import ALERTS
from api.store.due import any_of
from api.store.telling import HELD, LATELY_SECONDS, ROUNDED
from bot.channels.alerts import Alert, AlertKind
from bot.dossiers.status import DossierStatus
from bot.errors import StoreUnavailable
from bot.guide.reminding import due_says_something, lapse_says_something
from bot.messages import ConversationKey

_OF_ANOTHER_VERSION: Final = "Báo tin do bản motcua khác ghi, bản này không đọc được."

_alert, _follow, _contact = dossier_alerts.c, dossier_follows.c, contacts.c

_STILL_TRUE: Final[Mapping[str, Callable[[DossierStatus, str, date], bool]]] = {
    AlertKind.CHANGE: lambda _status, _subject, _today: True,
    AlertKind.DUE: due_says_something,
    AlertKind.LAPSE: lapse_says_something,
}


def something_waits(connection: Connection, given: Mapping[str, Any]) -> bool:
    """Tell whether there may be something to claim.

    Args:
        connection: for reading.
        given: `now` and `channels`; `everyone`: look at all that is held, too.
    """
    if connection.execute(_ANY_DUE, given).first() is not None:
        return True
    if given["everyone"]:
        return connection.execute(_ANY_FREED, given).first() is not None
    return bool(_freed_lately(connection, given))


def take_alerts(
    connection: Connection, given: Mapping[str, Any], process: str, today: date
) -> Sequence[Alert]:
    """Claim what is due, and drop what is not to be told any more.

    Args:
        connection: in a transaction for writing.
        given: `now`, `channels` and `most`; `everyone`: look at all that is held, too.
        process: who claims.
        today: in Vietnam.
    """
    heads = list(connection.execute(_DUE, given).scalars())
    if (room := given["most"] - len(heads)) > 0:
        heads += _take_freed(connection, {**given, "most": room})
    if not heads:
        return ()
    groups: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(_GROUPS, {"rows": heads}):
        groups[row.follow_id].append(row)
    return _sort_out(connection, list(groups.values()), given["now"], (process, today))


def _take_freed(connection: Connection, given: Mapping[str, Any]) -> Sequence[int]:
    if given["everyone"]:
        return connection.execute(_FREED, given).scalars().all()
    if not (follows := _freed_lately(connection, given)):
        return ()
    return connection.execute(_FREED_OF, {**given, "follows": follows}).scalars().all()


def _freed_lately(connection: Connection, given: Mapping[str, Any]) -> Sequence[int]:
    """Return the follows of people who were seen lately, and for whom something was held."""
    since = given["now"] - LATELY_SECONDS
    found = connection.execute(_FREED_LATELY, {"channels": given["channels"], "since": since})
    return found.scalars().all()


def _sort_out(
    connection: Connection, groups: Sequence[Sequence[Row[Any]]], now: float, by: tuple[str, date]
) -> Sequence[Alert]:
    process, today = by
    taken, dropped, unreadable = [], [], []
    for group in groups:
        try:
            alert = _alert_of(group, today)
        except StoreUnavailable as error:
            log_failure(error, "alerts")
            unreadable += [row.id for row in group]
            continue
        kept = alert.rows if alert else ()
        dropped += [row.id for row in group if row.id not in kept]
        if alert is not None:
            taken.append(alert)
    ALERTS.take(connection, [row for alert in taken for row in alert.rows], process, now)
    ALERTS.drop(connection, dropped, now)
    ALERTS.put_off(connection, unreadable, now)
    return taken


def _alert_of(group: Sequence[Row[Any]], today: date) -> Alert | None:
    """Return what is to be told, None where nothing is any more."""
    first = group[0]
    if first.followed_at is None or first.blocked_at is not None or not first.record:
        return None
    if any(row.kind not in _STILL_TRUE for row in group):
        raise StoreUnavailable(_OF_ANOTHER_VERSION)
    status = load_status(first.record)
    true = [row for row in group if _STILL_TRUE[row.kind](status, row.subject, today)]
    if not true:
        return None
    newest = true[-1]
    return Alert(
        key=ConversationKey(first.channel, first.user_id),
        status=status,
        kinds=frozenset(AlertKind(row.kind) for row in true),
        reference=f"{newest.id:x}-{round(newest.created_at * 1000):x}",
        seen_at=first.last_seen_at or 0.0,
        rows=tuple(row.id for row in true),
        attempts=max(row.attempts for row in true),
    )


def _heads(due: ColumnElement[bool]) -> Select[Any]:
    """Select the oldest open alert of each person and dossier that `due` lets through.

    The channel is hidden from the index of follows: else SQLite looks through all of a channel.
    """
    now: BindParameter[float] = bindparam("now")
    other = dossier_alerts.alias("other").c
    least = select(func.min(other.id)).where(
        other.follow_id == _alert.follow_id, other.told_at.is_(None)
    )
    in_hand = exists().where(
        other.follow_id == _alert.follow_id, other.told_at.is_(None), other.claimed_until >= now
    )
    known = and_(_contact.channel == _follow.channel, _contact.user_id == _follow.user_id)
    return (
        select(_alert.id)
        .select_from(dossier_alerts)
        .join(dossier_follows, _follow.id == _alert.follow_id)
        .outerjoin(contacts, known)
        .where(
            _alert.told_at.is_(None),
            _alert.claimed_until < now,  # of the row: PostgreSQL looks again once it is locked
            due,
            func.coalesce(_follow.channel, "").in_(any_of("channels")),
            _alert.id == least.correlate(dossier_alerts).scalar_subquery(),
            ~in_hand.correlate(dossier_alerts),
        )
    )


def _claiming(due: ColumnElement[bool]) -> Select[Any]:
    heads = _heads(due).order_by(_alert.next_at, _alert.id).limit(bindparam("most"))
    return heads.with_for_update(of=dossier_alerts, skip_locked=True)


_IS_DUE: Final = _alert.next_at <= bindparam("now")
_IS_FREED: Final = and_(
    _alert.next_at >= HELD, _contact.last_seen_at > _alert.next_at - HELD + ROUNDED
)
_DUE, _FREED = _claiming(_IS_DUE), _claiming(_IS_FREED)
_FREED_OF: Final = _claiming(and_(_IS_FREED, _alert.follow_id.in_(any_of("follows"))))
_ANY_DUE, _ANY_FREED = _heads(_IS_DUE).limit(1), _heads(_IS_FREED).limit(1)
_FREED_LATELY: Final = (
    select(_follow.id)
    .distinct()
    .select_from(contacts)
    .join(
        dossier_follows,
        and_(
            _follow.channel == func.coalesce(_contact.channel, ""),
            _follow.user_id == func.coalesce(_contact.user_id, ""),
        ),
    )
    .join(dossier_alerts, _alert.follow_id == _follow.id)
    .where(
        _contact.last_seen_at > bindparam("since"),
        func.coalesce(_contact.channel, "").in_(any_of("channels")),
        func.coalesce(_alert.told_at, 0.0) == 0.0,
        _alert.next_at >= HELD,
        _contact.last_seen_at > _alert.next_at - HELD + ROUNDED,
    )
)
"""Hidden from all indexes but that of who was seen, so that it begins there."""

_head = dossier_alerts.alias("head").c
_GROUPS: Final = (
    select(
        dossier_alerts,
        _follow.channel,
        _follow.user_id,
        _follow.followed_at,
        _contact.blocked_at,
        _contact.last_seen_at,
        dossiers.c.record,
    )
    .select_from(dossier_alerts)
    .join(dossier_follows, _follow.id == _alert.follow_id)
    .outerjoin(dossiers, dossiers.c.code == _follow.code)
    .outerjoin(
        contacts, and_(_contact.channel == _follow.channel, _contact.user_id == _follow.user_id)
    )
    .where(
        _alert.told_at.is_(None),
        _alert.follow_id.in_(select(_head.follow_id).where(_head.id.in_(any_of("rows")))),
    )
    .order_by(_alert.id)
)
