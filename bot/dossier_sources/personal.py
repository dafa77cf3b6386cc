"""What of people stays outside: names are masked, numbers are cut down to four digits."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from bot.dossiers.factors import four_digits
from bot.personal_data import mask
from bot.personal_patterns import MASK
from knowledge.text import fold

_MOST_WORDS: Final = 8
_FEWEST_NAME_WORDS: Final = 2
"""A single word is too often a word of the sentence as well."""
_OFFICIAL: Final = "cán bộ"
_HIDDEN: Final = "***"
_WORD: Final = re.compile(r"[^\W_]+")
_WIDEST_GAP: Final = 3
"""Characters between two words of a name."""
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


class People:
    """The names that one message tells: they are taken out of everything else that it says."""

    def __init__(self, applicant: str, officials: Iterable[str]) -> None:
        """Take names as they were sent; one's own becomes its masked form, others "cán bộ"."""
        self._instead = dict.fromkeys(officials, _OFFICIAL)
        self._instead[applicant] = masked_name(applicant)

    def hidden_in(self, text: str) -> str:
        """Return a text in NFC without these names, and without numbers of persons."""
        for name, instead in self._instead.items():
            text = _replace(text, name, instead)
        return MASK.sub(_HIDDEN, mask(text).text)


def _replace(text: str, name: str, instead: str) -> str:
    """Return a text without a name, however it is capitalised and whether or not it has accents."""
    words = _WORD.findall(unicodedata.normalize("NFC", name))
    if len(words) < _FEWEST_NAME_WORDS or fold(words[0]) not in fold(text):
        return text
    spans = [match.span() for match in _WORD.finditer(text)]
    for first in reversed(range(len(spans) - len(words) + 1)):
        window = spans[first : first + len(words)]
        if window[-1][1] <= len(text) and _stands(text, window, words):
            text = f"{text[: window[0][0]]}{instead}{text[window[-1][1] :]}"
    return text


def _stands(text: str, window: Sequence[tuple[int, int]], words: Sequence[str]) -> bool:
    near = all(after[0] - before[1] <= _WIDEST_GAP for before, after in pairwise(window))
    return near and all(
        _is(text[start:end], word) for (start, end), word in zip(window, words, strict=True)
    )


def _is(written: str, word: str) -> bool:
    """Tell whether a word is this one, perhaps with fewer accents: "nguyên án" is no Nguyễn An."""
    return fold(written) == fold(word) and _accents(written) <= _accents(word)


def _accents(word: str) -> frozenset[str]:
    parts = unicodedata.normalize("NFD", word.lower())
    return frozenset(sign for sign in parts if unicodedata.combining(sign) or sign == "đ")


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
