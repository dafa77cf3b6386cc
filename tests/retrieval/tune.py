"""Tries other values of the knobs on our own questions: `python -m tests.retrieval.tune`.

One knob at a time; blind questions and those of outsiders take no part, so that they stay a fair
measure.
"""

import math
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from knowledge.index import Index
from knowledge.library import Catalogue, Library
from knowledge.ranking import RANKING, Ranking
from knowledge.synonyms_file import load_vocabulary
from tests.retrieval.measuring import Result, measure, share
from tests.retrieval.questions import library, ours, without_accents

STEPS = (0.7, 0.85, 1.2, 1.5)
"""Factors tried on each knob."""
OF_INDEX = frozenset({"pair", "single", "light", "telling", "head", "spoken_floor"})
"""Knobs that need a new index."""
GAIN = 0.003
"""A smaller gain is chance."""

SHARPNESS = 0.06
"""A lead of so much makes a candidate 2.7 times as probable as the next."""
_MISSED = 0.001
"""Probability of what is not among the ten that are found."""


def worth(shelf: Library) -> tuple[float, float, float]:
    """Return what is made best, and the shares right first and among five, which jump by chance.

    Made best is the mean logarithm of the probability that the right procedure gets beside the
    others found, so that a clear lead counts more than a narrow one.
    """
    asked = [one for one in ours() if one.codes]
    results = measure(shelf, (*asked, *without_accents(tuple(asked))))
    first, five = (share([one.within(places) for one in results]) for places in (1, 5))
    return sum(_likelihood(one) for one in results) / len(results), first, five


def _likelihood(result: Result) -> float:
    shares = [math.exp(score / SHARPNESS) for score in result.scores]
    right = (
        share
        for code, share in zip(result.found, shares, strict=True)
        if code in result.asked.codes
    )
    return math.log(max(max(right, default=0.0) / (sum(shares) or 1.0), _MISSED))


class Bench:
    """Builds libraries of the same records; the index only where a knob changes it."""

    def __init__(self, data: Path) -> None:
        shelf = library(data)
        self._records = {code: found for code in shelf.codes() if (found := shelf.get(code))}
        self._words = load_vocabulary()
        self._catalogue = Catalogue.of(self._records.values())
        self._sound = [one for one in self._records.values() if not one.suspect]
        self._index = Index.of(self._sound, self._words, RANKING)

    def worth(self, ranking: Ranking, *, index_too: bool) -> tuple[float, float, float]:
        """Return what the knobs are worth."""
        index = Index.of(self._sound, self._words, ranking) if index_too else self._index
        return worth(Library(self._records, index, self._catalogue, self._words, ranking))


def main(
    national_data: Annotated[Path, typer.Option(envvar="NATIONAL_DATA")],
    *,
    index_too: Annotated[bool, typer.Option(help="Also the knobs of the index (slow).")] = False,
) -> None:
    """Print each change that helps, and the knobs at the end."""
    bench = Bench(national_data)
    best, reached = RANKING, bench.worth(RANKING, index_too=False)
    typer.echo(f"start: {reached}")
    for knob in asdict(best):
        if knob in OF_INDEX and not index_too:
            continue
        for tried in _around(best, knob):
            found = bench.worth(tried, index_too=index_too)
            if found[0] > reached[0] + GAIN:
                best, reached = tried, found
                typer.echo(f"{knob} = {getattr(best, knob):.3f}: {reached}")
    typer.echo(str(best))


def _around(best: Ranking, knob: str) -> list[Ranking]:
    held = getattr(best, knob)
    return [replace(best, **{knob: round(held * step, 3)}) for step in STEPS]


if __name__ == "__main__":
    typer.run(main)
