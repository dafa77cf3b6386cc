"""Which fields of a procedure a message asks for: a linear model and the CRF, weighed.

The linear model reads the whole sentence outside the names ("điều kiện" in "xác nhận điều kiện
thường trú" asks nothing); the CRF is surer where the asking words are known ones. Neither alone
comes near both (nlu/model/REPORT.md).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.features import grams
from nlu.linear import Linear
from nlu.text import Token

ASKED = "asked_"
"""Prefix of the entity kinds of asking words: `asked_fee`."""
NAMES = ("procedure", "place")
"""Kinds whose words ask nothing."""
SURELY = 0.6
"""Share of the CRF above which a token belongs to a name; fitted on folds of the training text."""

Shares = Sequence[Mapping[str, float]]
"""For each token: kind of entity → the CRF's probability."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that is asked for."""

    name: str
    confidence: float
    start: int
    """Where the words that ask most probably begin: for answers in the order of the message."""

    def as_json(self) -> dict[str, object]:
        """Return the field as it stands in the model's answer."""
        return {"name": self.name, "confidence": self.confidence, "start": self.start}


@dataclass(frozen=True, slots=True)
class Reader:
    """The trained reader of fields."""

    linear: Linear
    """One label a field; a score is a log of odds."""
    tagger_share: float
    """Weight of the CRF beside the linear model, 0 to 1."""
    threshold: float
    """Weighed probability from which a field counts as asked."""

    def read(self, tokens: Sequence[Token], shares: Shares) -> list[Asked]:
        """Return the fields asked for, in the order of the model's labels."""
        hidden = [sum(share.get(name, 0.0) for name in NAMES) > SURELY for share in shares]
        scores = self.linear.scores(grams(without(tokens, hidden)))
        found = []
        for name, score in zip(self.linear.labels, scores, strict=True):
            seen = [share.get(ASKED + name, 0.0) for share in shares]
            sure = self.tagger_share * max(seen) + (1 - self.tagger_share) * _share(float(score))
            if sure >= self.threshold:
                found.append(Asked(name, sure, tokens[seen.index(max(seen))].start))
        return found


def taught(
    tokens: Sequence[Token], spans: Sequence[tuple[int, int, str]]
) -> tuple[set[str], set[str]]:
    """Return what a marked sentence teaches: its grams outside the names, and the fields.

    Args:
        tokens: the tokens of the sentence.
        spans: (start, end, kind) of each mark.
    """
    names = [(start, end) for start, end, kind in spans if kind in NAMES]
    hidden = [any(start <= token.start < end for start, end in names) for token in tokens]
    fields = {kind.removeprefix(ASKED) for _, _, kind in spans if kind.startswith(ASKED)}
    return grams(without(tokens, hidden)), fields


def without(tokens: Sequence[Token], hidden: Sequence[bool]) -> list[Token]:
    """Return the tokens with each run of hidden ones replaced by one that says nothing."""
    left: list[Token] = []
    before = False
    for token, hide in zip(tokens, hidden, strict=True):
        if not hide:
            left.append(token)
        elif not before:
            left.append(Token(token.start, token.end, "_", "_", "_", inside=False))
        before = hide
    return left


def _share(score: float) -> float:
    return 1 / (1 + math.exp(-score)) if score > 0 else math.exp(score) / (1 + math.exp(score))
