"""Reads what a question is about: which terms count, and how much."""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.ranking import Ranking
from knowledge.synonyms import Found, Phrases
from knowledge.terms import Syllable, named_levels, pairs, split
from knowledge.text import normalise

_LONGEST_SYLLABLES = 400
"""More is never a question; the beginning and the end are kept, where people ask."""
_KEPT_BEGINNING = 100
_CLAUSE_END = re.compile(r"[,.;:?!\n()]+")
_DENIALS = (("khong", "phai"), ("chu", "khong"), ("khong", "co", "yeu", "to"), ("khong", "nhan"))
_DENIALS_FROM = {
    first: tuple(denial for denial in _DENIALS if denial[0] == first) for first, *_ in _DENIALS
}
_DONE = "xong"
_LEAST_AFTER = 4
"""Syllables behind "xong" that can be a question of their own."""
_MOST_DENIED = 6
"""Syllables after a denial that it can reach."""
_MOST_SLIPS = 1024
"""Unknown syllables that are remembered: the same slips are made all day."""
_LEAST_TYPO = 3
"""Letters a syllable must have to be corrected."""


class Term(NamedTuple):
    """A term of the question; `accented` empty: accents do not matter."""

    bare: str
    accented: str
    weight: float


@dataclass(frozen=True, slots=True)
class Question:
    """What a question is about."""

    terms: tuple[Term, ...]
    """People's words replaced by the official ones they stand for."""
    plain: tuple[Term, ...]
    """Nothing replaced: a saying may hold the very words. Empty: nothing was."""
    levels: frozenset[str]
    """Levels of government that it names."""
    typed: tuple[str, ...] = ()
    """Its own syllables and pairs of them, without accents, as often as they stand there."""


@dataclass(slots=True)
class _Word:
    """A syllable on its way to becoming terms."""

    bare: str
    accented: str
    weight: float = 1.0
    filler: bool = False
    """Noise of one word ("em"): nothing alone, but part of a pair ("trẻ em")."""
    replaced: bool = False
    """Official words stand for it."""

    @classmethod
    def of(cls, typed: Syllable) -> "_Word":
        """Return the word of a syllable; one without accents may have lost them."""
        return cls(typed.bare, typed.accented if typed.accented != typed.bare else "")

    def as_typed(self) -> "_Word":
        """Return the word with the weight it has if nothing is replaced."""
        return replace(self, weight=1.0) if self.replaced else self


