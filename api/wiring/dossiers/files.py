"""Reads files of dossiers row by row: CSV, Excel, JSON lines; a broken row is told, not fatal."""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

from api.errors import CannotStart
from api.wiring.dossiers.csv_records import Records, csv_records
from bot.dossier_sources.columns import COLUMNS, field_of
from bot.dossier_sources.fields import plain_name
from bot.dossier_sources.json_text import read_json
from knowledge.spreadsheet_refusing import NO_WORKBOOK, why_refused

EXCEL: Final = ".xlsx"
TABLES: Final = frozenset({".csv", ".tsv", ".txt"})
LINES: Final = frozenset({".jsonl", ".ndjson", ".json"})
SHEET: Final = "Hồ sơ"

_MOST_COLUMNS: Final = 200
_LONGEST_LINE: Final = 1_000_000
_CELL_ERROR: Final = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
_KINDS: Final = "Nhận tệp .csv (UTF-8), .xlsx, .jsonl hoặc .json."
_NO_UTF8: Final = "Tệp không phải UTF-8. Trong Excel chọn Lưu thành, kiểu CSV UTF-8, rồi nhập lại."


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row of a file."""

    number: int
    """From 1, as Excel counts; the line where lines are read."""
    record: Mapping[str, object]
    fault: str = ""
    """Why it cannot be read at all; empty: it can."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """Which column each field stands in."""

    def place(self, name: str = "") -> str:
        """Return where a field stands: "dòng 12, ô C12 (Ngày hẹn trả)", or the row alone."""
        if not name:
            return f"dòng {self.number}"
        held = plain_name(name.partition("[")[0])
        letters = next((one for of, one in self.letters.items() if plain_name(of) == held), "")
        heading = next((one.heading for one in COLUMNS if plain_name(one.field) == held), name)
        if letters:
            return f"dòng {self.number}, ô {letters}{self.number} ({heading})"
        return f"dòng {self.number} ({heading if self.letters else name})"


@dataclass(slots=True)
class DossierFile:
    """An opened file; its rows can be read once."""

    rows: Iterator[FileRow]
    total: int
    """About how many rows there are."""
    unused: Sequence[str] = ()
    """Headings of columns that are not read."""


def open_dossiers(path: Path) -> DossierFile:
    """Return the rows of a file.

    Raises:
        CannotStart: it is of another kind, cannot be read, or lacks a column.
        OSError: it cannot be opened.
    """
    kind = path.suffix.lower()
    if kind == EXCEL:
        return _excel(path)
    if not path.is_file():
        path.stat()
        raise CannotStart(f"{path.name} không phải tệp thường. {_KINDS}")
    if kind in LINES:
        return DossierFile(_json_rows(path), _lines_of(path))
    if kind in TABLES:
        return _csv(path)
    raise CannotStart(f"Không nhận tệp {kind or 'không có đuôi'}. {_KINDS}")


def _lines_of(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


@dataclass(frozen=True, slots=True)
class _Heads:
    fields: tuple[str, ...]
    """Of each column; empty: it is not read."""
    letters: Mapping[str, str]
    unused: tuple[str, ...]


def _heads(cells: Sequence[object], file: str) -> _Heads:
    """Read the first row of a table.

    Raises:
        CannotStart: two columns are the same field, or one that every row needs is missing.
    """
    headings = [" ".join(str(cell).split()) if cell is not None else "" for cell in cells]
    fields = tuple(map(field_of, headings))
    for name in fields:
        if name and fields.count(name) > 1:
            twice = ", ".join(h for h, f in zip(headings, fields, strict=True) if f == name)
            raise CannotStart(f"{file}: các cột {twice} cùng một nội dung. Chỉ giữ một cột.")
    for column in COLUMNS:
        if column.required and column.field not in fields:
            seen = ", ".join(filter(None, headings[:20])) or "không có chữ nào"
            raise CannotStart(
                f"{file}: thiếu cột '{column.heading}' ở dòng đầu. Các cột đang có: {seen}. "
                "Xem tệp mẫu: motcua dossiers sample ho-so.xlsx"
            )
    letters = {name: _letters(place) for place, name in enumerate(fields) if name}
    unused = tuple(h for h, f in zip(headings, fields, strict=True) if h and not f)
    return _Heads(fields, letters, unused)


def _letters(place: int) -> str:
    """Return how Excel names a column, from 0.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    before = _letters(place // 26 - 1) if place >= 26 else ""  # noqa: PLR2004 - the alphabet
    return before + chr(ord("A") + place % 26)


def _of_cells(number: int, cells: Sequence[object], heads: _Heads) -> FileRow | None:
    """Return a row of a table; None: nothing stands in it."""
    if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells):
        return None
    record = {name: cell for name, cell in zip(heads.fields, cells, strict=False) if name}
    fault = ""
    if any(cell not in {None, ""} for cell in map(_bare, cells[len(heads.fields) :])):
        fault = "Dòng có nhiều ô hơn dòng tiêu đề. Kiểm tra dấu phân cách và dấu ngoặc kép."
    elif wrong := [name for name, cell in record.items() if _is_error(cell)]:
        where = ", ".join(f"{heads.letters[name]}{number}" for name in wrong)
        fault = f"Ô {where} đang báo lỗi của Excel. Ghi lại giá trị đúng."
    return FileRow(number, record, fault, heads.letters)


