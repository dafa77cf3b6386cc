"""Days and moments as systems write them, read as moments in Vietnam.

Seen in pushes: 20260608140753 and 20260608 (as the national fields have it), ISO 8601 with and
without an offset, 08/06/2026 14:07, and year 1 where a program has no day at all.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final

from knowledge.work_calendar import VIETNAM

EXAMPLES: Final = "20261122083000, 2026-11-22T08:30:00 hoặc 22/11/2026 08:30"

_LONGEST: Final = 40
_CLOCK: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?"
_FORMS: Final = (
    re.compile(
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        r"(?:(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?",
        re.ASCII,
    ),
    re.compile(
        rf"(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}})(?:,? +{_CLOCK})?",
        re.ASCII,
    ),
    re.compile(
        rf"{_CLOCK},? +(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}})",
        re.ASCII,
    ),
)
_ISO: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_FRACTION: Final = re.compile(r"\.(\d{1,6})\d*")
_NO_DAY: Final = 1
"""The year of a day that a program never set."""


class NoMoment(ValueError):
    """What is written is no day that exists."""


def read_moment(value: object) -> datetime | None:
    """Return the moment that `value` is, aware; None: it says that there is none.

    A day without an hour is its first moment.

    Raises:
        NoMoment: it is no day, or none that exists.

    >>> read_moment("20260608140753").isoformat(), read_moment("08/06/2026").isoformat()
    ('2026-06-08T14:07:53+07:00', '2026-06-08T00:00:00+07:00')
    >>> read_moment("2026-06-08T07:07:53.1234567Z").isoformat()
    '2026-06-08T14:07:53.123456+07:00'
    """
    moment = _moment(value)
    return None if moment is None or moment.year == _NO_DAY else moment


def last_moment(moment: datetime) -> datetime:
    """Return the end of its day where a due moment tells a day alone; else itself.

    Midnight is how systems write a day without an hour: nobody is late before the day is over.
    """
    if moment.timetz() == time(tzinfo=VIETNAM):
        return moment.replace(hour=23, minute=59, second=59)
    return moment


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return _in_vietnam(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=VIETNAM)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise NoMoment
    if isinstance(value, int) and not 0 <= value < 10**14:
        raise NoMoment
    return _written(str(value).strip())


def _written(text: str) -> datetime | None:
    if not text:
        return None
    if len(text) > _LONGEST:
        raise NoMoment
    if _ISO.fullmatch(text):
        return _iso(text)
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _of(match.groupdict())
    raise NoMoment


def _iso(text: str) -> datetime:
    try:
        return _in_vietnam(datetime.fromisoformat(_FRACTION.sub(r".\1", text)))
    except ValueError as error:
        raise NoMoment from error


def _of(parts: Mapping[str, str | None]) -> datetime:
    names = ("year", "month", "day", "hour", "minute", "second")
    numbers = [int(parts[name] or 0) for name in names]
    try:
        return datetime(*numbers, tzinfo=VIETNAM)  # type: ignore[misc,arg-type]
    except ValueError as error:
        raise NoMoment from error


def _in_vietnam(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=VIETNAM)
    try:
        return moment.astimezone(VIETNAM)
    except OverflowError as error:
        raise NoMoment from error
