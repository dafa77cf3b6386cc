"""What a message need not tell us, masked before anything is stored: numbers that name a person.

Identity numbers (12 digits of the citizen card, the first of them 0; 9 of the old card), telephone
numbers, bank cards (13 to 19 digits with Luhn's check digit, ISO/IEC 7812-1) and accounts, one-time
codes and passwords, e-mail addresses. Never masked: codes of dossiers and procedures, numbers of
decisions, dates, amounts of money, hotlines, addresses of authorities.

A mask names its kind, ⟦phone⟧, so that a text which was masked before it was kept is answered like
one that is masked now.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final
from unicodedata import decimal

from bot.dossiers.codes import DossierCode, find_codes
from bot.personal_patterns import (
    BESIDE_WORDS,
    CARD_RUN,
    CITIZEN,
    CODE_BEFORE,
    DAY,
    DOSSIER_BEFORE,
    EMAIL,
    INSURED,
    LONG_NUMBER,
    MASK,
    MONEY_AFTER,
    PASSWORD,
    PASSWORD_WORD,
    PHONE,
    PUBLIC,
    Kind,
)
from knowledge.spelling import could_be_syllable
from knowledge.text import fold, normalise

__all__ = ["Kind", "Masked", "mask"]


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data."""

    text: str
    """In NFC, with a mask in each place; masking it again changes nothing."""
    kinds: tuple[Kind, ...]
    """What was masked, in the order of the text, each kind once."""

    @property
    def rest(self) -> str:
        """The text without the masks, as the language model reads it."""
        return MASK.sub(" ", self.text)


_OTHER_DIGIT: Final = re.compile(r"[^\D0-9]")
"""Full width, and other scripts."""

_IN_USE: Final = "§"
"""Stands for what is settled, so that no other pattern begins or ends in it."""


def mask(text: str) -> Masked:
    """Return `text` with every piece of personal data masked.

    >>> mask("cccd 001099012345 bị mất").text, mask("phí 1.000.000 đồng").kinds
    ('cccd ⟦identity⟧ bị mất', ())
    >>> mask("gọi 0912 345 678 giúp tôi").rest
    'gọi   giúp tôi'
    """
    text = normalise(text)
    spans = sorted(_spans(text)) if _may_tell(text) else []
    parts: list[str] = []
    at = 0
    for start, end, kind in spans:
        parts += (text[at:start], f"⟦{kind}⟧")
        at = end
    masked = "".join((*parts, text[at:]))
    kinds = (Kind(one[1]) for one in MASK.finditer(masked) if one[1])
    return Masked(masked, tuple(dict.fromkeys(kinds)))


def _may_tell(text: str) -> bool:
    """Tell whether it is worth looking: personal data hold a digit, an @, or are a password."""
    if any(character.isdecimal() or character in "@＠" for character in text):
        return True
    return PASSWORD_WORD.search(_folded(text)) is not None


Span = tuple[int, int, Kind]
Finder = Callable[[str], Iterator[Span]]
"""Takes the folded text, in which §§§ stands for what is settled; offsets are the text's."""


def _spans(text: str) -> list[Span]:
    work = _folded(text)
    for start, end in tuple(_public(text, work)):
        work = _settled(work, start, end)
    found: list[Span] = []
    for find in _FINDERS:
        for start, end, kind in tuple(find(work)):
            found.append((start, end, kind))
            work = _settled(work, start, end)
    return found


def _settled(work: str, start: int, end: int) -> str:
    return f"{work[:start]}{_IN_USE * (end - start)}{work[end:]}"


def _folded(text: str) -> str:
    """Return `text` in small letters without accents, letter by letter in its place."""
    folded = fold(text)
    if len(folded) != len(text):
        folded = "".join(bare if len(bare := fold(one)) == 1 else one for one in text)
    return _OTHER_DIGIT.sub(lambda match: str(decimal(match[0])), folded)