def _bare(cell: object) -> str | None:
    return None if cell is None else str(cell).strip()


def _is_error(cell: object) -> bool:
    return isinstance(cell, str) and _CELL_ERROR.fullmatch(cell.strip()) is not None


def _csv(path: Path) -> DossierFile:
    with path.open("rb") as raw:
        begin = raw.read(4096)
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise CannotStart(f"{path.name}: {_NO_UTF8}")
    _check_utf8(path)
    file = path.open(encoding="utf-8-sig", newline="")
    try:
        records = csv_records(file, _delimiter(begin))
        heads = _heads(_first(records, path.name)[:_MOST_COLUMNS], path.name)
    except BaseException:
        file.close()
        raise
    return DossierFile(_csv_rows(file, records, heads), _lines_of(path), heads.unused)


def _check_utf8(path: Path) -> None:
    """Read the file once as text, before anything of it is stored."""
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError as error:
        raise CannotStart(f"{path.name}: {_NO_UTF8}") from error


def _delimiter(begin: bytes) -> str:
    first = begin.decode("utf-8-sig", "replace").splitlines()[:1]
    bare = re.sub(r'"[^"]*"', "", first[0] if first else "")
    return max(",;\t", key=bare.count)


def _first(records: Records, file: str) -> Sequence[str]:
    first = next(records, [])
    if first is None:
        raise CannotStart(f"{file}: dòng tiêu đề không đọc được. {_KINDS}")
    return first


def _csv_rows(file: IO[str], records: Records, heads: _Heads) -> Iterator[FileRow]:
    with closing(file):
        for number, cells in enumerate(records, start=2):
            if cells is None:
                yield FileRow(number, {}, "Dấu ngoặc kép không khớp, hoặc ô quá dài. Sửa dòng này.")
            elif row := _of_cells(number, cells, heads):
                yield row


def _excel(path: Path) -> DossierFile:
    if problem := why_refused(path):
        raise CannotStart(f"{path.name}: {problem}")
    import openpyxl  # noqa: PLC0415 - a third of a second, only where an Excel file is read

    try:
        book: Any = openpyxl.load_workbook(path, read_only=True, data_only=True)
        named = [title for title in book.sheetnames if plain_name(title) == plain_name(SHEET)]
        sheet = book[(named or book.sheetnames)[0]]
        total = sheet.max_row or 0
        sheet.reset_dimensions()  # some programs write wrong ones
        cells = sheet.iter_rows(values_only=True)
        first = next(cells, ())[:_MOST_COLUMNS]
    except OSError:
        raise
    except Exception as error:  # a damaged part raises whatever the parser of that part does
        raise CannotStart(f"{path.name}: {NO_WORKBOOK}") from error
    while first and first[-1] is None:
        first = first[:-1]
    heads = _heads(first, path.name)
    return DossierFile(_excel_rows(book, cells, heads, path.name), total, heads.unused)


def _excel_rows(
    book: Any, cells: Iterator[tuple[object, ...]], heads: _Heads, name: str
) -> Iterator[FileRow]:
    number = 1
    with closing(book):
        while True:
            number += 1
            try:
                values = next(cells, None)
            except Exception as error:  # as above
                raise CannotStart(f"{name}, sau dòng {number - 1}: {NO_WORKBOOK}") from error
            if values is None:
                return
            if row := _of_cells(number, [_told(value) for value in values], heads):
                yield row


def _told(value: object) -> object:
    return value if isinstance(value, str | int | float | date | None) else str(value)


def _json_rows(path: Path) -> Iterator[FileRow]:
    if path.suffix.lower() == ".json" and (whole := _whole_json(path)) is not None:
        yield from (_of_json(number, entry) for number, entry in enumerate(whole, start=1))
        return
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LONGEST_LINE):
            number += 1
            long = not line.endswith(b"\n") and len(line) == _LONGEST_LINE
            while long and (rest := file.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            if long:
                yield FileRow(number, {}, "Dòng dài quá 1 MB. Mỗi dòng chỉ một hồ sơ.")
            elif line.strip():
                yield _of_line(number, line)


def _whole_json(path: Path) -> list[object] | None:
    """Return the list that a file is, or its envelope holds; None: it may be lines."""
    try:
        value = read_json(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict):
        held = next((one for name, one in value.items() if name.lower() == "data"), None)
        return list(held) if isinstance(held, list) else [value]
    return list(value) if isinstance(value, list) else None


def _of_line(number: int, line: bytes) -> FileRow:
    try:
        return _of_json(number, read_json(line))
    except (ValueError, RecursionError):
        return FileRow(number, {}, "Dòng này không phải JSON. Mỗi dòng một đối tượng.")


def _of_json(number: int, entry: object) -> FileRow:
    if isinstance(entry, dict):
        return FileRow(number, entry)
    return FileRow(number, {}, "Phải là một đối tượng JSON với các mục của hồ sơ.")
