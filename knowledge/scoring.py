"""Scores every procedure for a question. Each part of a score has a name, and the parts add up."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index import LEVELS, Index
from knowledge.postings import Ints, sums
from knowledge.question import Question, Term
from knowledge.ranking import Ranking

Scores = NDArray[np.float64]

_PRIORS = ("hay được hỏi", "dành cho công dân", "gần dân")
_REASONS = (
    *("tên gọi", "nội dung hồ sơ", *_PRIORS),
    *("cấp được nhắc đến", "người dân hay gọi việc khác như vậy"),
)

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
    heard: float
    """Share of the question's mass that the record holds anywhere, 0 to 1."""
    said: float
    """Share of the question's mass that the best name or alias holds, 0 to 1."""
    named: float
    """Share of that name's mass that the question says, 0 to 1."""
    saying: str
    """That name or alias."""
    parts: tuple[float, ...]
    """What each of `_REASONS` adds to the score."""

    @property
    def why(self) -> tuple[Signal, ...]:
        """The reasons that count for anything, the best name first."""
        names = (f"{_REASONS[0]}: {self.saying}", *_REASONS[1:])
        return tuple(Signal(*one) for one in zip(names, self.parts, strict=True) if one[1])


class _Reading(NamedTuple):
    """How well everything fits one reading of a question."""

    matched: Scores
    """Mass of the question that each saying holds."""
    fit: Scores
    """How well each saying fits, 0 to 1."""
    heard: Scores
    """Share of the question's mass that each record holds, 0 to 1."""
    total: float
    """Mass of the question."""


class Scorer:
    """Scores the procedures of one index."""

    def __init__(self, index: Index, ranking: Ranking) -> None:
        self._index = index
        self._ranking = ranking
        self._priors = _priors(index, ranking)
        self._liked = 1 + sum(self._priors)
        self._spans = _spans(index)

    def best(self, question: Question, limit: int) -> tuple[Scored, ...]:
        """Return at most `limit` procedures, best first, equals by code; none for no words."""
        if not question.terms or not self._index.codes or limit <= 0:
            return ()
        readings = [self._compare(terms) for terms in (question.terms, question.plain) if terms]
        named = self._named_level(question)
        raw = np.maximum.reduceat(_greatest(readings, "fit"), self._index.first_saying)
        raw = raw + self._ranking.body * _greatest(readings, "heard")
        scores = raw * (self._liked + named) / self._most()
        near = np.array(_best(scores, max(limit, _NEAR)), dtype=np.int32)
        unlikely = self._unlikely(question.typed, near)
        left = np.round(np.maximum(scores[near] - unlikely, _LEAST), 9)
        order = np.lexsort((near, -left))[:limit]
        rows = near[order]
        likes = np.array([*(prior[rows] for prior in self._priors), named[rows]]).T.tolist()
        leads = zip(scores[rows].tolist(), left[order].tolist(), strict=True)
        found = zip(rows.tolist(), likes, leads, strict=True)
        return tuple(self._scored(row, readings, liked, lead) for row, liked, lead in found)

    def _unlikely(self, typed: tuple[str, ...], rows: Ints) -> Scores:
        """Return the cost of `rows` for words that are likelier for another of them."""
        index, knobs = self._index, self._ranking
        known = [(number, 1.0) for term in typed if (number := index.bare.get(term)) is not None]
        nats = sums(index.spoken.entries(known), len(index.codes))[rows]
        nats -= len(known) * index.spoken_size[rows]
        behind: Scores = nats.max(initial=-np.inf) - nats
        return knobs.spoken * np.minimum(behind, knobs.spoken_most)

    def _most(self) -> float:
        """Return the greatest possible score before scaling, so that 1 is a perfect match."""
        knobs = self._ranking
        liked = 5 * knobs.popularity + knobs.citizen + knobs.commune + knobs.level_named
        return (1 + knobs.body) * (1 + liked)

    def _compare(self, terms: tuple[Term, ...]) -> _Reading:
        """Compare one reading of the question with every saying and every record."""
        index, knobs = self._index, self._ranking
        bare, accented, total = self._masses(terms)
        size, count = len(index.sayings), len(index.codes)
        matched = sums(
            (*index.said_bare.entries(bare), *index.said_accented.entries(accented)), size
        )
        rows = np.flatnonzero(matched != 0)  # most sayings hold no word of it
        held = matched[rows]
        unsaid = _within(index.saying_mass[rows] - held, knobs.name_unmatched_most)
        unheard = _within(total - held, knobs.query_unmatched_most)
        cost = knobs.name_unmatched * unsaid + knobs.query_unmatched * unheard
        fit = np.zeros(size)
        fit[rows] = index.saying_worth[rows] * held / (held + cost + knobs.evidence)
        body = sums((*index.body_bare.entries(bare), *index.body_accented.entries(accented)), count)
        total = max(total, _LEAST)
        return _Reading(matched, fit, body / total, total)

    def _masses(
        self, terms: tuple[Term, ...]
    ) -> tuple[list[tuple[int, float]], list[tuple[int, float]], float]:
        """Return the weighted masses of bare and accented terms, and their sum."""
        bare, accented, total = [], [], 0.0
        for term in terms:
            number = self._index.bare.get(term.bare)
            if number is None:
                continue
            mass = self._index.mass.item(number) * term.weight
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
        self,
        row: int,
        readings: Sequence[_Reading],
        likes: Sequence[float],
        before_after: tuple[float, float],
    ) -> Scored:
        """Return one result; `likes`: what each prior and a named level speak for it."""
        first, end = self._spans[row]
        places = [(first + int(one.fit[first:end].argmax()), one) for one in readings]
        best, better = max(places, key=lambda one: one[1].fit.item(one[0]))
        heard = max(one.heard.item(row) for one in readings)
        fit, matched = better.fit.item(best), better.matched.item(best)
        body, scale = self._ranking.body * heard, self._most()
        reasons = (fit, body, *((fit + body) * like for like in likes))
        before, after = before_after
        parts = (*(reason / scale for reason in reasons), after - before)
        mass = max(self._index.saying_mass.item(best), _LEAST)
        saying = self._index.sayings[best]
        return Scored(row, after, heard, matched / better.total, matched / mass, saying, parts)


