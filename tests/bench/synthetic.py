"""Many procedures that never were: names, aliases and keywords of real ones, halves exchanged."""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.procedure import Procedure

SEED = 20261122


def synthetic(procedures: Sequence[Procedure], count: int) -> Iterator[Procedure]:
    """Yield `count` procedures, the given ones first; the same each time."""
    chance = random.Random(SEED)  # noqa: S311 - made-up records, not cryptography
    yield from procedures[:count]
    for number in range(count - len(procedures)):
        one, other = chance.choice(procedures), chance.choice(procedures)
        yield replace(
            one,
            code=f"9.{number:06d}",
            name=_crossed(one.name, other.name),
            label="",
            aliases=tuple(itertools.starmap(_crossed, _pairs(one.aliases, other.aliases))),
            keywords=tuple(itertools.starmap(_crossed, _pairs(one.keywords, other.keywords))),
        )


def _pairs(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(one, itertools.cycle(other or one), strict=False)


def _crossed(one: str, other: str) -> str:
    """Return the first half of one text and the second half of another."""
    first, second = one.split(), other.split()
    return " ".join((*first[: len(first) // 2 + 1], *second[len(second) // 2 :]))
