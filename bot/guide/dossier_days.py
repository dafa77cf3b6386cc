"""How many working days of a dossier's time are used, left, or over, from what its source tells.

The due day is the source's, never ours. The day of receipt does not count, nor do days off, nor
days on which the office waited for the citizen; see `bot.guide.working_days` for the rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Final

from bot.dossiers.status import DossierStatus, State, Stay
from bot.guide.working_days import Pause, counts_on, in_office_hours
from knowledge.work_calendar import VIETNAM, WorkCalendar, days_between

_DAY: Final = timedelta(days=1)
READY: Final = frozenset({State.DONE, State.RETURNED})
"""The result is there."""
CLOSED: Final = frozenset({State.REFUSED, State.WITHDRAWN, State.STOPPED})
"""It goes no further, and no result is due any more."""


@dataclass(frozen=True, slots=True)
class DossierDays:
    """Working days of one dossier, as of one day."""

    used: int
    """0 on the day of receipt; never more than `of`."""
    of: int
    """From the receipt to the due day; 0: due on the day of receipt."""
    left: int
    """Until the due day, it included; while the office waits, what is left when it goes on."""
    late: int
    """Behind the due day; 0: not late."""
    waits: bool
    """The office waits for the citizen, and no day is counted."""
    paused: bool
    """The office waited at least once: its due day may be older than that."""
    expected_only: bool
    """The count rests on days off that are not announced for certain."""


def dossier_days(status: DossierStatus, today: date, calendar: WorkCalendar) -> DossierDays | None:
    """Return how far a dossier has come; None: the source does not tell from when to when.

    A dossier that is ready is counted up to the day on which it was; one that goes no further is
    not counted.

    Raises:
        knowledge.errors.CalendarEnds: the count leaves the years that are known.
    """
    until = _until(status, today)
    if status.received_at is None or status.due_at is None or until is None:
        return None
    first = in_office_hours(_local(status.received_at), calendar).date()
    due = local_day(status.due_at)
    waits = any(stay.answered_at is None for stay in status.stays)
    pauses, closed = _pauses(status.stays, waits=True), _pauses(status.stays, waits=False)
    used = _count(first, min(until, due), calendar, pauses)
    of = _count(first, due, calendar, closed)
    left = of - used if waits else _count(max(first, until), due, calendar, closed)
    late = _count(max(first, due), until, calendar, pauses)
    paused = bool(status.stays)
    expected_only = calendar.is_expected_only(first, max(due, until))
    return DossierDays(used, of, left, late, waits, paused, expected_only)


def local_day(moment: datetime) -> date:
    """Return the day in Vietnam."""
    return _local(moment).date()


def _local(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM)


def _until(status: DossierStatus, today: date) -> date | None:
    """Return the day up to which is counted; None: it is not."""
    if status.state in CLOSED:
        return None
    if status.state not in READY:
        return today
    ready = list(takewhile(lambda step: step.state in READY, reversed(status.history)))
    done = [step.at for step in ready if step.state is State.DONE]
    if done:
        return min(local_day(done[-1]), today)
    # Handed over when the citizen came for it: that tells nothing of the office.
    return min(local_day(status.changed_at), today) if status.state is State.DONE else None


def _pauses(stays: Sequence[Stay], *, waits: bool) -> tuple[Pause, ...]:
    """Return when nothing is counted; `waits`: a stay that has not ended among it."""
    return tuple(
        Pause(local_day(stay.asked_at), local_day(stay.answered_at) if stay.answered_at else None)
        for stay in stays
        if waits or stay.answered_at is not None
    )


def _count(behind: date, last: date, calendar: WorkCalendar, pauses: Sequence[Pause]) -> int:
    """Return how many working days there are after `behind`, up to and including `last`."""
    days = days_between(behind + _DAY, last)
    return sum(calendar.is_working(day) and counts_on(day, pauses) for day in days)
