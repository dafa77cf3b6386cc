"""The knowledge base as an Excel file: what goes out comes back, whatever it is."""

import gzip
import io
import itertools
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from knowledge.content import load_procedures
from knowledge.errors import ContentFaulty
from knowledge.faq import Faq
from knowledge.faq_yaml import load_faqs
from knowledge.national import read_record
from knowledge.procedure import Amount, Fee, FeeStatus, Procedure
from knowledge.workbook import read_workbook, workbook_of
from tests.knowledge.made import by_key, made
from tests.support.builders import a_procedure

EVERYTHING = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def there_and_back(
    folder: Path, procedures: Sequence[Procedure], faqs: Sequence[Faq] = ()
) -> tuple[list[Procedure], list[Faq]]:
    path = folder / "noi-dung.xlsx"
    path.write_bytes(workbook_of(procedures, faqs))
    found = read_workbook(path)
    return [one.procedure for one in found.procedures], [one.faq for one in found.faqs]


def opened(procedures: Sequence[Procedure], faqs: Sequence[Faq] = ()) -> Any:
    return load_workbook(io.BytesIO(workbook_of(procedures, faqs)))


def test_everything_that_ships_comes_back(tmp_path: Path) -> None:
    procedures, faqs = load_procedures(), load_faqs()
    assert len(procedures) >= 200
    assert len(faqs) >= 120
    assert there_and_back(tmp_path, procedures, faqs) == ([*procedures], [*faqs])


def test_imported_records_come_back(tmp_path: Path, national_data: Path) -> None:
    with gzip.open(national_data / "procedures_national.jsonl.gz", "rt", encoding="utf-8") as lines:
        some = [json.loads(line) for line in itertools.islice(lines, 0, None, 20)]
    records = [read_record(one, "2026-07").procedure for one in some]
    assert len(records) >= 100
    assert there_and_back(tmp_path, records) == (records, [])


@EVERYTHING
@given(records=st.lists(made(Procedure), min_size=1, max_size=2))
def test_every_procedure_comes_back(
    tmp_path_factory: pytest.TempPathFactory, records: list[Procedure]
) -> None:
    records = by_key(records, "code")
    assert there_and_back(tmp_path_factory.mktemp("excel"), records) == (records, [])


@EVERYTHING
@given(faqs=st.lists(made(Faq), min_size=1, max_size=2))
def test_every_general_question_comes_back(
    tmp_path_factory: pytest.TempPathFactory, faqs: list[Faq]
) -> None:
    faqs = by_key(faqs, "key")
    assert there_and_back(tmp_path_factory.mktemp("excel"), [], faqs) == ([], faqs)


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-1", "@an", '=HYPERLINK("http://x")', "007"])
def test_nothing_becomes_a_formula_or_a_number(tmp_path: Path, text: str) -> None:
    record = a_procedure(name=text, conditions=(text, "khác"), summary=text)
    assert there_and_back(tmp_path, [record]) == ([record], [])
    cells = [cell for row in opened([record])["Thủ tục"].iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells if cell.value == text} == {"s"}


def test_a_text_too_long_for_a_cell_is_told_with_its_cell() -> None:
    with pytest.raises(ContentFaulty, match=r"Thủ tục!I2: dài hơn 32767 ký tự"):
        workbook_of([a_procedure(summary="x" * 32_768)], [])


def test_a_sign_that_excel_cannot_hold_is_told_with_its_cell() -> None:
    with pytest.raises(ContentFaulty, match=r"Thủ tục!I2: có ký tự điều khiển"):
        workbook_of([a_procedure(summary="lạ \uffff")], [])


def test_codes_and_dates_are_texts_for_excel_too() -> None:
    page = opened([a_procedure(code="1.004880")])["Thủ tục"]
    assert (page["A2"].value, page["A2"].number_format) == ("1.004880", "@")


def test_sheets_are_made_for_people() -> None:
    book = opened([a_procedure()], load_faqs()[:1])
    assert book.sheetnames == [
        *("Hướng dẫn", "Thủ tục", "Cách nộp", "Giấy tờ", "Các bước", "Biểu mẫu"),
        *("Giấy tờ khỏi nộp", "Mức trực tuyến", "FAQ", "FAQ nguồn", "FAQ liên kết"),
    ]
    for page in book.worksheets[1:]:
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref
        assert page["A1"].font.bold
    offered = {
        (page.title, rule.formula1)
        for page in book.worksheets
        for rule in page.data_validations.dataValidation
    }
    assert ("Cách nộp", '"Trực tuyến,Tại quầy,Bưu điện"') in offered
    assert ("Cách nộp", '"ngày làm việc,ngày,giờ,tháng"') in offered
    assert ("Cách nộp", '"Miễn phí,Có mức thu,Xem nội dung,Chưa công bố"') in offered
    assert ("Thủ tục", '"Cấp xã,Cấp tỉnh,Cấp bộ,Cơ quan khác"') in offered
    assert ("Thủ tục", '"Toàn trình,Một phần"') in offered


def changed(folder: Path, sheet: str, *cells: tuple[str, Any]) -> Path:
    """Return a file in which somebody changed cells by hand."""
    book = opened([load_procedures()[0]], load_faqs()[:1])
    for place, value in cells:
        book[sheet][place] = value
    path = folder / "sua.xlsx"
    book.save(path)
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(ContentFaulty) as caught:
        read_workbook(path)
    return [fault.message for fault in caught.value.faults]


