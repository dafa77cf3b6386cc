"""Syllables as the keys of a Vietnamese keyboard typed them, while its program was off.

Telex: aa, ee, oo are â, ê, ô, w makes ă, ơ, ư, dd is đ, and s f r x j are the tones.
VNI: 6 is the hat, 7 the horn, 8 the breve, 9 the bar of đ, and 1 to 5 are the tones. Both may be
typed at once or at the end of the syllable.
"""

from functools import lru_cache
from typing import NamedTuple

from knowledge.spelling import TONES, is_syllable, put_tone

_TELEX_TONES = dict(zip("fsrxj", TONES, strict=True))
_VNI_TONES = dict(zip("21345", TONES, strict=True))
_HAT = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư"}
_VOWELS = frozenset("aeiouyâêôăơư")


class Typed(NamedTuple):
    """What the keys meant."""

    syllable: str
    """In small letters and NFC."""
    strong: bool
    """A vowel or đ was typed with two keys, which hardly happens by chance; else a tone alone."""


@lru_cache(maxsize=4096)
def telex(keys: str) -> Typed | None:
    """Return the syllable that `keys`, small letters from a to z, make in Telex; None: none.

    >>> telex("ddawng"), telex("thuongwf").syllable, telex("conf").strong, telex("sinh")
    (Typed(syllable='đăng', strong=True), 'thường', False, None)
    """
    letters: list[str] = []
    tone, strong = "", False
    for place, key in enumerate(keys):
        if key in _TELEX_TONES and _has_vowel(letters):
            if tone:
                return None
            tone = _TELEX_TONES[key]
        elif key == "w" or key in "daeo":
            changed = _with_w(letters) if key == "w" else _doubled(letters, keys[: place + 1])
            strong = strong or changed
            if not changed:
                letters.append(key)
        else:
            letters.append(key)
    return _made("".join(letters), tone, strong=strong)


@lru_cache(maxsize=4096)
def vni(keys: str) -> Typed | None:
    """Return the syllable that `keys`, small letters and digits, make in VNI; None: none.

    >>> vni("d9ang8"), vni("giay61").syllable, vni("ky1").strong, vni("kt3")
    (Typed(syllable='đăng', strong=True), 'giấy', False, None)
    """
    letters: list[str] = []
    tone, strong = "", False
    for key in keys:
        if key in _VNI_TONES:
            if tone or not _has_vowel(letters):
                return None
            tone = _VNI_TONES[key]
        elif key.isdigit():
            if not _marked(letters, key):
                return None
            strong = True
        else:
            letters.append(key)
    return _made("".join(letters), tone, strong=strong)


def _made(toneless: str, tone: str, *, strong: bool) -> Typed | None:
    if not (tone or strong):
        return None
    for spelled in (toneless, toneless.replace("ươ", "uơ")):  # "thuowr": no rime ends in ươ
        syllable = put_tone(spelled, tone)
        if is_syllable(syllable):
            return Typed(syllable, strong)
    return None


def _has_vowel(letters: list[str]) -> bool:
    return any(letter in _VOWELS for letter in letters)


def _doubled(letters: list[str], keys: str) -> bool:
    """Put the hat, or the bar of đ, that the last key means as it was typed before.

    Only vowels may stand between: "toio" is tôi, "photo" is not "phôt".
    """
    key, typed = keys[-1], keys[:-1]
    if key == "d":
        if letters != ["d"]:
            return False
        letters[0] = "đ"
        return True
    between = typed[typed.rfind(key) + 1 :]
    return key in letters and _VOWELS.issuperset(between) and _hat(letters, (key,))


def _marked(letters: list[str], key: str) -> bool:
    if key == "6":
        return _hat(letters, tuple(_HAT))
    if key == "7":
        return _horn(letters)
    if key == "8":
        return _replace_last(letters, "a", "ă")
    if key == "9" and letters[:1] == ["d"]:
        letters[0] = "đ"
        return True
    return False


def _hat(letters: list[str], keys: tuple[str, ...]) -> bool:
    places = [place for place, letter in enumerate(letters) if letter in keys]
    if not places:
        return False
    letters[places[-1]] = _HAT[letters[places[-1]]]
    return True


def _with_w(letters: list[str]) -> bool:
    """Put the horn or the breve that w means; alone behind a consonant it is ư itself."""
    if _horn(letters, before_a=True):
        return True
    if _replace_last(letters, "a", "ă"):
        return True
    if letters and not _has_vowel(letters):  # "nhwngx"
        letters.append("ư")
        return True
    return False


def _horn(letters: list[str], *, before_a: bool = False) -> bool:
    """Put the horn on "uo", else on the last o or u; `before_a`: "oa" is left to the breve."""
    start = 2 if letters[:2] == ["q", "u"] else 0
    typed = "".join(letters)
    for pair in ("uo", "ưo", "uơ"):
        place = typed.find(pair, start)
        if place >= 0:
            letters[place : place + 2] = ["ư", "ơ"]
            return True
    if before_a and typed.endswith(("oa", "oan", "oat", "oac", "oam", "oang")):
        return False
    if "uu" in typed[start:]:
        letters[typed.index("uu", start)] = "ư"
        return True
    for place in range(len(letters) - 1, start - 1, -1):
        if letters[place] in _HORN:
            letters[place] = _HORN[letters[place]]
            return True
    return False


def _replace_last(letters: list[str], letter: str, by: str) -> bool:
    if letter not in letters:
        return False
    place = len(letters) - 1 - letters[::-1].index(letter)
    letters[place] = by
    return True
