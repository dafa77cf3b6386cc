"""Importing a changed law, as an official does: look, import, confirm, go back."""

import subprocess
from pathlib import Path

import pytest

from tests.api.commands.test_commands import motcua
from tests.support.exports import an_export, an_exported_paper
from tests.support.small_content import CODE, a_birth_record, a_residence_record, a_small_content

WAITS = "đang cập nhật"
FEE = "đăng ký thường trú hết bao nhiêu tiền"
PAPERS = "đăng ký thường trú cần giấy tờ gì"
TIME = "đăng ký thường trú mất mấy ngày"


class Office:
    """A folder with the program's data, and an official who types commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"CONTENT_FOLDER": str(a_small_content(folder))}
        self.june = an_export(folder, a_residence_record(), a_birth_record(), name="thang6.jsonl")
        self.july = an_export(folder, a_residence_record("25.000 đồng"), name="thang7.jsonl")

    def types(self, *words: str, status: int = 0) -> str:
        result = self._run(*words)
        assert result.returncode == status, result.stderr
        return result.stdout or result.stderr

    def _run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return motcua(*words, folder=self.folder, env=self.environment)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.types("knowledge", "import", "thang6.jsonl")
    return office


def test_a_dry_run_tells_what_would_change_and_stores_nothing(office: Office) -> None:
    told = office.types("knowledge", "import", "--dry-run", "thang7.jsonl")
    assert "1.004222: Lệ phí, nộp trực tiếp: 20.000 đồng → 25.000 đồng" in told
    assert "content/faq/phi/phi-thuong-tru.yaml:12" in told
    assert "content/procedures/cu-tru/1.004222.yaml" in told
    assert "Sẽ tạm giữ" in told
    assert "chưa lưu gì" in told
    assert office.types("knowledge", "revisions").count("\n") == 1
    assert office.types("knowledge", "held") == "Không có phần nào bị giữ.\n"
    assert "20.000 đồng" in office.types("ask", FEE)


def test_the_first_import_holds_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path)
    told = office.types("knowledge", "import", "--dry-run", "thang7.jsonl")
    assert "Mới chỉ xem trước" in told
    assert not (tmp_path / "var" / "motcua.db").exists()
    office.types("knowledge", "import", "thang7.jsonl")
    assert office.types("knowledge", "held") == "Không có phần nào bị giữ.\n"
    assert "25.000 đồng" in office.types("ask", FEE)


def test_a_changed_fee_is_held_until_it_is_confirmed_and_the_rest_stays_live(
    office: Office,
) -> None:
    told = office.types("knowledge", "import", "thang7.jsonl", "--report", "bao-cao.txt")
    assert "Tạm giữ" in told
    assert "20.000 đồng → 25.000 đồng" in (office.folder / "bao-cao.txt").read_text("utf-8")
    fee = office.types("ask", FEE)
    assert WAITS in fee
    assert "20.000" not in fee
    assert "25.000" not in fee
    assert "7 ngày làm việc" in office.types("ask", TIME)
    assert WAITS in office.types("ask", "tiền làm thường trú là khoản nào")
    held = office.types("knowledge", "held")
    assert f"{CODE}:fee" in held
    assert "faq:phi-thuong-tru" in held
    confirmed = office.types("knowledge", "confirm", f"{CODE}:fee")
    assert "25.000 đồng" in confirmed
    assert "Còn giữ 1." in confirmed
    assert "25.000 đồng" in office.types("ask", FEE)
    assert WAITS in office.types("ask", "tiền làm thường trú là khoản nào")
    assert "Không còn phần nào bị giữ." in office.types("knowledge", "confirm", "--all")


def test_what_changes_behind_our_own_words_is_told_and_held_until_it_is_confirmed(
    office: Office,
) -> None:
    papers, fewer = (
        [{"case": "", "items": [an_exported_paper(name) for name in names]}]
        for names in (("Tờ khai", "Sổ hộ khẩu"), ("Tờ khai",))
    )
    before, after = (
        a_residence_record(documents=documents, requirements=condition)
        for documents, condition in ((papers, "Có chỗ ở."), (fewer, "Có chỗ ở.\nĐủ 18 tuổi."))
    )
    an_export(office.folder, before, name="thang8.jsonl")
    an_export(office.folder, after, name="thang9.jsonl")
    office.types("knowledge", "import", "thang8.jsonl")
    office.types("knowledge", "confirm", "--all")
    again = office.types("knowledge", "import", "--dry-run", "thang8.jsonl")
    assert "Không có gì thay đổi" in again
    dry = office.types("knowledge", "import", "--dry-run", "thang9.jsonl")
    told = f"{CODE}: bản nhập đổi, bản biên soạn chưa theo: "
    assert f"{told}Giấy tờ: Sổ hộ khẩu (1 bản chính) → không có" in dry
    assert f"{told}Điều kiện: không có → Đủ 18 tuổi." in dry
    assert "Sẽ tạm giữ" in dry
    office.types("knowledge", "import", "thang9.jsonl", "--report", "bao-cao.txt")
    assert f"{told}Giấy tờ: " in (office.folder / "bao-cao.txt").read_text("utf-8")
    held = office.types("knowledge", "held").splitlines()
    assert [line.split(": ")[0].strip() for line in held[1:-1]] == [
        f"{CODE}:conditions",
        f"{CODE}:documents",
    ]
    assert WAITS in office.types("ask", PAPERS)
    assert "20.000 đồng" in office.types("ask", FEE)
    confirmed = office.types("knowledge", "confirm", f"{CODE}:documents")
    assert f"{CODE}:documents: theo bản biên soạn" in confirmed
    assert WAITS not in office.types("ask", PAPERS)
    assert f"{told}Điều kiện: Đủ 18 tuổi. → không có" in office.types("knowledge", "rollback")
    assert office.types("knowledge", "held") == "Không có phần nào bị giữ.\n"


def test_one_command_goes_back_and_tells_what_changes_back(office: Office) -> None:
    office.types("knowledge", "import", "thang7.jsonl")
    told = office.types("knowledge", "rollback")
    assert "về bản số 1 (thang6.jsonl)" in told
    assert "25.000 đồng → 20.000 đồng" in told
    assert "20.000 đồng" in office.types("ask", FEE)
    assert "bản đầu tiên" in office.types("knowledge", "rollback", status=1)
    assert "Bản này đang giữ 2 phần" in office.types("knowledge", "rollback", "--to", "2")
    assert WAITS in office.types("ask", FEE)
    assert "đang dùng rồi" in office.types("knowledge", "rollback", "--to", "2", status=1)
    assert "Không có bản số 9" in office.types("knowledge", "rollback", "--to", "9", status=1)
    revisions = office.types("knowledge", "revisions").splitlines()
    assert [line[:4] for line in revisions] == ["  1 ", "* 2 "]


def test_codes_that_the_files_no_longer_hold_stay_unless_all_is_replaced(office: Office) -> None:
    told = office.types("knowledge", "import", "thang7.jsonl")
    assert "1 thủ tục nhập trước đây không có trong lần này" in told
    told = office.types("knowledge", "import", "--replace", "thang7.jsonl")
    assert "Thủ tục không còn được trả lời (1):\n  1.001193" in told


def test_what_is_not_held_cannot_be_confirmed(office: Office) -> None:
    office.types("knowledge", "import", "thang7.jsonl")
    told = office.types("knowledge", "confirm", f"{CODE}:fee", f"{CODE}:steps", status=1)
    assert f"{CODE}:steps" in told
    assert f"{CODE}:fee" in office.types("knowledge", "held")
    assert "--all" in office.types("knowledge", "confirm", status=1)


def test_without_an_import_there_is_nothing_to_go_back_to(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert "Chưa có lần nhập nào" in office.types("knowledge", "rollback", status=1)
    assert office.types("knowledge", "revisions") == "Chưa có lần nhập nào.\n"
