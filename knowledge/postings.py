"""For each term the rows that hold it, in three flat arrays that load in one read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Postings:
    """A sparse matrix of terms by rows; `rows[starts[t]:starts[t + 1]]` are the rows of term t."""

    numbers: Mapping[str, int]
    """The number of each term."""
    starts: Ints
    rows: Ints
    shares: Floats
    """How much each entry counts, 0 to 1; parallel to `rows`."""

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, float]]) -> "Postings":
        """Build from one mapping of terms to shares per row."""
        numbers: dict[str, int] = {}
        term_of, row_of, share_of = [], [], []
        for row, held in enumerate(rows):
            for term in sorted(held):
                term_of.append(numbers.setdefault(term, len(numbers)))
                row_of.append(row)
                share_of.append(held[term])
        terms = np.array(term_of, dtype=np.int32)
        order = np.argsort(terms, kind="stable")
        counts = np.bincount(terms, minlength=len(numbers)) if len(terms) else np.zeros(0, int)
        return cls(
            numbers,
            np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
            np.array(row_of, dtype=np.int32)[order],
            np.array(share_of, dtype=np.float32)[order],
        )

    def __contains__(self, term: object) -> bool:
        return term in self.numbers

    def count(self, term: str) -> int:
        """Return how many rows hold `term`."""
        number = self.numbers.get(term)
        return 0 if number is None else int(self.starts[number + 1] - self.starts[number])

    def sums(self, weights: Sequence[tuple[str, float]], size: int) -> NDArray[np.float64]:
        """Return for each of `size` rows the sum of weight times share over the given terms."""
        found = [(self.numbers[term], weight) for term, weight in weights if term in self.numbers]
        if not found:
            return np.zeros(size)
        spans = [(self.starts[number], self.starts[number + 1]) for number, _ in found]
        rows = np.concatenate([self.rows[start:end] for start, end in spans])
        values = np.concatenate(
            [
                self.shares[start:end] * weight
                for (start, end), (_, weight) in zip(spans, found, strict=True)
            ]
        )
        sums = np.bincount(rows, weights=values, minlength=size)
        return sums.astype(np.float64, copy=False)