def _within(values: Scores, most: float) -> Scores:
    """Return `values` between 0 and `most`: np.clip takes three times as long for so few."""
    return np.minimum(np.maximum(values, 0.0), most)


def _greatest(readings: Sequence[_Reading], part: Literal["fit", "heard"]) -> Scores:
    """Return for each saying or record what fits better of the readings."""
    values: list[Scores] = [getattr(one, part) for one in readings]
    return values[0] if len(values) == 1 else np.maximum(*values)


def _priors(index: Index, knobs: Ranking) -> tuple[Scores, ...]:
    """Return what speaks for a procedure before anything is asked, in the order of `_PRIORS`."""
    commune = (index.levels & 1).astype(np.float64)
    province = ((index.levels & 2) > 0) * (1 - commune)
    return (
        knobs.popularity * index.popularity.astype(np.float64),
        knobs.citizen * index.citizen.astype(np.float64),
        knobs.commune * commune + knobs.province * province,
    )


def _spans(index: Index) -> list[tuple[int, int]]:
    """Return for each procedure its first saying, and the one after its last."""
    firsts = [*index.first_saying.tolist(), len(index.sayings)]
    return list(itertools.pairwise(firsts))


def _best(scores: Scores, limit: int) -> list[int]:
    """Return the rows of the greatest scores above 0; equal scores keep the order of codes."""
    count = min(limit, len(scores))
    floor = np.partition(scores, -count)[-count]
    rows = np.flatnonzero((scores >= floor) & (scores > 0))
    return [int(row) for row in rows[np.lexsort((rows, -scores[rows]))][:count]]
