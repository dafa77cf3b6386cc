"""Writes Excel sheets that people fill in: a header that stays, columns as wide as they need.

Text is always written as text: what begins with "=" is no formula, and a code keeps its zeros.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

_NO_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What the library lets through and no reader of XML takes; refused like a control character."""
_LONGEST_CELL: Final = 32_767
"""Characters of an Excel cell; the library would cut the rest without a word."""
_LONGEST_LIST: Final = 255
"""Characters of a list of choices that stands in the rule itself."""
_ROWS_TO_FILL: Final = 1000
"""Empty rows that also offer the choices."""


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """A column as it is written."""

    name: str
    width: int = 24
    """In characters."""
    choices: tuple[str, ...] = ()
    """Where the column has fixed values: offered as a list, and nothing else is accepted."""
    hint: str = ""
    """Shown as a comment of the header."""


@dataclass(frozen=True, slots=True)
class SheetLook:
    """One sheet to write."""

    name: str
    columns: tuple[ColumnLook, ...]
    rows: Sequence[Sequence[str | int | None]]
    """Cells in the order of the columns; None or "" is left empty."""


def workbook_bytes(sheets: Iterable[SheetLook]) -> bytes:
    """Return an .xlsx file.

    Raises:
        ValueError: a text is longer than an Excel cell holds, or has a character that Excel
            refuses; the message names the cell.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - a third of a second, only for Excel

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def _write(page: Any, sheet: SheetLook) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        _head(page, number, column)
    for row_number, row in enumerate(sheet.rows, start=2):
        for number, value in enumerate(row, start=1):
            if value is not None and value != "":
                _put(page.cell(row_number, number), value, sheet.name)
    page.freeze_panes = "B2"
    page.auto_filter.ref = page.dimensions
    for number, column in enumerate(sheet.columns, start=1):
        _offer(page, number, column)


def _head(page: Any, number: int, column: ColumnLook) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

    cell = page.cell(1, number, column.name)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="1F5F8B")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    if column.hint:
        cell.comment = Comment(column.hint, "motcua", width=320, height=120)
    page.column_dimensions[cell.column_letter].width = column.width
    page.column_dimensions[cell.column_letter].number_format = "@"


def _put(cell: Any, value: str | int, sheet: str) -> None:
    from openpyxl.styles import Alignment  # noqa: PLC0415
    from openpyxl.utils.exceptions import IllegalCharacterError  # noqa: PLC0415

    place = f"{sheet}!{cell.coordinate}"
    if isinstance(value, str) and len(value) > _LONGEST_CELL:
        raise ValueError(f"{place}: dài hơn {_LONGEST_CELL} ký tự, Excel không giữ được.")
    try:
        cell.value = _NO_XML.sub("\0", value) if isinstance(value, str) else value
    except IllegalCharacterError:
        raise ValueError(f"{place}: có ký tự điều khiển, Excel không giữ được.") from None
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _offer(page: Any, number: int, column: ColumnLook) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    if not column.choices:
        return
    listed = ",".join(column.choices)
    if len(listed) > _LONGEST_LIST or any("," in choice for choice in column.choices):
        raise ValueError(f"{page.title}: danh sách của cột '{column.name}' dài quá hoặc có dấu ','")
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    rule.errorTitle = "Không có trong danh sách"
    rule.error = "Chọn một giá trị trong danh sách."
    rule.showErrorMessage = True
    page.add_data_validation(rule)
    letters = get_column_letter(number)
    rule.add(f"{letters}2:{letters}{max(page.max_row, _ROWS_TO_FILL)}")
