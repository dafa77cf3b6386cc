"""Reads the date of the data out of what an export tells of its source."""

import re

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_YEAR = r"(?P<year>20\d{2})"
_ISO = re.compile(r"(?<!\d)20\d{2}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_NAMED = re.compile(rf"(?P<month>{'|'.join(_MONTHS)}) {_YEAR}", re.IGNORECASE)
_NUMBERED = re.compile(rf"tháng (?P<month>0?[1-9]|1[0-2])(?:/| năm ){_YEAR}", re.IGNORECASE)
_ONLY_YEAR = re.compile(rf"(?<![\d./-]){_YEAR}(?![\d./-])")


def as_of_of(source: str) -> str:
    """Return the date that `source` names: a day, a month, or only a year; "" where it names none.

    Of a span of months the last one counts; no month is made up for "late 2025".

    >>> as_of_of("dichvucong.gov.vn, crawled (June-July 2026)")
    '2026-07'
    >>> as_of_of("export ChiTietTTHC_<code>.doc (late 2025)")
    '2025'
    """
    iso = _ISO.search(source)
    if iso:
        return iso.group()
    named = _NAMED.search(source)
    if named:
        return f"{named['year']}-{_MONTHS.index(named['month'].lower()) + 1:02}"
    numbered = _NUMBERED.search(source)
    if numbered:
        return f"{numbered['year']}-{int(numbered['month']):02}"
    year = _ONLY_YEAR.search(source)
    return year["year"] if year else ""
