"""The library: every procedure by its code, and finding the right one by what people say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index import LEVELS, Index, distance, twin_groups
from knowledge.postings import Ints
from knowledge.procedure import Procedure
from knowledge.question import Question, Reader, Term
from knowledge.ranking import RANKING, Ranking
from knowledge.siblings import Siblings
from knowledge.synonyms import Vocabulary

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
class Match:
    """A procedure that fits, and how well."""

    procedure: Procedure
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
    """How well each saying fits, and each body; parallel to the sayings and the codes."""

    matched: Scores
    """Mass of each saying that the question says."""
    fit: Scores
    held: Scores
    """Mass of the question that each record holds."""
    total: float
    """Mass of the question."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a library knows of its codes beside the index."""

    suspects: frozenset[str] = frozenset()
    successors: Mapping[str, tuple[str, ...]] | None = None
    """Former codes and the codes here that took their place, nearest to the citizen first."""
    predecessors: Mapping[str, tuple[str, ...]] | None = None
    """Newer codes that are not here and the codes here that they replaced, nearest first."""
    twins: Mapping[str, tuple[str, ...]] | None = None
    """Codes and all codes that share their name, nearest to the citizen first."""
    siblings: Siblings = Siblings()  # noqa: RUF009 - immutable

    @classmethod
    def of(cls, procedures: Iterable[Procedure], siblings: Siblings | None = None) -> "Catalogue":
        """Note suspects, successors and level twins of `procedures`."""
        everything = tuple(procedures)
        sound = [procedure for procedure in everything if not procedure.suspect]
        return cls(
            suspects=frozenset(one.code for one in everything if one.suspect),
            successors=_successors(everything),
            predecessors=_predecessors(sound),
            twins=twin_groups(sound),
            siblings=(siblings or Siblings()).within({procedure.code for procedure in sound}),
        )


def _successors(procedures: Iterable[Procedure]) -> dict[str, tuple[str, ...]]:
    codes: dict[str, int] = {}
    followed: dict[str, list[str]] = {}
    for procedure in procedures:
        codes[procedure.code] = distance(procedure)
        for former in procedure.former_codes:
            followed.setdefault(former, []).append(procedure.code)
        followed.setdefault(procedure.code, []).extend(procedure.changed_to)
    return {
        former: tuple(sorted({code for code in now if code in codes}, key=lambda c: (codes[c], c)))
        for former, now in sorted(followed.items())
        if former not in codes or any(code in codes for code in now)
    }


def _predecessors(procedures: Iterable[Procedure]) -> dict[str, tuple[str, ...]]:
    """Return the codes of which only what they replaced is here, and that, nearest first."""
    replaced: dict[str, list[tuple[int, str]]] = {}
    known = {procedure.code for procedure in procedures}
    for procedure in procedures:
        for code in set(procedure.changed_to) - known:
            replaced.setdefault(code, []).append((distance(procedure), procedure.code))
    return {code: tuple(old for _, old in sorted(olds)) for code, olds in sorted(replaced.items())}


class Library:
    """All procedures. Searching is deterministic and touches no disk but through `records`."""

    def __init__(
        self,
        records: Mapping[str, Procedure],
        index: Index,
        catalogue: Catalogue,
        vocabulary: Vocabulary,
        ranking: Ranking = RANKING,
    ) -> None:
        self._records = records
        self._index = index
        self._catalogue = catalogue
        self._ranking = ranking
        self._reader = Reader(vocabulary.phrases(), index.bare.keys(), ranking)
        self._priors = _priors(index, ranking)

    @classmethod
    def of(
        cls,
        procedures: Iterable[Procedure],
        vocabulary: Vocabulary | None = None,
        ranking: Ranking = RANKING,
        siblings: Siblings | None = None,
    ) -> "Library":
        """Index `procedures`; of two with the same code the later one counts."""
        words = vocabulary or Vocabulary()
        records = {procedure.code: procedure for procedure in procedures}
        everything = [records[code] for code in sorted(records)]
        sound = [procedure for procedure in everything if not procedure.suspect]
        index = Index.of(sound, words, ranking)
        return cls(records, index, Catalogue.of(everything, siblings), words, ranking)

    def __len__(self) -> int:
        return len(self._records)

    def codes(self) -> tuple[str, ...]:
        """Return all codes, sorted, suspects included."""
        return tuple(sorted(self._records))

    def get(self, code: str) -> Procedure | None:
        """Return the procedure of `code`, None where there is none; see `Procedure.suspect`."""
        return self._records.get(code)

    def resolve(self, code: str) -> tuple[Procedure, ...]:
        """Return the procedure of `code`, else those that took its place, else nothing."""
        if code in self._records:
            return (self._records[code],)
        now = (self._catalogue.successors or {}).get(code, ())
        return tuple(self._records[new] for new in now)

    def predecessors(self, code: str) -> tuple[Procedure, ...]:
        """Return what a newer code replaced, where only that is known; nearest first."""
        olds = (self._catalogue.predecessors or {}).get(code, ())
        return tuple(self._records[old] for old in olds)

    def twins(self, code: str) -> tuple[Procedure, ...]:
        """Return the other procedures of the same name, nearest to the citizen first."""
        group = (self._catalogue.twins or {}).get(code, ())
        return tuple(self._records[other] for other in group if other != code)

    @property
    def siblings(self) -> Siblings:
        """The questions that tell procedures of nearly the same name apart."""
        return self._catalogue.siblings

    def search(self, words: str, limit: int = 10) -> tuple[Match, ...]:
        """Return at most `limit` procedures that fit `words`, best first, equals by code.

        Suspect records are never found.
        """
        question = self._reader.read(words)
        if not question.terms or not self._index.codes or limit <= 0:
            return ()
        fits = self._compare(question.terms)
        said = np.maximum.reduceat(fits.fit, self._index.first_saying)
        named = self._named_level(question)
        raw = said + self._ranking.body * fits.held / fits.total
        scores = raw * (1 + sum(self._priors.values()) + named) / self._most()
        near = np.array(_best(scores, max(limit, _NEAR)), dtype=np.int32)
        unlikely = self._unlikely(question.typed, near)
        left = np.zeros_like(scores)
        left[near] = np.round(np.maximum(scores[near] - unlikely, _LEAST), 9)
        costs = dict(zip(near.tolist(), scores[near] - left[near], strict=True))
        return tuple(
            self._match(row, float(left[row]), fits, (float(named[row]), float(costs[row])))
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
        return _Fits(matched, fit, held, max(total, 1e-9))

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

    def _match(self, row: int, score: float, fits: _Fits, others: tuple[float, float]) -> Match:
        first = int(self._index.first_saying[row])
        best = first + int(np.argmax(fits.fit[first : self._end(row)]))
        heard, fit = float(fits.held[row]) / fits.total, float(fits.fit[best])
        body = self._ranking.body * heard
        named, cost = others
        raw, scale = fit + body, self._most()
        reasons = [
            (f"tên gọi: {self._index.sayings[best]}", fit / scale),
            ("nội dung hồ sơ", body / scale),
            *((name, raw * float(values[row]) / scale) for name, values in self._priors.items()),
            ("cấp được nhắc đến", raw * named / scale),
            ("người dân hay gọi việc khác như vậy", -cost),
        ]
        matched = float(fits.matched[best])
        return Match(
            self._records[self._index.codes[row]],
            score,
            tuple(Signal(*one) for one in reasons if one[1]),
            heard=heard,
            said=matched / fits.total,
            named=matched / max(float(self._index.saying_mass[best]), 1e-9),
        )

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
