"""Rasa's RegexFeaturizer and RegexEntityExtractor: the patterns of codes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.text import Token


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named regular expression of the training data."""

    name: str
    expression: re.Pattern[str]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of every match."""
        return [match.span() for match in self.expression.finditer(text)]


def compiled(specs: Sequence[Mapping[str, str]]) -> tuple[Pattern, ...]:
    """Return the patterns of `[{"name", "pattern"}]`, matching any case as Rasa does."""
    return tuple(Pattern(s["name"], re.compile(s["pattern"], re.IGNORECASE)) for s in specs)


def matched(patterns: Sequence[Pattern], text: str, tokens: Sequence[Token]) -> list[list[bool]]:
    """Return for each pattern whether it matches at each token."""
    rows = []
    for pattern in patterns:
        places = pattern.places(text)
        rows.append([any(t.start < end and t.end > start for start, end in places) for t in tokens])
    return rows
