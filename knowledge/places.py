"""Places of Vietnam, today's and former ones, and what became of them.

Since 1 July 2025 there are provinces and, below them, communes, wards and special zones; districts
are gone (Resolution 202/2025/QH15, Law 72/2025/QH15). People still say the old names.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property, lru_cache

from knowledge.text import fold, syllables


class Kind(IntEnum):
    """What a place is; a smaller number is a larger place."""

    PROVINCE = 1
    FORMER_PROVINCE = 2
    FORMER_DISTRICT = 3
    WARD = 4
    """Commune, ward or special zone of today."""
    FORMER_WARD = 5
    """Commune, ward or town that was merged, split or renamed."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One place; equal to itself only."""

    kind: Kind
    name: str
    """In full, e.g. "Phường Dịch Vọng"."""
    parent: "Place | None" = None
    """What it lies in, or lay in: a former ward in its district, a district in its province."""
    successors: "tuple[Place, ...]" = ()
    """What became of it, by name; empty for what exists today."""

    @property
    def exists(self) -> bool:
        """Tell whether it exists today."""
        return self.kind in {Kind.PROVINCE, Kind.WARD}

    @property
    def now(self) -> "tuple[Place, ...]":
        """What stands in its place today: itself, or its successors."""
        return (self,) if self.exists else self.successors

    @property
    def within(self) -> "tuple[Place, ...]":
        """What it lies in, nearest first."""
        parents = []
        parent = self.parent
        while parent is not None:
            parents.append(parent)
            parent = parent.parent
        return tuple(parents)

    @property
    def full_name(self) -> str:
        """The name with everything it lies in."""
        return ", ".join(place.name for place in (self, *self.within))

    @property
    def short_name(self) -> str:
        """The name without its kind; a number keeps it: "Quận 7"."""
        return short_name(self.name)

    @property
    def key(self) -> str:
        """A short name for buttons, the same in every process that has the same data."""
        return f"{self.kind}{zlib.crc32(self.full_name.encode()):08x}"

    @property
    def provinces(self) -> "tuple[Place, ...]":
        """The provinces of today in which it lies."""
        tops = ((one, *one.within)[-1] for one in self.now)
        return tuple(dict.fromkeys(tops))


_TYPE = re.compile(
    r"^(?:tỉnh|thành phố|thị xã|thị trấn|quận|huyện|phường|xã|đặc khu)\s+", re.IGNORECASE
)
_ENDING_IN_Y = re.compile(r"^([^aeiou]*|qu)y$")


def short_name(name: str) -> str:
    """Return a name without its kind; a number keeps it.

    >>> short_name("Thành phố Dĩ An"), short_name("Quận 7")
    ('Dĩ An', 'Quận 7')
    """
    rest = _TYPE.sub("", name)
    return name if len(rest) <= len("XII") and (rest.isdigit() or rest.isupper()) else rest


def type_of(name: str) -> str:
    """Return the kind that a full name begins with, in small letters; empty: none.

    >>> type_of("Thành phố Dĩ An"), type_of("Bắc Ninh")
    ('thành phố', '')
    """
    match = _TYPE.match(name)
    return match.group().strip().lower() if match else ""


def place_key(words: Iterable[str]) -> str:
    """Return the form in which names are compared: folded, without blanks, "y" as "i".

    >>> place_key(["Qui", "Nhơn"]) == place_key(["quy", "nhon"])
    True
    """
    return "".join(map(_key_of, words))


@lru_cache(maxsize=8192)
def _key_of(word: str) -> str:
    """Return one syllable so written; the names of all places are made of some 4,000."""
    return _ENDING_IN_Y.sub(r"\1i", fold(word))


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """What people call places, and names that are words."""

    other_names: Mapping[str, Collection[str]] = field(default_factory=dict)
    """With the full names that each may mean."""
    words: Collection[str] = ()
    words_after_kind: Collection[str] = ()


class Gazetteer:
    """All places, found by their name without its kind."""

    def __init__(
        self,
        places: Sequence[Place],
        names: "PlaceNames",
        source: str,
        as_of: str,
    ) -> None:
        """Index the places.

        Args:
            places: those of today and the former ones.
            names: what people call them, and words that are no names.
            source: what the names of communes and wards are taken from.
            as_of: the day of that data, in ISO 8601.
        """
        self.places = tuple(places)
        self.source = source
        self.as_of = as_of
        self.words = _with_folded(names.words)
        """Names, accented and folded, that are ordinary words unless their kind is said."""
        self.words_after_kind = _with_folded(names.words_after_kind)
        """… and those that are ordinary words even then."""
        self._aliases = {
            place_key(syllables(alias)): tuple(to) for alias, to in names.other_names.items()
        }

    def named(self, key: str) -> tuple[Place, ...]:
        """Return the places of a name, as `place_key` writes it; an alias leads to its places."""
        full = self._aliases.get(key, ())
        meant = tuple(place for place in self._large if place.name in full) if full else ()
        return meant + self._index.get(key, ())

    def initials(self, letters: str) -> tuple[Place, ...]:
        """Return the provinces, today's and former ones, with these initials: "BD", "ĐN".

        Typed without the bar, D stands for Đ too.
        """
        found = self._initials.get(fold(letters), ())
        barred = "đ" in letters.lower()
        return tuple(one for one in found if not barred or "Đ" in _initials(one.short_name))

    def get(self, key: str) -> Place | None:
        """Return the place of this `Place.key`."""
        return next(
            (one for one in self.places if key[:1] == str(one.kind) and one.key == key), None
        )

    def within(self, place: Place) -> Iterator[Place]:
        """Yield the former places that became part of a place of today."""
        former = Kind.FORMER_PROVINCE if place.kind is Kind.PROVINCE else Kind.FORMER_WARD
        return (one for one in self.places if one.kind is former and place in one.successors)

    def keys(self) -> Iterable[str]:
        """Return every name in the form of `place_key`."""
        return self._index.keys()

    @cached_property
    def _index(self) -> Mapping[str, tuple[Place, ...]]:
        index: dict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            rest = _TYPE.sub("", place.name)
            index[place_key(syllables(rest))].append(place)
        return {key: tuple(found) for key, found in index.items()}

    @cached_property
    def _large(self) -> tuple[Place, ...]:
        return tuple(one for one in self.places if one.kind <= Kind.FORMER_DISTRICT)

    @cached_property
    def _initials(self) -> Mapping[str, tuple[Place, ...]]:
        index: dict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            if place.kind <= Kind.FORMER_PROVINCE:
                index[fold(_initials(place.short_name))].append(place)
        return {key: tuple(found) for key, found in index.items() if len(key) > 1}


def _with_folded(words: Collection[str]) -> frozenset[str]:
    return frozenset(words) | {fold(word) for word in words}


def _initials(name: str) -> str:
    return "".join(word[0].upper() for word in syllables(name))
