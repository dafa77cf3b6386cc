"""People's words and the official words that stand for them. The one rule: longest match first."""

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.spelling import could_be_syllable
from knowledge.terms import Syllable, split

_CHOICE = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Synonym:
    """What people say and what the records call it."""

    said: str
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in a text; `start` and `end` count syllables."""

    start: int
    end: int
    means: tuple[str, ...]


class Phrases:
    """Phrases to be found in a text, each with what it means (noise means nothing).

    Accents must agree where both sides have them: "mát" is not "mất", "mat kinh" is both. A lone
    syllable must stand as it is listed ("con" is not "còn"), unless it is none without its
    accents: "dk" can only be "đk".

    An abbreviation (one word that is no syllable, with one meaning) is written out where it
    stands, so that it is part of longer phrases too: "mất gplx" is "mất giấy phép lái xe".
    """

    def __init__(self, meanings: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Take patterns (see `expand`) and what each means; the first of equal phrases counts."""
        listed = [(words, means) for pattern, means in meanings for words in expanded(pattern)]
        self._short: dict[str, tuple[Syllable, ...]] = {}
        short = [one for one in listed if is_abbreviation(*one)]
        for spelling in ("accented", "bare"):  # "sđ" is not "sd" where both are listed
            for words, means in short:
                self._short.setdefault(getattr(words[0], spelling), split(means[0]))
        self._by_bare: dict[tuple[str, ...], list[tuple[tuple[Syllable, ...], tuple[str, ...]]]]
        self._by_bare = {}
        for typed, means in listed:
            if not is_abbreviation(typed, means):
                words = self.written_out(typed)
                bare = tuple([word.bare for word in words])
                self._by_bare.setdefault(bare, []).append((words, means))
        self._longest: dict[str, int] = {}
        for bare in self._by_bare:  # nearly every syllable begins no phrase, or a short one
            self._longest[bare[0]] = max(len(bare), self._longest.get(bare[0], 0))

    def written_out(self, words: Sequence[Syllable]) -> tuple[Syllable, ...]:
        """Return `words` with each abbreviation replaced by what it stands for."""
        full: list[Syllable] = []
        for word in words:
            full.extend(self._short.get(word.accented) or self._short.get(word.bare) or (word,))
        return tuple(full)

    def find(self, words: Sequence[Syllable]) -> tuple[Found, ...]:
        """Return the phrases in `words`, longest first at each place, never overlapping.

        Abbreviations must have been written out.
        """
        found = []
        bare = tuple([word.bare for word in words])
        start = 0
        while start < len(words):
            hit = self._at(words, bare, start)
            if hit is not None:
                found.append(hit)
            start = hit.end if hit is not None else start + 1
        return tuple(found)

    def _at(self, words: Sequence[Syllable], bare: tuple[str, ...], start: int) -> Found | None:
        longest = self._longest.get(bare[start], 0)
        for end in range(min(len(words), start + longest), start, -1):
            phrases = self._by_bare.get(bare[start:end], ())
            said = tuple(words[start:end]) if phrases else ()
            agreeing = [(said != one, means) for one, means in phrases if agree(said, one)]
            if agreeing:  # what is spelled just so comes first, then what is listed first
                return Found(start, end, min(agreeing, key=lambda one: one[0])[1])
        return None


def is_abbreviation(words: Sequence[Syllable], means: Sequence[str]) -> bool:
    """Tell whether a phrase stands for one meaning wherever it stands, however it is typed."""
    return len(words) == len(means) == 1 and not could_be_syllable(words[0].bare)


def agree(typed: Sequence[Syllable], phrase: Sequence[Syllable]) -> bool:
    """Tell whether accents agree; a lone syllable without its accents could be any word."""
    strict = len(phrase) == 1 and could_be_syllable(phrase[0].bare)
    return all(
        one.accented == two.accented or (one.accented == two.bare and not strict)
        for one, two in zip(typed, phrase, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that are known about how people ask."""

    synonyms: tuple[Synonym, ...] = ()
    noise: tuple[str, ...] = ()
    """Phrases that say nothing of the topic: "bao nhiêu tiền", "cho em hỏi"."""
    telling: tuple[str, ...] = ()
    """Words that tell siblings apart: "lại", "gia hạn", "nước ngoài"."""
    light: tuple[str, ...] = ()
    """Single words that say little of the topic: "giấy", "làm"."""

    def phrases(self) -> Phrases:
        """Return synonyms and noise as one set of phrases; noise means nothing."""
        meanings = [(synonym.said, synonym.means) for synonym in self.synonyms]
        return Phrases([*meanings, *((said, ()) for said in self.noise)])


def expand(pattern: str) -> tuple[str, ...]:
    """Return the phrases of a pattern; `[bố|mẹ|]` are choices, an empty one leaves it out.

    >>> expand("[bố|mẹ] [em|] mất")
    ('bố em mất', 'bố mất', 'mẹ em mất', 'mẹ mất')
    """
    return tuple(" ".join("".join(made).split()) for made in itertools.product(*_parts(pattern)))


def combinations(pattern: str) -> int:
    """Return how many phrases `expand` would make, without making them.

    >>> combinations("[bố|mẹ] [em|] mất")
    4
    """
    return math.prod(len(part) for part in _parts(pattern))


def _parts(pattern: str) -> list[list[str]]:
    parts = _CHOICE.split(pattern)
    return [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]


def expanded(pattern: str) -> Iterator[tuple[Syllable, ...]]:
    """Yield the phrases of a pattern as syllables; each part is split once, not each phrase."""
    return (words for _, words in written(pattern))


def written(pattern: str) -> Iterator[tuple[str, tuple[Syllable, ...]]]:
    """Yield the phrases of a pattern as `expand` writes them, each with its syllables."""
    parts = [[(choice, split(choice)) for choice in part] for part in _parts(pattern)]
    for made in itertools.product(*parts):
        words = tuple(itertools.chain.from_iterable(one for _, one in made))
        if words:
            yield " ".join("".join(text for text, _ in made).split()), words
