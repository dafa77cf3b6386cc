"""Reading and writing Excel sheets that people fill in."""

import unicodedata
import zipfile
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from knowledge.errors import ContentFaulty, Fault
from knowledge.spreadsheet import Column, Row, open_workbook
from knowledge.spreadsheet_writing import ColumnLook, SheetLook, workbook_bytes
from knowledge.yaml_sections import Notebook

FEES = (Column("Mã"), Column("Mức"), Column("Ghi chú", required=False))


def opened(path: Path, sheet: str = "Lệ phí") -> tuple[list[Row], Notebook]:
    notebook = Notebook(path.name)
    book = open_workbook(path, notebook)
    return [] if book is None else book.rows(sheet, FEES), notebook


def read(path: Path, sheet: str = "Lệ phí") -> tuple[list[Row], list[str]]:
    rows, notebook = opened(path, sheet)
    return rows, [fault.message for fault in notebook.faults]


def a_file(folder: Path, *rows: tuple[Any, ...], head: tuple[Any, ...] = ("Mã", "Mức")) -> Path:
    book = Book()
    page: Any = book.active
    page.title = "Lệ phí"
    for row in (head, *rows):
        page.append(row)
    path = folder / "tinh.xlsx"
    book.save(path)
    return path


def test_rows_are_read_by_the_names_of_their_columns_in_any_order(tmp_path: Path) -> None:
    path = a_file(tmp_path, (50000, "1.004222"), (None, None), head=("mức ", "Mã"))
    rows, faults = read(path)
    assert [(row.number, row.text("Mã")) for row in rows] == [(2, "1.004222")]
    assert rows[0].integer("Mức", low=0, high=10**9) == 50000
    assert rows[0].text("Ghi chú") == ""
    assert faults == []


def test_a_code_that_excel_made_a_number_is_refused_with_its_cell(tmp_path: Path) -> None:
    (row,), notebook = opened(a_file(tmp_path, (1.004, "50.000 đồng")))
    assert row.text("Mã") == ""
    assert row.integer("Mức", low=0, high=10**9) is None
    code, amount = (fault.message for fault in notebook.faults)
    assert code.startswith("Lệ phí!A2: Ô phải là chữ")
    assert amount.startswith("Lệ phí!B2: Phải là số nguyên")


@pytest.mark.parametrize(
    ("cell", "written"),
    [("2026-07-15", "2026-07-15"), ("15/07/2026", "2026-07-15"), ("31/02/2026", "None")],
)
def test_a_day_is_read_as_people_write_it(tmp_path: Path, cell: str, written: str) -> None:
    (row,), _ = read(a_file(tmp_path, ("1.004222", cell)))
    assert str(row.day("Mức")) == written


def test_a_moment_is_read_as_its_day_and_an_hour_is_no_text(tmp_path: Path) -> None:
    first, second = read(
        a_file(tmp_path, ("a", datetime(2026, 7, 15, 9)), ("b", time(7, 30)))  # noqa: DTZ001
    )[0]
    assert str(first.day("Mức")) == "2026-07-15"
    assert second.value("Mức") == time(7, 30)


def test_merged_cells_are_named_and_nothing_of_the_sheet_is_read(tmp_path: Path) -> None:
    path = a_file(tmp_path, ("1.004222", 1))
    book = load_workbook(path)
    book["Lệ phí"].merge_cells("A2:A3")
    book.save(path)
    assert read(path) == (
        [],
        ["Lệ phí!A2:A3: Các ô này bị gộp. Bỏ gộp ô (Unmerge) và ghi từng ô."],
    )


def test_a_formula_and_a_failed_one_are_named(tmp_path: Path) -> None:
    rows, faults = read(a_file(tmp_path, ("1.004222", "=1+1"), ("1.004223", "#REF!")))
    assert len(rows) == 2
    assert faults[0].startswith("Lệ phí!B2: Ô có công thức")
    assert faults[1].startswith("Lệ phí!B3: Ô đang báo lỗi #REF!")


def test_missing_unknown_and_double_columns_are_named(tmp_path: Path) -> None:
    rows, faults = read(a_file(tmp_path, ("1", "2", "3"), head=("Mã", "Mứcc", "mã")))
    assert rows == []
    assert faults == [
        "Lệ phí!B1: Không có cột 'Mứcc'. Có phải là 'Mức'?",
        "Lệ phí!C1: Cột 'Mã' có hai lần. Xoá bớt một cột.",
        "Lệ phí!1: Thiếu cột 'Mức'. Chép dòng tiêu đề từ tệp mẫu.",
    ]


