r"""How values stand in the cells of a workbook of ours, and how they are read from there.

A list stands in one cell, an item a line. So that nothing is lost, a line break inside an item is
written as "\n" and a backslash as two; everything else stands as it is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from knowledge.procedure import (
    Amount,
    Currency,
    FeeStatus,
    FilingChannel,
    Level,
    OnlineLevel,
    TimeUnit,
)
from knowledge.spreadsheet import Column, Row, Workbook
from knowledge.spreadsheet_writing import ColumnLook, SheetLook

E = TypeVar("E", bound=StrEnum)
Cell = str | int | None

LEVELS: Final[Mapping[str, Level]] = {
    "Cấp xã": Level.COMMUNE,
    "Cấp tỉnh": Level.PROVINCE,
    "Cấp bộ": Level.MINISTRY,
    "Cơ quan khác": Level.OTHER,
}
CHANNELS: Final[Mapping[str, FilingChannel]] = {
    "Trực tuyến": FilingChannel.ONLINE,
    "Tại quầy": FilingChannel.COUNTER,
    "Bưu điện": FilingChannel.POST,
}
ONLINE: Final[Mapping[str, OnlineLevel]] = {
    "Toàn trình": OnlineLevel.FULL,
    "Một phần": OnlineLevel.PARTIAL,
}
UNITS: Final[Mapping[str, TimeUnit]] = {
    "ngày làm việc": TimeUnit.WORKING_DAY,
    "ngày": TimeUnit.DAY,
    "giờ": TimeUnit.HOUR,
    "tháng": TimeUnit.MONTH,
}
FEES: Final[Mapping[str, FeeStatus]] = {
    "Miễn phí": FeeStatus.FREE,
    "Có mức thu": FeeStatus.AMOUNT,
    "Xem nội dung": FeeStatus.SEE_TEXT,
    "Chưa công bố": FeeStatus.NOT_PUBLISHED,
}

_AMOUNT = re.compile(r"(\d[\d.]*)\s*(VND|USD|đồng|đ)?(?:\s*:\s*(.+))?", re.IGNORECASE | re.DOTALL)
_ESCAPED = re.compile(r"\\([\\n])")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is written and read."""

    name: str
    columns: tuple[ColumnLook, ...]
    only_to_read: frozenset[str] = frozenset()
    """Columns for people: written, and not asked for when the sheet is read."""

    def written(self, rows: Sequence[Mapping[str, Cell]]) -> SheetLook:
        """Return the sheet with `rows`, each by the names of its columns."""
        names = [column.name for column in self.columns]
        return SheetLook(self.name, self.columns, [[row.get(key) for key in names] for row in rows])

    def rows(self, book: Workbook) -> list[Row]:
        """Return the rows of the sheet; a missing column is a fault, lest its values get lost."""
        wanted = [
            Column(column.name, required=column.name not in self.only_to_read)
            for column in self.columns
        ]
        return book.rows(self.name, wanted)


def name_of(names: Mapping[str, E], member: E | None) -> str:
    """Return what a fixed value is called in a sheet; "" for none.

    >>> name_of(CHANNELS, FilingChannel.POST)
    'Bưu điện'
    """
    return next((name for name, value in names.items() if value is member), "")


def chosen(row: Row, column: str, names: Mapping[str, E]) -> E | None:
    """Return the fixed value in a cell; None where it is empty or unknown, which is noted."""
    return names.get(row.choice(column, tuple(names)))


def required_choice(row: Row, column: str, names: Mapping[str, E]) -> E:
    """Return the fixed value in a cell that must hold one; the first of all where it does not."""
    if not row.has(column):
        row.fault(column, f"Cột '{column}' để trống. Chọn một trong: {', '.join(names)}.")
    return chosen(row, column, names) or next(iter(names.values()))


def cell_of(texts: Iterable[str]) -> str:
    r"""Return the cell of a list.

    >>> cell_of(["Căn cước", "Một\ndòng nữa"])
    'Căn cước\nMột\\ndòng nữa'
    """
    return "\n".join(text.replace("\\", r"\\").replace("\n", r"\n") for text in texts)


def items_of(row: Row, column: str) -> tuple[str, ...]:
    """Return the list in a cell: `cell_of` backwards, empty lines left out, each item once."""
    lines = (line.strip() for line in row.raw_text(column).split("\n"))
    return tuple(dict.fromkeys(_unescaped(line) for line in lines if line))


def digits_of(row: Row, column: str) -> str:
    """Return a text that people may type as a number: 7 is "7", 0.5 is "0,5"."""
    value = row.value(column)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}".replace(".", ",")
    return row.raw_text(column)


def day_of(row: Row, column: str) -> str:
    """Return an ISO date; "" where the cell is empty or holds none, which is noted."""
    day = row.day(column)
    return "" if day is None else day.isoformat()


def cell_of_amounts(amounts: Iterable[Amount]) -> str:
    r"""Return the cell of published sums, one a line.

    >>> cell_of_amounts([Amount(10000, "mỗi thẻ"), Amount(5, currency=Currency.USD)])
    '10.000 VND: mỗi thẻ\n5 USD'
    """
    return cell_of(
        f"{one.value:,} {one.currency}".replace(",", ".") + (f": {one.purpose}" * bool(one.purpose))
        for one in amounts
    )


def amounts_of(row: Row, column: str) -> tuple[Amount, ...]:
    """Return the sums in a cell; a lone number counts as VND, what is no sum is noted."""
    if isinstance(row.value(column), int):
        typed: Iterable[str] = (digits_of(row, column),)
    else:
        lines = (line.strip() for line in row.raw_text(column).split("\n"))
        typed = tuple(_unescaped(line) for line in lines if line)
    found = []
    for text in typed:
        held = _AMOUNT.fullmatch(text)
        if held is None:
            row.fault(column, f"Không nhận '{text}'. Viết dạng '10.000 VND: mỗi thẻ'.")
            continue
        digits, currency, purpose = held.groups()
        money = Currency.USD if (currency or "").upper() == Currency.USD else Currency.VND
        found.append(Amount(int(digits.replace(".", "")), purpose or "", money))
    return tuple(found)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else "\\", text)
