"""The index: names and aliases as short texts of their own, everything else as one body.

A name or alias ("saying") is compared both ways: what of the question it holds, and what of it
the question does not say. The weight of a term is its mass: the rarer, the heavier.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import NamedTuple

import numpy as np

from knowledge.postings import Floats, Ints, Postings
from knowledge.procedure import Level, Procedure
from knowledge.ranking import Ranking
from knowledge.synonyms import Vocabulary
from knowledge.terms import Terms, pairs, split, terms, twin_key, variants

LEVELS = (Level.COMMUNE, Level.PROVINCE, Level.MINISTRY, Level.OTHER)
"""From nearest to the citizen; the index keeps the place in this tuple."""

_CITIZEN = "công dân"
_BODY_SHARES = (("keywords", 1.0), ("summary", 0.8), ("field", 0.6), ("results", 0.5))
_PAPERS_SHARE = 0.35
_LONGEST_PART = 1500
"""Characters of one part of the body that are read: bounds a damaged record."""


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that search reads, in flat arrays; procedures are numbered by their codes."""

    codes: tuple[str, ...]
    """Sorted; suspects and their codes are not here."""
    sayings: tuple[str, ...]
    """Every name, part of a name and alias, grouped by procedure."""
    first_saying: Ints
    """For each procedure its first saying."""
    saying_mass: Floats
    saying_worth: Floats
    """1, or less where the saying is only a part of a name."""
    popularity: Floats
    citizen: Floats
    """1 where citizens may apply, else 0."""
    levels: Ints
    """A bit per level, in the order of LEVELS."""
    bare: Mapping[str, int]
    """The number of each term without accents, in `mass`, `said_bare` and `body_bare`."""
    accented: Mapping[str, int]
    """The number of each term with accents, in `said_accented` and `body_accented`."""
    mass: Floats
    said_bare: Postings
    said_accented: Postings
    body_bare: Postings
    body_accented: Postings
    spoken: Postings
    """By how many nats saying a term speaks for a procedure, in its names and aliases."""
    spoken_size: Floats
    """How many nats one term of any kind speaks against a procedure: many sayings, many words."""

    @classmethod
    def of(cls, procedures: Sequence[Procedure], words: Vocabulary, ranking: Ranking) -> "Index":
        """Index `procedures`, which are sorted by code and hold no suspects."""
        sayings = [_sayings(procedure, ranking) for procedure in procedures]
        said = [[_held(text) for text, _ in own] for own in sayings]
        bodies = [_body(one, own) for one, own in zip(procedures, said, strict=True)]
        masses = _masses(said, [bare for bare, _ in bodies], words, ranking)
        bare = {term: number for number, term in enumerate(masses)}
        accented = _numbers(term for _, body in bodies for term in body)
        flat = [one for own in said for one in own]
        counts = [_counts(own) for own in sayings]
        kinds = len(frozenset().union(*counts))
        return cls(
            codes=tuple(procedure.code for procedure in procedures),
            sayings=tuple(text for own in sayings for text, _ in own),
            first_saying=_starts([len(own) for own in sayings]),
            saying_mass=_floats(math.fsum(masses[term] for term in one.bare) for one in flat),
            saying_worth=_floats(worth for own in sayings for _, worth in own),
            popularity=_floats(procedure.popularity for procedure in procedures),
            citizen=_floats(_for_citizens(procedure) for procedure in procedures),
            levels=np.array([_level_bits(procedure) for procedure in procedures], dtype=np.int32),
            bare=bare,
            accented=accented,
            mass=_floats(masses.values()),
            said_bare=Postings.of((dict.fromkeys(one.bare, 1.0) for one in flat), bare),
            said_accented=Postings.of((dict.fromkeys(one.accented, 1.0) for one in flat), accented),
            body_bare=Postings.of((body for body, _ in bodies), bare),
            body_accented=Postings.of((body for _, body in bodies), accented),
            spoken=Postings.of((_likelihoods(own, ranking) for own in counts), bare),
            spoken_size=_floats(
                math.log(math.fsum(own.values()) + ranking.spoken_floor * kinds) for own in counts
            ),
        )


class _Held(NamedTuple):
    """The distinct terms of a saying, each string once in memory: sets would take 100 MB more."""

    accented: tuple[str, ...]
    bare: tuple[str, ...]


def _held(text: str) -> _Held:
    found = terms(text)
    return _Held(tuple(map(intern, found.accented)), tuple(map(intern, found.bare)))


def _floats(values: Iterable[float]) -> Floats:
    return np.array(list(values), dtype=np.float32)


def _numbers(terms: Iterable[str]) -> dict[str, int]:
    return {term: number for number, term in enumerate(sorted(set(terms)))}


