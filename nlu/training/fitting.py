"""Fits the linear models: for Rasa's components, and for cross-validation without Rasa.

Multinomial (intents) and independent (fields) logistic regression with an L2 penalty, by L-BFGS.
Products run in float32, which halves the time of scikit-learn's float64 for the same model.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from nlu.features import is_letters
from nlu.linear import Linear

Config = Mapping[str, Any]
SETTINGS: Config = {
    "C": 20.0,
    "balance": 0.75,
    "max_iterations": 100,
    "tolerance": 3e-6,
    "min_words": 5,
    "min_letters": 10,
}
"""C: the weaker the penalty the larger. balance: 1 weighs rare intents up to the same total, 0 not
at all. min_…: sentences (with copies) in which a gram must stand. Chosen on folds of the training
text: nlu/README.md."""

Floats = NDArray[Any]


def fit_intents(
    sentences: Sequence[Collection[str]], names: Sequence[str], config: Config
) -> Linear:
    """Return the classifier of intents for sentences given as grams."""
    labels = sorted(set(names))
    wanted = np.array([[name == label for label in labels] for name in names], dtype=np.float32)
    often = Counter(names)
    weights = np.array([often[name] ** -config["balance"] for name in names], dtype=np.float32)
    return _fit(sentences, labels, wanted, weights * (len(names) / weights.sum()), config, _softmax)


def fit_fields(
    sentences: Sequence[Collection[str]], asked: Sequence[Collection[str]], config: Config
) -> Linear:
    """Return the reader of fields; `asked` holds the fields of each sentence, often none."""
    labels = sorted({name for names in asked for name in names})
    wanted = np.array([[label in names for label in labels] for names in asked], dtype=np.float32)
    weights = np.ones(len(sentences), dtype=np.float32)
    return _fit(sentences, labels, wanted, weights, config, _sigmoid)


def _fit(
    sentences: Sequence[Collection[str]],
    labels: Sequence[str],
    wanted: Floats,
    weights: Floats,
    config: Config,
    loss: Any,
) -> Linear:
    vocabulary, rarity = _vocabulary(sentences, config)
    rows = _matrix(sentences, vocabulary, rarity)
    columns = rows.T.tocsr()
    shape = (len(vocabulary) + 1, len(labels))
    strength = 1 / config["C"]

    def cost(flat: Floats) -> tuple[float, Floats]:
        values = flat.reshape(shape)
        scores = rows @ values[:-1].astype(np.float32) + values[-1].astype(np.float32)
        total, slope = loss(scores, wanted, weights)
        slope *= weights[:, None]
        gradient = np.vstack([columns @ slope, slope.sum(axis=0, keepdims=True)]).astype(float)
        gradient[:-1] += strength * values[:-1]
        total += strength / 2 * (values[:-1] ** 2).sum()
        return total / len(sentences), gradient.ravel() / len(sentences)

    options = {"maxiter": config["max_iterations"], "gtol": config["tolerance"]}
    start = np.zeros(shape[0] * shape[1])
    found = minimize(cost, start, jac=True, method="L-BFGS-B", options=options).x.reshape(shape)
    return Linear.rounded(labels, list(vocabulary), rarity, found[:-1], found[-1])


def _softmax(scores: Floats, wanted: Floats, weights: Floats) -> tuple[float, Floats]:
    scores = scores - scores.max(axis=1, keepdims=True)
    powers = np.exp(scores)
    totals = powers.sum(axis=1, keepdims=True)
    lost = np.log(totals[:, 0]) - (scores * wanted).sum(axis=1)
    return float(weights @ lost), powers / totals - wanted


def _sigmoid(scores: Floats, wanted: Floats, weights: Floats) -> tuple[float, Floats]:
    lost: Floats = np.logaddexp(0, scores) - wanted * scores
    return float(weights @ lost.sum(axis=1)), 1 / (1 + np.exp(-scores)) - wanted


def _vocabulary(
    sentences: Sequence[Collection[str]], config: Config
) -> tuple[dict[str, int], NDArray[np.float32]]:
    often: Counter[str] = Counter()
    for grams in sentences:
        often.update(grams)
    least = {True: config["min_letters"], False: config["min_words"]}
    kept = sorted(gram for gram, count in often.items() if count >= least[is_letters(gram)])
    rarity = [1 + math.log((1 + len(sentences)) / (1 + often[gram])) for gram in kept]
    return {gram: row for row, gram in enumerate(kept)}, np.array(rarity, dtype=np.float32)


def _matrix(
    sentences: Sequence[Collection[str]], vocabulary: Mapping[str, int], rarity: Floats
) -> Any:
    found = [sorted(vocabulary[g] for g in grams if g in vocabulary) for grams in sentences]
    starts = np.cumsum([0, *map(len, found)])
    columns = np.array([column for row in found for column in row], dtype=np.int32)
    shape = (len(sentences), len(vocabulary))
    rows = csr_matrix((rarity[columns], columns, starts), shape=shape, dtype=np.float32)
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1).A1)
    lengths[lengths == 0] = 1
    rows.data /= np.repeat(lengths, np.diff(starts)).astype(np.float32)
    return rows
