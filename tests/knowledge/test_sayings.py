"""What people say, by code: read with its faults, added to own and imported records, found."""

from pathlib import Path

import pytest

from knowledge.compiled import fingerprint
from knowledge.content import SHIPPED, load_procedures
from knowledge.errors import ContentFaulty
from knowledge.library import Library
from knowledge.merging import merge_all
from knowledge.sayings import (
    Sayings,
    against_records,
    key_of,
    load_sayings,
    read_sayings,
    unknown_codes,
)
from tests.retrieval.questions import exported
from tests.support.builders import a_procedure


def content_of(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "content"
    (folder / "sayings").mkdir(parents=True)
    for name, text in files.items():
        (folder / "sayings" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    return [str(fault) for fault in read_sayings(folder)[1]]


def sayings_of(tmp_path: Path, text: str) -> tuple[Sayings, ...]:
    return load_sayings(content_of(tmp_path, ho_tich=text))


def test_sayings_are_read_with_their_lines(tmp_path: Path) -> None:
    text = (
        '"1.004884":\n  popularity: 3\n  say:\n    - sổ gốc cháy hết\n    - khai sinh bị mất sổ\n'
    )
    (entry,) = sayings_of(tmp_path, text)
    assert (entry.code, entry.popularity, entry.line) == ("1.004884", 3, 1)
    assert [(one.text, one.line) for one in entry.say] == [
        ("sổ gốc cháy hết", 4),
        ("khai sinh bị mất sổ", 5),
    ]


def test_a_content_folder_needs_no_sayings(tmp_path: Path) -> None:
    assert read_sayings(tmp_path) == ((), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"1.004884": {say: [a b], popularity: 9}', "từ 0 đến 5"),
        ('"1.004884": {say: []}', "chưa có cụm từ nào"),
        ('"1.004884": {popularity: 1}', "Thiếu khoá 'say'"),
        ('"1.004884": {say: [a b, ""]}', "để trống"),
        ('"1.004884": {say: ["…"]}', "cụm từ ngắn"),
        (f'"1.004884": {{say: [{"dài " * 30}]}}', "cụm từ ngắn"),
        ('"1.004884": {say: [a b], tên: c}', "Không có khoá 'tên'"),
        ('"1.004884": {say: [a b], also: [abc]}', "không đúng dạng"),
        ('"1004884": {say: [a b]}', "không đúng dạng"),
        ('"1.004884":', "chưa có gì"),
        ('"1.004884": {say: [a b]}\n"1.004884": {say: [c d]}', "đã có ở dòng 1"),
        ('"1.004884": {say: [Mất sổ]}\n"1.000001": {say: [mat so!]}', "đã thuộc về 1.004884"),
        ("- 1.004884", "khoá: giá trị"),
    ],
)
def test_a_wrong_file_is_told_and_not_loaded(tmp_path: Path, text: str, message: str) -> None:
    folder = content_of(tmp_path, ho_tich=text)
    assert any(message in line and "sayings/ho_tich.yaml" in line for line in told(folder))
    with pytest.raises(ContentFaulty):
        load_sayings(folder)


def test_a_code_in_two_files_is_told_with_both_places(tmp_path: Path) -> None:
    entry = '"1.004884": {say: [%s]}'
    folder = content_of(tmp_path, ho_tich=entry % "mất sổ gốc", khac=entry % "cháy sổ gốc")
    (line,) = told(folder)
    assert line.startswith("content/sayings/khac.yaml:1:")
    assert "content/sayings/ho_tich.yaml:1" in line


def test_the_official_name_is_no_saying(tmp_path: Path) -> None:
    entries = sayings_of(tmp_path, '"1.004884":\n  say:\n    - dang ky lai khai sinh\n')
    official = a_procedure("Thủ tục đăng ký lại khai sinh", code="1.004884")
    (fault,) = against_records(entries, [official])
    assert (fault.line, "tên chính thức" in fault.message) == (3, True)


def test_what_another_procedure_is_called_is_no_saying(tmp_path: Path) -> None:
    entries = sayings_of(tmp_path, '"1.004884": {say: [mất sổ gốc, nhập hộ khẩu]}')
    other = a_procedure("Đăng ký thường trú", code="1.004222", aliases=("Nhập hộ khẩu",))
    (fault,) = against_records(entries, [other])
    assert "'nhập hộ khẩu' là tên gọi của 1.004222" in fault.message


def test_level_twins_may_share_their_names(tmp_path: Path) -> None:
    entries = sayings_of(tmp_path, '"1.000001": {also: ["1.000002"], say: [mất thẻ, rớt thẻ]}')
    twins = [
        a_procedure("Cấp lại thẻ (cấp xã)", code="1.000001"),
        a_procedure("Cấp lại thẻ (cấp tỉnh)", code="1.000002", aliases=("rớt thẻ",)),
    ]
    assert list(against_records(entries, twins)) == []
    merged = merge_all([], twins, entries).procedures
    assert [sorted(one.aliases) for one in merged] == [["mất thẻ", "rớt thẻ"]] * 2


def test_sayings_join_own_and_imported_records_and_unknown_codes_do_no_harm(
    tmp_path: Path,
) -> None:
    text = '"1.000001": {popularity: 2, say: [mất thẻ, rớt thẻ]}\n"1.000009": {say: [khác hẳn]}\n'
    entries = sayings_of(tmp_path, text)
    own = a_procedure("Cấp lại thẻ", code="1.000001", aliases=("Mất thẻ",), popularity=5)
    imported = a_procedure("Cấp lại thẻ", code="1.000001", popularity=0)
    for ours, theirs, aliases, popularity in (
        ([own], [], ("Mất thẻ", "rớt thẻ"), 5),
        ([], [imported], ("mất thẻ", "rớt thẻ"), 2),
    ):
        (merged,) = merge_all(ours, theirs, entries).procedures
        assert (merged.aliases, merged.popularity) == (aliases, popularity)
        assert merge_all([merged], [], entries).procedures == (merged,)


def test_a_procedure_is_found_by_what_people_say(tmp_path: Path) -> None:
    entries = sayings_of(tmp_path, '"1.000001": {say: [vợ mới đẻ]}')
    records = [
        a_procedure("Đăng ký khai sinh", code="1.000001"),
        a_procedure("Đăng ký kết hôn", code="1.000002"),
    ]
    library = Library.of(merge_all([], records, entries).procedures)
    assert library.search("vo em moi de hom qua")[0].procedure.code == "1.000001"


def test_a_new_saying_makes_another_compiled_library(tmp_path: Path) -> None:
    folder = content_of(tmp_path, ho_tich='"1.000001": {say: [vợ mới đẻ]}')
    before = fingerprint((folder,))
    (folder / "sayings" / "ho_tich.yaml").write_text('"1.000001": {say: [vợ mới sinh]}', "utf-8")
    assert fingerprint((folder,)) != before


def test_what_ships_has_no_fault_against_our_records() -> None:
    entries, faults = read_sayings(SHIPPED)
    assert entries
    assert faults == ()
    assert list(against_records(entries, load_procedures())) == []


def test_every_code_with_sayings_exists_and_no_saying_is_an_official_name(
    national_data: Path,
) -> None:
    records = [*exported(national_data), *load_procedures()]
    entries = load_sayings(SHIPPED)
    assert entries
    known = {record.code for record in records}
    assert [str(fault) for fault in unknown_codes(entries, known)] == []
    assert [str(fault) for fault in against_records(entries, records)] == []


def test_accents_and_signs_make_no_other_saying() -> None:
    assert key_of("Làm lại giấy khai sinh!") == key_of("lam lai giay khai sinh")
    assert key_of("hai vợ chồng ký giấy") == key_of("hai vợ chồng kí giấy")
