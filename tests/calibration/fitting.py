"""Logistic regression over the signals, and thresholds from cross-validated shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from bot.deciding.evidence import SIGNALS

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FOLDS = 10
PLACES = 3
"""Decimal places that are kept: more would be noise of the fit."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted model: log odds = start + the sum of weight times signal."""

    start: float
    signals: Mapping[str, float]


def fit(rows: Floats, labels: Flags) -> Weights:
    """Fit to the signals as they are; the weights are comparable only with their ranges."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=1_000).fit((rows - middle) / spread, labels)
    weights = model.coef_[0] / spread
    start = float(model.intercept_[0] - weights @ middle)
    named = zip(SIGNALS, weights, strict=True)
    return Weights(round(start, PLACES), {name: round(float(w), PLACES) for name, w in named})


def shares(weights: Weights, rows: Floats) -> Floats:
    """Return the probability that each row gets."""
    odds = weights.start + rows @ np.array([weights.signals[name] for name in SIGNALS])
    return np.asarray(1 / (1 + np.exp(-odds)))


def cross_validated(rows: Floats, labels: Flags, groups: Sequence[str]) -> Floats:
    """Return for each row the probability by a model that saw no form of its question."""
    told = np.zeros(len(rows))
    for known, unknown in GroupKFold(FOLDS).split(rows, labels, groups):
        told[unknown] = shares(fit(rows[known], labels[known]), rows[unknown])
    return told


def least_about(told: Floats, about: Flags, most_believed: float) -> float:
    """Return the lowest threshold at which no more than `most_believed` of what nothing answers
    is taken for a question about a procedure: refusing a citizen is the worse mistake.
    """
    for one in np.arange(0.2, 0.99, 0.01):
        if np.mean(told[~about] >= one) <= most_believed:
            return round(float(one), 2)
    return 0.99


def least_first(told: Floats, first: Flags, most_wrong: float) -> float:
    """Return the lowest threshold at which no more than `most_wrong` of all are answered wrongly.

    `told` and `first` are those of messages that have an answer.
    """
    for one in np.arange(0.3, 0.99, 0.01):
        if np.mean((told >= one) & ~first) <= most_wrong:
            return round(float(one), 2)
    return 0.99


def reliability(told: Floats, right: Flags, bins: int = 10) -> list[tuple[float, float, int]]:
    """Return for each tenth of the probabilities: mean told, share right, number."""
    places = np.minimum((told * bins).astype(int), bins - 1)
    held = [places == one for one in range(bins)]
    return [
        (float(told[one].mean()), float(right[one].mean()), int(one.sum()))
        for one in held
        if one.any()
    ]
