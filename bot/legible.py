"""What was typed in the form in which it was meant, for the language model and the search.

Keys of a Vietnamese keyboard whose program was off ("ddawng ky", "giay61"), letters held down
("khaiii sinh"), no blank behind a comma, a message in capitals, letters of old fonts. A word is
read anew only if it is no Vietnamese syllable, no loan, no abbreviation and no English word as it
stands, and is a possible syllable afterwards; several such words in a message bear each other out.
Codes, numbers, addresses and whole messages in other languages stay as they are. This form is
never shown to the citizen.
"""

import re
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from bot.english_words import ENGLISH
from bot.keystrokes import telex, vni
from bot.languages import LOANS, is_other_language
from knowledge.spelling import could_be_syllable, take_tone
from knowledge.text import strip_accents

_OLD_FONTS = str.maketrans("ÐðƣƢ", "ĐđưƯ")
"""Eth for đ and gha for ư, as old fonts and converted files have them."""
_FANCY = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff]")
"""Letters and digits of full width, and those of mathematics that people decorate names with."""

_CHUNK = re.compile(r"\S+")
_TOKEN = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"@|://|^www\.|\.(?:vn|com|net|org|gov|edu|info|io)\b", re.IGNORECASE)
_CODE = re.compile(r"\d[^\s,;!?]*[.\-/]|[.\-/][^\s,;!?]*\d")
"""Dates, amounts, dossier codes, numbers of laws."""
_NO_BLANK = re.compile(r"(?<=[^\W\d_])([,;!?…])(?=[^\W\d_])")
_NO_BLANK_STOP = re.compile(r"([^\W\d_]{2,})\.([^\W\d_]{2,})")

_COUNTED_TEXT = """
    ap ban bang bo buoc ca cap con cum dieu doi duong hang khoa khoan khu khoi lan lo loai lop
    mau muc mon nam ngay ngo nhom phan phong phu phuong quan quy so tang tap thang the thon thu
    tiet to toa trang tuan tuoi vung"""
_COUNTED = frozenset(_COUNTED_TEXT.split())
"""Words with a number behind them: "quan1" is quận 1, "muc4" mức 4, "ky1" is ký."""
_BARRED = re.compile(r"dd([bcghklmnpqrstvx]{1,4}d?)")
"""An abbreviation that begins with đ: "ddk" is đk, "ddkkd" đkkd."""
_GASES = frozenset({"co2", "no2"})


_FEWEST_LETTERS = 2
_FEWEST_LETTERS_WITHOUT_VOWEL = 4
"""So "nhwng" may be nhưng, "tw" is trung ương."""
_NEVER_SPELLED = frozenset("fj")
"""In no Vietnamese word, and at no end of an English one that Telex could read."""
_VOWELS = frozenset("aeiouy")
_FEWEST_CAPITALS = 6
_LONGEST = 24
_DOUBLE_END = ("aa", "ee", "oo")
_HELD_DOWN = 3
"""So many equal letters in a row are no spelling anywhere in a word; at its end two are none."""
_BORNE_OUT = 2


class _Guess(NamedTuple):
    """What a word may have been meant to be; empty: as typed."""

    alone: str
    """Where nothing else in the message tells."""
    borne_out: str
    """Where other words were typed in keys."""
    weight: int
    """How much the word itself tells that keys were typed: 0, 1 a tone, 2 more than that."""


_AS_TYPED = _Guess("", "", 0)


def legible(text: str) -> str:
    """Return `text`, cleaned, in the form in which it was meant to be typed.

    >>> legible("ddawng ky1 khaiii sinh,can gif")
    'đăng ký khai sinh, can gì'
    """
    plain = _FANCY.sub(lambda letter: normalize("NFKC", letter.group()), text)
    fixed = plain.translate(_OLD_FONTS)
    guesses = [_guess(word) for word in _TOKEN.findall(fixed)]
    in_capitals = fixed.isupper() and _is_long(fixed)
    if not in_capitals and all(one is _AS_TYPED for one in guesses) and not _lacks_blank(fixed):
        return fixed
    alone = _read(fixed, borne_out=False)
    keyed = any(guess.weight >= _BORNE_OUT for guess in guesses)
    if is_other_language(alone if keyed else fixed):
        return fixed
    borne_out = sum(guess.weight for guess in guesses) >= _BORNE_OUT
    read = _read(fixed, borne_out=True) if borne_out else alone
    return _small(read) if in_capitals else read


def _lacks_blank(text: str) -> bool:
    return bool(_NO_BLANK.search(text) or _NO_BLANK_STOP.search(text))


