"""Codes whose groups are all there, but without the signs between them: blanks, or nothing.

Knows how the groups of a code are written, not which days exist; that is for `codes` to say.
"""

import re
from collections.abc import Iterator
from typing import Final

WITH_ALL_SIGNS: Final = "H17.15-250710-0012"
"""The shape of a code since September 2025 (Circular 03/2025/TT-VPCP): told as an example."""

Written = tuple[int, int, tuple[str, ...]]
"""Where it stands, and in which ways it can be written with all its signs, the likeliest first."""

_GROUP: Final = re.compile(r"[A-Z0-9]+")
_BLANKS: Final = re.compile(
    r"(?<![A-Z0-9_.,/-])(?:A[ .])?(?:\d{3}[ .]{1,2}\d{2}[ .]{1,2}\d{2}[ .]{1,2}[A-Y]\d{2}"
    r"|[GH]\d{2}(?:[ .]{1,2}\d{1,3}){0,4})[ .-]{1,3}(?:\d{8}|\d{6})[ .-]{1,3}\d{4,8}"
    r"(?![\w/-]|[.,]\d)",
    re.ASCII,
)
_GLUED: Final = re.compile(
    r"(?<![A-Z0-9_.,/-])(?P<unit>[GH](?!00)\d{2})(?P<rest>\d{10,20})(?!\w)", re.ASCII
)
_MOST_PARTS: Final = 3
"""Groups of two digits behind the unit that glued codes are read with."""
_YEARS: Final = range(18, 40)
"""Of codes, since Circular 01/2018/TT-VPCP; without signs any digits may look like a day."""

LONG_ENOUGH: Final = len("H17") + 12
"""Characters of what is meant as a code even where no day in it exists; a shorter one may be an
identity number."""


def with_blanks(plain: str) -> Iterator[Written]:
    """Yield codes that have blanks or dots for any of their signs.

    >>> list(with_blanks("HS H17 15 261110 0004"))
    [(3, 21, ('H17.15-261110-0004',))]
    """
    for match in _BLANKS.finditer(plain):
        *body, day, number = _GROUP.findall(match[0])
        yield *match.span(), (f"{'.'.join(body)}-{day}-{number}",)


def glued(plain: str) -> Iterator[Written]:
    """Yield codes without any sign; most units have one part, so that is tried first.

    >>> [ways[0] for _, _, ways in glued("H17152611100004")]
    ['H17.15-2611100004']
    """
    for match in _GLUED.finditer(plain):
        ways = []
        for parts in sorted(range(_MOST_PARTS + 1), key=lambda count: abs(count - 1)):
            unit, rest = match["unit"], match["rest"]
            body = ".".join((unit, *(rest[2 * at : 2 * at + 2] for at in range(parts))))
            tail = rest[2 * parts :]
            if any(int(year) in _YEARS for year in (tail[:2], tail[2:4]) if year):
                ways.append(f"{body}-{tail}")
        yield *match.span(), tuple(ways)
