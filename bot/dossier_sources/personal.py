"""What of people stays outside: names are masked, numbers are cut down to four digits."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from bot.dossiers.factors import four_digits
from bot.personal_data import mask
from bot.personal_patterns import MASK

_MOST_WORDS: Final = 8
_FEWEST_NAME_WORDS: Final = 2
"""A single word is too often a word of the sentence as well."""
_OFFICIAL: Final = "cán bộ"
_HIDDEN: Final = "***"
_BETWEEN: Final = re.compile(r"[,;/|]")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)", re.ASCII)
_COMPACT_DAY: Final = re.compile(r"(?P<year>(?:19|20)\d{2})\d{4}(?:\d{6})?", re.ASCII)


def masked_name(name: str) -> str:
    """Return a name by which only its bearer recognises herself: first letters, no lengths.

    A person and an organisation alike; masking a masked name changes nothing.

    >>> masked_name("Nguyễn Văn An"), masked_name("CÔNG TY TNHH 36 Hoà Bình")
    ('N*** V*** A***', 'C*** T*** T*** H*** B***')
    """
    letters = (
        next((sign for sign in word if sign.isalnum()), "")
        for word in unicodedata.normalize("NFC", name).split()
    )
    kept = [_capital(letter) for letter in letters if letter.isalpha()]
    return " ".join(f"{letter}{_HIDDEN}" for letter in kept[:_MOST_WORDS])


def _capital(letter: str) -> str:
    capital = letter.upper()
    return capital if len(capital) == 1 else letter


def without_people(text: str, applicant: str, officials: Iterable[str]) -> str:
    """Return the office's words without names that the same message tells, and without numbers.

    Args:
        text: in NFC.
        applicant: her name; becomes its masked form.
        officials: their names; become "cán bộ".
    """
    for name in officials:
        text = _replace(text, name, _OFFICIAL)
    text = _replace(text, applicant, masked_name(applicant))
    return MASK.sub(_HIDDEN, mask(text).text)


def _replace(text: str, name: str, instead: str) -> str:
    words = name.split()
    if len(words) < _FEWEST_NAME_WORDS or words[0].lower() not in text.lower():
        return text
    pattern = r"\s+".join(map(re.escape, words))
    return re.sub(rf"(?<!\w){pattern}(?!\w)", lambda _: instead, text, flags=re.IGNORECASE)


def four_of(number: str) -> str:
    """Return the last four digits of the first number that has as many; empty: none has.

    >>> four_of("0912 345 678; 0987654321"), four_of("không có")
    ('5678', '')
    """
    plain = unicodedata.normalize("NFKC", number)
    return next(filter(None, map(four_digits, _BETWEEN.split(plain))), "")


def birth_year_of(written: str) -> str:
    """Return the year of a day of birth, however much of the day is known; empty: none is told.

    >>> birth_year_of("00/00/1985"), birth_year_of("19850302000000"), birth_year_of("không rõ")
    ('1985', '1985', '')
    """
    plain = unicodedata.normalize("NFKC", written).strip()
    if compact := _COMPACT_DAY.fullmatch(plain):
        return compact["year"]
    years = set(_YEAR.findall(plain))
    return years.pop() if len(years) == 1 else ""