def test_a_fee_typed_by_hand_is_read(tmp_path: Path) -> None:
    path = changed(
        tmp_path, "Cách nộp", ("H2", "có mức thu"), ("I2", 15000), ("E2", 7), ("F2", None)
    )
    (placed,) = read_workbook(path).procedures
    method = placed.procedure.methods[0]
    assert method.fee.amounts == (Amount(15000),)
    assert method.fee.status is FeeStatus.AMOUNT
    assert method.time is not None
    assert (method.time.amount, method.time.unit) == ("7", None)


def test_a_row_added_without_a_number_follows_the_row_above(tmp_path: Path) -> None:
    code = load_procedures()[0].code
    page = opened([load_procedures()[0]])["Các bước"]
    last = page.max_row + 1
    path = changed(tmp_path, "Các bước", (f"A{last}", code), (f"D{last}", "Nhận kết quả."))
    (placed,) = read_workbook(path).procedures
    assert placed.procedure.steps[-1].text == "Nhận kết quả."


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "told"),
    [
        ("Thủ tục", "A2", None, "Thủ tục!A2: Cột 'Mã' để trống."),
        ("Thủ tục", "A2", 1.00488, "Thủ tục!A2: Ô phải là chữ"),
        ("Thủ tục", "B1", "Tên", "Thủ tục!B1: Không có cột 'Tên'."),
        ("Thủ tục", "B1", None, "Thủ tục!1: Thiếu cột 'Tên chính thức'."),
        ("Thủ tục", "E2", "Huyện", "Thủ tục!E2: Không nhận 'Huyện'. Chọn một trong: Cấp xã"),
        ("Cách nộp", "A2", "9.999999", "Cách nộp!A2: Mã 9.999999 không có ở trang 'Thủ tục'."),
        ("Cách nộp", "D2", None, "Cách nộp!D2: Cột 'Cách nộp' để trống."),
        ("Cách nộp", "I2", "mười nghìn", "Cách nộp!I2: Không nhận 'mười nghìn'."),
        ("Cách nộp", "K2", "=A1", "Cách nộp!K2: Ô có công thức."),
        ("Giấy tờ", "G2", "một bản", "Giấy tờ!G2: Phải là số nguyên từ 0 đến 99"),
        ("FAQ nguồn", "A2", "la-lam", "FAQ nguồn!A2: Khoá la-lam không có ở trang 'FAQ'."),
        ("FAQ", "J2", "mai", "FAQ!J2: Phải là một ngày có thật"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(
    tmp_path: Path, sheet: str, cell: str, value: Any, told: str
) -> None:
    messages = faults(changed(tmp_path, sheet, (cell, value)))
    assert [message for message in messages if message.startswith(told)], messages


@pytest.mark.parametrize("sheet", ["Thủ tục", "FAQ"])
def test_a_renamed_column_hides_behind_no_fault_of_other_sheets(tmp_path: Path, sheet: str) -> None:
    messages = faults(changed(tmp_path, sheet, ("A1", "Khoa ma")))
    assert [one.split(":")[0] for one in messages] == [f"{sheet}!1", f"{sheet}!A1"], messages[:9]


def test_one_code_on_two_rows_is_refused(tmp_path: Path) -> None:
    code = load_procedures()[0].code
    (message,) = faults(changed(tmp_path, "Thủ tục", ("A3", code), ("AC3", "Biên soạn")))
    assert message == f"Thủ tục!A3: Mã {code} đã có ở dòng 2. Giữ một dòng."


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, "Thủ tục")
    book = load_workbook(path)
    book["Giấy tờ"].merge_cells("E2:E3")
    book.save(path)
    assert "Giấy tờ!E2:E3: Các ô này bị gộp. Bỏ gộp ô (Unmerge) và ghi từng ô." in faults(path)


def test_a_sheet_of_a_procedure_that_is_gone_would_lose_its_part(tmp_path: Path) -> None:
    path = changed(tmp_path, "Thủ tục")
    book = load_workbook(path)
    del book["Các bước"]
    book["FAQ"].title = "Câu hỏi"
    book.save(path)
    told = faults(path)
    assert told[0].startswith("Không dùng trang tính")
    assert [one for one in told if one.startswith("Thiếu trang tính 'Các bước'")]


@pytest.mark.parametrize("name", ["a.xls", "a.xlsm", "a.XLSM", "a.xlsb", "a.ods"])
def test_other_kinds_of_tables_are_refused_with_the_way_out(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"PK")
    (message,) = faults(path)
    assert ".xlsx" in message


def test_a_workbook_with_macros_is_refused_whatever_its_name(tmp_path: Path) -> None:
    path = changed(tmp_path, "Thủ tục")
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"macro")
    assert [one for one in faults(path) if "macro" in one]


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "rong.xlsx"
    path.write_bytes(workbook_of([], []))
    assert faults(path) == ["Tệp chưa có dòng nào. Ghi nội dung rồi nhập lại."]


def test_a_fee_keeps_its_sums_with_their_purpose(tmp_path: Path) -> None:
    fee = Fee(FeeStatus.SEE_TEXT, (Amount(1_000_000, "10 trang: đầu"), Amount(0)), "a\\nb\nc")
    one = load_procedures()[0]
    record = replace(one, methods=(replace(one.methods[0], fee=fee),))
    assert there_and_back(tmp_path, [record]) == ([record], [])
