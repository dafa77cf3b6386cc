"""Vietnamese text: one way to clean, unaccent, split and compare it.

NFC everywhere; compatibility forms (NFKD) would take Vietnamese letters apart.
"""

import re
import unicodedata

from rapidfuzz.distance import Indel

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
"""Control characters except tab and newline, zero-width signs and marks of writing direction."""
_SYLLABLE = re.compile(r"[^\W_]+")
_BARE = str.maketrans(
    {
        **{
            letter: unicodedata.normalize("NFD", letter)[0]
            for letter in (chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))
            if unicodedata.combining(unicodedata.normalize("NFD", letter)[-1])
        },
        "đ": "d",
        "Đ": "D",
    }
)
"""Every composed letter of the Latin blocks that Vietnamese uses, and its bare letter."""

_EARLY_TONE = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
"""The tone on the last vowel of an open syllable ("hoà", "khoẻ", "thuý"), and on the first."""


def normalise(text: str) -> str:
    r"""Return `text` in NFC without control characters and invisible signs.

    Tabs and newlines stay; a carriage return before a newline goes.

    >>> normalise("so\u0302\u0309 đo\u0309\x00")
    'sổ đỏ'
    """
    if text.isprintable():  # most texts: none of those signs is
        return unicodedata.normalize("NFC", text)
    # A lone surrogate (broken JSON escapes) can be neither stored nor sent.
    sound = text.encode("utf-8", "ignore").decode("utf-8")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", sound))


def strip_accents(text: str) -> str:
    """Return `text` without tone and vowel marks, đ as d. NFC text keeps its length and offsets.

    >>> strip_accents("Đăng ký khai sinh")
    'Dang ky khai sinh'
    """
    if text.isascii():
        return text
    bare = text.translate(_BARE)
    if bare.isascii():
        return bare
    apart = unicodedata.normalize("NFD", bare)
    kept = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", kept)


def fold(text: str) -> str:
    """Return `text` lower-cased and without accents, the form in which texts are compared.

    >>> fold("Giấy ĐĂNG KÝ")
    'giay dang ky'
    """
    return strip_accents(text.lower())


def syllables(text: str) -> tuple[str, ...]:
    """Return the syllables and numbers of `text`, lower-cased, accented, in order.

    The two ways of placing a tone become one ("hoà" and "hòa" are the same syllable).

    >>> syllables("Thủ tục xoá đăng ký thường trú?")
    ('thủ', 'tục', 'xóa', 'đăng', 'ký', 'thường', 'trú')
    """
    words = _SYLLABLE.findall(normalise(text).lower())
    return tuple(words if text.isascii() else map(_early, words))


def _early(syllable: str) -> str:
    early = _EARLY_TONE.get(syllable[-2:])
    if early is None or syllable[-3:-1] == "qu":  # in "quý" the u belongs to the q
        return syllable
    return syllable[:-2] + early


def similar(one: str, other: str, least: float = 0.0) -> float:
    """Return how alike two texts are once folded: 1.0 the same letters, 0.0 nothing in common.

    Less than `least` is 0.0: most texts are so different that little of them need be compared.

    >>> similar("hộ chiếu", "ho chieu")
    1.0
    """
    return Indel.normalized_similarity(fold(one), fold(other), score_cutoff=least)
