"""Procedures and general questions as one Excel file, and back without loss.

What an official changes there is read as a whole or not at all: every fault names its cell.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.errors import ContentFaulty, Fault
from knowledge.faq import Faq
from knowledge.procedure import Procedure
from knowledge.spreadsheet import open_workbook
from knowledge.spreadsheet_writing import workbook_bytes
from knowledge.workbook_faqs import PlacedFaq, faq_sheets, read_faqs
from knowledge.workbook_procedures import Placed, procedure_sheets, read_procedures
from knowledge.workbook_sheets import FAQS, GUIDE, PROCEDURES, guide_sheet
from knowledge.yaml_sections import Notebook

SUFFIX: Final = ".xlsx"
_OTHERS: Final = {
    ".xls": "Tệp .xls là dạng cũ. Mở bằng Excel rồi lưu lại dạng .xlsx.",
    ".xlsm": "Tệp .xlsm chứa macro, không nhận. Lưu lại dạng .xlsx.",
    ".xlsb": "Tệp .xlsb là dạng nhị phân, không nhận. Lưu lại dạng .xlsx.",
    ".ods": "Tệp .ods chưa nhận được. Lưu lại dạng .xlsx.",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """What a workbook holds, each with its row, so that a fault found later has a place."""

    procedures: tuple[Placed, ...]
    faqs: tuple[PlacedFaq, ...]


def is_workbook(path: Path) -> bool:
    """Tell whether a file is meant to be a table; one of another kind is refused when read."""
    return path.suffix.lower() in {SUFFIX, *_OTHERS}


def workbook_of(procedures: Iterable[Procedure], faqs: Iterable[Faq]) -> bytes:
    """Return an .xlsx file; sheets of what there is none of are left out.

    Raises:
        ContentFaulty: a text is longer than a cell of Excel holds, or holds what none can.
    """
    records, entries = tuple(procedures), tuple(faqs)
    sheets = [guide_sheet()]
    sheets += procedure_sheets(records) if records or not entries else ()
    sheets += faq_sheets(entries) if entries or not records else ()
    try:
        return workbook_bytes(sheets)
    except ValueError as error:
        raise ContentFaulty([Fault("Excel", 0, f"{error} Sửa nội dung rồi xuất lại.")]) from error


def read_workbook(path: Path) -> Contents:
    """Return what an .xlsx file of ours holds.

    Raises:
        ContentFaulty: with every fault of the file.
    """
    notebook = Notebook(path.name)
    contents = _read(path, notebook)
    if notebook.faults:
        raise ContentFaulty(notebook.faults)
    return contents


def _read(path: Path, notebook: Notebook) -> Contents:
    nothing = Contents((), ())
    refused = _OTHERS.get(path.suffix.lower(), "")
    if refused:
        notebook.note(0, refused)
        return nothing
    book = open_workbook(path, notebook)
    if book is None:
        return nothing
    book.skip(GUIDE)
    with_procedures, with_faqs = book.has(PROCEDURES.name), book.has(FAQS.name)
    if not with_procedures and not with_faqs:
        notebook.note(0, f"Không có trang '{PROCEDURES.name}' hay '{FAQS.name}'. Xuất lại tệp mẫu.")
        return nothing
    contents = Contents(
        read_procedures(book) if with_procedures else (),
        read_faqs(book) if with_faqs else (),
    )
    book.finish()
    if not (contents.procedures or contents.faqs or notebook.faults):
        notebook.note(0, "Tệp chưa có dòng nào. Ghi nội dung rồi nhập lại.")
    return contents
