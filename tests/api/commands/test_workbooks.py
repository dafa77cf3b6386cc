"""The knowledge base in Excel, as an official uses it: export, change, look, import, go back."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from knowledge.content import load_procedures
from knowledge.faq_yaml import load_faqs
from knowledge.workbook import workbook_of
from tests.api.commands.test_commands import motcua
from tests.support.exports import an_export
from tests.support.small_content import a_birth_record, a_small_content

Change = Callable[[Any], None]


class Office:
    """An official with a content folder and an Excel file of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = a_small_content(folder)
        self.file = self.content / "procedures" / "cu-tru" / "1.004222.yaml"
        made = workbook_of(load_procedures(self.content), load_faqs(self.content))
        (folder / "goc.xlsx").write_bytes(made)

    def types(self, *words: str, status: int = 0) -> str:
        environment = {"CONTENT_FOLDER": str(self.content)}
        result = motcua("knowledge", *words, folder=self.folder, env=environment)
        assert result.returncode == status, result.stderr + result.stdout
        return result.stdout + result.stderr

    def changes(self, *changes: Change, of: str = "goc.xlsx") -> None:
        book = load_workbook(self.folder / of)
        for change in changes:
            change(book)
        book.save(self.folder / "sua.xlsx")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def puts(sheet: str, cell: str, value: Any) -> Change:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    return change


def test_what_was_exported_changes_nothing(office: Office) -> None:
    before = office.file.read_text("utf-8")
    assert "1 thủ tục và 1 câu hỏi" in office.types("export", "--excel", "goc.xlsx")
    assert office.types("import", "goc.xlsx") == "Không có gì thay đổi.\n"
    assert office.file.read_text("utf-8") == before


def test_a_change_is_shown_before_it_is_written(office: Office) -> None:
    office.changes(puts("Thủ tục", "C2", "Nhập hộ khẩu"), puts("Cách nộp", "E2", "9"))
    before = office.file.read_text("utf-8")
    told = office.types("import", "sua.xlsx", "--dry-run")
    assert "Thủ tục!A2: Đăng ký thường trú" in told
    assert "Thời gian giải quyết, nộp trực tuyến: 7 ngày làm việc → 9 ngày làm việc" in told
    assert "chưa ghi gì" in told
    assert office.file.read_text("utf-8") == before


def test_a_change_is_written_and_what_was_there_is_kept(office: Office) -> None:
    office.changes(puts("Thủ tục", "C2", "Nhập hộ khẩu"))
    before = office.file.read_text("utf-8")
    told = office.types("import", "sua.xlsx", "--report", "bao-cao.txt")
    assert "Đã ghi 1 tệp nội dung" in told
    assert "label: Nhập hộ khẩu\n" in office.file.read_text("utf-8")
    (kept,) = (office.folder / "var" / "replaced").rglob("1.004222.yaml")
    assert kept.read_text("utf-8") == before
    assert "Thủ tục!A2" in (office.folder / "bao-cao.txt").read_text("utf-8")
    assert office.types("import", "sua.xlsx") == "Không có gì thay đổi.\n"


@pytest.mark.parametrize("report", ["khong-co/bao-cao.txt", "."])
def test_nothing_is_written_where_the_report_cannot_be(office: Office, report: str) -> None:
    office.changes(puts("Thủ tục", "C2", "Nhập hộ khẩu"))
    before = office.file.read_text("utf-8")
    told = office.types("import", "sua.xlsx", "--report", report, status=1)
    assert "không đọc hoặc ghi được" in told
    assert office.file.read_text("utf-8") == before
    assert list(office.folder.rglob(".*.part")) == []


def test_faults_of_the_content_are_told_with_the_row_and_nothing_is_written(office: Office) -> None:
    office.changes(puts("Thủ tục", "C2", "x" * 41), puts("FAQ", "C2", "Câu này không hỏi."))
    before = office.file.read_text("utf-8")
    told = office.types("import", "sua.xlsx", status=1)
    assert "sua.xlsx: Thủ tục!A2: 'label' dài 41 ký tự. Rút còn 40." in told
    assert "sua.xlsx: FAQ!A2: Câu hỏi phải kết thúc bằng dấu hỏi." in told
    assert office.file.read_text("utf-8") == before


def test_an_answer_that_says_the_old_fee_keeps_the_new_one_out(office: Office) -> None:
    rows = {"I2": "12.000 VND", "I3": "25.000 VND"}
    office.changes(*(puts("Cách nộp", cell, fee) for cell, fee in rows.items()))
    told = office.types("import", "sua.xlsx", status=1)
    assert "FAQ!A2: '20000' không có trong mục 'fee' của 1.004222" in told


@pytest.mark.parametrize("topic", ["../../ngoai", "/ngoai", "Phí", ".."])
def test_a_cell_never_leads_out_of_the_content(office: Office, topic: str) -> None:
    office.changes(
        puts("FAQ", "B2", topic), puts("FAQ", "A2", "moi"), puts("FAQ nguồn", "A2", "moi")
    )
    told = office.types("import", "sua.xlsx", status=1)
    assert "chỉ gồm chữ thường không dấu" in told
    assert [path.name for path in (office.content / "faq").iterdir()] == ["phi"]


def test_imported_records_of_a_field_become_a_revision(office: Office) -> None:
    export = an_export(office.folder, a_birth_record(), name="quoc-gia.jsonl")
    office.types("import", export.name)
    field = a_birth_record()["field"]
    office.types("export", "--excel", "linh-vuc.xlsx", "--only", field)
    book = load_workbook(office.folder / "linh-vuc.xlsx")
    row = next(row[0].row for row in book["Thủ tục"].iter_rows() if row[0].value == "1.001193")
    office.changes(puts("Thủ tục", f"K{row}", "Uỷ ban nhân dân xã"), of="linh-vuc.xlsx")
    assert "Mới chỉ xem trước" in office.types("import", "sua.xlsx", "--dry-run")
    told = office.types("import", "sua.xlsx")
    assert "Đã lưu bản số 2" in told
    assert "sua.xlsx" in office.types("revisions")
    assert "Đã quay lại" in office.types("rollback")


def test_a_content_folder_that_cannot_be_written_stays_as_it_is(office: Office) -> None:
    office.changes(puts("Thủ tục", "C2", "Nhập hộ khẩu"))
    kept = office.folder / "var" / "replaced"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("đây là tệp", "utf-8")
    before = office.file.read_text("utf-8")
    assert "Lỗi: không đọc hoặc ghi được" in office.types("import", "sua.xlsx", status=1)
    assert office.file.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export", "--excel", "a.xls"), ".xlsx"),
        (("export", "--only", "faq"), "--excel"),
        (("export", "--excel", "a.xlsx", "--only", "Cư tru"), "Không có lĩnh vực 'Cư tru'"),
        (("export", "--excel", "khong/co/a.xlsx"), "không có tệp hay thư mục này"),
        (("import", "goc.xlsx", "goc.xlsx"), "một tệp Excel"),
        (("import", "goc.xlsx", "--replace"), "--replace không dùng"),
        (("import", "a.xlsm"), "macro"),
        (("import", "khong-co.xlsx"), "không có tệp"),
        (("import", "thu-muc.xlsx"), "đây là thư mục"),
    ],
)
def test_what_cannot_be_done_is_told(office: Office, words: tuple[str, ...], told: str) -> None:
    shutil.copy(office.folder / "goc.xlsx", office.folder / "a.xlsm")
    (office.folder / "thu-muc.xlsx").mkdir()
    assert told in office.types(*words, status=1)
