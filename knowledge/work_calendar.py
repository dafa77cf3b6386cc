"""Which days public offices work: weekends, public holidays and days swapped by the Government."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from typing import Final

from knowledge.errors import CalendarEnds

VIETNAM: Final = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""By whose clocks offices work: seven hours ahead of UTC all year, so no database is needed."""

SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days of public offices, Monday to Friday but for what is listed here."""

    first_year: int
    last_year: int
    """Inclusive; nothing is known of other years."""
    days_off: frozenset[date]
    """Public holidays, days off in their stead, days swapped away."""
    worked_weekends: frozenset[date]
    """Saturdays worked for a day swapped away."""
    unsure: frozenset[date]
    """Days whose standing is not certain; `days_off` says how they are counted."""
    announced_through: int
    """Last year whose holidays the Government has announced; later ones are expected."""

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on `day`.

        Raises:
            CalendarEnds: nothing is known of that year.
        """
        if not self.first_year <= day.year <= self.last_year:
            raise CalendarEnds(f"Lịch làm việc chỉ có từ {self.first_year} đến {self.last_year}.")
        if day in self.days_off:
            return False
        return day.weekday() < SATURDAY or day in self.worked_weekends

    def working_day_from(self, day: date) -> date:
        """Return `day` itself where it is worked, else the next day that is.

        Raises:
            CalendarEnds: nothing is known of that year.
        """
        while not self.is_working(day):
            day += _DAY
        return day

    def is_expected_only(self, first: date, last: date) -> bool:
        """Tell whether a count from `first` to `last` rests on days not announced for certain."""
        if last.year > self.announced_through:
            return True
        return any(day in self.unsure for day in days_between(first, last))


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield every day from `first` to `last`, both included; none where `last` is earlier."""
    for count in range((last - first).days + 1):
        yield first + timedelta(days=count)
