"""Finds the FAQ entry that a message asks for, with the finder of procedures.

An index of its own: what says nothing of a procedure ("online", "bao lâu", "cổng dịch vụ công") is
the very matter here, and neither kind of text should change how rare a word of the other is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.faq import Faq, still_needed
from knowledge.index import Index
from knowledge.procedure import Procedure, Source, Step
from knowledge.question import Reader
from knowledge.ranking import RANKING
from knowledge.scoring import Scorer
from knowledge.synonyms import Vocabulary, is_abbreviation
from knowledge.terms import split

FAQ_RANKING = replace(
    RANKING,
    popularity=0.0,
    citizen=0.0,
    commune=0.0,
    province=0.0,
    body=2.0,
    single=0.8,
    spoken=0.02,
    spoken_floor=0.3,
)
"""No entry is nearer to the citizen than another. What all ways of asking and the answer hold
together tells more than the best of them: each way left out in turn is found first in 0.503 of
1,153 (0.467 with the weights of procedures), among three in 0.743 (0.691); November 2026."""


MOST_SEARCHES = 1024
"""Searches whose results are kept, some 10 kB each: all day citizens ask alike. They go with what
was searched, and those that nobody made for longest go first."""


@dataclass(frozen=True, slots=True)
class FaqMatch:
    """An entry that fits, and how well."""

    faq: Faq
    score: float
    """0 to 1, comparable between questions."""
    heard: float
    """Share of the question's mass that the entry holds anywhere, 0 to 1."""
    said: float
    """Share of the question's mass that the best way of asking holds, 0 to 1."""
    named: float
    """Share of that way of asking that the question says, 0 to 1."""
    exact: bool = False
    """The question is one of the ways to ask it, but for accents and punctuation."""


@dataclass(frozen=True, slots=True)
class FaqContent:
    """The entries of a content folder and their words."""

    faqs: tuple[Faq, ...] = ()
    words: Vocabulary = Vocabulary()  # noqa: RUF009 - immutable


class FaqShelf:
    """All entries. Searching is deterministic and touches no disk."""

    def __init__(self, faqs: Iterable[Faq], index: Index, words: Vocabulary) -> None:
        """Take entries and what `indexed` and `vocabulary_of` made for them."""
        self._faqs = {faq.key: faq for faq in faqs}
        self.index = index
        self.words = words
        self._reader = Reader(words.phrases(), index.bare.keys(), FAQ_RANKING)
        self._scorer = Scorer(index, FAQ_RANKING)
        self._nearest = lru_cache(maxsize=MOST_SEARCHES)(self._look_for)
        self._asked = {_bare(way): faq.key for faq in self for way in ways_to_ask(faq)}

    @classmethod
    def of(cls, faqs: Iterable[Faq] = (), words: Vocabulary | None = None) -> "FaqShelf":
        """Index `faqs`; of two with the same key the later one counts."""
        known = words or Vocabulary()
        by_key = {faq.key: faq for faq in faqs}
        everything = tuple(by_key[key] for key in sorted(by_key))
        return cls(everything, indexed(everything, known), known)

    def __len__(self) -> int:
        return len(self._faqs)

    def __iter__(self) -> Iterator[Faq]:
        return iter(self._faqs.values())

    def get(self, key: str) -> Faq | None:
        """Return the entry of `key`."""
        return self._faqs.get(key)

    def search(self, words: str, limit: int = 5) -> tuple[FaqMatch, ...]:
        """Return at most `limit` entries that fit `words`, best first, equals by key.

        Who asks just as an entry is asked means it: it comes first, with the score 1.
        """
        near = self.nearest(words, limit)
        faq = self._faqs.get(self._asked.get(_bare(words), ""))
        if faq is None:
            return near
        meant = FaqMatch(faq, 1.0, heard=1.0, said=1.0, named=1.0, exact=True)
        return (meant, *(one for one in near if one.faq.key != faq.key))[:limit]

    def nearest(self, words: str, limit: int = 5) -> tuple[FaqMatch, ...]:
        """Return what `search` returns for words that nobody wrote down."""
        return self._nearest(words, limit)

    def _look_for(self, words: str, limit: int) -> tuple[FaqMatch, ...]:
        return tuple(
            FaqMatch(
                self._faqs[self.index.codes[one.row]],
                one.score,
                heard=one.heard,
                said=one.said,
                named=one.named,
            )
            for one in self._scorer.best(self._reader.read(words), limit)
        )


def ways_to_ask(faq: Faq) -> tuple[str, ...]:
    """Return question, label and what people ask."""
    return (faq.question, faq.label, *faq.asked)


def _bare(text: str) -> tuple[str, ...]:
    return tuple(word.bare for word in split(text))


def indexed(faqs: Iterable[Faq], words: Vocabulary) -> Index:
    """Return the index of entries, which are sorted by key."""
    return Index.of([_as_row(faq) for faq in faqs], words, FAQ_RANKING)


def shelf_beside(
    content: FaqContent, procedures: Iterable[Procedure], general: Vocabulary
) -> FaqShelf:
    """Return the shelf of the entries that no procedure supersedes, with the words of both."""
    faqs = still_needed(content.faqs, procedures)
    return FaqShelf.of(faqs, vocabulary_of(general, content.words))


def vocabulary_of(general: Vocabulary, own: Vocabulary) -> Vocabulary:
    """Return the words of the FAQ, with the abbreviations that procedures and FAQ share."""
    said = {one.said for one in own.synonyms}
    short = (
        one
        for one in general.synonyms
        if one.said not in said and is_abbreviation(split(one.said), one.means)
    )
    return replace(own, synonyms=(*own.synonyms, *short))


def _as_row(faq: Faq) -> Procedure:
    """Return the entry as the index takes it: names and ways of asking, and a body."""
    return Procedure(
        code=faq.key,
        name=faq.question,
        field="",
        levels=(),
        source=Source("", "", ""),
        label=faq.label,
        aliases=faq.asked,
        summary=" ".join(faq.answer),
        steps=tuple(Step(text) for text in faq.steps),
    )
