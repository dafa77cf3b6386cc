"""How much better or worse a variant is than what is shipped, and how sure that is."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nlu.training.ablation.lessons import SEED
from nlu.training.ablation.results import Result

RESAMPLES = 2000
BOUNDS = (0.025, 0.975)


def difference(shipped: str, other: str) -> tuple[float, float, float]:
    """Return the points of 100 that `other` is above `shipped`, with a 95 % interval.

    Bootstrap over messages, each with both verdicts: what both models get right or wrong alike
    blurs nothing.

    >>> difference("1100", "1110")[0]
    25.0

    Raises:
        ValueError: the verdicts are of different messages, or there are none.
    """
    if not shipped or len(shipped) != len(other):
        raise ValueError("Compare verdicts of the same messages.")
    steps = 100.0 * np.array([int(b) - int(a) for a, b in zip(shipped, other, strict=True)])
    picks = np.random.default_rng(SEED).integers(0, len(steps), (RESAMPLES, len(steps)))
    low, high = np.quantile(steps[picks].mean(axis=1), BOUNDS)
    return float(steps.mean()), float(low), float(high)


def cells(shipped: Result, other: Result, slices: Sequence[str], *, fields: bool) -> list[str]:
    """Return for each slice the differences in intents and, if it reads them, fields.

    "" stands where no verdicts were kept.
    """
    keys = ("intent_verdicts", "field_verdicts") if fields else ("intent_verdicts",)
    return [_cell(shipped.slices[name], other.slices[name], keys) for name in slices]


def _cell(shipped: Mapping[str, Any], other: Mapping[str, Any], keys: Sequence[str]) -> str:
    pairs = [(shipped.get(key, ""), other.get(key, "")) for key in keys]
    if not all(one and two for one, two in pairs):
        return ""
    return " / ".join(shown(*difference(one, two)) for one, two in pairs)


def shown(value: float, low: float, high: float) -> str:
    """Return a difference as the table shows it; bold where the interval leaves 0 out.

    >>> shown(-1.24, -2.2, -0.3), shown(0.4, -0.6, 1.4)
    ('**−1.2** (−2.2 … −0.3)', '+0.4 (−0.6 … +1.4)')
    """
    first, *bounds = (f"{number:+.1f}".replace("-", "−") for number in (value, low, high))
    sure = low > 0 or high < 0
    return f"{f'**{first}**' if sure else first} ({' … '.join(bounds)})"
