"""Notes for followers that a day is near; once for each follower and day."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, exists, literal, select

from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows, dossiers
from bot.channels.alerts import AlertKind, Reminder
from bot.dossiers.status import State
from bot.guide.reminding import IN_HAND
from knowledge.work_calendar import VIETNAM

_DAY: Final = timedelta(days=1)
_NEW: Final = ("follow_id", "code", "kind", "subject", "created_at", "next_at")

_alert, _follow, _dossier = dossier_alerts.c, dossier_follows.c, dossiers.c


def note_reminders(
    database: Database, connection: Connection, reminders: Collection[Reminder], now: float
) -> int:
    """Note `reminders` for all who follow such a dossier; return how many are new.

    Who is being erased at this moment is left out. `now` is in seconds since 1970.
    """
    count = 0
    for one in reminders:
        rows = _followers(one, now)
        new = database.insert(dossier_alerts).from_select(_NEW, rows)
        noted = new.on_conflict_do_nothing().returning(_alert.id)
        count += len(connection.execute(noted).all())
    return count


def _followers(reminder: Reminder, now: float) -> Select[Any]:
    kind, subject = reminder.kind.value, reminder.subject
    known = exists().where(
        _alert.follow_id == _follow.id, _alert.kind == kind, _alert.subject == subject
    )
    return (
        select(
            _follow.id, _follow.code, literal(kind), literal(subject), literal(now), literal(now)
        )
        .select_from(dossiers)
        .join(dossier_follows, _follow.code == _dossier.code)
        .where(_follow.followed_at <= now, ~known, *_concerned(reminder))
        .order_by(_follow.id)
        .with_for_update(read=True, key_share=True, of=dossier_follows, skip_locked=True)
    )


def _concerned(reminder: Reminder) -> tuple[Any, ...]:
    """Return which dossiers are meant, by their state and the day."""
    start = datetime.combine(reminder.day, time(), VIETNAM)
    end = start + _DAY
    if reminder.kind is AlertKind.LAPSE:  # the end of the day: the first moment of the next one
        lapses = _dossier.lapses_at
        waits = _dossier.state == State.SUPPLEMENT.value
        return waits, lapses > start.timestamp(), lapses <= end.timestamp()
    in_hand = _dossier.state.in_(sorted(state.value for state in IN_HAND))
    due = _dossier.due_at
    return in_hand, due >= start.timestamp(), due < end.timestamp()
