"""Which strings of letters can be a Vietnamese syllable: an initial, a rime and a tone.

The grammar of the spelling: k, gh and ngh stand before e, ê, i and y, c, g and ng before the
other vowels; a rime that ends in c, ch, p or t has no tone mark, ´ or a dot below.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from knowledge.text import strip_accents

TONES = "\u0300\u0301\u0309\u0303\u0323"
"""Huyền, sắc, hỏi, ngã, nặng, as combining marks."""

_SHARP, _HEAVY = TONES[1], TONES[4]

_BEFORE_ANY = ("", "b", "ch", "d", "đ", "h", "kh", "l", "m", "n", "nh", "p", "ph", "r", "s", "t",
               "th", "tr", "v", "x")  # fmt: skip
_BEFORE_FRONT = ("k", "gh", "ngh")
_BEFORE_BACK = ("c", "g", "ng")

_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
    " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu"
    " i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y"
    " o oc oi om on ong op ot oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt"
    " oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet"
    " u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt"
    " uân uâng uât uây uê uêch uên uênh uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt"
    " ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu"
)
_RIMES_ALONE = ("yêm", "yên", "yêng", "yêt", "yêu")
_RIMES_AFTER_QU = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây"
    " e en eo et ê ên êch ênh êt i ich in inh it ôc y ych ynh yt yên yêt ơ ơi ơn ơt"
)
_RIMES_AFTER_GI = "i ich im in ip it ia iêc iên iêng iêt"
"""Where the i of gi is the vowel: gì, gìn, giêng, giết."""

_FRONT = frozenset("eêiy")
_STOPS = ("c", "ch", "p", "t")


def is_syllable(word: str) -> bool:
    """Tell whether `word`, in small letters and NFC, is spelled as a syllable, marks and all.

    Without a tone mark it may be one whose mark was not typed.

    >>> [is_syllable(word) for word in ("giấy", "giay", "ngiấy", "kếch", "kềch", "pasport")]
    [True, True, False, True, False, False]
    """
    toneless, tone = take_tone(word)
    if tone and toneless.endswith(_STOPS) and tone not in {_SHARP, _HEAVY}:
        return False
    return toneless in _spelled()


def could_be_syllable(word: str) -> bool:
    """Tell whether `word`, in small letters and NFC, is a syllable once its accents are complete.

    >>> [could_be_syllable(word) for word in ("dươc", "duoc", "conf", "giaays")]
    [True, True, False, False]
    """
    return strip_accents(word) in _bare()


def take_tone(word: str) -> tuple[str, str]:
    """Return `word` without its tone mark, and the mark (empty: none).

    >>> take_tone("hồ") == ("hô", "\N{COMBINING GRAVE ACCENT}")
    True
    """
    apart = unicodedata.normalize("NFD", word)
    tone = next((sign for sign in apart if sign in TONES), "")
    return unicodedata.normalize("NFC", apart.replace(tone, "")) if tone else word, tone


def put_tone(toneless: str, tone: str) -> str:
    """Return `toneless` with the mark `tone` on the vowel that carries it (old placement).

    >>> put_tone("giây", TONES[1]), put_tone("hoa", TONES[0]), put_tone("thương", TONES[0])
    ('giấy', 'hòa', 'thường')
    """
    place = _tone_place(toneless)
    if not tone or place is None:
        return toneless
    marked = toneless[: place + 1] + tone + toneless[place + 1 :]
    return unicodedata.normalize("NFC", marked)


def _tone_place(toneless: str) -> int | None:
    vowels = [place for place, sign in enumerate(toneless) if strip_accents(sign) in "aeiouy"]
    if toneless.startswith(("qu", "gi")) and len(vowels) > 1:
        vowels = vowels[1:]
    if not vowels:
        return None
    marked = [place for place in vowels if strip_accents(toneless[place]) != toneless[place]]
    if marked:  # "ươ" carries it on the ơ
        return marked[-1]
    closed = vowels[-1] + 1 < len(toneless)
    if len(vowels) == 1:
        return vowels[0]
    return vowels[1] if closed or len(vowels) > len("oa") else vowels[0]


@lru_cache(maxsize=1)
def _spelled() -> frozenset[str]:
    """Return every syllable without tone, and every one without any accent."""
    full = frozenset(_syllables())
    return full | {strip_accents(syllable) for syllable in full}


@lru_cache(maxsize=1)
def _bare() -> frozenset[str]:
    return frozenset(strip_accents(syllable) for syllable in _syllables())


def _syllables() -> Iterator[str]:
    for rime in _RIMES.split():
        front = rime[0] in _FRONT
        yield from (initial + rime for initial in _BEFORE_ANY)
        yield from (initial + rime for initial in (_BEFORE_FRONT if front else _BEFORE_BACK))
        if not rime.startswith(("i", "y")):
            yield "gi" + rime
    yield from _RIMES_ALONE
    yield from ("qu" + rime for rime in _RIMES_AFTER_QU.split())
    yield from ("g" + rime for rime in _RIMES_AFTER_GI.split())
