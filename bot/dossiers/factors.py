"""The second proof beside a dossier code: kept as a keyed hash, compared in constant time."""

import hmac
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.dossiers.status import DossierUpdate, FactorKind

MOST_FACTORS: Final = len(FactorKind)
"""Of one dossier, one of each kind; so many are compared whether or not there are as many."""

_FOUR_DIGITS: Final = re.compile(r"[0-9]{4}", re.ASCII)
_AUDIT_CHARACTERS: Final = 16

_NOTHING: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class KeptFactor:
    """A factor as it is kept."""

    kind: FactorKind
    hashed: str
    """64 characters."""
    place: str
    """Of the update that told it, in the order of updates."""


def newest_of_each(factors: Iterable[KeptFactor]) -> Mapping[FactorKind, KeptFactor]:
    """Return of each kind what the newest update told: a corrected number replaces the wrong one.

    Args:
        factors: in the order in which they came; of two updates in one place the later one counts,
            for a correction may be sent with the moment of what it corrects.
    """
    newest: dict[FactorKind, KeptFactor] = {}
    for one in factors:
        before = newest.get(one.kind)
        if before is None or one.place >= before.place:
            newest[one.kind] = one
    return newest


def four_digits(written: str) -> str:
    """Return the last four digits of a number; empty: it has not as many.

    >>> four_digits("0912 345 678"), four_digits("2001"), four_digits("12")
    ('5678', '2001', '')
    """
    digits = re.sub(r"[^0-9]", "", written)
    return digits[-4:] if _FOUR_DIGITS.fullmatch(digits[-4:]) else ""


class FactorKey:
    """Hashes factors with a secret key: four digits alone would be found by trying them all."""

    def __init__(self, key: bytes) -> None:
        """Take the key, 32 bytes or more."""
        self._key = key

    def hash(self, code: str, kind: FactorKind, digits: str) -> str:
        """Return what is kept of a factor, 64 characters; another one for each dossier."""
        message = f"{code}\0{kind}\0{digits}".encode()
        return hmac.new(self._key, message, "sha256").hexdigest()

    def kept_of(self, update: DossierUpdate, place: str) -> tuple[KeptFactor, ...]:
        """Return the factors that an update tells, as they are kept.

        Args:
            update: what a source told.
            place: where it stands in the order of updates.
        """
        return tuple(
            KeptFactor(kind, self.hash(update.code, kind, digits), place)
            for kind, digits in update.factors.items()
            if digits
        )

    def subject(self, *parts: str) -> str:
        """Return a name by which attempts are counted, and by which nobody is recognised."""
        message = "\0".join(("try", *parts)).encode("utf-8", "surrogatepass")
        return hmac.new(self._key, message, "sha256").hexdigest()

    def audit_name(self, code: str) -> str:
        """Return how the audit calls a dossier: tells dossiers apart, and is nobody's code."""
        return self.subject("audit", code)[:_AUDIT_CHARACTERS]

    def guided_name(self, code: str) -> str:
        """Return how the counts of guided filings call a dossier: nobody's code either."""
        return self.subject("guided", code)

    def fits(
        self, code: str, typed: str, kinds: Collection[FactorKind], kept: Sequence[str]
    ) -> bool:
        """Tell whether `typed` is one of the `kept` factors, of one of the `kinds`.

        Takes the same time whatever is kept: nothing, for a code that does not exist, included.
        """
        padded = [*kept[:MOST_FACTORS], *[_NOTHING] * (MOST_FACTORS - len(kept))]
        digits = typed if _FOUR_DIGITS.fullmatch(typed) else ""
        right = 0
        for kind in FactorKind:
            hashed = self.hash(code, kind, digits)
            accepted = kind in kinds and bool(digits)
            for one in padded:
                right |= hmac.compare_digest(hashed, one) & accepted
        return bool(right)
