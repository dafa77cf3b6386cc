"""Shares, F1 and losses with their uncertainty: 95 % bootstrap, seeded, so always the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

RESAMPLES = 1000
SEED = 20261122
_BOUNDS = (0.025, 0.975)

Numbers = NDArray[np.float64]
_Statistic = Callable[[Numbers], Numbers]
"""Takes a sample, or many at once, and returns one number for each."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number, its 95 % interval, and how many cases it comes from."""

    value: float
    low: float
    high: float
    n: int

    @override
    def __str__(self) -> str:
        """Show it as the tables do; a dash for no cases."""
        if not self.n:
            return "–"
        return f"{self.value:.3f} ({self.low:.2f}–{self.high:.2f}) {self.n:4}"


def share(hits: Sequence[bool]) -> Estimate:
    """Return a share of hits.

    >>> str(share([True] * 40)), str(share([]))
    ('1.000 (1.00–1.00)   40', '–')
    """
    values = np.asarray(hits, dtype=float)
    return _estimate(values, lambda picked: picked.mean(axis=-1))


def micro_f1(counts: Sequence[tuple[int, int, int]]) -> Estimate:
    """Return the micro-F1 of counts of right, added and overlooked.

    >>> micro_f1([(1, 0, 0), (1, 1, 1)]).value
    0.6666666666666666
    """
    values = np.asarray(counts, dtype=float)
    return _estimate(values, _f1)


def loss(before: Sequence[bool], after: Sequence[bool]) -> Estimate:
    """Return how many points of 100 are lost, case by case; below 0 is a gain.

    >>> loss([True, True], [True, False]).value
    50.0
    """
    values = np.asarray(before, dtype=float) - np.asarray(after, dtype=float)
    return _estimate(100 * values, lambda picked: picked.mean(axis=-1))


def f1_loss(
    before: Sequence[tuple[int, int, int]], after: Sequence[tuple[int, int, int]]
) -> Estimate:
    """Return how many points of F1 are lost; both count the same cases in the same order."""
    values = np.asarray([(*one, *other) for one, other in zip(before, after, strict=True)], float)
    return _estimate(values, lambda picked: 100 * (_f1(picked[..., :3]) - _f1(picked[..., 3:])))


def _f1(picked: Numbers) -> Numbers:
    right, added, overlooked = np.moveaxis(picked.sum(axis=-2), -1, 0)
    whole = 2 * right + added + overlooked
    f1: Numbers = np.divide(2 * right, whole, out=np.ones_like(whole), where=whole > 0)
    return f1


def _estimate(values: Numbers, number: _Statistic) -> Estimate:
    if not len(values):
        return Estimate(0.0, 0.0, 0.0, 0)
    picks = np.random.default_rng(SEED).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(number(values[picks]), _BOUNDS)
    return Estimate(float(number(values)), float(low), float(high), len(values))
