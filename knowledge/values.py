"""Which values a change takes away, and whether a text still holds one."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from knowledge.changes import Change
from knowledge.facts import SOURCE, VALIDITY
from knowledge.figures import figures

FREE: Final = "miễn phí"
_LONGEST_PHRASE: Final = 80
"""Characters: longer official wording is never repeated word for word in our texts."""
_SHORTEST_PHRASE: Final = 8
"""Characters: shorter words stand everywhere."""
_DISTINCT: Final = re.compile(r"\d{4,}|\d.*\D.*|[A-ZĐ]+\d+[a-zđ]?")
"""Sums, dates, percentages, legal numbers, forms: nobody writes them by chance."""
_UNIT: Final = (
    r"(?:ngày|giờ|tháng|tuần|năm|tuổi|bản|lần|người|phần trăm|%|đồng|nghìn|ngàn|triệu|tỷ|tỉ|usd)"
)
_WORDS: Final = re.compile(r"\s+")


_figures = lru_cache(maxsize=4096)(figures)
"""Each line is asked for many values."""


def lost_figures(change: Change) -> frozenset[str]:
    """Return the figures, and "miễn phí", that the old value said and the new one does not.

    >>> lost_figures(Change("1", "fee", "", ("20.000 đồng",), ("25.000 đồng",)))
    frozenset({'20000'})
    """
    old, new = "\n".join(change.old), "\n".join(change.new)
    lost = _figures(old) - _figures(new)
    return lost | {FREE} if FREE in old.lower() and FREE not in new.lower() else lost


def says_otherwise(change: Change) -> bool:
    """Tell whether the figures differ, or "miễn phí", rather than the words around them only.

    >>> says_otherwise(Change("1", "fee", "", ("10.000 đồng",), ("10.000 đồng mỗi lần",)))
    False
    """
    back = replace(change, old=change.new, new=change.old)
    return bool(lost_figures(change) | lost_figures(back))


def lost_values(change: Change) -> frozenset[str]:
    """Return `lost_figures` and the names that are no longer said, e.g. of an agency or a paper."""
    if change.field in {SOURCE, VALIDITY}:
        return lost_figures(change)
    names = (text.partition(" (")[0].strip() for text in change.old)
    kept = "\n".join(change.new).lower()
    return lost_figures(change) | {
        name
        for name in names
        if _SHORTEST_PHRASE <= len(name) <= _LONGEST_PHRASE and name.lower() not in kept
    }


def holds_value(text: str, value: str) -> bool:
    """Tell whether `text` says `value`; a small number counts only before a unit.

    >>> holds_value("Phí là 20.000 đồng.", "20000"), holds_value("trong bảy ngày", "7")
    (True, True)
    >>> holds_value("Bước 7: nộp hồ sơ", "7"), holds_value("Cơ quan: Công an xã", "công an xã")
    (False, True)
    """
    if not value[:1].isdigit() and not _DISTINCT.fullmatch(value):
        return value.lower() in _WORDS.sub(" ", text.lower())
    if value not in _figures(text):
        return False
    if is_distinct(value):
        return True
    digits = re.search(rf"(?<![\d.,/]){re.escape(value)}(?![\d.,/])", text)
    return digits is None or bool(
        re.search(rf"(?<![\d.,/])0?{re.escape(value)}\s*{_UNIT}", text.lower())
    )


def is_distinct(value: str) -> bool:
    """Tell whether a value says by itself what it is about: a sum, a date, a legal number.

    >>> is_distinct("20000"), is_distinct("7"), is_distinct("1523/QĐ-BCA"), is_distinct("CT01")
    (True, False, True, True)
    """
    return bool(_DISTINCT.fullmatch(value))
