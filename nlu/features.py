"""What the linear models count of a sentence: the same code in Rasa's training and when running.

Three kinds of grams, each once however often it occurs:

* `w …` words and pairs of words from the lemmas ("w giấy khai_sinh"): accents restored, segmented;
* `b …` one to three syllables without accents, with the ends of the sentence ("b ^ le phi"): what
  is the same however it was typed;
* `l …` one to five letters inside a restored syllable (" sin"): typing errors, unknown words.
"""

import re
from collections.abc import Iterator, Sequence

from nlu.accents import strip_accents
from nlu.text import Token

PAIRS = 2
TRIPLES = 3
LETTERS = 5
_NUMBER = re.compile(r"\b[0-9]+\b")
_WORD = re.compile(r"\b\w+\b")


def grams(tokens: Sequence[Token]) -> set[str]:
    """Return the grams of a sentence.

    >>> from nlu.text import Token
    >>> sorted(grams([Token(0, 3, "phi", "phí", "phí", inside=False)]))[:4]
    ['b $', 'b ^', 'b ^ phi', 'b ^ phi $']
    """
    words = _words(" ".join(token.lemma for token in tokens))
    bare = _words(strip_accents(" ".join(token.text for token in tokens)))
    found = {f"w {gram}" for gram in _runs(words, PAIRS)}
    found.update(f"b {gram}" for gram in _runs(["^", *bare, "$"], TRIPLES))
    found.update(f"l {gram}" for token in tokens for gram in _letters(token.restored))
    return found


def is_letters(gram: str) -> bool:
    """Tell whether a gram counts letters; those are many and want to be more frequent."""
    return gram.startswith("l ")


def _words(document: str) -> list[str]:
    return _WORD.findall(_NUMBER.sub("__NUMBER__", document).lower())


def _runs(words: Sequence[str], longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _letters(syllable: str) -> Iterator[str]:
    padded = f" {_NUMBER.sub('__NUMBER__', syllable)} "
    for length in range(1, min(LETTERS, len(padded)) + 1):
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length]
