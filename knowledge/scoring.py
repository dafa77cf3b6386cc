"""Scores every procedure for a question. Each part of a score has a name, and the parts add up."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index import LEVELS, Index
from knowledge.postings import Ints
from knowledge.question import Question, Term
from knowledge.ranking import Ranking

Scores = NDArray[np.float64]

_NEAR = 40
"""So many of the best are told apart by how people call them: 99 of 100 right ones are there."""
_LEAST = 1e-6
"""What is found at all keeps a score above 0."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason for a score; the values of a match add up to its score."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Scored:
    """How well one procedure fits a question."""

    row: int
    """Its number in the index."""
    score: float
    """0 to 1, comparable between questions."""
    why: tuple[Signal, ...]
    heard: float
    """Share of the question's mass that the record holds anywhere, 0 to 1."""
    said: float
    """Share of the question's mass that the best name or alias holds, 0 to 1."""
    named: float
    """Share of that name's mass that the question says, 0 to 1."""


class _Fits(NamedTuple):
    """How well each saying fits, and how much each record hears of the question, all 0 to 1."""

    fit: Scores
    said: Scores
    """Share of the question's mass that each saying holds."""
    named: Scores
    """Share of each saying's mass that the question says."""
    heard: Scores
    """Share of the question's mass that each record holds."""

    def or_better(self, other: "_Fits") -> "_Fits":
        """Return for each saying and each record the better of two readings of a question."""
        here = self.fit >= other.fit
        return _Fits(
            np.where(here, self.fit, other.fit),
            np.where(here, self.said, other.said),
            np.where(here, self.named, other.named),
            np.maximum(self.heard, other.heard),
        )


class Scorer:
    """Scores the procedures of one index."""

    def __init__(self, index: Index, ranking: Ranking) -> None:
        self._index = index
        self._ranking = ranking
        self._priors = _priors(index, ranking)

    def best(self, question: Question, limit: int) -> tuple[Scored, ...]:
        """Return at most `limit` procedures, best first, equals by code; none for no words."""
        if not question.terms or not self._index.codes or limit <= 0:
            return ()
        fits = self._compare(question.terms)
        if question.plain:
            fits = fits.or_better(self._compare(question.plain))
        named = self._named_level(question)
        raw = np.maximum.reduceat(fits.fit, self._index.first_saying)
        raw = raw + self._ranking.body * fits.heard
        scores = raw * (1 + sum(self._priors.values()) + named) / self._most()
        near = np.array(_best(scores, max(limit, _NEAR)), dtype=np.int32)
        left = np.zeros_like(scores)
        left[near] = np.maximum(scores[near] - self._unlikely(question.typed, near), _LEAST)
        left = np.round(left, 9)
        return tuple(
            self._scored(row, fits, float(named[row]), (float(scores[row]), float(left[row])))
            for row in _best(left, limit)
        )

    def _unlikely(self, typed: tuple[str, ...], rows: Ints) -> Scores:
        """Return the cost of `rows` for words that are likelier for another of them."""
        index, knobs = self._index, self._ranking
        known = [(number, 1.0) for term in typed if (number := index.bare.get(term)) is not None]
        nats = index.spoken.sums(known, len(index.codes))[rows]
        nats -= len(known) * index.spoken_size[rows]
        behind: Scores = nats.max(initial=-np.inf) - nats
        return knobs.spoken * np.minimum(behind, knobs.spoken_most)

    def _most(self) -> float:
        """Return the greatest possible score before scaling, so that 1 is a perfect match."""
        knobs = self._ranking
        liked = 5 * knobs.popularity + knobs.citizen + knobs.commune + knobs.level_named
        return (1 + knobs.body) * (1 + liked)

    def _compare(self, terms: tuple[Term, ...]) -> _Fits:
        """Compare the question with every saying and every record."""
        index, knobs = self._index, self._ranking
        bare, accented, total = self._masses(terms)
        size = len(index.sayings)
        matched = index.said_bare.sums(bare, size) + index.said_accented.sums(accented, size)
        unsaid = np.clip(index.saying_mass - matched, 0, knobs.name_unmatched_most)
        unheard = np.clip(total - matched, 0, knobs.query_unmatched_most)
        cost = knobs.name_unmatched * unsaid + knobs.query_unmatched * unheard
        fit = index.saying_worth * matched / (matched + cost + knobs.evidence)
        count = len(index.codes)
        held = index.body_bare.sums(bare, count) + index.body_accented.sums(accented, count)
        total = max(total, _LEAST)
        named = matched / np.maximum(index.saying_mass, _LEAST)
        return _Fits(fit, matched / total, named, held / total)

    def _masses(
        self, terms: tuple[Term, ...]
    ) -> tuple[list[tuple[int, float]], list[tuple[int, float]], float]:
        """Return the weighted masses of bare and accented terms, and their sum."""
        bare, accented, total = [], [], 0.0
        for term in terms:
            number = self._index.bare.get(term.bare)
            if number is None:
                continue
            mass = float(self._index.mass[number]) * term.weight
            share = self._ranking.accent if term.accented else 0.0
            bare.append((number, mass * (1 - share)))
            if share and term.accented in self._index.accented:
                accented.append((self._index.accented[term.accented], mass * share))
            total += mass
        return bare, accented, total

    def _named_level(self, question: Question) -> Scores:
        bits = sum(1 << place for place, level in enumerate(LEVELS) if level in question.levels)
        named: Scores = ((self._index.levels & bits) != 0).astype(np.float64)
        return named * self._ranking.level_named

    def _scored(
        self, row: int, fits: _Fits, named: float, before_after: tuple[float, float]
    ) -> Scored:
        first = int(self._index.first_saying[row])
        best = first + int(np.argmax(fits.fit[first : self._end(row)]))
        before, after = before_after
        heard, fit = float(fits.heard[row]), float(fits.fit[best])
        body = self._ranking.body * heard
        raw, scale = fit + body, self._most()
        reasons = [
            (f"tên gọi: {self._index.sayings[best]}", fit / scale),
            ("nội dung hồ sơ", body / scale),
            *((name, raw * float(values[row]) / scale) for name, values in self._priors.items()),
            ("cấp được nhắc đến", raw * named / scale),
            ("người dân hay gọi việc khác như vậy", after - before),
        ]
        why = tuple(Signal(*one) for one in reasons if one[1])
        return Scored(row, after, why, heard, float(fits.said[best]), float(fits.named[best]))

    def _end(self, row: int) -> int:
        """Return the saying after the last one of a procedure."""
        firsts = self._index.first_saying
        return int(firsts[row + 1]) if row + 1 < len(firsts) else len(self._index.sayings)


def _priors(index: Index, knobs: Ranking) -> dict[str, Scores]:
    """Return what speaks for a procedure before anything is asked."""
    commune = (index.levels & 1).astype(np.float64)
    province = ((index.levels & 2) > 0) * (1 - commune)
    return {
        "hay được hỏi": knobs.popularity * index.popularity.astype(np.float64),
        "dành cho công dân": knobs.citizen * index.citizen.astype(np.float64),
        "gần dân": knobs.commune * commune + knobs.province * province,
    }


def _best(scores: Scores, limit: int) -> list[int]:
    """Return the rows of the greatest scores above 0; equal scores keep the order of codes."""
    count = min(limit, len(scores))
    floor = np.partition(scores, -count)[-count]
    rows = np.flatnonzero((scores >= floor) & (scores > 0))
    return [int(row) for row in rows[np.lexsort((rows, -scores[rows]))][:count]]
