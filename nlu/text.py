"""Text to tokens, the same on both sides: in Rasa while training, in the interpreter while running.

A token is one syllable (or number, code, run of punctuation) with its place in the text **as it was
typed**, whatever its Unicode form. Underthesea's word segmenter then tells which syllables are one
word; the word, joined by "_", becomes the lemma of its first syllable.
"""

import importlib.metadata
import importlib.util
import pickle
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from underthesea_core import CRFFeaturizer, CRFTagger

from nlu.accents import Restorer
from nlu.errors import SegmenterMismatch

INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff"
"""Soft hyphen, zero-width characters, direction marks, variation selectors: typed by no one."""

_LETTER = rf"(?:[^\W_]|[\u0300-\u036f{INVISIBLE}])"
_CHUNK = re.compile(rf"{_LETTER}+(?:[.\-/]{_LETTER}+)*|[^\w\s\x00-\x1f\x7f-\x9f]+")
_PIECE = re.compile(rf"{_LETTER}+|[^\w\s]+")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_DIGIT = re.compile(r"\d")

_TONED_LAST = re.compile(r"(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])$")
_TONE_MARKS = "\u0300\u0301\u0309\u0303\u0323"
_SEGMENTER_FOLDER = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727"


@dataclass(frozen=True, slots=True)
class Token:
    """One syllable, number, code or run of punctuation."""

    start: int
    """Offset into the text as typed."""
    end: int
    text: str
    """As typed, in NFC, without invisible characters."""
    restored: str
    """In small letters, tone marks in the old place ("hòa"), missing accents restored."""
    word: str
    """The word it belongs to, joined by "_" ("khai_sinh"); a syllable of its own: itself."""
    inside: bool
    """True: not the first syllable of its word."""

    @property
    def lemma(self) -> str:
        """What the word features count: the word once, and each of its syllables."""
        if self.inside or self.word == self.restored:
            return self.restored
        return f"{self.word} {self.restored}"


def normalise(syllable: str) -> str:
    """Return `syllable` in NFC and small letters, with the tone mark where underthesea expects it.

    >>> normalise("HOÀ"), normalise("thuý"), normalise("quý"), normalise("toàn")
    ('hòa', 'thúy', 'quý', 'toàn')
    """
    low = unicodedata.normalize("NFC", syllable).lower()
    if not _TONED_LAST.search(low):
        return low
    letters = unicodedata.normalize("NFD", low)
    mark = letters[-1] if letters[-1] in _TONE_MARKS else ""
    bare = unicodedata.normalize("NFC", letters[:-1]) if mark else low
    return unicodedata.normalize("NFC", bare[:-1] + mark + bare[-1])


def pieces(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, visible text in NFC) of every piece; time grows linearly with the text.

    A run that holds a digit stays whole: "H17.15-250710-0012", "1.004222", "15/3/2026".

    >>> [piece for _, _, piece in pieces("Phí 1.004222 là/bao nhiêu?")]
    ['Phí', '1.004222', 'là', '/', 'bao', 'nhiêu', '?']
    """
    found = []
    for chunk in _CHUNK.finditer(text):
        whole = chunk.group()
        inner = (
            [chunk] if _DIGIT.search(whole) else _PIECE.finditer(text, chunk.start(), chunk.end())
        )
        for piece in inner:
            visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", piece.group()))
            if visible:
                found.append((piece.start(), piece.end(), visible))
    return found


class Segmenter:
    """Underthesea's word segmenter, without importing the rest of underthesea (0.6 s)."""

    def __init__(self, folder: Path) -> None:
        """Load the segmenter's model files from `folder`."""
        with (folder / "features.bin").open("rb") as file:
            features = pickle.load(file)  # noqa: S301 - the library's own file, it loads it so too
        with (folder / "dictionary.bin").open("rb") as file:
            dictionary = pickle.load(file)  # noqa: S301
        self._featurizer = CRFFeaturizer(features, dictionary)
        self._tagger = CRFTagger()
        self._tagger.load(str(folder / "models.bin"))

    def joins_previous(self, syllables: Sequence[str]) -> list[bool]:
        """Return for each syllable whether it continues the word of the syllable before."""
        if not syllables:
            return []
        rows = self._featurizer.process([[[syllable] for syllable in syllables]])[0]
        return [tag == "I-W" for tag in self._tagger.tag(rows)]


@lru_cache(maxsize=1)
def load_segmenter() -> Segmenter:
    """Return underthesea's segmenter (one a process: it holds 40 MB).

    Raises:
        SegmenterMismatch: underthesea is not installed, or keeps its model elsewhere.
    """
    spec = importlib.util.find_spec("underthesea")
    folder = Path(spec.origin).parent / _SEGMENTER_FOLDER if spec and spec.origin else None
    if folder is None or not folder.is_dir():
        raise SegmenterMismatch(
            "underthesea's word segmenter is not installed. Install the locked requirements."
        )
    return Segmenter(folder)


def segmenter_version() -> str:
    """Return the version of the installed underthesea; "" if there is none."""
    try:
        return importlib.metadata.version("underthesea")
    except importlib.metadata.PackageNotFoundError:
        return ""


class TokenMaker:
    """Makes tokens of a text."""

    def __init__(self, restorer: Restorer, segmenter: Segmenter | None) -> None:
        """Use `restorer` for accents that were not typed, `segmenter` for words if there is one."""
        self._restorer = restorer
        self._segmenter = segmenter

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of `text`; a text without any gives one empty token.

        Rasa's featurizers fail on a message without tokens; an empty one has no features.
        """
        found = pieces(text)
        if not found:
            return [Token(0, len(text), "", "", "", inside=False)]
        restored = self._restorer.restore([normalise(visible) for _, _, visible in found])
        segmenter = self._segmenter
        joins = segmenter.joins_previous(restored) if segmenter else [False] * len(restored)
        words = _words(restored, joins)
        return [
            Token(*piece, syllable, *word)
            for piece, syllable, word in zip(found, restored, words, strict=True)
        ]


def _words(syllables: Sequence[str], joins: Sequence[bool]) -> list[tuple[str, bool]]:
    groups: list[list[str]] = []
    for index, syllable in enumerate(syllables):
        if joins[index] and index and syllable.isalpha() and syllables[index - 1].isalpha():
            groups[-1].append(syllable)
        else:
            groups.append([syllable])
    return [("_".join(group), place > 0) for group in groups for place in range(len(group))]
