"""When a citizen wants to be reminded: "nhắc tôi 3 ngày nữa", "mai nhắc", "ngày 5/12"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.deciding.filing_days import named_day
from bot.deciding.form_turns import plain
from bot.deciding.numbers import number_said
from knowledge.text import fold

_ME = r"(?:toi|tui|minh|em|chau|con|me|ba)"
_REMIND: Final = re.compile(
    rf"\b(?:(?:hay|nho|cho|{_ME}|muon|xin|giup|ban|dat|lich|hen|den|thi|khi|do|lam on|bot) )*"
    rf"(?:nhac(?: (?:nho|lai|hen|viec))*|hen (?:{_ME}|lai)|dat lich nhac)\b"
    rf"(?: (?:{_ME}|giup|gium|dum|cho|voi|nhe|vao|luc|sau|nha|di|a|lai|viec nay|ho so nay|nghe)\b)*"
)
_MUSIC: Final = re.compile(r"\b(?:nhạc|nhác)\b")
"""Without accents they read like "nhắc"."""

_OFF: Final = re.compile(
    r"\b(?:khoi|dung|khong|ko|k|hong|hem|huy|(?<!can )bo|tat|ngung|xoa)"
    rf"(?: (?:can|muon|phai|co|gui|dat|hen|lich|loi|cai|su|viec|{_ME}))*"
    r" (?:nhac|loi nhac|lich nhac|hen)\b"
)
_NUMBER = r"\d{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi"
_AFTER: Final = re.compile(
    rf"(?:sau |trong )?(?P<count>{_NUMBER}) ?(?P<unit>ngay|hom|bua|tuan|thang)"
    r"(?: (?:nua|sau|toi))?"
)
_SAID: Final = {
    "tuan sau": 7, "tuan toi": 7, "sang tuan": 7, "tuan nua": 7, "thang sau": 30, "thang toi": 30,
    "ngay mai": 1, "mai": 1, "sang mai": 1, "chieu mai": 1, "ngay kia": 2, "ngay mot": 2, "mot": 2,
    "bua mot": 2, "hom mot": 2,
}  # fmt: skip
_UNITS: Final = {"ngay": 1, "hom": 1, "bua": 1, "tuan": 7, "thang": 30}
_SOFT: Final = re.compile(rf"(?: (?:nhe|nha|a|di|giup|gium|dum|{_ME}|voi|do|thi|nghe))+$")
_HOUR: Final = re.compile(
    r"(?:\b(?:luc|vao|khoang) )?\b\d{1,2} ?(?:h|gio)(?: ?\d{1,2}| ruoi)?\b"
    r"(?: (?:sang|trua|chieu|toi)(?! nay))?"
)
_TODAY: Final = re.compile(r"\b(?:sang|trua|chieu|toi|hom|dem|ngay|bay gio) ?nay\b|\bhom qua\b")
_TIME: Final = re.compile(r"\d|\b(?:ngay|tuan|thang|mai|mot|thu|chu nhat|cuoi|dau|mung|nay)\b")
_DAY_OF_MONTH: Final = re.compile(
    r"(?:(?:vao|den|ngay|hom|mung|mong) )+(?P<day>\d{1,2})(?P<next> thang (?:sau|toi))?"
)
_DAY: Final = re.compile(
    r"(?:(?:vao|ngay|hom|sang|chieu|mung|den) )*(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])"
    r"|chu nhat|cn|t7|cuoi tuan|\d{1,2} ?[/-] ?\d{1,2}(?: ?[/-] ?20\d\d)?"
    r"|\d{1,2} thang \d{1,2}(?: nam 20\d\d)?)"
    r"(?: (?:tuan (?:sau|toi|nay)|nay|toi))*"
)


@dataclass(frozen=True, slots=True)
class ReminderSaid:
    """A wish to be reminded, or not to be."""

    day: date | None = None
    """After today; None: no day to come is said."""
    named: bool = False
    """A time is said, be it to come or not."""
    wished: bool = True
    """The wish is said in words; False: a bare day, which answers the question when."""
    off: bool = False
    """No reminder is wanted."""


def reminder_said(text: str, today: date) -> ReminderSaid | None:
    """Return the wish to be reminded, or a bare day to come; None: neither is said.

    >>> day = date(2026, 11, 22)
    >>> reminder_said("nhac toi 3 ngay nua", day).day, reminder_said("mai nhắc nhé", day).day
    (datetime.date(2026, 11, 25), datetime.date(2026, 11, 23))
    >>> reminder_said("thôi khỏi nhắc", day).off, reminder_said("lệ phí bao nhiêu", day) is None
    (True, True)
    """
    words = plain(text)
    match = None if _MUSIC.search(text.lower()) else _REMIND.search(words)
    if match is not None and _OFF.search(words):
        return ReminderSaid(off=True)
    if match is not None:
        return _wished(words, match, text, today)
    bare = _SOFT.sub("", words)
    is_day = _is_a_time(bare) or bool(_DAY.fullmatch(" ".join(fold(text).split())))
    if not is_day:
        return None
    return ReminderSaid(_to_come(bare, text, today), named=True, wished=False)


def _wished(words: str, match: re.Match[str], text: str, today: date) -> ReminderSaid | None:
    """Read what stands around the wish; None: it is about something else than a time."""
    rest = f" {words[: match.start()].strip()} {words[match.end() :].strip()} "
    said = _HOUR.sub(" ", rest)
    today_said = _TODAY.search(said)
    left = " ".join(_TODAY.sub(" ", said).split())
    bare = _SOFT.sub("", f" {left}").strip()
    if not bare:
        return ReminderSaid(named=bool(today_said) or said != rest)
    day = _to_come(left, text, today) or _to_come(bare, text, today)
    if day is not None or match.start() == 0:
        return ReminderSaid(day, named=bool(_TIME.search(bare)))
    return ReminderSaid(named=True) if _is_a_time(bare) else None


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
    if match := _DAY_OF_MONTH.fullmatch(words):
        return _of_month(int(match["day"]), today, at_least=1 if match["next"] else 0)
    return _named(text, today)


def _count(said: str) -> int:
    at = number_said(said, 999)
    return 0 if at is None else at + 1


def _of_month(day: int, today: date, *, at_least: int) -> date | None:
    """Return the next such day, so many months from now at least; None: no month has it soon."""
    first = today.replace(day=1)
    for _ in range(at_least):
        first = _next_month(first)
    for month in (first, _next_month(first)):
        try:
            found = month.replace(day=day)
        except ValueError:
            continue
        if found > today:
            return found
    return None


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


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
