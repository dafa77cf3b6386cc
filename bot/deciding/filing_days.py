"""The day on which a citizen says that she files: "nộp hôm nay thì bao giờ có?"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.text import fold

MOST_DAYS_AWAY = 366
"""A day further away is a year mistyped."""

_VERB = r"(?:nop|gui|mang|dem)"
_BETWEEN = r"(?:\s+\w+){0,4}?\s+"
_DAYS = {
    "hom nay": 0, "sang nay": 0, "chieu nay": 0, "bay gio": 0, "luon": 0,
    "ngay mai": 1, "sang mai": 1, "chieu mai": 1, "mai": 1, "ngay kia": 2, "ngay mot": 2,
    "hom qua": -1, "sang qua": -1, "chieu qua": -1, "hom kia": -2,
}  # fmt: skip
_WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4,
    "bay": 5, "7": 5,
}  # fmt: skip
_NAMED = "|".join(sorted(_DAYS, key=len, reverse=True))
_WHEN = (
    rf"(?:(?P<named>{_NAMED})"
    r"|(?:(?:ngay|hom|mung|sang|chieu)\s+)?(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+thang\s+)(?P<month>\d{1,2})"
    r"(?:(?:\s*[/.-]\s*|\s+nam\s+)(?P<year>20\d{2}))?"
    r"|thu\s+(?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])(?P<next>\s+tuan\s+(?:sau|toi))?)"
)
_SUNDAY = re.compile(r"\b(?:chu nhat|cn)\b")
_SATURDAY = re.compile(r"\b(?:t7|cuoi tuan)\b")
_NAMED_DAY = re.compile(rf"(?<!\w){_WHEN}(?!\w)")
_FILED = re.compile(rf"\b{_VERB}{_BETWEEN}{_WHEN}(?!\w)")
_FILED_AFTER = re.compile(rf"(?<!\w){_WHEN}{_BETWEEN}{_VERB}\b")


@dataclass(frozen=True, slots=True)
class FilingDay:
    """A day as the citizen names it; which date that is depends on the day she asks."""

    days_away: int | None = None
    """From today; -1 is yesterday."""
    weekday: int | None = None
    """0 is Monday: the coming one, today included."""
    next_week: bool = False
    """The weekday of the next calendar week."""
    day: int = 0
    month: int = 0
    year: int = 0
    """0: not said, the date nearest to today is meant."""
    afternoon: bool = False

    def resolve(self, today: date) -> date | None:
        """Return the date; None: there is no such day, or it is more than a year away."""
        found = self._date(today)
        return found if found and abs((found - today).days) <= MOST_DAYS_AWAY else None

    def _date(self, today: date) -> date | None:
        if self.days_away is not None:
            return today + timedelta(days=self.days_away)
        if self.weekday is None:
            return self._nearest(today)
        if self.next_week:
            return today + timedelta(days=7 - today.weekday() + self.weekday)
        return today + timedelta(days=(self.weekday - today.weekday()) % 7)

    def _nearest(self, today: date) -> date | None:
        years = (self.year,) if self.year else (today.year - 1, today.year, today.year + 1)
        dates = (_existing(year, self.month, self.day) for year in years)
        real = (one for one in dates if one)
        return min(real, key=lambda one: abs((one - today).days), default=None)


def filing_day(text: str) -> FilingDay | None:
    """Return the day on which `text` says that something is filed; None: it says none.

    >>> said = filing_day("nộp hôm nay thì bao giờ có")
    >>> said.resolve(date(2026, 11, 23)) if said else None
    datetime.date(2026, 11, 23)
    >>> filing_day("làm khai sinh mất mấy ngày") is None
    True
    """
    folded = fold(text)
    return _read(_FILED.search(folded) or _FILED_AFTER.search(folded))


def named_day(text: str) -> FilingDay | None:
    """Return the day that `text` names, whatever for; None: it names none.

    >>> said = named_day("chủ nhật có làm không")
    >>> said.resolve(date(2026, 11, 23)) if said else None
    datetime.date(2026, 11, 29)
    """
    folded = fold(text)
    if _SUNDAY.search(folded):
        return FilingDay(weekday=6)
    if _SATURDAY.search(folded):
        return FilingDay(weekday=5)
    return _read(_NAMED_DAY.search(folded))


def _read(found: re.Match[str] | None) -> FilingDay | None:
    if found is None:
        return None
    afternoon = "chieu" in found.group()
    if found["named"]:
        return FilingDay(days_away=_DAYS[found["named"]], afternoon=afternoon)
    if found["weekday"]:
        weekday = _WEEKDAYS[found["weekday"]]
        return FilingDay(weekday=weekday, next_week=bool(found["next"]), afternoon=afternoon)
    day, month, year = (int(found[part] or 0) for part in ("day", "month", "year"))
    return FilingDay(day=day, month=month, year=year, afternoon=afternoon)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