def _read(text: str, *, borne_out: bool) -> str:
    """Return `text` with its words read anew; `borne_out`: others show that keys were typed."""
    in_capitals = text.isupper()

    def meant(match: re.Match[str]) -> str:
        word = match.group()
        if word.isupper() and not in_capitals:  # an acronym
            return word
        guess = _guess(word)
        return _in_case(word, guess.borne_out if borne_out else guess.alone)

    def chunk_meant(match: re.Match[str]) -> str:
        chunk = match.group()
        if _ADDRESS.search(chunk) or _CODE.search(chunk):
            return chunk
        return _TOKEN.sub(meant, _NO_BLANK_STOP.sub(_apart, _NO_BLANK.sub(r"\1 ", chunk)))

    return _CHUNK.sub(chunk_meant, text)


def _apart(match: re.Match[str]) -> str:
    """Put a blank behind a full stop between two syllables; "TP.HCM" has none."""
    if could_be_syllable(match[1].lower()) and could_be_syllable(match[2].lower()):
        return f"{match[1]}. {match[2]}"
    return match.group()


def _in_case(word: str, meant: str) -> str:
    if not meant:
        return word
    if word.isupper():
        return meant.upper()
    return meant.capitalize() if word[0].isupper() else meant


def _is_long(text: str) -> bool:
    return " " in text and sum(map(str.isalpha, text)) >= _FEWEST_CAPITALS


def _small(text: str) -> str:
    """Return `text` in small letters; what has digits may be a code and stays."""

    def small(match: re.Match[str]) -> str:
        chunk = match.group()
        return chunk if any(map(str.isdigit, chunk)) else chunk.lower()

    return _CHUNK.sub(small, text)


@lru_cache(maxsize=8192)
def _guess(word: str) -> _Guess:
    low = word.lower()
    if (
        len(low) < _FEWEST_LETTERS
        or len(low) > _LONGEST
        or strip_accents(low) in LOANS
        or low in _GASES
    ):
        return _AS_TYPED
    if any(map(str.isdigit, low)):
        return _guess_vni(low) if low.isascii() and low[0].isalpha() else _AS_TYPED
    if abbreviated := _BARRED.fullmatch(low):
        return _Guess(short := f"đ{abbreviated[1]}", short, 2)
    if could_be_syllable(low) and not _is_double_o(low):
        return _AS_TYPED
    toneless = low.isascii() or not take_tone(low)[1]  # "ddăng": the program came on late
    return (_guess_telex(low) if toneless else None) or _held_down(low)


def _is_double_o(low: str) -> bool:
    """Tell whether "khoong" is không: few words are spelled with oo (xoong, moóc)."""
    return low.endswith(("oong", "ooc")) and low not in {"xoong", "mooc", "goong", "boong"}


def _guess_telex(low: str) -> _Guess | None:
    typed = telex(low)
    bare = _VOWELS.isdisjoint(low) and len(low) < _FEWEST_LETTERS_WITHOUT_VOWEL
    if typed is None or bare:
        return None
    if low in ENGLISH or (len(typed.syllable) == 1 and len(low) <= _FEWEST_LETTERS):
        return _Guess("", typed.syllable, 0)  # "sure", "af"
    if low.endswith(_DOUBLE_END) and could_be_syllable(low[:-1]):
        return _Guess(low[:-1], typed.syllable, 0)  # "nhee" is said at length
    weight = 2 if typed.strong or not _NEVER_SPELLED.isdisjoint(low) else 1
    return _Guess(typed.syllable, typed.syllable, weight)


def _guess_vni(low: str) -> _Guess:
    typed = vni(low)
    word = low.rstrip("0123456789")
    if typed is None:
        return _AS_TYPED
    if word in _COUNTED or len(word) < _FEWEST_LETTERS:  # "a1" is a driving licence
        return _Guess("", typed.syllable, 0)
    strong = typed.strong or not low[-1].isdigit()
    return _Guess(typed.syllable, typed.syllable, 2 if strong else 1)


def _held_down(low: str) -> _Guess:
    """Return the syllable without the letters that were held down: "khaiii", "giấyyy", "ơiii"."""
    runs = ["".join(run) for _, run in groupby(low, key=strip_accents)]
    longest = max(map(len, runs))
    if longest < _HELD_DOWN and len(runs[-1]) == 1:
        return _AS_TYPED
    short = "".join(next((one for one in run if not one.isascii()), run[0]) for run in runs)
    sound = len(short) >= _FEWEST_LETTERS and could_be_syllable(short)  # "III" is a number
    return _Guess(short, short, 0) if sound else _AS_TYPED