def _public(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Yield where masks, codes, days, amounts, hotlines and addresses of authorities stand."""
    for code in find_codes(text):
        if isinstance(code, DossierCode) or code.readings or _is_glued(code.raw):
            yield code.start, code.end
    for pattern in (MASK, DAY, PUBLIC):
        for match in pattern.finditer(folded):
            yield match.span()


def _is_glued(raw: str) -> bool:
    """Tell whether it has the shape of a code without any sign, and is no card behind a letter."""
    return raw.isalnum() and not _is_card(raw[1:])


def _by(pattern: re.Pattern[str], kind: Kind) -> Finder:
    def find(work: str) -> Iterator[Span]:
        for match in pattern.finditer(work):
            start, end = match.span("number" if "number" in pattern.groupindex else 0)
            if not _is_amount(work, start, end, kind):
                yield start, end, kind

    return find


_SURE: Final = frozenset({Kind.PHONE, Kind.CARD, Kind.EMAIL})
"""Nobody writes an amount like that."""


def _is_amount(work: str, start: int, end: int, kind: Kind) -> bool:
    """Tell whether a number is an amount of money, or the year beside a word like "mật khẩu"."""
    number = work[start:end]
    if kind is Kind.CODE:
        told = re.search(r"(?:\bla|[:=])\s*$", work[max(0, start - 6) : start])
        return not told and bool(re.fullmatch(r"(?:19|20)\d\d", number))
    if kind in _SURE or number.startswith("0"):
        return False
    if kind is not Kind.IDENTITY and number.endswith("000"):
        return True
    return number.isdecimal() and bool(MONEY_AFTER.match(work, end))


def _cards(work: str) -> Iterator[Span]:
    """Yield bank cards in groups of digits; all that may belong to one, where several readings do.

    >>> list(_cards("the 4111 1111 1111 1111 het han 12/28"))
    [(4, 23, <Kind.CARD: 'card'>)]
    """
    for run in CARD_RUN.finditer(work):
        groups = [one.span() for one in re.finditer(r"\d+", run[0])]
        hits: set[int] = set()
        for first, last in combinations(range(len(groups)), 2):
            if _is_card_in_groups(run[0], groups[first : last + 1]):
                hits.update(range(first, last + 1))
        for first in (at for at in hits if at - 1 not in hits):
            last = next(at for at in range(first, len(groups)) if at + 1 not in hits)
            yield run.start() + groups[first][0], run.start() + groups[last][1], Kind.CARD


def _is_card_in_groups(run: str, groups: Sequence[tuple[int, int]]) -> bool:
    if any(end - start < _GROUP for start, end in groups[:-1]):
        return False
    return _is_card("".join(run[start:end] for start, end in groups))


_GROUP: Final = 4
"""Digits of every group of a card but the last; thousands have three."""


def _is_card(digits: str) -> bool:
    """Tell whether the last digit is the check digit of Luhn, as every bank card has it.

    The first digit of a card tells its industry; 0 is none of banks.

    >>> _is_card("4111111111111111"), _is_card("4111111111111112")
    (True, False)
    """
    if not 13 <= len(digits) <= 19 or digits[0] == "0":  # noqa: PLR2004 - ISO/IEC 7812-1
        return False
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        total += sum(divmod(2 * digit, 10)) if place % 2 else digit
    return total % 10 == 0


def _password_words(work: str) -> Iterator[Span]:
    """Yield a word that somebody calls her password, and that is no word of a question.

    >>> list(_password_words("mat khau la thanhlong")), list(_password_words("mat khau la nghieng"))
    ([(12, 21, <Kind.CODE: 'code'>)], [])
    """
    for match in PASSWORD_WORD.finditer(work):
        if not could_be_syllable(match["number"]):
            yield *match.span("number"), Kind.CODE


def _long_numbers(work: str) -> Iterator[Span]:
    """Yield numbers of nine digits and more that are no amount and no number of a dossier."""
    for match in LONG_NUMBER.finditer(work):
        start, end = match.span()
        kind = _kind_of_long(match[0])
        dossier = kind is not Kind.CARD and DOSSIER_BEFORE.search(work[max(0, start - 60) : start])
        if not dossier and not _is_amount(work, start, end, kind):
            yield start, end, kind


_LENGTHS: Final = {9: Kind.IDENTITY, 12: Kind.IDENTITY}


def _kind_of_long(digits: str) -> Kind:
    if _is_card(digits):
        return Kind.CARD
    zeros = digits.endswith("000")
    return Kind.NUMBER if zeros else _LENGTHS.get(len(digits), Kind.NUMBER)


_FINDERS: Final[tuple[Finder, ...]] = (
    _by(EMAIL, Kind.EMAIL),
    _cards,
    _by(CITIZEN, Kind.IDENTITY),
    _by(INSURED, Kind.IDENTITY),
    _by(PHONE, Kind.PHONE),
    *(_by(pattern, kind) for kind, pattern in BESIDE_WORDS),
    _by(CODE_BEFORE, Kind.CODE),
    _by(PASSWORD, Kind.CODE),
    _password_words,
    _long_numbers,
)
