"""A linear model over the grams of a sentence, as it is trained, stored and executed.

A gram's value is its inverse document frequency; a sentence's values are scaled to length 1. The
weights are rounded to a byte **before** anybody uses them, in Rasa too: both sides answer alike,
and the model stays a tenth of the size of floats.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LARGEST = 127
"""Of a signed byte."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Scores of labels; what they mean (softmax, sigmoid) is the caller's."""

    labels: tuple[str, ...]
    vocabulary: Mapping[str, int]
    """Gram → its row."""
    rarity: NDArray[np.float32]
    """Inverse document frequency of each gram."""
    weights: NDArray[np.int8]
    """Shape (grams, labels)."""
    scale: NDArray[np.float32]
    """What a weight of 1 is worth, for each label."""
    intercept: NDArray[np.float32]

    @classmethod
    def rounded(
        cls,
        labels: Sequence[str],
        vocabulary: Sequence[str],
        rarity: NDArray[np.float32],
        weights: NDArray[np.float64],
        intercept: NDArray[np.float64],
    ) -> "Linear":
        """Return the model with weights in bytes; grams whose weights are all 0 are dropped."""
        scale = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-6) / LARGEST
        small = np.rint(weights / scale).astype(np.int8)
        kept = [row for row in range(len(vocabulary)) if small[row].any()]
        rows = {vocabulary[row]: place for place, row in enumerate(kept)}
        return cls(
            tuple(labels),
            rows,
            rarity[kept].astype(np.float32),
            small[kept],
            scale.astype(np.float32),
            intercept.astype(np.float32),
        )

    def scores(self, grams: Iterable[str]) -> NDArray[np.float64]:
        """Return the score of every label for a sentence with these grams."""
        known = self.vocabulary
        rows = np.array(sorted(known[gram] for gram in grams if gram in known), dtype=np.intp)
        values = self.rarity[rows].astype(np.float64)
        length = np.sqrt(values @ values) or 1.0
        return (values / length) @ self.weights[rows] * self.scale + self.intercept

    def save(self, path: Path) -> None:
        """Write the model as npz; the same model gives the same bytes."""
        names = {"labels": list(self.labels), "vocabulary": list(self.vocabulary)}
        text = json.dumps(names, ensure_ascii=False).encode()
        np.savez_compressed(
            path,
            names=np.frombuffer(text, dtype=np.uint8),
            rarity=self.rarity,
            weights=self.weights,
            scale=self.scale,
            intercept=self.intercept,
        )

    @classmethod
    def load(cls, path: Path) -> "Linear":
        """Read what `save` wrote.

        Raises:
            ValueError, KeyError, OSError: the file is not such a model.
        """
        with np.load(path) as arrays:
            names = json.loads(arrays["names"].tobytes())
            return cls(
                tuple(names["labels"]),
                {gram: row for row, gram in enumerate(names["vocabulary"])},
                arrays["rarity"],
                arrays["weights"],
                arrays["scale"],
                arrays["intercept"],
            )


def ranking(scores: NDArray[np.float64], labels: Sequence[str]) -> list[tuple[str, float]]:
    """Return all labels with their probabilities (softmax), best first."""
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    best = np.argsort(-shares, kind="stable")
    return [(labels[place], float(shares[place])) for place in best]
