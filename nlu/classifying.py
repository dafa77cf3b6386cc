"""Rasa's LogisticRegressionClassifier on the sentence features."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Classifier:
    """A multinomial logistic regression over more than two intents."""

    intents: tuple[str, ...]
    weights: NDArray[np.float32]
    """Shape (features, intents)."""
    intercept: NDArray[np.float64]
    """Shape (intents,)."""

    def ranking(self, columns: Sequence[int], length: int) -> list[tuple[str, float]]:
        """Return the `length` likeliest intents with their probabilities, best first.

        `columns` names a feature once for each time it occurs in the sentence.
        """
        chosen = self.weights[np.asarray(columns, dtype=np.intp)]
        scores = chosen.sum(axis=0, dtype=np.float64) + self.intercept
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        best = np.argsort(-shares, kind="stable")[:length]
        return [(self.intents[place], float(shares[place])) for place in best]