class Reader:
    """Reads questions with one vocabulary and the words of one index."""

    def __init__(self, phrases: Phrases, known: Collection[str], ranking: Ranking) -> None:
        self._phrases = phrases
        self._known = frozenset(known)
        self._singles = sorted(term for term in self._known if term.isalpha())
        self._ranking = ranking
        self._nearest = lru_cache(maxsize=_MOST_SLIPS)(self._look_nearest)

    def read(self, text: str) -> Question:
        """Return the terms of `text`, each once, with the greatest weight it has."""
        clean = normalise(text)
        clauses = _clauses(clean)
        literal, ends = _joined(clauses), self._ends(clauses)
        typed, denied, found = self._heard(literal, ends)
        past = _past(typed, ends)
        found = tuple(one for one in found if one.start not in past)
        # A syllable without accents may have lost them, also amid accented ones. Trusting none
        # costs nothing where all are typed, and half typed texts are found as well as others.
        words = [_Word.of(word) for word in typed]
        for place in past:
            words[place].weight = self._ranking.past
        self._weigh(words, found, denied)
        meant = [means for phrase in found for means in phrase.means]
        bare = [word.bare for word in words]
        return Question(
            terms=_terms(words, *map(self._official, meant)),
            plain=_terms(self._as_typed(literal, words)) if meant or literal != typed else (),
            levels=named_levels(clean),
            typed=(*bare, *pairs(bare)),
        )

    def phrases_in(self, text: str) -> tuple[Found, ...]:
        """Return the phrases that count in `text`; places count its syllables, written out."""
        clauses = _clauses(normalise(text))
        return self._heard(_joined(clauses), self._ends(clauses))[2]

    def _as_typed(self, literal: Sequence[Syllable], words: Sequence[_Word]) -> list[_Word]:
        """Return the words with nothing replaced or written out: a saying may hold "cccd"."""
        plain, place = [], 0
        for syllable in literal:
            full = self._phrases.written_out((syllable,))
            short = full != (syllable,)
            plain.append(_Word.of(syllable) if short else words[place].as_typed())
            place += len(full)
        return plain

    def _heard(
        self, literal: Sequence[Syllable], ends: Sequence[int]
    ) -> tuple[tuple[Syllable, ...], set[int], tuple[Found, ...]]:
        """Return the syllables written out, the places that are denied, the phrases elsewhere."""
        typed = self._phrases.written_out(literal)
        everything = tuple(self._found(typed, ends))
        denied = _denied(typed, ends, {one.start for one in everything if one.means})
        found = tuple(one for one in everything if one.start not in denied)
        return typed, denied, found

    def _ends(self, clauses: Sequence[Sequence[Syllable]]) -> list[int]:
        """Return how many syllables, written out, there are up to the end of each clause."""
        lengths = (len(self._phrases.written_out(clause)) for clause in clauses)
        return list(itertools.accumulate(lengths))

    def _official(self, means: str) -> list[_Word]:
        weight = self._ranking.synonym
        return [_Word(word.bare, word.accented, weight) for word in split(means)]

    def _found(self, typed: Sequence[Syllable], ends: Sequence[int]) -> Iterator[Found]:
        """Yield the phrases of each clause: "đăng ký, biển số" is not "đăng ký biển số"."""
        for start, end in itertools.pairwise((0, *ends, len(typed))):
            for one in self._phrases.find(typed[start:end]):
                yield Found(one.start + start, one.end + start, one.means)

    def _weigh(self, words: list[_Word], found: Sequence[Found], denied: set[int]) -> None:
        for place in denied:
            words[place].weight = self._ranking.denied
        for phrase in found:
            for word in words[phrase.start : phrase.end]:
                word.weight = self._ranking.replaced if phrase.means else 0.0
                word.replaced = bool(phrase.means)
                word.filler = not phrase.means and phrase.end - phrase.start == 1
        for word in words:
            if word.weight == 1.0 and word.bare not in self._known:
                self._correct(word)

    def _correct(self, word: _Word) -> None:
        """Replace a syllable that no record knows with the nearest one, if one letter is wrong."""
        if len(word.bare) < _LEAST_TYPO or not word.bare.isalpha():
            return
        if near := self._nearest(word.bare):
            word.bare, word.accented, word.weight = near, "", self._ranking.typo

    def _look_nearest(self, bare: str) -> str:
        near = process.extractOne(bare, self._singles, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near is not None else ""


def may_be_cut(text: str, words: Sequence[Syllable]) -> bool:
    """Tell whether punctuation, a denial or its length may keep a phrase from being heard whole."""
    if _CLAUSE_END.search(text) or len(words) > _LONGEST_SYLLABLES:
        return True
    bare = {word.bare for word in words}
    return any(bare.issuperset(denial) for denial in _DENIALS)


def _clauses(clean: str) -> list[tuple[Syllable, ...]]:
    return [split(clause) for clause in _CLAUSE_END.split(clean)]


def _joined(clauses: Iterable[Sequence[Syllable]]) -> tuple[Syllable, ...]:
    """Return the syllables of all clauses; of a very long text the beginning and the end."""
    words = tuple(itertools.chain.from_iterable(clauses))
    if len(words) <= _LONGEST_SYLLABLES:
        return words
    return words[:_KEPT_BEGINNING] + words[_KEPT_BEGINNING - _LONGEST_SYLLABLES :]


def _terms(*groups: Sequence[_Word]) -> tuple[Term, ...]:
    best: dict[str, Term] = {}
    for words in groups:
        _gather(words, best)
    return tuple(best[bare] for bare in sorted(best))


def _gather(words: Sequence[_Word], best: dict[str, Term]) -> None:
    for word in words:
        _keep(best, Term(word.bare, word.accented, word.weight))
    for one, two in itertools.pairwise(words):
        weight = min(one.weight, two.weight)
        if one.filler != two.filler:
            weight = max(one.weight, two.weight) / 2
        accented = f"{one.accented} {two.accented}" if one.accented and two.accented else ""
        _keep(best, Term(f"{one.bare} {two.bare}", accented, weight))


def _keep(best: dict[str, Term], term: Term) -> None:
    if term.weight > 0 and (term.bare not in best or best[term.bare].weight < term.weight):
        best[term.bare] = term


def _past(words: Sequence[Syllable], ends: Sequence[int]) -> set[int]:
    """Return the places of what is done already: "cải chính xong rồi, giờ đổi căn cước".

    What is asked follows; where little follows, it is asked about what is done.
    """
    places: set[int] = set()
    for place, word in enumerate(words):
        if word.accented == _DONE and len(words) - place > _LEAST_AFTER:
            start = max((end for end in ends if end <= place), default=0)
            places.update(range(start, place + 1))
    return places


def _denied(words: Sequence[Syllable], ends: Sequence[int], known: set[int]) -> set[int]:
    """Return the places of syllables that the text denies ("không phải gia hạn").

    At the places `known` a phrase begins that means something ("không nhận thừa kế").
    """
    places: set[int] = set()
    bare = tuple([word.bare for word in words])
    for start, first in enumerate(bare):
        for denial in () if start in known else _DENIALS_FROM.get(first, ()):
            after = start + len(denial)
            if bare[start:after] == denial:
                end = min(next((end for end in ends if end >= after), len(words)), len(words))
                places.update(range(start, min(end, after + _MOST_DENIED)))
    return places
