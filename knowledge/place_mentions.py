"""What a message may mean by the places it names, told apart by each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.places import Place
from knowledge.text import fold


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that a message names."""

    start: int
    end: int
    places: tuple[Place, ...]
    """All that it may mean, larger ones first; never empty."""
    said: str
    """The name as typed."""
    with_kind: bool
    """The kind is said: "phường …"."""
    slip: bool = False
    """No place is called so; these are called nearly so."""
    beside: tuple[tuple[int, int], ...] = ()
    """Where the message names larger places that tell where this one lies."""


def told_apart(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions without those that only say where another one lies."""
    kept = list(mentions)
    for one in mentions:
        for other in mentions:
            if one is other or one not in kept or other not in kept:
                continue
            if inside := narrowed(one.places, other):
                spans = (*one.beside, (other.start, other.end))
                kept[kept.index(one)] = one = replace(  # noqa: PLW2901
                    one, places=inside, beside=spans
                )
                kept.remove(other)
    return tuple(replace(one, places=_sorted(settled(one.places))) for one in kept)


def settled(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return places without those that another one of them covers.

    Of a former district and the wards in it that bear its name, the district is kept: what it
    became holds what they became. A ward of today stands for the former one that lives on in it.
    """
    return tuple(one for one in places if not any(_covers(other, one) for other in places))


def _covers(one: Place, other: Place) -> bool:
    if one is other or not set(other.now) <= set(one.now):
        return False
    return set(other.now) != set(one.now) or _rank(one) < _rank(other)


def _rank(place: Place) -> tuple[bool, int]:
    return (not place.exists, place.kind)


def _sorted(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda one: (one.kind, fold(one.full_name))))


def narrowed(places: Sequence[Place], mention: Mention) -> tuple[Place, ...]:
    """Return those of `places` that lie or lay in a place of `mention`; () where none does.

    Where none did, those that lie there today: "Dĩ An, Thành phố Hồ Chí Minh".
    """
    larger = set(mention.places)
    lay = tuple(one for one in places if larger.intersection(one.within))
    return lay or tuple(
        one for one in places if one not in larger and larger.intersection(one.provinces)
    )
