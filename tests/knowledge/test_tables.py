"""Decision tables: reading, conditions, personal lists, and what the check says."""

import json
from pathlib import Path

import pytest

from knowledge.check import check
from knowledge.content import SHIPPED, load_procedures
from knowledge.personal import applying, personal_list
from knowledge.procedure import Circumstance, Paper, Procedure
from knowledge.tables import ALWAYS, Condition, Option, Question, Rule, Table, Without
from knowledge.tables_check import against_records
from knowledge.tables_codec import decode_table, encode_table
from knowledge.tables_proof import prove
from knowledge.tables_yaml import load_tables, read_tables
from tests.support.builders import a_procedure

TABLE = """
code: "1.001193"
questions:
  - key: chung-sinh
    ask: Bạn có Giấy chứng sinh của bé không?
    answers: {co: Có, khong: Không có}
  - key: lam-chung
    ask: Có người làm chứng việc sinh bé không?
    answers: {co: Có, khong: Không có}
    only_if: {chung-sinh: khong}
cases:
  - {case: Không có Giấy chứng sinh, if: {chung-sinh: khong}}
whens:
  - {when: Không có người làm chứng, if: {lam-chung: khong}}
without:
  - {paper: Giấy chứng sinh, if: {chung-sinh: khong}}
only:
  - {text: Giấy chứng sinh bản điện tử cũng được., if: {chung-sinh: co}}
left_open: [Không tra được nơi ở của bạn]
"""


def birth(**changed: object) -> Procedure:
    common = Circumstance(
        "",
        (
            Paper("Giấy chứng sinh"),
            Paper("Giấy tờ về nơi cư trú", 0, 0, when="Không tra được nơi ở của bạn"),
        ),
        ("Giấy chứng sinh bản điện tử cũng được.",),
    )
    without = Circumstance(
        "Không có Giấy chứng sinh",
        (
            Paper("Văn bản của người làm chứng"),
            Paper("Giấy cam đoan về việc sinh", when="Không có người làm chứng"),
        ),
    )
    parts: dict[str, object] = {"code": "1.001193", "circumstances": (common, without)}
    return a_procedure(**(parts | changed))


def written(folder: Path, text: str = TABLE, name: str = "1.001193") -> Path:
    """Write a table into a content folder and return the folder."""
    content = folder / "content"
    (content / "tables" / "ho-tich").mkdir(parents=True, exist_ok=True)
    (content / "tables" / "ho-tich" / f"{name}.yaml").write_text(text, "utf-8")
    return content


def faults_of(folder: Path, text: str = TABLE, record: Procedure | None = None) -> list[str]:
    files, faults = read_tables(written(folder, text))
    told = [*faults, *against_records(files, [record or birth()])]
    return [str(fault) for fault in told]


def test_a_table_of_an_official_is_read_whole(tmp_path: Path) -> None:
    table = load_tables(written(tmp_path))["1.001193"]
    assert [one.key for one in table.questions] == ["chung-sinh", "lam-chung"]
    assert table.questions[0].options[1] == Option("khong", "Không có")
    assert table.questions[1].only_if == Condition(((("chung-sinh", ("khong",)),),))
    assert faults_of(tmp_path) == []


def test_a_question_may_help_who_cannot_tell(tmp_path: Path) -> None:
    told = "Giấy này do nơi bé sinh ra cấp."
    text = TABLE.replace("    only_if", f"    explain: {told}\n    only_if")
    table = load_tables(written(tmp_path, text))["1.001193"]
    assert [one.explain for one in table.questions] == ["", told]
    assert faults_of(tmp_path, text) == []
    assert decode_table(json.loads(json.dumps(encode_table(table)))) == table


def test_labels_take_common_signs_but_where_a_table_has_its_own(tmp_path: Path) -> None:
    content = written(
        tmp_path, TABLE.replace("    only_if", "    signs: {co: [có hàng xóm]}\n    only_if")
    )
    common = "answers: {Không có: [mất rồi, thất lạc]}"
    (content / "tables" / "signs.yaml").write_text(common, "utf-8")
    first, second = load_tables(content)["1.001193"].questions
    assert [one.signs for one in first.options] == [(), ("mất rồi", "thất lạc")]
    assert [one.signs for one in second.options] == [("có hàng xóm",), ("mất rồi", "thất lạc")]


