"""How well the right procedure is found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.library import Library
from tests.retrieval.questions import Asked


@dataclass(frozen=True, slots=True)
class Result:
    """What a search gave for one question."""

    asked: Asked
    found: tuple[str, ...]
    """Codes, best first."""
    scores: tuple[float, ...]
    """Of these codes."""

    def within(self, places: int) -> bool:
        """Tell whether an accepted code stands among the first `places`."""
        return not self.asked.codes.isdisjoint(self.found[:places])


def measure(library: Library, questions: Iterable[Asked]) -> tuple[Result, ...]:
    """Search for every question."""
    results = []
    for asked in questions:
        matches = library.search(asked.text, limit=10)
        codes = tuple(match.procedure.code for match in matches)
        results.append(Result(asked, codes, tuple(match.score for match in matches)))
    return tuple(results)


def share(hits: Sequence[bool]) -> float:
    """Return the share of hits, 0 to 1; 0 for no questions."""
    return sum(hits) / len(hits) if hits else 0.0
