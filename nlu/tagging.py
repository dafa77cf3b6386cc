"""Rasa's CRFEntityExtractor, executed by python-crfsuite.

One tag a kind, without BILOU prefixes: two spans of one kind never touch in what citizens write,
and 19 tags instead of 69 train four times as fast.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pycrfsuite

from nlu.errors import ModelDamaged
from nlu.text import Token

NEAR = 3
"""Rasa joins tokens of one entity that stand at most so many characters apart."""

OUTSIDE = "O"

Feature = Callable[[Token], str | bool]

FEATURES: Mapping[str, Feature] = {
    "low": lambda token: token.text.lower(),
    "bias": lambda token: "bias",
    "pos": lambda token: token.word,
    "prefix2": lambda token: token.text[:2],
    "prefix5": lambda token: token.text[:5],
    "suffix1": lambda token: token.text[-1:],
    "suffix2": lambda token: token.text[-2:],
    "suffix3": lambda token: token.text[-3:],
    "suffix5": lambda token: token.text[-5:],
    "digit": lambda token: token.text.isdigit(),
    "title": lambda token: token.text.istitle(),
    "upper": lambda token: token.text.isupper(),
}
"""What a configured feature reads of a token; "pattern" is added beside."""


@dataclass
class Found:
    """An entity while it grows."""

    kind: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True)
class Tagger:
    """A trained CRF; its tags are the kinds of entities."""

    model: pycrfsuite.Tagger
    window: tuple[tuple[str, ...], ...]
    """The features of each token in the window, from left to right; the middle is the token."""
    pattern_names: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    """All tags."""
    content: bytes = b""
    """The CRFsuite file: CRFsuite reads it in place, so it must live as long as `model`."""

    @classmethod
    def load(
        cls, content: bytes, window: Sequence[Sequence[str]], pattern_names: Sequence[str]
    ) -> "Tagger":
        """Open the content of a CRFsuite file.

        Raises:
            ModelDamaged: the file is no CRFsuite model, or a feature is not known here.
        """
        unknown = {name for names in window for name in names} - FEATURES.keys() - {"pattern"}
        if unknown:
            raise ModelDamaged(f"The model wants features that nlu/tagging.py lacks: {unknown}.")
        model = pycrfsuite.Tagger()
        try:
            model.open_inmemory(content)
        except ValueError as error:
            raise ModelDamaged(f"The tagger is no CRFsuite model: {error}.") from error
        frozen = tuple(tuple(names) for names in window)
        return cls(model, frozen, tuple(pattern_names), tuple(model.labels()), content)

    def shares(
        self, tokens: Sequence[Token], matches: Sequence[Sequence[bool]]
    ) -> list[dict[str, float]]:
        """Return for each token how probable each kind is; `matches`: one row for each pattern."""
        self.model.set(self.features(tokens, matches))
        marginal, kinds = self.model.marginal, self.kinds
        return [{kind: marginal(kind, place) for kind in kinds} for place in range(len(tokens))]

    def features(
        self, tokens: Sequence[Token], matches: Sequence[Sequence[bool]]
    ) -> list[dict[str, str | bool]]:
        """Return what CRFsuite reads of each token."""
        half = len(self.window) // 2
        used = [(n, FEATURES[n]) for n in {n for names in self.window for n in names} - {"pattern"}]
        values = [{name: read(token) for name, read in used} for token in tokens]
        sentence = []
        for place in range(len(tokens)):
            row: dict[str, str | bool] = {}
            for step, names in enumerate(self.window):
                other = place + step - half
                if other >= len(tokens):
                    row["EOS"] = True
                elif other < 0:
                    row["BOS"] = True
                else:
                    self._add(row, step - half, names, values[other], [m[other] for m in matches])
            sentence.append(row)
        return sentence

    def _add(
        self,
        row: dict[str, str | bool],
        offset: int,
        names: Sequence[str],
        values: Mapping[str, str | bool],
        matches: Sequence[bool],
    ) -> None:
        for name in names:
            if name != "pattern":
                row[f"{offset}:{name}"] = values[name]
                continue
            for pattern, found in zip(self.pattern_names, matches, strict=True):
                row[f"{offset}:pattern:{pattern}"] = found


def entities(tokens: Sequence[Token], shares: Sequence[Mapping[str, float]]) -> list[Found]:
    """Return the likeliest kind of each token, joined to entities as EntityExtractorMixin does."""
    found: list[Found] = []
    last, last_end = OUTSIDE, -1
    for token, share in zip(tokens, shares, strict=True):
        kind = max(share, key=share.__getitem__)
        if kind != OUTSIDE and (kind != last or token.start - last_end > NEAR):
            found.append(Found(kind, token.start, token.end, share[kind]))
        elif kind != OUTSIDE:
            found[-1].end = token.end
            found[-1].confidence = min(found[-1].confidence, share[kind])
        last, last_end = kind, token.end
    return found
