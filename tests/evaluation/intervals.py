"""Proportions with their uncertainty."""

from collections.abc import Sequence

import numpy as np

RESAMPLES = 2000
SEED = 20261122
"""The same table every time: the resampling is seeded."""


def proportion(hits: Sequence[bool]) -> str:
    """Show a share with its 95 % bootstrap interval and n.

    >>> proportion([])
    'n=0'
    >>> proportion([True] * 40)
    '1.000 [1.000, 1.000] n=40'
    """
    if not hits:
        return "n=0"
    values = np.asarray(hits, dtype=float)
    picks = np.random.default_rng(SEED).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[picks].mean(axis=1), [0.025, 0.975])
    return f"{values.mean():.3f} [{low:.3f}, {high:.3f}] n={len(values)}"
