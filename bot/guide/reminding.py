"""On which days people who follow a dossier are reminded, and until when a reminder says something.

* Due: on the last working day before the day on which the result is due.
* Lapse: two days before the last day on which a supplement may come in, and on that day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from bot.dossiers.status import DossierStatus, State
from bot.guide.dossier_days import local_day
from knowledge.errors import CalendarEnds
from knowledge.work_calendar import WorkCalendar

IN_HAND: Final = frozenset({State.REGISTERED, State.ACCEPTED, State.PROCESSING, State.PAYMENT})
"""The office has not decided, and does not wait for papers."""

DAYS_BEFORE_LAPSE: Final = 2
"""Time to find a paper and to bring it."""

_DAY: Final = timedelta(days=1)
_LONGEST_BREAK: Final = 30
"""Days off in a row; more would be a fault of the calendar."""
_EARLY: Final = f":{DAYS_BEFORE_LAPSE}"


def days_due(today: date, calendar: WorkCalendar) -> Sequence[date]:
    """Return the days before which `today` is the last working day; none on a day off.

    A calendar that ends tells nothing more: the days that it still knows are returned.
    """
    days: list[date] = []
    try:
        if not calendar.is_working(today):
            return ()
        while len(days) < _LONGEST_BREAK and not (days and calendar.is_working(days[-1])):
            days.append((days[-1] if days else today) + _DAY)
    except CalendarEnds:
        return tuple(days[:-1])
    return tuple(days)


def days_lapsing(today: date) -> Mapping[str, date]:
    """Return the days of which is reminded today, by the subject of the reminder."""
    early = today + DAYS_BEFORE_LAPSE * _DAY
    return {f"{early}{_EARLY}": early, str(today): today}


def due_says_something(status: DossierStatus, subject: str, today: date) -> bool:
    """Tell whether a reminder of the day `subject` is still true and still early enough."""
    if status.state not in IN_HAND or status.due_at is None:
        return False
    due = local_day(status.due_at)
    return subject == str(due) and today < due


def lapse_says_something(status: DossierStatus, subject: str, today: date) -> bool:
    """Tell whether a reminder that a supplement lapses is still true, and none comes after it."""
    until = status.supplement.until if status.supplement else None
    if status.state is not State.SUPPLEMENT or until is None:
        return False
    if subject == str(until):
        return today <= until
    return subject == f"{until}{_EARLY}" and today < until
