"""For each term the rows that hold it, in three flat arrays that load in one read."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Entries = tuple[Ints, Floats, float]
"""Rows, the share of each of them, and what a whole share is worth."""


@dataclass(frozen=True, slots=True)
class Postings:
    """A sparse matrix of terms by rows; `rows[starts[t]:starts[t + 1]]` are the rows of term t."""

    starts: Ints
    """One more than there are terms."""
    rows: Ints
    shares: Floats
    """How much each entry counts, 0 to 1; parallel to `rows`."""

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, float]], numbers: Mapping[str, int]) -> "Postings":
        """Build from one mapping of terms to shares per row; `numbers` holds every term."""
        term_of, row_of, share_of = array("i"), array("i"), array("f")  # four bytes an entry
        for row, held in enumerate(rows):
            term_of.extend(map(numbers.__getitem__, held))
            row_of.extend(repeat(row, len(held)))
            share_of.extend(held.values())
        terms, of_row = np.array(term_of, dtype=np.int32), np.array(row_of, dtype=np.int32)
        # Rows ascend within a term, so that sums do not depend on the order of a set.
        order = np.lexsort((of_row, terms))
        counts = np.bincount(terms, minlength=len(numbers))
        return cls(
            np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
            of_row[order],
            np.array(share_of, dtype=np.float32)[order],
        )

    def entries(self, weights: Sequence[tuple[int, float]]) -> Iterator[Entries]:
        """Yield for each term its rows, its shares there, and its weight."""
        place = self.starts.item
        for number, weight in weights:
            span = slice(place(number), place(number + 1))
            yield self.rows[span], self.shares[span], weight


def sums(entries: Iterable[Entries], size: int) -> NDArray[np.float64]:
    """Return for each of `size` rows the sum of weight times share, of one or several postings."""
    parts = list(entries)
    if not parts:
        return np.zeros(size)
    rows, shares, weights = zip(*parts, strict=True)
    weight_of = np.repeat(np.array(weights, dtype=np.float32), [len(one) for one in rows])
    values = np.concatenate(shares) * weight_of
    added = np.bincount(np.concatenate(rows), weights=values, minlength=size)
    return added.astype(np.float64, copy=False)
