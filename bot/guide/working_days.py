"""When a dossier is due, and how far it has come.

How days are counted: the day of receipt does not count (Civil Code 91/2015/QH13, article 147), and
a time limit never ends on a day off (article 148). What comes in when offices are closed is
received when they open again. While the citizen is asked to supplement, nothing is counted.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from knowledge.procedure import TimeLimit, TimeUnit
from knowledge.work_calendar import WorkCalendar, days_between

OPENS, NOON, NOON_ENDS, CLOSES = time(8), time(12), time(13), time(17)
"""The usual office hours; a desk that closes later only makes a due time early."""

_DAY = timedelta(days=1)
_HALF = Decimal("0.5")
_SHIFTS = ((OPENS, NOON), (NOON_ENDS, CLOSES))


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is counted after the day `stopped`, up to and including the day `resumed`."""

    stopped: date
    """The day on which the office asked for a supplement; it still counts."""
    resumed: date | None = None
    """The day on which the supplement came in; None: the office still waits."""


@dataclass(frozen=True, slots=True)
class Due:
    """The latest moment at which the result is to be ready."""

    at: datetime
    """Local time of the office; always on a working day."""
    expected_only: bool
    """The count rests on days off that are not announced for certain."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a dossier has come: "day 4 of 7"."""

    day: int
    """Days counted so far; 0 on the day of receipt; never more than `of` unless late."""
    of: int
    """Days of the time limit, rounded up."""
    stopped: bool
    """The office waits for a supplement."""
    late: bool
    """The due day is over."""


def due(
    received: datetime,
    limit: TimeLimit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
) -> Due | None:
    """Return when the result is due; None where the limit tells no unit, or the office waits.

    Args:
        received: local time at which the office received a complete dossier.
        limit: as published; of "15-30" days the later end counts.
        calendar: the working days.
        pauses: when the office waited for the citizen.

    Raises:
        knowledge.errors.CalendarEnds: the count leaves the years that are known.
    """
    amount = _amount(limit)
    if amount is None or limit.unit is None or any(one.resumed is None for one in pauses):
        return None
    start = in_office_hours(received, calendar)
    at = _COUNTS[limit.unit](start, amount, calendar, pauses)
    return Due(at, calendar.is_expected_only(received.date(), at.date()))


def progress(
    received: datetime,
    limit: TimeLimit,
    today: date,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
) -> Progress | None:
    """Return how many days of the limit are over; None where it is not told in days.

    Raises:
        knowledge.errors.CalendarEnds: the count leaves the years that are known.
    """
    amount = _amount(limit)
    if amount is None or limit.unit not in (TimeUnit.DAY, TimeUnit.WORKING_DAY):
        return None
    in_working_days = limit.unit is TimeUnit.WORKING_DAY
    first = in_office_hours(received, calendar).date()
    counted = sum(
        counts_on(day, pauses) and (calendar.is_working(day) or not in_working_days)
        for day in days_between(first + _DAY, today)
    )
    until = due(received, limit, calendar, pauses)
    late = until is not None and today > until.at.date()
    of = _whole(amount)
    stopped = any(_waits_on(today, one) for one in pauses)
    return Progress(counted if late else min(counted, of), of, stopped, late)


def _amount(limit: TimeLimit) -> Decimal | None:
    """Return the number of the limit; of a span the later end; None: it tells none.

    >>> _amount(TimeLimit("15-30", TimeUnit.DAY)), _amount(TimeLimit("0,5", TimeUnit.DAY))
    (Decimal('30'), Decimal('0.5'))
    """
    latest = limit.amount.replace(",", ".").split("-")[-1].strip()
    try:
        amount = Decimal(latest)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < Decimal(10_000) else None


def _whole(amount: Decimal) -> int:
    return int(amount) + (amount % 1 > 0)


def in_office_hours(moment: datetime, calendar: WorkCalendar) -> datetime:
    """Return `moment`, or the next opening where the office is closed."""
    day = moment.date()
    if not calendar.is_working(day) or moment.time() >= CLOSES:
        if calendar.is_working(day):
            day += _DAY
        return _at(calendar.working_day_from(day), OPENS, moment)
    return max(moment, _at(day, OPENS, moment))


def _at(day: date, hour: time, like: datetime) -> datetime:
    return datetime.combine(day, hour, like.tzinfo)


def counts_on(day: date, pauses: Sequence[Pause]) -> bool:
    """Tell whether `day` is in none of the `pauses`."""
    return not any(
        one.stopped < day and (one.resumed is None or day <= one.resumed) for one in pauses
    )


def _waits_on(day: date, pause: Pause) -> bool:
    return pause.stopped <= day and (pause.resumed is None or day < pause.resumed)


def _after_working_days(
    start: datetime, amount: Decimal, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> datetime:
    """Return the end of the last day; a half day ends with the half that follows the receipt."""
    whole, rest = int(amount), amount % 1
    day = start.date()
    for _ in range(whole):
        day = _next_counted(day, calendar, pauses)
    if not rest:
        return _at(day, CLOSES, start)
    if rest > _HALF:
        return _at(_next_counted(day, calendar, pauses), CLOSES, start)
    if start.time() < NOON:
        return _at(day, CLOSES, start)
    return _at(_next_counted(day, calendar, pauses), NOON, start)


def _next_counted(day: date, calendar: WorkCalendar, pauses: Sequence[Pause]) -> date:
    day += _DAY
    while not (calendar.is_working(day) and counts_on(day, pauses)):
        day += _DAY
    return day


def _after_days(
    start: datetime, amount: Decimal, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> datetime:
    day, count = start.date(), _whole(amount)
    while count:
        day += _DAY
        count -= counts_on(day, pauses)
    return _at(_open_from(day, calendar, pauses), CLOSES, start)


def _after_months(
    start: datetime, amount: Decimal, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> datetime:
    """Return the end of the same day some months later, of the last day in shorter months."""
    years, month = divmod(start.month - 1 + _whole(amount), 12)
    year = start.year + years
    last = monthrange(year, month + 1)[1]
    day = date(year, month + 1, min(start.day, last))
    waited = sum(not counts_on(one, pauses) for one in days_between(start.date(), day))
    return _at(_open_from(day + waited * _DAY, calendar, pauses), CLOSES, start)


def _open_from(day: date, calendar: WorkCalendar, pauses: Sequence[Pause]) -> date:
    while not (calendar.is_working(day) and counts_on(day, pauses)):
        day += _DAY
    return day


def _after_hours(
    start: datetime, hours: Decimal, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> datetime:
    """Return the moment after so many working hours, eight of which are a day."""
    left = timedelta(hours=float(hours))
    day = start.date()
    while True:
        for opens, closes in _SHIFTS:
            begins = max(_at(day, opens, start), start)
            worked = max(_at(day, closes, start) - begins, timedelta())
            if left <= worked:
                return begins + left
            left -= worked
        day = _next_counted(day, calendar, pauses)


_COUNTS = {
    TimeUnit.HOUR: _after_hours,
    TimeUnit.WORKING_DAY: _after_working_days,
    TimeUnit.DAY: _after_days,
    TimeUnit.MONTH: _after_months,
}
