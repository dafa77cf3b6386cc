"""Which places a message names: with or without accents, kinds, abbreviations and slips.

Names of places are words too ("Hoà Bình", "Thành Công", "Vinh"), so a bare name counts only where
the message says that a place is meant: after "ở", or as the subject of a question about places.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.place_mentions import Mention, told_apart
from knowledge.places import Gazetteer, Kind, Place, place_key, type_of
from knowledge.spelling import could_be_syllable
from knowledge.text import fold, normalise, strip_accents, syllables

_WORD: Final = re.compile(r"[^\W_]+")
_MOST_WORDS: Final = 7
"""Syllables of the longest name."""
_GLUED: Final = re.compile(
    r"(?i)^(?P<kind>tp|tx|tt|q|p|f|x|h|quận|quan|phường|phuong)(?P<rest>\d{1,2}|hcm|hn|đn|dn|hp|ct)$"
)
_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "tinh": ("tỉnh",), "thanh pho": ("thành phố",), "tp": ("thành phố",), "t p": ("thành phố",),
    "thi xa": ("thị xã",), "tx": ("thị xã",), "t x": ("thị xã",),
    "thi tran": ("thị trấn",), "tt": ("thị trấn",), "t t": ("thị trấn",),
    "quan": ("quận",), "q": ("quận",), "huyen": ("huyện",), "h": ("huyện",),
    "phuong": ("phường",), "p": ("phường",), "f": ("phường",), "xa": ("xã",), "x": ("xã",),
    "dac khu": ("đặc khu",),
}  # fmt: skip
_LEVELS: Final = (
    frozenset({"tỉnh"}), frozenset({"thành phố", "tỉnh", "quận", "thị xã", "huyện"}),
    frozenset({"phường", "xã", "thị trấn", "đặc khu"}),
)  # fmt: skip
"""Kinds that people take for each other."""
_BEFORE_A_PLACE: Final = frozenset({"ở", "o", "tại", "tai", "bên", "dưới", "quê", "vùng", "mạn"})
_GO_ON: Final = frozenset(
    syllables(
        "nao nay gio thi thuoc o la bay hien da cu moi co duoc bi khong ko so va hay hoac nhap sap"
        " tach doi len xuong ve noi minh toi em cua dau sao roi chua con may lam nop bo ngay cap gi"
    )
)
"""Folded words that go on with the sentence behind "phường": they stand in no mistyped name."""
_SLIP_LETTERS: Final = 6
"""Shorter names have too many neighbours to be guessed from a slip."""
_LINK: Final = re.compile(r"[\s,.()–-]*(?:(?:thuoc|o|cua|tai|ben)\s+)?")
"""What stands between a place and what it lies in."""
_APART: Final = re.compile(r"[,;:!?()\n]|(?<=\w\w\w\w)\.\s|\s[-–]\s")
"""What stands between two words that are not one name; a dot may end an abbreviation."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        return fold(self.text)


def find_places(gazetteer: Gazetteer, text: str, *, bare: bool = False) -> tuple[Mention, ...]:
    """Return the places that `text` names, in its order.

    "Tân Phú, Đồng Nai" is one mention: a larger place that tells where another lies is none. A
    name without its kind counts after "ở" and the like, beside another, or everywhere with `bare`.
    """
    text = normalise(text)
    mentions = tuple(_Finder(gazetteer, text, bare=bare).mentions())
    if bare or not mentions:
        return told_apart(mentions)
    others = [
        other
        for other in _Finder(gazetteer, text, bare=True).mentions()
        if all(other.end <= one.start or one.end <= other.start for one in mentions)
        and any(_beside(text, one, other) or _beside(text, other, one) for one in mentions)
    ]
    kept = told_apart((*mentions, *others))
    return tuple(one for one in kept if all(one.start != other.start for other in others))


def _beside(text: str, one: Mention, other: Mention) -> bool:
    return one.end <= other.start and bool(_LINK.fullmatch(fold(text[one.end : other.start])))