def test_who_has_the_certificate_brings_it_and_nothing_of_the_other_case(tmp_path: Path) -> None:
    table = load_tables(written(tmp_path))["1.001193"]
    found = personal_list(birth(), table, {"chung-sinh": "co"})
    assert [one.name for one in found.papers] == ["Giấy chứng sinh"]
    assert [one.conditions for one in found.open_papers] == [("Không tra được nơi ở của bạn",)]
    assert found.notes == ("Giấy chứng sinh bản điện tử cũng được.",)


def test_who_has_none_brings_what_replaces_it(tmp_path: Path) -> None:
    table = load_tables(written(tmp_path))["1.001193"]
    found = personal_list(birth(), table, {"chung-sinh": "khong", "lam-chung": "khong"})
    names = [one.name for one in found.papers]
    assert names == ["Văn bản của người làm chứng", "Giấy cam đoan về việc sinh"]
    assert found.cases == ("Không có Giấy chứng sinh",)
    assert found.notes == ()


def test_questions_follow_the_answers(tmp_path: Path) -> None:
    table = load_tables(written(tmp_path))["1.001193"]
    assert table.next_question({}) == table.questions[0]
    assert table.next_question({"chung-sinh": "co"}) is None
    assert table.next_question({"chung-sinh": "khong"}) == table.questions[1]
    assert table.settled({"chung-sinh": "co", "lam-chung": "co"}) == {"chung-sinh": "co"}
    assert table.settled({"chung-sinh": "có lẽ"}) == {}


def test_a_paper_of_two_cases_is_listed_once() -> None:
    form = Paper("Tờ khai", form="CT01")
    record = a_procedure(circumstances=(Circumstance("", (form,)), Circumstance("Ở nhờ", (form,))))
    assert personal_list(record, Table(record.code, ()), {}).papers == (form,)


def test_a_paper_falls_away_in_the_named_case_only() -> None:
    photo = Paper("Ảnh")
    cases = (Circumstance("", (photo,)), Circumstance("Ở nhờ", (Paper("Ảnh", 2),)))
    record = a_procedure(circumstances=cases)
    table = Table(
        record.code, (), cases=(Rule("Ở nhờ", ALWAYS),), without=(Without("Ảnh", ALWAYS, ""),)
    )
    assert applying(record, table, {}).papers == (Paper("Ảnh", 2),)


def test_the_note_of_a_paper_that_is_for_others_falls_away_and_the_paper_stays() -> None:
    form = Paper("Tờ khai", note="Người ở nước ngoài dùng mẫu CT02.")
    record = a_procedure(circumstances=(Circumstance("", (form,)),))
    abroad = Question("dinh-cu", "Bạn ở nước ngoài?", (Option("co", "Có"), Option("k", "Không")))
    rule = Rule(form.note, Condition(((("dinh-cu", ("co",)),),)))
    table = Table(record.code, (abroad,), only=(rule,))
    told = {key: applying(record, table, {"dinh-cu": key}).papers for key in ("co", "k", "?")}
    assert told == {"co": (form,), "k": (Paper("Tờ khai"),), "?": (form,)}
    proof = prove(record, table, applying)
    assert (proof.never, proof.invented) == (set(), set())


