"""Records of CSV, of which a broken one costs no other: reading goes on in the line after it."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator

Records = Iterator[list[str] | None]


class _Lines:
    """Lines that can be read again."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rest = iter(lines)
        self._again: deque[str] = deque()
        self._taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._rest)
        self._taken.append(line)
        return line.replace("\0", "")  # the reader of CSV would stop there

    def begin(self) -> None:
        """Begin a record."""
        self._taken.clear()

    def back(self) -> None:
        """Read everything again but the first line of the record."""
        self._again.extendleft(reversed(self._taken[1:]))


def csv_records(lines: Iterable[str], delimiter: str) -> Records:
    """Yield records; None for a line that begins one which cannot be read.

    A quotation mark that is never closed would else swallow the rest of the file. How far it is
    searched for is bounded: the reader takes no cell of more than 131,072 characters.

    >>> list(csv_records(["a,b", '1,"x', "2,y"], ","))
    [['a', 'b'], None, ['2', 'y']]
    """
    again = _Lines(lines)
    reader = csv.reader(again, delimiter=delimiter, strict=True)
    while True:
        again.begin()
        try:
            cells = next(reader, None)
        except csv.Error:
            again.back()
            reader = csv.reader(again, delimiter=delimiter, strict=True)
            yield None
            continue
        if cells is None:
            return
        yield cells
