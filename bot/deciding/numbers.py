"""The number of a menu that a message says: "2", "số 2", "hai", "cái thứ hai", "cuối cùng"."""

import re
import unicodedata

from knowledge.text import fold

MOST_CHARACTERS = 60
"""A longer message says more than a number."""

_SAID = {
    "một": 1, "nhất": 1, "đầu": 1, "đầu tiên": 1, "hai": 2, "nhì": 2, "ba": 3, "bốn": 4, "tư": 4,
    "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_NUMERALS = {fold(word): number for word, number in _SAID.items()}
_LAST_SAID = ("cuối", "cuối cùng", "chót")
_LAST = frozenset(map(fold, _LAST_SAID))
_SYLLABLES = frozenset(" ".join((*_SAID, *_LAST_SAID)).split())

_NUMBER = re.compile(
    r"(?:(?:minh|toi|em|anh|chi|cho|chon|lay|muon|xem|hoi|bam|nut|da|vang|ok|u|uh|la|so|cai|cau|muc"
    r"|thu tuc|truong hop|lua chon|dap an|phuong an|option|dong|thu|y|o)\s+)*"
    rf"(?P<number>\d{{1,3}}|{'|'.join(sorted((*_NUMERALS, *_LAST), key=len, reverse=True))})"
    r"(?:\s+(?:nhe|nha|a|di|do|ay|thoi|em|ban|ad|oi|luon|voi|giup|minh|toi))*"
)
_WHERE = re.compile(r"(?:\w+ )*o dau(?: \w+)*")
"""Without accents "ở đâu" reads like "ô đầu", and is asked far more often."""
_PEOPLE = re.compile(
    r"(?:(?:minh|toi|em|cho|da|vang|la|o) )*(?:mot|hai|ba|tu|nam) (?:minh|toi|em|ban)"
)
"""What begins with a numeral and is none: "ba tôi", "một mình", "hai bạn"."""
_WORD = re.compile(r"\w+")


def number_said(text: str, count: int) -> int | None:
    """Return the position said, from 0; `count` for a number that a menu of `count` has not.

    None: the text says something else, or more than a number.

    >>> number_said("cái thứ hai nhé", 3), number_said("số 9", 3), number_said("ở đâu", 3)
    (1, 3, None)
    """
    if len(text) > MOST_CHARACTERS:
        return None
    plain = " ".join(_WORD.findall(fold(text)))
    match = _NUMBER.fullmatch(plain)
    if match is None or _WHERE.fullmatch(plain) or _PEOPLE.fullmatch(plain):
        return None
    if not match["number"].isdecimal() and not _is_numeral_as_typed(text):
        return None
    return _position(match["number"], count)


def _is_numeral_as_typed(text: str) -> bool:
    """Tell whether one of the words is a numeral with its accents: "bà" and "tự" are none."""
    typed = unicodedata.normalize("NFC", text).lower()
    return typed.isascii() or not _SYLLABLES.isdisjoint(_WORD.findall(typed))


def _position(number: str, count: int) -> int:
    if number in _LAST:
        return count - 1
    value = int(number) if number.isdecimal() else _NUMERALS[number]
    return value - 1 if 1 <= value <= count else count
