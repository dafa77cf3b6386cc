"""All procedures as one block of JSON lines; a record is decoded when somebody asks for it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from typing_extensions import override

from knowledge.codec import canonical, decode
from knowledge.procedure import Procedure

Read = Callable[[int, int], bytes]
"""Returns the bytes from an offset, so many of them."""

_MOST_DECODED = 4096
"""Decoded records kept, at some 7 kB each: all of the national ones take 18 MB. A search looks at
ten, and reading one anew takes as long as a fifth of the search."""


class Records(Mapping[str, Procedure]):
    """Procedures by code, in the order of their codes, decoded on demand."""

    def __init__(self, places: Mapping[str, tuple[int, int]], read: Read) -> None:
        """Take for each code its offset and length in what `read` reads."""
        self._places = places
        self._read = read
        self._decoded = lru_cache(maxsize=_MOST_DECODED)(self._decode)

    @override
    def __getitem__(self, code: str) -> Procedure:
        return self._decoded(code)

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    @override
    def __len__(self) -> int:
        return len(self._places)

    @override
    def __contains__(self, code: object) -> bool:
        return code in self._places

    def _decode(self, code: str) -> Procedure:
        offset, length = self._places[code]
        return decode(json.loads(self._read(offset, length)))


def as_lines(
    procedures: Iterable[Procedure],
) -> tuple[bytes, dict[str, tuple[int, int]]]:
    """Return the records as JSON lines, and for each code its offset and length in them."""
    lines: list[bytes] = []
    places: dict[str, tuple[int, int]] = {}
    offset = 0
    for procedure in procedures:
        line = canonical(procedure).encode() + b"\n"
        places[procedure.code] = (offset, len(line))
        lines.append(line)
        offset += len(line)
    return b"".join(lines), places


def from_memory(block: bytes) -> Read:
    """Return the reader of a block that is held in memory."""
    return lambda offset, length: block[offset : offset + length]
