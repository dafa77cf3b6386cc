"""Dates as records write them: a year, a month or a day, in ISO 8601."""

import re
from datetime import date

_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_DAY_LENGTH = len("2026-07-15")


def is_date(text: str) -> bool:
    """Tell whether `text` is a year, a month or a day: "2025", "2026-07", "2026-07-15"."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:_DAY_LENGTH])
    except ValueError:
        return False
    return True


def is_day(text: str) -> bool:
    """Tell whether `text` is a day of the calendar.

    >>> is_day("2027-02-28"), is_day("2027-02-29"), is_day("2027-02")
    (True, False, False)
    """
    return len(text) == _DAY_LENGTH and is_date(text)
