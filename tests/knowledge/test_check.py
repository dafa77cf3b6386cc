"""`check` tells every fault of every file that people write."""

import shutil
from pathlib import Path

import pytest

from knowledge.check import check
from knowledge.code_changes import load_code_changes
from knowledge.content import SHIPPED
from knowledge.errors import ContentFaulty
from knowledge.profile import load_profile, read_profile
from knowledge.province import PORTAL_SEARCH, ProvinceProfile
from tests.support.builders import a_procedure


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """What ships, with one field and few synonyms: all of it takes seconds to check."""
    folder = tmp_path / "content"
    shutil.copytree(SHIPPED / "procedures" / "can-cuoc", folder / "procedures" / "can-cuoc")
    shutil.copytree(SHIPPED / "profiles", folder / "profiles")
    shutil.copy(SHIPPED / "code_changes.yaml", folder)
    (folder / "synonyms.yaml").write_text(
        "synonyms:\n  - {say: [làm lại thẻ], means: [cấp lại thẻ]}\n"
        "noise: [à]\ntelling: [lại]\nlight: [làm]\n",
        encoding="utf-8",
    )
    return folder


def told(content: Path, profile: Path | None = None) -> list[str]:
    return [str(fault) for fault in check(content, profile)]


def profile_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "tinh.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_ships_has_no_fault() -> None:
    assert told(SHIPPED) == []


def test_faults_of_all_files_are_told_at_once_and_sorted(content: Path) -> None:
    first = min((content / "procedures").rglob("*.yaml"))
    first.write_text(first.read_text(encoding="utf-8") + "khac: 1\n", encoding="utf-8")
    (content / "code_changes.yaml").write_text("changes: [{what: A}]\n", encoding="utf-8")
    (content / "synonyms.yaml").write_text("synonym: []\n", encoding="utf-8")
    (content / "profiles" / "sample.yaml").write_text("ten: A\n", encoding="utf-8")
    lines = told(content)
    for file in (first.name, "code_changes.yaml", "synonyms.yaml", "sample.yaml"):
        assert any(file in line for line in lines), file
    assert lines == sorted(lines, key=lambda line: line.split(":")[0])


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert "Kiểm tra đường dẫn" in told(tmp_path / "xa")[0]


def test_a_missing_table_of_codes_is_told(content: Path) -> None:
    (content / "code_changes.yaml").unlink()
    assert any("code_changes.yaml" in line for line in told(content))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('{what: A, from: ["9.999999"], to: ["9.999998"], seen: "2026-09", source: B}', "không mã"),
        ('{what: A, from: ["1.014064"], to: ["1.116411"], seen: "2026-09", source: B}', "hai mục"),
        ('{what: A, from: ["1014064"], to: ["1.116410"], seen: "2026-09", source: B}', "dạng"),
        ('{what: A, from: ["1.014064"], to: ["1.014064"], seen: "2026-09", source: B}', "ở cả"),
        ('{what: A, from: ["1.014064"], to: ["1.116410"], seen: "9/2026", source: B}', "2026-09"),
        ('{what: A, to: ["1.116410"], seen: "2026-09", source: B}', "Thiếu khoá 'from'"),
    ],
)
def test_a_wrong_change_of_a_code_is_told(content: Path, row: str, message: str) -> None:
    path = content / "code_changes.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}  - {row}\n", encoding="utf-8")
    assert any("code_changes.yaml" in line and message in line for line in told(content))


def test_an_entry_that_contradicts_the_table_of_codes_is_told(content: Path) -> None:
    (path,) = (content / "procedures").rglob("1.014064.yaml")
    text = path.read_text(encoding="utf-8")
    assert "1.116410" in text
    path.write_text(text.replace("1.116410", "1.999999"), encoding="utf-8")
    assert any("1.014064.yaml" in line and "1.116410" in line for line in told(content))


def test_a_synonym_that_leads_nowhere_is_told_with_its_line(content: Path) -> None:
    path = content / "synonyms.yaml"
    text = (
        "synonyms:\n  - {say: [bay lên trời], means: [zzz]}\n"
        + "noise: [à]\ntelling: [lại]\nlight: [làm]\n"
    )
    path.write_text(text, encoding="utf-8")
    assert any(line.startswith("synonyms.yaml:2: 'bay lên trời'") for line in told(content))
    known = [a_procedure("Thủ tục zzz")]
    assert not any("zzz" in str(fault) for fault in check(content, imported=known))


def test_the_table_of_codes_ships_with_sources() -> None:
    changes = load_code_changes(SHIPPED)
    assert changes
    assert all(change.source and change.seen for change in changes)


def test_the_sample_profile_names_no_telephone_number_that_rings() -> None:
    sample = load_profile(SHIPPED / "profiles" / "sample.yaml")
    assert (sample.sample, sample.hotline, sample.portal_search) == (True, "", PORTAL_SEARCH)
    assert sample.offices
    assert all(set(office.phone[:-1]) <= set("0 ") for office in sample.offices)


def test_a_profile_is_read(tmp_path: Path) -> None:
    text = 'name: Tỉnh A\nhotline: "0123 456"\nhotline_source: Cổng thông tin tỉnh\n'
    assert load_profile(profile_of(tmp_path, text)) == ProvinceProfile(
        name="Tỉnh A", hotline="0123 456", hotline_source="Cổng thông tin tỉnh"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Tệp trống"),
        ('hotline: ""\n', "Thiếu 'name'"),
        ('name: A\nhotline: "0123"\n', "Ghi nơi công bố"),
        ('name: A\nhotline: "gọi tôi"\nhotline_source: B\n', "không phải số điện thoại"),
        ("name: A\nhotline: 0123\n", "phải là chữ"),
        ("name: A\nportal_search: http://x.vn/?q=\n", "https:// của gov.vn"),
        ("name: A\nhotlin: 1\n", "Có phải là 'hotline'?"),
    ],
)
def test_a_wrong_profile_is_told(content: Path, tmp_path: Path, text: str, message: str) -> None:
    path = profile_of(tmp_path, text)
    assert any(message in str(fault) for fault in read_profile(path)[1])
    with pytest.raises(ContentFaulty):
        load_profile(path)
    assert any(message in line for line in told(content, path))


def test_a_profile_that_does_not_exist_is_told(content: Path, tmp_path: Path) -> None:
    assert any("Không mở được tệp" in line for line in told(content, tmp_path / "xa.yaml"))
