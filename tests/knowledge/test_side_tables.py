"""The tables beside the export: papers replaced by data, online levels; hostile until parsed."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.codec import canonical, decode, encode
from knowledge.errors import ExportUnreadable
from knowledge.importer import Summary
from knowledge.procedure import OnlineLevel, OnlineStatement, Procedure
from knowledge.side_facts import beside, keep_side_facts, side_texts, with_side_table
from knowledge.side_tables import is_side_table, read_side_table
from tests.support.builders import a_procedure, a_replaced_paper

PAPERS = "code,sector,name,document_replaced,database"
LEVELS = "code,name,field,agency_level,online_level,source"
RESIDENCE = a_procedure("Đăng ký thường trú", code="1.004222")
BIRTH_PAPER = "1.004222,BỘ CÔNG AN,Đăng ký thường trú,Giấy khai sinh;,CSDL hộ tịch điện tử"
FULL = "1.004222,Đăng ký thường trú,Cư trú,Cấp Xã,toàn trình,{}"
DONG_NAI = "QĐ 2808/QĐ-UBND 19/11/2025 Đồng Nai (ngành Xây dựng)"
MINISTRY = "Quyết định của Bộ VHTTDL 2025 thay QĐ 2496/QĐ-BVHTTDL (tệp 8a3b)"


def a_table(folder: Path, *lines: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "bang.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def stated(folder: Path, *lines: str, of: Procedure = RESIDENCE) -> tuple[Procedure, Summary]:
    summary = Summary()
    table = read_side_table(a_table(folder, *lines))
    (procedure,) = (*with_side_table([of], table, summary), of)[:1]
    return procedure, summary


def texts(*procedures: Procedure) -> Mapping[str, str]:
    return {procedure.code: canonical(procedure) for procedure in procedures}


def test_a_replaced_paper_comes_with_its_resolution_and_days(tmp_path: Path) -> None:
    procedure, summary = stated(tmp_path, PAPERS, BIRTH_PAPER)

    assert procedure.replaced_papers == (a_replaced_paper(),)
    assert (summary.read, summary.changed, summary.unknown) == (1, ["1.004222"], 0)
    assert decode(encode(procedure)) == procedure


def test_a_paper_that_only_one_case_needs_not_names_the_case(tmp_path: Path) -> None:
    rented = "1.004222,BỘ CÔNG AN,Đăng ký thường trú ở nhà thuê,Giấy chủ quyền,CSDLQG về đất đai"
    procedure, _ = stated(tmp_path, PAPERS, BIRTH_PAPER, rented)

    assert [one.case for one in procedure.replaced_papers] == [
        "Đăng ký thường trú",
        "Đăng ký thường trú ở nhà thuê",
    ]
    assert procedure.replaced_papers[1].database == "Cơ sở dữ liệu quốc gia về đất đai"


def test_a_row_of_quite_another_procedure_is_told_and_not_taken(tmp_path: Path) -> None:
    wrong = "1.004222,BỘ,Sử dụng rừng cho kết cấu hạ tầng,Giấy khai sinh,CSDL rừng"
    level = FULL.replace("Đăng ký thường trú", "Sử dụng rừng cho kết cấu hạ tầng").format(
        "1/QĐ-BTP"
    )

    for header, row in ((PAPERS, wrong), (LEVELS, level)):
        procedure, summary = stated(tmp_path, header, row)
        assert procedure == RESIDENCE
        assert "Sử dụng rừng" in summary.doubts[0].reason


def test_a_level_comes_with_its_decision_and_whose_it_is(tmp_path: Path) -> None:
    procedure, _ = stated(tmp_path, LEVELS, FULL.format(DONG_NAI))

    decision = "Quyết định 2808/QĐ-UBND ngày 19/11/2025 (Đồng Nai)"
    assert procedure.online_levels == (OnlineStatement(OnlineLevel.FULL, decision, local=True),)
    assert (procedure.online_level, procedure.online_level_source) == (OnlineLevel.FULL, decision)
    assert decode(encode(procedure)) == procedure


def test_a_decision_of_a_ministry_holds_everywhere(tmp_path: Path) -> None:
    (statement,) = stated(tmp_path, LEVELS, FULL.format(MINISTRY))[0].online_levels

    assert statement.decision == "Quyết định của Bộ VHTTDL 2025 thay QĐ 2496/QĐ-BVHTTDL"
    assert not statement.local


def test_levels_that_disagree_are_both_kept_and_told(tmp_path: Path) -> None:
    partial = FULL.format("2776/QĐ-UBND (tệp e1)").replace("toàn trình", "một phần")
    procedure, summary = stated(tmp_path, LEVELS, FULL.format(DONG_NAI), partial)

    assert procedure.online_level is None
    assert [one.level for one in procedure.online_levels] == [OnlineLevel.FULL, OnlineLevel.PARTIAL]
    assert "khác nhau" in summary.doubts[0].reason


def test_unknown_codes_are_counted(tmp_path: Path) -> None:
    _, summary = stated(tmp_path, PAPERS, BIRTH_PAPER, BIRTH_PAPER.replace("1.004222", "1.000001"))
    assert summary.unknown == 1


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1.004222,BỘ CÔNG AN,Đăng ký thường trú,Giấy khai sinh", "có 4 cột, phải có 5"),
        ("1.4222,BỘ CÔNG AN,Đăng ký thường trú,Giấy khai sinh,CSDL", "phải có dạng 1.004222"),
        ("1.004222,BỘ CÔNG AN,Đăng ký thường trú, ,CSDL", "'document_replaced' để trống"),
        (f"1.004222,BỘ,Đăng ký thường trú,{'a' * 6000},CSDL", "dài 6000 ký tự"),
    ],
)
def test_a_damaged_row_is_told_with_its_line_and_the_others_are_read(
    tmp_path: Path, row: str, told: str
) -> None:
    table = read_side_table(a_table(tmp_path, PAPERS, row, BIRTH_PAPER))

    assert table.read == 1
    assert table.damaged[0].number == 2
    assert told in table.damaged[0].reason


def test_an_unknown_level_is_a_damaged_row(tmp_path: Path) -> None:
    four = FULL.format(DONG_NAI).replace("toàn trình", "mức độ 4")
    table = read_side_table(a_table(tmp_path, LEVELS, four, FULL.format(DONG_NAI)))
    assert "phải là toàn trình hoặc một phần" in table.damaged[0].reason


@pytest.mark.parametrize(
    ("lines", "encoding", "told"),
    [
        ((), "utf-8", "dòng đầu phải là tên cột"),
        (("mã,tên,giấy tờ", "1.004222,a,b"), "utf-8", "dòng đầu phải là tên cột"),
        (("code,name,document_replaced", "1.004222,a,b"), "utf-8", "thiếu cột database"),
        (("code,code,name,online_level,source",), "utf-8", "hai cột cùng tên"),
        ((PAPERS, BIRTH_PAPER), "utf-16", "không phải UTF-8"),
        ((PAPERS, BIRTH_PAPER.replace("Giấy", '"Giấy')), "utf-8", "không phải CSV"),
        ((PAPERS, "x,x,x,x,x"), "utf-8", "không có dòng nào đọc được"),
        ((PAPERS, "\0" * 200_000), "utf-8", "bang.csv"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_the_reason(
    tmp_path: Path, lines: tuple[str, ...], encoding: str, told: str
) -> None:
    with pytest.raises(ExportUnreadable, match=told):
        read_side_table(a_table(tmp_path, *lines, encoding=encoding))


def test_a_missing_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "to.csv"
    with huge.open("wb") as file:
        file.truncate(20_000_001)
    for path, told in ((huge, "lớn hơn 20 MB"), (tmp_path / "khong.csv", "Kiểm tra đường dẫn")):
        with pytest.raises(ExportUnreadable, match=told):
            read_side_table(path)


def test_text_is_composed(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", BIRTH_PAPER)
    assert stated(tmp_path, PAPERS, decomposed)[0].replaced_papers == (a_replaced_paper(),)


def test_reading_a_table_again_and_the_export_again_changes_nothing(tmp_path: Path) -> None:
    path = a_table(tmp_path, LEVELS, FULL.format(DONG_NAI))
    exported = texts(RESIDENCE)
    once, _ = side_texts(path, exported)
    again, summary = side_texts(path, once)

    assert (again, summary.changed, summary.unchanged) == (once, [], 1)
    imported = Summary(changed=["1.004222"])
    assert keep_side_facts(exported, once, imported) == once
    assert (imported.changed, imported.unchanged) == ([], 1)


def test_a_newer_export_with_another_level_is_believed(tmp_path: Path) -> None:
    once, _ = side_texts(a_table(tmp_path, LEVELS, FULL.format(DONG_NAI)), texts(RESIDENCE))
    newer = replace(RESIDENCE, online_level=OnlineLevel.PARTIAL)

    assert keep_side_facts(texts(newer), once, Summary()) == texts(newer)


def test_our_own_papers_stay_beside_a_table(tmp_path: Path) -> None:
    path = a_table(tmp_path, PAPERS, BIRTH_PAPER)
    plain = a_replaced_paper("Bản sao giấy khai sinh")
    ours = replace(RESIDENCE, ours=True, replaced_papers=(plain,))
    bare = replace(RESIDENCE, ours=True, code="1.004222")

    assert beside([ours], [path])[0][0].replaced_papers == (plain,)
    assert beside([bare], [path])[0][0].replaced_papers == (a_replaced_paper(),)


def test_the_tables_at_hand_are_read_whole(national_data: Path) -> None:
    papers = read_side_table(national_data / "documents_replaced_by_data.csv")
    levels = read_side_table(national_data / "online_level.csv")

    assert (papers.read, len(papers.rows), papers.damaged) == (751, 730, [])
    assert (levels.read, len(levels.rows), levels.damaged) == (674, 495, [])


@pytest.mark.parametrize("name", ["a.csv", "A.CSV"])
def test_tables_are_known_by_their_name(name: str) -> None:
    assert is_side_table(Path(name))
