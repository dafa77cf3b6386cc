"""What people say where a code, or four digits, were asked for and they have a question first.

All patterns read folded text, so they hold with accents and without.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from knowledge.text import fold


class Doubt(StrEnum):
    """What came in place of a code, or of the four digits, that were asked for."""

    UNKNOWN = "unknown"
    """Which number is meant is not known, or not remembered."""
    WHY = "why"
    """What it is needed for is asked."""
    YEAR = "year"
    """A year of birth, which proves nothing here."""
    WRONG_CODE = "wrong_code"
    """The code that was read is another one."""


_WORD: Final = re.compile(r"\w+")
# In a repeated group no word may stand twice: it would be tried in every way.
_LEAD: Final = (
    r"(?:(?:da|a|u|uh|o|toi|minh|em|chau|con|tui|la|ma|the|nhung|thi|ua|day|ban|oi|ad|alo|troi"
    r"|gio|hinh nhu|that ra|co) )*"
)
_SOFT: Final = (
    r"(?: (?:a|ad|ban|oi|nhe|nha|nhi|vay|the|co|day|ta|ha|chau|em|roi|nua|luon|voi|dau|gi|do))*"
)
_NOT: Final = r"(?:khong|ko|k|kg|hong|hok|chang|chua|dau co|deo|het)"
_DIGITS: Final = (
    r"(?:noi|so|sdt|dt|dien|thoai|can|cuoc|cccd|cmnd|dinh|danh|nao|gi|dau|ca|roi|nua|luon|a|ban|oi|ad"
    r"|lam|sao|phai|nhap|go|cua|ai|khai|dang|ky|da|luc|hom|do|minh|toi|bon|4|cuoi|het|day|vo|chong"
    r"|trong|ho|so|nop|ghi|cai|thi|the|duoc|ra|noi|chinh|xac|ro|em|con|chau|nhi|vay|may|la)"
)

_OF_DIGITS: Final[Mapping[Doubt, re.Pattern[str]]] = {
    doubt: re.compile(pattern)
    for doubt, pattern in {
        Doubt.WHY: rf"{_LEAD}(?:(?:sao|tai sao|vi sao) (?:lai )?(?:phai|can|doi|bat|hoi)"
        r"(?: \w+){0,6}|(?:(?:nhap|hoi|can|go|lay|xin) )?(?:(?:so|so nay|cai nay|so do) )?"
        rf"(?:de )?lam (?:gi|chi){_SOFT}"
        rf"|(?:co )?(?:an toan|lo|lua dao)(?: \w+){{0,3}} khong{_SOFT})",
        Doubt.UNKNOWN: rf"{_LEAD}(?:(?:(?:4|bon) )?so (?:cuoi )?(?:nao|gi|dien thoai nao|cua ai"
        rf"|can cuoc nao|o dau|dau)(?: (?:vay|co|the|nhi|ha|a|ban|ad|day|moi duoc))*"
        rf"|{_NOT}(?: (?:nho|biet|ro|co|thay|hieu))+(?: {_DIGITS})*"
        rf"|quen(?: {_DIGITS})*|(?:lay|xem|tim|kiem) (?:so )?o dau(?: \w+){{0,3}}"
        rf"|(?:mat|doi|bo) (?:so|sim|sdt|dien thoai)(?: (?:roi|cu|do|lau roi|khac|moi))*"
        r"|(?:so|sim|sdt|dien thoai) (?:(?:cu|do) )?(?:mat|bo|doi)(?: (?:roi|mat))*)",
        Doubt.WRONG_CODE: rf"{_LEAD}(?:{_NOT} phai (?:la )?(?:ma|ho so|hs|cai)(?: ho so)?"
        rf"(?: (?:do|nay|kia|ay|tren|cua toi|toi|minh))*{_SOFT}"
        rf"|(?:sai|nham|lon|lam) (?:ma|so ho so)(?: ho so)?{_SOFT}"
        rf"|ma (?:ho so )?(?:(?:do|nay|tren|bi) )*(?:sai|nham|{_NOT} dung){_SOFT}"
        rf"|go (?:sai|nham|lon)(?: ma)?(?: ho so)?{_SOFT})",
    }.items()
}

_OF_CODE: Final = re.compile(
    rf"{_LEAD}(?:(?:sao|tai sao|vi sao) (?:lai )?(?:phai|can|doi|bat) (?:\w+ ){{0,3}}ma"
    r"(?: \w+){0,3}"
    r"|ma (?:de )?lam (?:gi|chi)(?: \w+){0,2}"
    r"|(?:(?:tra|tim|xem|kiem tra|tra cuu|dung|lay|nhap|go|chi co|biet|co the) )*(?:ho so )?"
    r"(?:bang |theo |qua )?(?:so )?(?:dien thoai|sdt|can cuoc|cccd|cmnd|dinh danh|ten|ho ten"
    r"|ngay sinh)"
    r"(?: (?:cua|toi|minh|em|thoi|thi|la|cho|ma|co|tra|xem|tim))*"
    rf"(?: (?:duoc|co duoc|dc|khong|ko|k|chua))*{_SOFT})"
)
"""Only where the code was just asked for."""

_YEAR: Final = re.compile(
    r"(?:(?:so|la|thi|toi|em|minh|chau|con|cua|da|a|va|vo|chong|me|bo|go|nhap|dung|lay|ghi|co) )*"
    r"(?:nam sinh|sinh nam|ngay sinh|sinh ngay|sn)"
    r"(?: (?:cua|toi|em|minh|chau|con|la|thi|me|bo|vo|chong|duoc|khong|ko|k|a|ha|nhe|nha|\d{1,4}))*"
)


def doubt_about_digits(text: str) -> Doubt | None:
    """Return what keeps somebody from typing the four digits; None: the text says nothing of it.

    >>> doubt_about_digits("tôi không nhớ"), doubt_about_digits("để làm gì vậy")
    (<Doubt.UNKNOWN: 'unknown'>, <Doubt.WHY: 'why'>)
    >>> doubt_about_digits("không phải mã đó"), doubt_about_digits("không cần giấy gì")
    (<Doubt.WRONG_CODE: 'wrong_code'>, None)
    """
    plain = _plain(text)
    return next((one for one, words in _OF_DIGITS.items() if words.fullmatch(plain)), None)


def doubts_code(text: str) -> bool:
    """Tell whether somebody wants to know why a code is needed, or whether a number does as well.

    >>> doubts_code("tra bằng số điện thoại được không"), doubts_code("làm căn cước")
    (True, False)
    """
    return bool(_OF_CODE.fullmatch(_plain(text)))


def says_birth_year(text: str) -> bool:
    """Tell whether a year or a day of birth is typed, or asked about, in place of the digits.

    >>> says_birth_year("năm sinh 1960"), says_birth_year("khai sinh năm 1960")
    (True, False)
    """
    return bool(_YEAR.fullmatch(_plain(text)))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
