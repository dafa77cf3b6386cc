"""Rasa's CountVectorsFeaturizer and RegexFeaturizer: sentence features as column numbers.

The order of the columns is the order of the pipeline. Measured equal to Rasa 3.6.21 by the parity
test; names follow scikit-learn's CountVectorizer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlu.text import Token

_NUMBER = re.compile(r"\b[0-9]+\b")
_WORD = re.compile(r"(?u)\b\w+\b")
_BLANKS = re.compile(r"\s\s+")


@dataclass(frozen=True, slots=True)
class CountVector:
    """One trained CountVectorsFeaturizer."""

    analyzer: str
    """"word" or "char_wb"."""
    use_lemma: bool
    min_ngram: int
    max_ngram: int
    vocabulary: Mapping[str, int]
    """N-gram → its column within this vector."""

    def columns(self, tokens: Sequence[Token]) -> Iterator[int]:
        """Yield the column of every known n-gram, once for each time it occurs."""
        known = self.vocabulary
        return (known[gram] for gram in self.grams(tokens) if gram in known)

    def grams(self, tokens: Sequence[Token]) -> Iterator[str]:
        """Yield every n-gram, known or not."""
        texts = (token.lemma if self.use_lemma else token.text for token in tokens)
        document = " ".join(_NUMBER.sub("__NUMBER__", text).lower() for text in texts)
        return self._words(document) if self.analyzer == "word" else self._letters(document)

    def _words(self, document: str) -> Iterator[str]:
        words = _WORD.findall(document)
        for length in range(self.min_ngram, self.max_ngram + 1):
            for start in range(len(words) - length + 1):
                yield " ".join(words[start : start + length])

    def _letters(self, document: str) -> Iterator[str]:
        for word in _BLANKS.sub(" ", document).split():
            padded = f" {word} "
            for length in range(self.min_ngram, self.max_ngram + 1):
                if length >= len(padded):
                    yield padded  # a short word is counted once, as scikit-learn does
                    break
                for start in range(len(padded) - length + 1):
                    yield padded[start : start + length]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named regular expression of the training data."""

    name: str
    expression: re.Pattern[str]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of every match."""
        return [match.span() for match in self.expression.finditer(text)]


def matched(patterns: Sequence[Pattern], text: str, tokens: Sequence[Token]) -> list[list[bool]]:
    """Return for each pattern whether it matches at each token."""
    rows = []
    for pattern in patterns:
        places = pattern.places(text)
        rows.append([any(t.start < end and t.end > start for start, end in places) for t in tokens])
    return rows
