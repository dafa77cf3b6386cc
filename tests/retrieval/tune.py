"""Tries other values of the knobs on our own questions: `python -m tests.retrieval.tune`.

One knob at a time; the outside questions take no part, so that they stay a fair measure.
"""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from knowledge.index import Index
from knowledge.library import Catalogue, Library
from knowledge.ranking import RANKING, Ranking
from knowledge.synonyms_file import load_vocabulary
from tests.retrieval.measuring import measure, separation, share
from tests.retrieval.questions import library, ours, without_accents

STEPS = (0.7, 0.85, 1.2, 1.5)
"""Factors tried on each knob."""
OF_INDEX = frozenset({"pair", "single", "light", "telling", "head"})
"""Knobs that need a new index."""
GAIN = 0.002
"""A smaller gain is chance: one question of four hundred."""


def worth(shelf: Library) -> float:
    """Return one number: first place counts most, then five places, then telling nothing apart."""
    typed = ours()
    results = measure(shelf, (*typed, *without_accents(typed)))
    answerable = [one for one in results if one.asked.codes]
    first, five = (share([one.within(places) for one in answerable]) for places in (1, 5))
    return first + 0.5 * five + 0.5 * separation(results)


class Bench:
    """Builds libraries of the same records; the index only where a knob changes it."""

    def __init__(self, data: Path) -> None:
        shelf = library(data)
        self._records = {code: found for code in shelf.codes() if (found := shelf.get(code))}
        self._words = load_vocabulary()
        self._catalogue = Catalogue.of(self._records.values())
        self._sound = [one for one in self._records.values() if not one.suspect]
        self._index = Index.of(self._sound, self._words, RANKING)

    def worth(self, ranking: Ranking, *, index_too: bool) -> float:
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
    typer.echo(f"start: {reached:.4f}")
    for knob in asdict(best):
        if knob in OF_INDEX and not index_too:
            continue
        for tried in _around(best, knob):
            found = bench.worth(tried, index_too=index_too)
            if found > reached + GAIN:
                best, reached = tried, found
                typer.echo(f"{knob} = {getattr(best, knob):.3f}: {reached:.4f}")
    typer.echo(str(best))


def _around(best: Ranking, knob: str) -> list[Ranking]:
    held = getattr(best, knob)
    return [replace(best, **{knob: round(held * step, 3)}) for step in STEPS]


if __name__ == "__main__":
    typer.run(main)
