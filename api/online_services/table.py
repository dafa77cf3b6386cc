"""The services filed online as CSV: UTF-8 with a mark, so that spreadsheets read the accents."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from api.online_services.wording import NO_COPYRIGHT
from knowledge.online_services import OnlineService

BYTE_ORDER_MARK: Final = "\ufeff"
COLUMNS: Final = (
    "code",
    "name",
    "label",
    "field",
    "levels",
    "can_file_online",
    "stated",
    "stated_by",
    "only_one_province",
    "url",
    "decision",
    "source",
    "as_of",
    "changed_to",
    "licence",
)
"""In this order; docs/online-services.md says what each holds."""

BETWEEN: Final = " | "
"""Between several values in one cell."""

ROWS_AT_ONCE: Final = 200
"""A piece of the stream holds so many rows, some 80 kB."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_YES: Final = {True: "yes", False: "no", None: ""}


def as_csv(services: Iterable[OnlineService]) -> Iterator[bytes]:
    """Yield the table in pieces; the first begins with the mark and the names of the columns."""
    rows = iter(services)
    head = _piece([COLUMNS])
    yield (BYTE_ORDER_MARK + head).encode()
    while piece := list(islice(rows, ROWS_AT_ONCE)):
        yield _piece([_row(one) for one in piece]).encode()


def safe_cell(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula: an apostrophe stands before it.

    >>> safe_cell("=1+1"), safe_cell("Hộ tịch")
    ("'=1+1", 'Hộ tịch')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(one: OnlineService) -> tuple[str, ...]:
    cells = (
        one.code,
        one.name,
        one.label,
        one.field.name,
        BETWEEN.join(one.levels),
        _YES[one.online],
        one.stated.value,
        BETWEEN.join(f"{said.level.value}: {said.decision}" for said in one.statements),
        BETWEEN.join(_YES[said.local] for said in one.statements),
        one.url,
        one.decision,
        one.origin,
        one.as_of,
        BETWEEN.join(one.changed_to),
        NO_COPYRIGHT,
    )
    return tuple(map(safe_cell, cells))


def _piece(rows: Iterable[tuple[str, ...]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