def test_a_missing_sheet_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    rows, faults = read(a_file(tmp_path, ("1", "2")), sheet="Cơ quan")
    assert rows == []
    assert faults == ["Thiếu trang tính 'Cơ quan'. Tệp có: Lệ phí."]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half", b"M\xe3,M\xf9c\n"])
def test_what_is_no_excel_file_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tinh.xlsx"
    path.write_bytes(content)
    rows, faults = read(path)
    assert rows == []
    assert faults[0].startswith("Không đọc được như tệp Excel")


def test_a_truncated_workbook_is_said_to_be_none(tmp_path: Path) -> None:
    path = a_file(tmp_path, ("1", "2"))
    path.write_bytes(path.read_bytes()[:-200])
    assert read(path)[1][0].startswith("Không đọc được như tệp Excel")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "không có tệp" in read(tmp_path / "khong-co.xlsx")[1][0]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "tinh.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts,
        parts.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(301):
            part.write(b"0" * 1_000_000)
    assert read(path)[1][0].startswith("Tệp giải nén ra quá lớn")


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    good = a_file(tmp_path, ("1", "2"))
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12)
    )
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("workbook.xml"):
                content = (bomb + "]><x>&a11;</x>").encode()
            new.writestr(name, content)
    assert read(path)[1][0].startswith("Không đọc được như tệp Excel")


def test_a_sheet_with_too_many_columns_is_refused(tmp_path: Path) -> None:
    assert "quá rộng" in read(a_file(tmp_path, tuple("x" * 150)))[1][0]


def write(folder: Path, rows: list[list[str | int | None]]) -> Path:
    columns = (ColumnLook("Mã"), ColumnLook("Mức", choices=("có", "không")))
    path = folder / "ghi.xlsx"
    path.write_bytes(workbook_bytes([SheetLook("Lệ phí", columns, rows)]))
    return path


def test_what_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    (row,), faults = read(write(tmp_path, [['=HYPERLINK("x")', 5]]))
    assert (row.text("Mã"), row.value("Mức"), faults) == ('=HYPERLINK("x")', 5, [])


def test_fixed_values_are_offered_as_a_list(tmp_path: Path) -> None:
    page = load_workbook(write(tmp_path, []))["Lệ phí"]
    (rule,) = page.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ('"có,không"', "B2:B1000")


@pytest.mark.parametrize("text", ["x" * 32_768, "bấm \x07 chuông"])
def test_what_excel_cannot_hold_is_refused_with_its_cell(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"^Lệ phí!A2: "):
        write(tmp_path, [[text]])


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@settings(deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=8))
def test_every_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("excel")
    rows, faults = read(write(folder, [[text] for text in texts]))
    there = [row.value("Mã") for row in rows]
    expected = [unicodedata.normalize("NFC", text).strip() for text in texts]
    assert there == [text for text in expected if text]
    assert faults == []


@pytest.mark.parametrize("head", [("Mã", "Mứcc"), ("Mã", None), ("Mã", "Mức", "Ghi chus")])
def test_a_wrong_first_row_is_all_that_is_told_of_its_sheet(
    tmp_path: Path, head: tuple[str | None, ...]
) -> None:
    notebook = Notebook("tinh.xlsx")
    path = a_file(tmp_path, *((number, "=1+1") for number in range(99)), head=head)
    book = open_workbook(path, notebook)
    assert book is not None
    assert book.rows("Lệ phí", FEES) == []
    assert book.is_refused("Lệ phí")
    assert 1 <= len(notebook.faults) <= 2
    assert all(fault.first for fault in notebook.faults)


def test_the_cause_is_told_first_and_rows_are_told_as_they_are_counted() -> None:
    cells = (Fault("t.xlsx", 0, f"Bước!A{row}: Sửa mã.") for row in (998, 99, 1000))
    cause = Fault("t.xlsx", 0, "Thủ tục!1: Thiếu cột 'Mã'.", first=True)
    told = [fault.message.split(":")[0] for fault in ContentFaulty([*cells, cause]).faults]
    assert told == ["Thủ tục!1", "Bước!A99", "Bước!A998", "Bước!A1000"]
