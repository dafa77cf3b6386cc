"""When a citizen wants to be reminded: "nhắc tôi 3 ngày nữa", "thứ hai", "ngày 5/12"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.deciding.filing_days import named_day
from bot.deciding.form_turns import plain
from bot.deciding.numbers import number_said
from knowledge.text import fold

_REMIND: Final = re.compile(
    r"(?:(?:hay|nho|cho|toi|minh|em|muon|xin|giup|ban|dat|lich|hen|den|thi|khi|do) )*"
    r"(?:nhac(?: (?:nho|lai|hen|viec))*|hen (?:toi|minh|em|lai)|dat lich nhac)"
    r"(?: (?:toi|minh|em|giup|cho|voi|nhe|vao|luc|sau|nha|di|a|lai|viec nay|ho so nay))*"
)
_NUMBER = r"\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi"
_AFTER: Final = re.compile(
    rf"(?:sau |trong )?(?P<count>{_NUMBER}) ?(?P<unit>ngay|hom|tuan|thang)(?: (?:nua|sau|toi))?"
)
_SAID: Final = {
    "tuan sau": 7, "tuan toi": 7, "sang tuan": 7, "thang sau": 30, "thang toi": 30,
    "ngay mai": 1, "mai": 1, "sang mai": 1, "chieu mai": 1, "ngay kia": 2, "ngay mot": 2, "mot": 2,
}  # fmt: skip
_UNITS: Final = {"ngay": 1, "hom": 1, "tuan": 7, "thang": 30}
_SOFT: Final = re.compile(r"(?: (?:nhe|nha|a|di|giup|toi|minh|em|voi|do))+$")
_DAY: Final = re.compile(
    r"(?:(?:vao|ngay|hom|sang|chieu|mung|den) )*(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])"
    r"|chu nhat|cn|t7|cuoi tuan|\d{1,2} ?[/-] ?\d{1,2}(?: ?[/-] ?20\d\d)?"
    r"|\d{1,2} thang \d{1,2}(?: nam 20\d\d)?)"
    r"(?: (?:tuan (?:sau|toi|nay)|nay|toi))*"
)


@dataclass(frozen=True, slots=True)
class ReminderSaid:
    """A wish to be reminded."""

    day: date | None
    """After today; None: no day to come is said."""
    named: bool
    """A time is said, be it to come or not."""


def reminder_said(text: str, today: date) -> ReminderSaid | None:
    """Return the wish to be reminded, or a bare day to come; None: neither is said.

    >>> reminder_said("nhac toi 3 ngay nua", date(2026, 11, 22))
    ReminderSaid(day=datetime.date(2026, 11, 25), named=True)
    >>> reminder_said("lệ phí bao nhiêu", date(2026, 11, 22)) is None
    True
    """
    words = plain(text)
    match = _REMIND.match(words)
    if match is not None and (len(words) == match.end() or words[match.end()] == " "):
        rest = words[match.end() :].strip()
        bare = _SOFT.sub("", f" {rest}").strip()
        if not bare:
            return ReminderSaid(None, named=False)
        return ReminderSaid(_to_come(bare, text, today), named=True)
    bare = _SOFT.sub("", words)
    is_day = _is_a_time(bare) or bool(_DAY.fullmatch(" ".join(fold(text).split())))
    return ReminderSaid(_to_come(bare, text, today), named=True) if is_day else None


def _is_a_time(words: str) -> bool:
    """Tell whether the whole message says after how long, and nothing else."""
    after = _AFTER.fullmatch(words)
    said = after is not None and (" " in words[after.end("unit") :] or words.startswith("sau "))
    return said or (words in _SAID and words != "mot")


def _to_come(words: str, text: str, today: date) -> date | None:
    days = _SAID.get(words)
    if days is None and (match := _AFTER.fullmatch(words)):
        days = _count(match["count"]) * _UNITS[match["unit"]]
    if days is not None:
        return today + timedelta(days=days) if days > 0 else None
    return _named(text, today)


def _count(said: str) -> int:
    at = number_said(said, 999)
    return 0 if at is None else at + 1


def _named(text: str, today: date) -> date | None:
    """Return the day named; a weekday that is today is that of the next week, a past one none."""
    said = named_day(fold(text))
    day = said.resolve(today) if said is not None else None
    if said is None or day is None:
        return None
    if said.weekday is not None and day == today:
        return day + timedelta(days=7)
    if said.day and not said.year and day <= today:
        day = _a_year_later(day)
    return day if day is not None and day > today else None


def _a_year_later(day: date) -> date | None:
    """Return the same day of the next year: "ngày 5/1" in November; None: too far, or none."""
    try:
        later = day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return None
    return later
