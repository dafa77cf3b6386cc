"""The questions that tell procedures of nearly the same name apart."""

from pathlib import Path

import pytest

from knowledge.check import check
from knowledge.content import load_procedures
from knowledge.errors import ContentFaulty
from knowledge.siblings import Case, SiblingGroup, Siblings
from knowledge.siblings_file import load_siblings, read_siblings, unknown_codes
from tests.knowledge.records import read_records

CARD = """\
question: Thẻ căn cước của bạn đang ở trường hợp nào?
choices:
  - {label: Bị mất, code: "1.014064", signs: [làm rơi]}
  - {label: Còn thẻ, code: "1.014063"}
"""


def _faults(folder: Path, **files: str) -> list[str]:
    (folder / "siblings").mkdir(parents=True)
    for name, text in files.items():
        (folder / "siblings" / f"{name.replace('_', '-')}.yaml").write_text(text, "utf-8")
    return [
        f"{one.file.rpartition('/')[2]}:{one.line} {one.message}"
        for one in read_siblings(folder)[1]
    ]


def test_twenty_groups_and_more_cover_the_procedures_that_are_mixed_up() -> None:
    siblings = load_siblings()
    codes = [case.code for group in siblings for case in group.cases if case.code]

    assert len(siblings) >= 20
    assert len(codes) >= 110
    assert len(set(codes)) == len(codes)
    assert check() == ()


def test_every_code_is_ours_or_stands_in_the_national_data(national_data: Path) -> None:
    known = {one.code for one in load_procedures()} | read_records(national_data).procedures.keys()

    codes = {case.code for group in load_siblings() for case in group.cases if case.code}

    assert codes
    assert codes <= known


def test_a_sound_group_has_no_fault(tmp_path: Path) -> None:
    assert _faults(tmp_path, can_cuoc=CARD) == []

    group = load_siblings(tmp_path).get("can-cuoc")

    assert group is not None
    assert group.cases[0] == Case("Bị mất", "1.014064", signs=("làm rơi",))


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("trường hợp nào?", "trường hợp nào", "dấu hỏi"),
        ('code: "1.014063"', 'code: "014063"', "không phải mã"),
        ("label: Còn thẻ", "label: bị mất", "đã có ở dòng 3"),
        (
            "label: Còn thẻ",
            "label: " + "Còn thẻ và muốn đổi thẻ mới vì đã hết hạn",
            "Viết ngắn lại",
        ),
        ('code: "1.014063"', 'code: "1.014064"', "đã có ở"),
        ('code: "1.014063"', "then: khong-co", "Không có nhóm"),
        ('code: "1.014063"', 'code: "1.014063", then: can-cuoc', "đúng một"),
        ('code: "1.014063"', 'code: "1.014063", signs: [làm rơi]', "đã có ở dòng 3"),
        ('code: "1.014063"', 'code: "1.014063", sign: [rớt]', "signs"),
        ('\n  - {label: Còn thẻ, code: "1.014063"}', "", "Cần từ 2"),
    ],
)
def test_tells_the_line_and_what_to_do(tmp_path: Path, wrong: str, right: str, told: str) -> None:
    assert wrong in CARD

    faults = _faults(tmp_path, can_cuoc=CARD.replace(wrong, right))

    assert any(told in fault for fault in faults), faults


def test_two_questions_are_enough(tmp_path: Path) -> None:
    second = CARD.replace('code: "1.014064"', "then: ba").replace("1.014063", "1.014061")
    third = CARD.replace("1.014064", "3.000346").replace("1.014063", "3.000347")

    faults = _faults(
        tmp_path, mot=CARD.replace('code: "1.014064"', "then: hai"), hai=second, ba=third
    )

    assert any("hỏi tiếp" in fault for fault in faults), faults


def test_a_code_that_only_an_import_brings_is_noted_as_such(tmp_path: Path) -> None:
    assert _faults(tmp_path, can_cuoc=CARD) == []
    files = read_siblings(tmp_path)[0]

    told = list(unknown_codes(files, frozenset({"1.014064"}), frozenset()))

    assert [(one.line, "1.014063" in one.message) for one in told] == [(4, True)]
    assert list(unknown_codes(files, frozenset({"1.014064"}), frozenset({"1.014063"}))) == []


def test_a_faulty_folder_is_not_served(tmp_path: Path) -> None:
    _faults(tmp_path, can_cuoc=CARD.replace("?", ""))

    with pytest.raises(ContentFaulty, match="dấu hỏi"):
        load_siblings(tmp_path)


def test_a_code_leads_to_its_group_and_to_the_question_before() -> None:
    after = SiblingGroup("sau", "Ở đâu?", (Case("Ở đây", "1.1"), Case("Ở kia", "1.2")))
    before = SiblingGroup("truoc", "Việc gì?", (Case("Sang tên", "1.3"), Case("Cấp", then="sau")))
    siblings = Siblings([after, before])

    assert siblings.holding("1.2") == (after, before)
    assert siblings.holding("1.3") == (before,)
    assert siblings.holding("9.9") == ()
    assert siblings.codes(before.cases[1]) == ("1.1", "1.2")


def test_what_is_not_loaded_is_not_asked_for() -> None:
    after = SiblingGroup("sau", "Ở đâu?", (Case("Ở đây", "1.1"), Case("Ở kia", "1.2")))
    cases = (Case("Sang tên", "1.3"), Case("Mất", "1.4"), Case("Cấp", then="sau"))
    siblings = Siblings([after, SiblingGroup("truoc", "Việc gì?", cases)])

    without = siblings.within({"1.3", "1.4"})

    assert [group.key for group in without] == ["truoc"]
    assert [case.label for group in without for case in group.cases] == ["Sang tên", "Mất"]
    assert len(siblings.within({"1.3"})) == 0
    assert siblings.within({"1.1", "1.2", "1.3"}).holding("1.1")[-1].key == "truoc"


def test_a_second_question_with_one_answer_left_is_not_asked() -> None:
    after = SiblingGroup("sau", "Ở đâu?", (Case("Ở đây", "1.1"), Case("Ở kia", "1.2")))
    before = SiblingGroup("truoc", "Việc gì?", (Case("Sang tên", "1.3"), Case("Cấp", then="sau")))

    left = Siblings([after, before]).within({"1.1", "1.3"}).get("truoc")

    assert left is not None
    assert left.cases[1] == Case("Cấp", "1.1")
