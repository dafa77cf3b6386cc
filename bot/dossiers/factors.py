"""The second proof beside a dossier code: kept as a keyed hash, compared in constant time."""

import hmac
import re
from collections.abc import Collection, Sequence
from typing import Final

from bot.dossiers.status import FactorKind

MOST_FACTORS: Final = 12
"""Of one dossier; so many comparisons are made whether or not there are as many."""

_FOUR_DIGITS: Final = re.compile(r"[0-9]{4}", re.ASCII)
_NOTHING: Final = "0" * 64


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

    def subject(self, *parts: str) -> str:
        """Return a name by which attempts are counted, and by which nobody is recognised."""
        message = "\0".join(("try", *parts)).encode("utf-8", "surrogatepass")
        return hmac.new(self._key, message, "sha256").hexdigest()

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
