"""Where a text may be cut without taking a letter or an emoji apart."""

import unicodedata
from itertools import takewhile

_JOINER = "\u200d"
_EXTENDING = frozenset({"Mn", "Me", "Mc"})
"""Marks on the letter before them: the tones of decomposed Vietnamese, variation selectors."""


def is_boundary(text: str, at: int) -> bool:
    r"""Tell whether `text` may be cut before position `at`.

    The rules of Unicode's annex 29 for what Vietnamese texts and emoji hold: marks, joined emoji,
    skin tones, flags, and halves of a surrogate pair.

    >>> is_boundary("e\u0302\u0323", 2)
    False
    """
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if before == "\r" and after == "\n":
        return False
    if before.isspace() and not _extends(after):
        return True
    return not (
        _extends(after)
        or before == _JOINER
        or (_is_high(before) and _is_low(after))
        or (_is_flag_half(before) and _is_flag_half(after) and _flag_is_open(text, at))
    )


def boundary_before(text: str, at: int) -> int:
    r"""Return the last place not after `at` where `text` may be cut; 0: there is none.

    >>> boundary_before("a👍🏽", 2)
    1
    """
    while at > 0 and not is_boundary(text, at):
        at -= 1
    return at


def _extends(character: str) -> bool:
    return (
        character == _JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # flags of regions
        or unicodedata.category(character) in _EXTENDING
    )


def _is_high(character: str) -> bool:
    return "\ud800" <= character <= "\udbff"


def _is_low(character: str) -> bool:
    return "\udc00" <= character <= "\udfff"


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_is_open(text: str, at: int) -> bool:
    """Tell whether the letter before `at` begins a flag: two regional letters make one."""
    run = takewhile(_is_flag_half, reversed(text[:at]))
    return sum(1 for _ in run) % 2 == 1
