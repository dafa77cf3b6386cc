"""Types Vietnamese as a keyboard does whose program is off, and holds keys down. All seeded."""

import random
import re
import unicodedata
from collections.abc import Callable

from knowledge.spelling import TONES

_TELEX = dict(zip(TONES, "fsrxj", strict=True))
_VNI = dict(zip(TONES, "21345", strict=True))
_HAT, _HORN, _BREVE = "\u0302", "\u031b", "\u0306"
_PART = re.compile(r"[^\W\d_]+|[\W\d_]+")

Change = Callable[[str], str]


def telex(syllable: str, *, tone_last: bool = True) -> str:
    """The Telex keys of a syllable in small letters, each mark behind its vowel.

    >>> telex("đường"), telex("giấy", tone_last=False)
    ('dduwowngf', 'giaasy')
    """
    keys = {_HAT: "", _HORN: "w", _BREVE: "w"}
    return _keys(syllable, "dd", lambda vowel, mark: keys[mark] or vowel, _TELEX, last=tone_last)


def vni(syllable: str, *, tone_last: bool = True) -> str:
    """The VNI keys of a syllable in small letters, each mark behind its vowel.

    >>> vni("đường"), vni("giấy", tone_last=False)
    ('d9u7o7ng2', 'gia61y')
    """
    keys = {_HAT: "6", _HORN: "7", _BREVE: "8"}
    return _keys(syllable, "d9", lambda _, mark: keys[mark], _VNI, last=tone_last)


def _keys(
    syllable: str, bar: str, key: Callable[[str, str], str], tones: dict[str, str], *, last: bool
) -> str:
    typed, tone = [], ""
    for letter in unicodedata.normalize("NFC", syllable):
        if letter == "đ":
            typed.append(bar)
            continue
        apart = unicodedata.normalize("NFD", letter)
        vowel, marks = apart[0], apart[1:]
        typed.append(vowel + "".join(key(vowel, mark) for mark in marks if mark not in tones))
        here = "".join(tones[mark] for mark in marks if mark in tones)
        tone += here if last else ""
        typed.append("" if last else here)
    return "".join(typed) + tone


def lengthened(word: str, rng: random.Random) -> str:
    """The word with its last letter held down."""
    return word + word[-1] * rng.randint(2, 4)


def noisy(
    text: str, change: Change, rng: random.Random, share: float, *, rest: Change = str
) -> tuple[str, str, int]:
    """What is typed, what is meant, and how many words differ.

    `change` is done to a share of the words and is a slip; `rest` to the others, and is meant.
    """
    typed, meant, count = [], [], 0
    for part in _PART.findall(text):
        keys = change(part) if part.isalpha() and rng.random() < share else part
        count += keys != part
        typed.append(keys if keys != part else rest(part))
        meant.append(part if keys != part else rest(part))
    return "".join(typed), "".join(meant), count