def test_who_denies_every_condition_still_gets_the_papers_with_their_conditions() -> None:
    record = a_procedure(circumstances=(Circumstance("", (Paper("Đơn", when="Nộp tại quầy"),)),))
    question = Question("quay", "Bạn nộp tại quầy?", (Option("co", "Có"), Option("khong", "Không")))
    rule = Rule("Nộp tại quầy", Condition(((("quay", ("co",)),),)))
    table = Table(record.code, (question,), whens=(rule,))
    assert applying(record, table, {"quay": "khong"}).is_empty
    found = personal_list(record, table, {"quay": "khong"})
    assert [one.conditions for one in found.open_papers] == [("Nộp tại quầy",)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('code: "1.001193"', 'code: "1.001194"', "khác tên tệp"),
        ("không?", "không", "dấu hỏi"),
        ("co: Có, khong: Không có}\n  - key: l", "co: Có}\n  - key: l", "từ 2 đến 8"),
        ("key: lam-chung", "key: chung-sinh", "đã có"),
        ("key: lam-chung", "key: Làm chứng", "chữ thường không dấu"),
        ("only_if: {chung-sinh: khong}", "only_if: {lam-chung: khong}", "Không có câu hỏi"),
        ("only_if: {chung-sinh: khong}", "only_if: {chung-sinh: chua}", "không có câu trả lời"),
        ("only_if: {chung-sinh: khong}", "only_if: {}", "để trống"),
        (", if: {chung-sinh: co}}", "}", "Thiếu 'if'"),
        ("co: Có, khong: Không có}\nc", "co: Có, khong: Có}\nc", "đã có"),
        ("    only_if", "    signs: {co: [a], khong: [a]}\n    only_if", "câu trả lời khác"),
        ("    only_if", "    signs: {chua: [a]}\n    only_if", "Không có câu trả lời 'chua'"),
        ("    only_if", f"    explain: {'dài ' * 60}\n    only_if", "tối đa 200"),
        ("    only_if", "    explain: Trong 60 ngày.\n    only_if", "không có số '60'"),
    ],
)
def test_a_faulty_table_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = TABLE.replace(old, new) if old in TABLE else TABLE.replace("Không có}\n", "Có}\n", 1)
    assert text != TABLE
    faults = faults_of(tmp_path, text)
    assert any(told in fault for fault in faults), faults
    assert all(fault.startswith("content/tables/ho-tich/1.001193.yaml") for fault in faults)


def test_a_case_that_is_new_in_the_record_makes_the_check_complain(tmp_path: Path) -> None:
    new = Circumstance("Trẻ bị bỏ rơi", (Paper("Biên bản"),))
    faults = faults_of(tmp_path, record=birth(circumstances=(*birth().circumstances, new)))
    assert ["Chưa xếp 'Trẻ bị bỏ rơi'" in fault for fault in faults] == [True]


def test_a_case_that_left_the_record_makes_the_check_complain(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, record=birth(circumstances=birth().circumstances[:1]))
    assert any("Thủ tục không có trường hợp 'Không có Giấy chứng sinh'" in one for one in faults)
    assert any("Thủ tục không có điều kiện 'when'" in one for one in faults)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("paper: Giấy chứng sinh", "paper: Giấy chứng tử", "không có giấy tờ"),
        ("text: Giấy chứng sinh bản", "text: Giấy bản", "không có ghi chú"),
        ("[Không tra được nơi ở của bạn]", "[]", "Chưa xếp"),
        ("if: {lam-chung: khong}", "if: {lam-chung: khong, chung-sinh: co}", "Không cách trả lời"),
        ("only_if: {chung-sinh: khong}", "", "luôn cho cùng kết quả"),
    ],
)
def test_a_table_that_does_not_fit_its_record_is_told(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = TABLE.replace(old, new)
    if told.startswith("luôn"):
        text = TABLE.replace("if: {lam-chung: khong}", "if: {chung-sinh: khong}")
    assert text != TABLE
    faults = faults_of(tmp_path, text)
    assert any(told in fault for fault in faults), faults


def test_a_table_without_a_record_and_a_second_table_are_told(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, record=a_procedure(code="1.009999"))
    assert faults == [
        "content/tables/ho-tich/1.001193.yaml: "
        "Mã 1.001193 không có trong dữ liệu. Sửa mã hoặc xoá bảng."
    ]


def test_a_list_without_papers_is_told(tmp_path: Path) -> None:
    record = birth(circumstances=(birth().circumstances[1],))
    text = TABLE.split("without:", maxsplit=1)[0]
    faults = faults_of(tmp_path, text, record)
    assert any("không còn giấy tờ nào" in fault for fault in faults), faults


def test_the_tables_that_ship_have_no_fault() -> None:
    tables = load_tables()
    assert tables
    assert not [one for one in check(SHIPPED) if "/tables/" in one.file]


def test_each_table_that_ships_is_proved() -> None:
    records = {one.code: one for one in load_procedures()}
    proofs = [prove(records[code], table, applying) for code, table in load_tables().items()]
    assert proofs
    for proof in proofs:
        assert proof.ways
        assert (proof.empty, proof.idle, proof.unasked) == ([], set(), set())
        assert (proof.never, proof.invented) == (set(), set())
