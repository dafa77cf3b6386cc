"""Reads the sheets of an Excel file that people fill in, as rows of named columns.

As in `yaml_sections`, a reading method never raises: it notes the fault with its place
("Lệ phí!C4") and returns an empty value, so that one pass finds all faults of a file.
The first row of a sheet holds the column names. A file from outside may be hostile: it is looked
at by `spreadsheet_refusing` first, and its rows and columns are limited.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from knowledge.errors import reason_of
from knowledge.spreadsheet_refusing import NO_WORKBOOK, why_refused
from knowledge.yaml_sections import Notebook

_MOST_ROWS: Final = 200_000
_MOST_COLUMNS: Final = 100

Value = str | int | float | bool | date | time | None
"""What a cell holds; a moment is read as its day, for no column of ours asks for an hour of it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a sheet has, in the words of its first row."""

    name: str
    required: bool = True
    """Its absence is a fault; the cells of an optional column that is missing are empty."""


class Row:
    """One row, read by the names of its columns."""

    def __init__(
        self, sheet: str, number: int, cells: Mapping[str, tuple[str, Value]], notebook: Notebook
    ) -> None:
        self.sheet = sheet
        self.number = number
        """From 1, as Excel counts."""
        self._cells = cells
        self._notebook = notebook

    def place(self, column: str) -> str:
        """Return where the cell stands, e.g. "Lệ phí!C4"."""
        letters, _ = self._cells.get(column, ("", None))
        return f"{self.sheet}!{letters}{self.number}"

    def fault(self, column: str, message: str) -> None:
        """Note a fault of this cell."""
        self._notebook.note(0, f"{self.place(column)}: {message}")

    def has(self, column: str) -> bool:
        """Tell whether something stands in the cell."""
        return self.value(column) is not None

    def value(self, column: str) -> Value:
        """Return what the cell holds, strings in NFC without blanks around them; None: empty."""
        return self._cells.get(column, ("", None))[1]

    def lines(self, column: str) -> tuple[str, ...]:
        """Return the lines of a text cell, without empty ones, blanks made single."""
        tidy = (" ".join(line.split()) for line in self.raw_text(column).splitlines())
        return tuple(line for line in tidy if line)

    def text(self, column: str) -> str:
        """Return a text on one line; "" where the cell is empty."""
        return " ".join(self.raw_text(column).split())

    def required_text(self, column: str) -> str:
        """Return a text that must not be empty."""
        if not self.has(column):
            self.fault(column, f"Cột '{column}' để trống. Hãy ghi rõ.")
        return self.text(column)

    def raw_text(self, column: str) -> str:
        """Return a text with its line breaks as they stand; "" where the cell is empty."""
        value = self.value(column)
        if value is None or isinstance(value, str):
            return value or ""
        self.fault(
            column,
            f"Ô phải là chữ, Excel đang giữ là {_kind(value)}. "
            "Đổi định dạng ô sang Văn bản (Text) rồi gõ lại.",
        )
        return ""

    def integer(self, column: str, *, low: int, high: int) -> int | None:
        """Return a whole number from `low` to `high`; None where it is empty or none."""
        value = self.value(column)
        if value is None:
            return None
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value)
        whole = isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0
        if isinstance(value, int | float) and whole and low <= value <= high:
            return int(value)
        self.fault(column, f"Phải là số nguyên từ {low} đến {high}, không dấu chấm, không đơn vị.")
        return None

    def day(self, column: str) -> date | None:
        """Return a day: a date cell, or text as 2026-07-15 or 15/07/2026; None: empty or none."""
        value = self.value(column)
        if value is None or isinstance(value, date):
            return value
        for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(str(value), pattern).date()  # noqa: DTZ007 - a day, no hour
            except ValueError:
                continue
        self.fault(column, "Phải là một ngày có thật, ví dụ 15/07/2026.")
        return None

    def choice(self, column: str, values: Sequence[str]) -> str:
        """Return one of `values`, whatever the case; "" where it is empty or none of them."""
        typed = self.text(column)
        chosen = next((value for value in values if value.lower() == typed.lower()), "")
        if typed and not chosen:
            self.fault(column, f"Không nhận '{typed}'. Chọn một trong: {', '.join(values)}.")
        return chosen


class Workbook:
    """An Excel file, opened; sheets are asked for one by one."""

    def __init__(self, book: Any, notebook: Notebook) -> None:
        self._book = book
        self._notebook = notebook
        self._asked: list[str] = []
        self._refused: set[str] = set()

    def is_refused(self, name: str) -> bool:
        """Tell whether nothing of a sheet was read: what others say of its rows is no fault."""
        return name in self._refused

    def rows(self, name: str, columns: Sequence[Column], *, required: bool = True) -> list[Row]:
        """Return the rows of a sheet that hold anything; [] where the sheet is missing or wrong."""
        self._asked.append(name)
        found = [title for title in self._book.sheetnames if _same(title, name)]
        if not found:
            if required:
                present = ", ".join(self._book.sheetnames)
                told = f"Thiếu trang tính '{name}'. Tệp có: {present}."
                self._notebook.note(0, told, first=True)
                self._refused.add(name)
            return []
        rows = _Sheet(name, self._book[found[0]], self._notebook).rows(columns)
        if rows is None:
            self._refused.add(name)
        return rows or []

    def has(self, name: str) -> bool:
        """Tell whether there is a sheet of this name."""
        return any(_same(title, name) for title in self._book.sheetnames)

    def skip(self, name: str) -> None:
        """Let a sheet be there that holds nothing to read, e.g. how to fill in the others."""
        self._asked.append(name)

    def finish(self) -> None:
        """Note the sheets that nobody asked for."""
        for title in self._book.sheetnames:
            if not any(_same(title, name) for name in self._asked):
                told = f"Không dùng trang tính '{title}'. Các trang: {', '.join(self._asked)}."
                self._notebook.note(0, told, first=True)


class _Sheet:
    def __init__(self, name: str, sheet: Any, notebook: Notebook) -> None:
        self._name = name
        self._sheet = sheet
        self._notebook = notebook

    def rows(self, columns: Sequence[Column]) -> list[Row] | None:
        """Return the rows; None, and noted faults, where the sheet is not as it must be."""
        sheet = self._sheet
        if not hasattr(sheet, "iter_rows"):  # a sheet of charts
            self._note(
                "", "Trang này là biểu đồ, không phải bảng. Chép lại theo tệp mẫu.", first=True
            )
            return None
        if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
            self._note(
                "",
                f"Trang quá rộng ({sheet.max_row} dòng, {sheet.max_column} cột). "
                "Xoá các dòng và cột thừa, hoặc chép phần có chữ sang tệp mẫu mới.",
                first=True,
            )
            return None
        merged = [str(one) for one in sheet.merged_cells.ranges]
        for cells in sorted(merged):
            self._note(cells, "Các ô này bị gộp. Bỏ gộp ô (Unmerge) và ghi từng ô.", first=True)
        places = self._places(columns)
        if merged or places is None:
            return None
        rows = (self._row(number, places) for number in range(2, sheet.max_row + 1))
        return [row for row in rows if any(row.has(column.name) for column in columns)]

    def _note(self, cell: str, message: str, *, first: bool = False) -> None:
        place = f"{self._name}!{cell}" if cell else f"Trang '{self._name}'"
        self._notebook.note(0, f"{place}: {message}", first=first)

    def _places(self, columns: Sequence[Column]) -> dict[str, str] | None:
        """Return the column letters by name; None where the first row is wrong."""
        sound = True
        places: dict[str, str] = {}
        for cell in next(self._sheet.iter_rows(min_row=1, max_row=1), ()):
            typed = " ".join(str(cell.value or "").split())
            known = next((one.name for one in columns if _same(one.name, typed)), "")
            if typed and not known:
                self._note(cell.coordinate, self._unknown(typed, columns), first=True)
                sound = False
            elif known in places:
                told = f"Cột '{known}' có hai lần. Xoá bớt một cột."
                self._note(cell.coordinate, told, first=True)
                sound = False
            elif known:
                places[known] = cell.column_letter
        missing = [one.name for one in columns if one.required and one.name not in places]
        for name in missing:
            self._note("1", f"Thiếu cột '{name}'. Chép dòng tiêu đề từ tệp mẫu.", first=True)
        return places if sound and not missing else None

    def _unknown(self, typed: str, columns: Sequence[Column]) -> str:
        names = [one.name for one in columns]
        near = get_close_matches(typed, names, n=1)
        hint = f"Có phải là '{near[0]}'?" if near else f"Các cột: {', '.join(names)}."
        return f"Không có cột '{typed}'. {hint}"

    def _row(self, number: int, places: Mapping[str, str]) -> Row:
        cells = {
            name: (letters, self._value(self._sheet[f"{letters}{number}"]))
            for name, letters in places.items()
        }
        return Row(self._name, number, cells, self._notebook)

    def _value(self, cell: Any) -> Value:
        if cell.data_type == "f":
            self._note(
                cell.coordinate, "Ô có công thức. Dán lại thành giá trị (Paste Special → Values)."
            )
            return None
        if cell.data_type == "e":
            self._note(cell.coordinate, f"Ô đang báo lỗi {cell.value}. Ghi lại giá trị đúng.")
            return None
        value = cell.value
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, str):
            return unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip() or None
        return value if isinstance(value, int | float | bool | date | time) else None


def open_workbook(path: Path, notebook: Notebook) -> Workbook | None:
    """Return the workbook of an .xlsx file; None, and a noted fault, where it is none."""
    problem = why_refused(path)
    if problem:
        notebook.note(0, problem)
        return None
    import openpyxl  # noqa: PLC0415 - a third of a second, only where an Excel file is read

    try:
        return Workbook(openpyxl.load_workbook(path, data_only=False), notebook)
    except OSError as error:
        notebook.note(0, f"Không mở được tệp ({reason_of(error)}). Kiểm tra tên và quyền đọc.")
    except Exception:  # noqa: BLE001 - a damaged part raises whatever the parser of that part does
        notebook.note(0, NO_WORKBOOK)
    return None


def _same(one: str, other: str) -> bool:
    return _tidy(one) == _tidy(other)


def _tidy(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).lower()


def _kind(value: Value) -> str:
    if isinstance(value, bool):
        return "giá trị đúng/sai"
    if isinstance(value, int | float):
        return f"số {value:g}"
    return "ngày" if isinstance(value, date) else "giờ"