class _Finder:
    def __init__(self, gazetteer: Gazetteer, text: str, *, bare: bool) -> None:
        self._gazetteer = gazetteer
        self._text = text
        self._words = list(_words(text))
        self._bare = bare
        self._unaccented = text == strip_accents(text)

    def mentions(self) -> Iterator[Mention]:
        at = 0
        while at < len(self._words):
            found = self._with_kind(at) or self._without_kind(at)
            if found is None:
                at += 1
                continue
            mention, at = found
            yield mention

    def _with_kind(self, at: int) -> tuple[Mention, int] | None:
        """Return the mention that begins with a kind, and where to go on."""
        kinds, name_at = self._kind(at)
        if not kinds or not self._together(at, name_at + 1):
            return None
        for search in (self._named, self._slipped):
            places, end = search(name_at, kinds)
            if places:
                slip = search == self._slipped
                return self._made(at, end, places, with_kind=True, slip=slip), end
        return None

    def _without_kind(self, at: int) -> tuple[Mention, int] | None:
        told = at > 0 and self._words[at - 1].text.lower() in _BEFORE_A_PLACE
        if not (self._bare or told) or self._words[at].text.isdigit():
            return None
        for end in self._ends(at):
            places = self._called(at, end)
            if end == at + 1:
                places = self._single(at, places)
            if places and not self._is_a_word(at, end, self._gazetteer.words):
                return self._made(at, end, _natural(places), with_kind=False), end
        return None

    def _single(self, at: int, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """Return the larger places of one word; initials begin the message, or are in capitals."""
        word = self._words[at].text
        if places and place_key([word]) != place_key(syllables(places[0].short_name)):
            starts = at == 0 or self._words[at - 1].text.lower() in _BEFORE_A_PLACE
            if fold(word) in _GO_ON or (
                not starts and not (word.isupper() and not self._text.isupper())
            ):
                return ()
        return tuple(one for one in places if one.kind <= Kind.FORMER_DISTRICT)

    def _made(
        self, at: int, end: int, places: tuple[Place, ...], *, with_kind: bool, slip: bool = False
    ) -> Mention:
        start, stop = self._words[at].start, self._words[end - 1].end
        return Mention(start, stop, places, self._text[start:stop], with_kind, slip)

    def _kind(self, at: int) -> tuple[tuple[str, ...], int]:
        """Return the kinds said at a word and where the name begins; () where none is said."""
        for count in (2, 1):
            words = self._words[at : at + count]
            kinds = _KINDS.get(" ".join(word.folded for word in words), ())
            spelled = " ".join(word.text.lower() for word in words)
            if kinds and len(words) == count and (spelled.isascii() or spelled in kinds):
                return kinds, at + count
        return (), at

    def _named(self, at: int, kinds: tuple[str, ...]) -> tuple[tuple[Place, ...], int]:
        level = next(level for level in _LEVELS if kinds[0] in level)
        for end in self._ends(at):
            places = [one for one in self._called(at, end) if type_of(one.name) in level]
            if not places or self._is_a_word(at, end, self._gazetteer.words_after_kind):
                continue
            exact = tuple(one for one in places if type_of(one.name) in kinds)
            if end > at + 1 or (exact and self._is_sure(at, exact)):
                return exact or tuple(places), end
        return (), at

    def _is_sure(self, at: int, places: tuple[Place, ...]) -> bool:
        """Tell whether one word behind a kind is a name: "xa lam" is no "Xã Lâm"."""
        word = self._words[at].text
        large = all(one.kind <= Kind.FORMER_DISTRICT for one in places)
        return large or not word.isascii() or not word.islower() or not could_be_syllable(word)

    def _called(self, at: int, end: int) -> tuple[Place, ...]:
        """Return the places called as the words say; their accents count where any are typed."""
        words = [word.text for word in self._words[at:end]]
        key = place_key(words)
        found = self._gazetteer.named(key)
        if not found and len(words) == 1 and words[0].isalpha() and len(key) <= len("brvt"):
            return self._gazetteer.initials(words[0])
        if self._unaccented:
            return found
        same = tuple(one for one in found if _same_accents(words, one, key))
        return same or (found if all(word.isascii() for word in words) else ())

    def _slipped(self, at: int, kinds: tuple[str, ...]) -> tuple[tuple[Place, ...], int]:
        """Return the places called nearly so, where a word is none or a place is asked for."""
        for end in self._ends(at):
            words = [word.text.lower() for word in self._words[at:end]]
            odd = any(not could_be_syllable(word) for word in words)
            if len(words) > len("abc") or not (odd or self._bare) or _GO_ON & set(map(fold, words)):
                continue
            near = self._near(words, kinds)
            if near:
                return near, end
        return (), at

    def _near(self, words: Sequence[str], kinds: tuple[str, ...]) -> tuple[Place, ...]:
        key = place_key(words)
        if len(key) < _SLIP_LETTERS:
            return ()
        near = process.extract_iter(
            key, self._gazetteer.keys(), scorer=OSA.distance, score_cutoff=1
        )
        places = (one for name, *_ in near for one in self._gazetteer.named(name))
        typed = "".join(words)
        plain = typed == strip_accents(typed)
        return tuple(
            one
            for one in places
            if type_of(one.name) in kinds
            and len(one.short_name.split()) == len(words)
            and (plain or OSA.distance(typed, one.short_name.lower().replace(" ", "")) <= 1)
        )

    def _ends(self, at: int) -> Iterator[int]:
        """Yield where a name that begins at a word may end, the longest first."""
        ends = range(at + 1, min(at + _MOST_WORDS, len(self._words)) + 1)
        return reversed([end for end in ends if self._together(at, end)])

    def _together(self, at: int, end: int) -> bool:
        if end > len(self._words):
            return False
        between = self._text[self._words[at].start : self._words[end - 1].end]
        return not _APART.search(between) or (" - " in between and end - at > len("ab"))

    def _is_a_word(self, at: int, end: int, words: Collection[str]) -> bool:
        typed = " ".join(word.text for word in self._words[at:end])
        if not typed.islower():
            return False
        return typed in words


def _natural(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the province that bears a bare name, else every place that does."""
    provinces = tuple(one for one in places if one.kind <= Kind.FORMER_PROVINCE)
    return provinces or places


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        glued = _GLUED.match(match.group())
        if glued is None:
            yield _Word(match.group(), match.start(), match.end())
        else:
            middle = match.start() + len(glued["kind"])
            yield _Word(glued["kind"], match.start(), middle)
            yield _Word(glued["rest"], middle, match.end())


def _same_accents(words: Sequence[str], place: Place, key: str) -> bool:
    own = syllables(place.short_name)
    if place.short_name == place.name or place_key(own) != key:  # a number; another name of it
        return True
    return _plain(syllables(" ".join(words))) == _plain(own)


def _plain(words: Iterable[str]) -> str:
    """Return accented words without blanks, "y" and "i" alike at the end of "mỹ" and "quý"."""
    return "".join(_Y.sub(lambda y: _I[y.group()], word) for word in words)


_I: Final = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_Y: Final = re.compile(r"(?<![aeouăâêôơưáàảãạ])[yýỳỷỹỵ]$|(?<=qu)[yýỳỷỹỵ]$")