def _starts(lengths: Sequence[int]) -> Ints:
    return (
        np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int32)
        if lengths
        else np.zeros(0, np.int32)
    )


def _sayings(procedure: Procedure, ranking: Ranking) -> tuple[tuple[str, float], ...]:
    """Return what a procedure is called, and what each saying is worth; the best one counts."""
    best: dict[str, tuple[str, float]] = {}
    named = [(text, ranking.head if part else 1.0) for text, part in variants(procedure.name)]
    called = [(text, 1.0) for text in (procedure.label, *procedure.aliases) if text]
    for text, worth in (*named, *called):
        key = " ".join(word.bare for word in split(text))
        if key not in best or best[key][1] < worth:
            best[key] = (text, worth)
    return tuple(best.values())


def _counts(sayings: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Return how often each term occurs in the names and aliases of one procedure."""
    counts: dict[str, float] = {}
    for text, worth in sayings:
        bare = [word.bare for word in split(text)]
        for term in (*bare, *pairs(bare)):
            counts[term] = counts.get(term, 0.0) + worth
    return counts


def _likelihoods(counts: Mapping[str, float], ranking: Ranking) -> dict[str, float]:
    """Return for each term its log likelihood over that of a term never said (naive Bayes)."""
    floor = ranking.spoken_floor
    return {term: math.log((count + floor) / floor) for term, count in counts.items()}


def _body(procedure: Procedure, said: Sequence[_Held]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the terms of everything a record says of its topic, bare and accented."""
    bare: dict[str, float] = {}
    accented: dict[str, float] = {}
    parts: list[tuple[Terms | _Held, float]] = [(one, 1.0) for one in said]
    for name, share in _BODY_SHARES:
        value = getattr(procedure, name)
        texts = (value,) if isinstance(value, str) else value
        parts.extend((terms(text[:_LONGEST_PART]), share) for text in texts)
    for circumstance in procedure.circumstances:
        parts.extend((terms(paper.name[:200]), _PAPERS_SHARE) for paper in circumstance.papers)
    for one, share in parts:
        for store, held in ((bare, one.bare), (accented, one.accented)):
            for term in map(intern, held):
                store[term] = max(store.get(term, 0.0), share)
    return bare, accented


def _masses(
    said: Sequence[Sequence[_Held]],
    bodies: Sequence[Mapping[str, float]],
    words: Vocabulary,
    ranking: Ranking,
) -> dict[str, float]:
    """Return the mass of each term: its rarity in names, times how much a word it is."""
    named = Counter(term for own in said for term in frozenset().union(*(one.bare for one in own)))
    anywhere = Counter(term for body in bodies for term in body)
    total = len(said)
    faint = {word.bare for text in words.light for word in split(text)}
    telling = {" ".join(word.bare for word in split(text)) for text in words.telling}

    def mass(term: str) -> float:
        rarity = math.log1p(total / named.get(term, anywhere[term]))
        rarity *= ranking.telling if term in telling else 1.0
        one, _, two = term.partition(" ")
        if not two:
            return rarity * ranking.single * (ranking.light if one in faint else 1.0)
        dim = ranking.light if one in faint and two in faint else 1.0
        return rarity * ranking.pair * dim * _cohesion(anywhere, one, two, total)

    return {term: mass(term) for term in sorted(anywhere)}


def _cohesion(counts: Mapping[str, int], one: str, two: str, total: int) -> float:
    """Return how much two syllables are one word, 0.25 to 1: normalised mutual information."""
    together = counts[f"{one} {two}"]
    information = math.log(together * total / (counts[one] * counts[two]))
    most = -math.log(together / (total + 1))
    sure = together / (together + 2)
    return 0.25 + 0.75 * sure * min(1.0, max(0.0, information / most))


def _for_citizens(procedure: Procedure) -> float:
    return float(any(_CITIZEN in who.lower() for who in procedure.who))


def _level_bits(procedure: Procedure) -> int:
    return sum(1 << LEVELS.index(level) for level in set(procedure.levels))


def distance(procedure: Procedure) -> int:
    """Return how far from the citizen a procedure is handled: 0 in the commune, and upwards."""
    return min((LEVELS.index(level) for level in procedure.levels), default=len(LEVELS))


def twin_groups(procedures: Iterable[Procedure]) -> dict[str, tuple[str, ...]]:
    """Return for each code with twins the codes of its name, nearest to the citizen first."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for procedure in procedures:
        place = (distance(procedure), procedure.code)
        groups.setdefault(twin_key(procedure.name), []).append(place)
    return {
        code: tuple(twin for _, twin in sorted(group))
        for group in groups.values()
        if len(group) > 1
        for _, code in group
    }
