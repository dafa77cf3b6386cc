"""The derived forms: what is asked, what is left open, and the proof over every record."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.content import SHIPPED, load_procedures
from knowledge.merging import merge_all
from knowledge.national import read_record
from knowledge.personal import PersonalList, applying, content_of, personal_list
from knowledge.procedure import Circumstance, Paper, Procedure
from knowledge.sayings import load_sayings
from knowledge.tables import UNSURE, Table
from knowledge.tables_generic import LONGEST_TITLE, MAX_ASKED, NONE, derive, unasked
from knowledge.tables_proof import Proof, prove, ways
from knowledge.tables_yaml import load_tables
from tests.knowledge.records import read_records
from tests.support.builders import a_procedure


def titled(title: str, *names: str, when: str = "") -> Circumstance:
    return Circumstance(title, tuple(Paper(name, when=when) for name in names))


def a_form(*circumstances: Circumstance, ours: bool = True) -> Table:
    table = derive(a_procedure(circumstances=circumstances, ours=ours))
    assert table is not None
    return table


def names(found: PersonalList) -> list[str]:
    return [paper.name for paper in found.papers]


def test_who_all_bring_the_same_is_asked_nothing() -> None:
    assert derive(a_procedure(circumstances=(titled("", "Đơn"),))) is None
    assert derive(a_procedure(circumstances=())) is None
    assert derive(a_procedure(circumstances=(titled("Trường hợp cấp mới", "Đơn"),))) is None


def test_a_doubtful_record_has_no_form() -> None:
    cases = (titled("Cấp mới", "Đơn"), titled("Cấp lại", "Tờ khai"))
    assert derive(a_procedure(circumstances=cases, suspect="Văn bản của thủ tục khác")) is None


def test_cases_are_one_choice_with_none_of_them_where_everybody_brings_something() -> None:
    table = a_form(titled("", "Đơn"), titled("Bị mất", "Đơn báo mất"), titled("Bị hỏng", "Thẻ cũ"))
    (question,) = table.questions
    assert [one.label for one in question.options] == [
        "Bị mất", "Bị hỏng", "Không thuộc trường hợp nào",
    ]  # fmt: skip
    procedure = a_procedure(
        circumstances=(
            titled("", "Đơn"), titled("Bị mất", "Đơn báo mất"), titled("Bị hỏng", "Thẻ cũ"),
        ),
        ours=True,
    )  # fmt: skip
    lists = [personal_list(procedure, table, {question.key: one.key}) for one in question.options]
    assert [names(one) for one in lists] == [["Đơn", "Đơn báo mất"], ["Đơn", "Thẻ cũ"], ["Đơn"]]


def test_cases_without_common_papers_offer_no_way_around() -> None:
    table = a_form(titled("Cấp mới", "Đơn"), titled("Cấp lại", "Đơn báo mất"))
    assert NONE not in [one.key for one in table.questions[0].options]


def test_long_titles_get_letters_and_are_told_in_full() -> None:
    long = "Trường hợp giấy phép bị mất, bị hỏng hoặc không còn sử dụng được nữa"
    table = a_form(titled(long, "Đơn báo mất"), titled("Cấp mới", "Đơn"), ours=False)
    told = [(one.label, one.told) for one in table.questions[0].options]
    assert told == [("Trường hợp A", long), ("Trường hợp B", "Cấp mới")]


def test_headings_of_national_records_are_for_everybody() -> None:
    must = titled("Giấy tờ phải nộp", "Đơn")
    shown = titled("* Giấy tờ phải xuất trình:", "Hộ chiếu")
    assert derive(a_procedure(circumstances=(must, shown))) is None
    table = a_form(
        must, titled("Đối với cấp lại", "Thẻ cũ"), titled("Đối với cấp mới", "Ảnh"), ours=False
    )
    assert table.questions[0].options[-1].key == NONE


@pytest.mark.parametrize(
    "title",
    [
        "* Giấy tờ phải nộp để lưu giữ tại cơ quan đăng ký phương tiện:",
        "Các giấy tờ phải xuất trình (bản chính), bao gồm:",
        "Hồ sơ gồm bản sao và xuất trình bản chính để đối chiếu của các giấy tờ sau:",
    ],
)
def test_how_papers_are_handed_in_is_no_circumstance(title: str) -> None:
    other = titled("Giấy tờ phải xuất trình:", "Hộ chiếu")
    record = a_procedure(circumstances=(titled(title, "Đơn đề nghị"), other))
    told = personal_list(record, derive(record) or unasked(record), {})
    assert [one.name for one in told.papers] == ["Đơn đề nghị", "Hộ chiếu"]
    assert told.open_papers == ()


def test_proxies_are_asked_apart_since_they_come_on_top_of_any_case() -> None:
    table = a_form(
        titled("Trường hợp cấp mới", "Đơn"),
        titled("Trường hợp cấp lại", "Đơn báo mất"),
        titled("Trường hợp ủy quyền", "Giấy ủy quyền"),
        ours=False,
    )
    assert [len(one.options) for one in table.questions] == [2, 2]
    assert table.questions[1].about == "Trường hợp ủy quyền"


def test_titles_that_cannot_be_asked_stay_open_with_their_words() -> None:
    for title in ("Trong phiếu nêu rõ mục đích", "Trường hợp " + "rất dài " * (LONGEST_TITLE // 8)):
        odd = titled(title, "Phiếu")
        procedure = a_procedure(circumstances=(titled("", "Đơn", when="Nộp tại quầy"), odd))
        table = derive(procedure)
        assert table is not None
        found = personal_list(procedure, table, {})
        assert [one.conditions for one in found.open_papers] == [(title,)]


def test_more_than_seven_cases_are_listed_not_asked() -> None:
    cases = [titled(f"Trường hợp thứ {number}", f"Đơn {number}") for number in range(8)]
    assert derive(a_procedure(circumstances=tuple(cases))) is None


def test_a_condition_is_asked_only_in_the_case_that_has_it() -> None:
    table = a_form(
        titled("Ở đơn vị", "Giấy giới thiệu", when="Bạn thuộc Quân đội"),
        titled("Ở nhờ", "Hợp đồng"),
    )
    case, army = table.questions
    assert army.text == "Bạn thuộc Quân đội, đúng không?"
    assert army.only_if.holds({case.key: case.options[0].key})
    assert not army.only_if.holds({case.key: case.options[1].key})


@pytest.mark.parametrize(
    "when",
    [
        "Dữ liệu chưa có thông tin",
        "Chỉ khi cơ quan hộ tịch không tra được nơi ở của bạn",
        "Nếu có",
        "Nếu bạn đã có sẵn",
        "Tùy trường hợp",
        "Trừ bằng hạng A1, A, B1",
        "Không có văn bản xác nhận nói trên",
    ],
)
def test_nobody_is_asked_what_only_an_agency_knows_or_what_asks_nothing(when: str) -> None:
    paper = Paper("Giấy tờ về nơi cư trú", when=when)
    procedure = a_procedure(circumstances=(Circumstance("", (Paper("Đơn"), paper)),))
    assert derive(procedure) is None


def test_what_does_not_fit_into_six_questions_stays_open() -> None:
    papers = tuple(Paper(f"Giấy {n}", when=f"Bạn thuộc diện {n}") for n in range(9))
    table = a_form(Circumstance("", papers))
    assert len(table.questions) == MAX_ASKED
    procedure = a_procedure(circumstances=(Circumstance("", papers),))
    found = personal_list(procedure, table, {one.key: "khong" for one in table.questions})
    assert [one.paper.name for one in found.open_papers] == ["Giấy 6", "Giấy 7", "Giấy 8"]


def test_cases_that_ask_for_the_same_are_not_asked_apart() -> None:
    cases = (titled("Trường hợp cấp mới", "Đơn"), titled("Trường hợp cấp lại", "Đơn"))
    assert derive(a_procedure(circumstances=cases)) is None


_NAMES = st.sampled_from(["Đơn", "Tờ khai", "Ảnh", "Giấy ủy quyền"])
_WHENS = st.sampled_from(["", "", "Nộp tại quầy", "Bạn nhờ người khác", "Dữ liệu chưa có"])
_TITLES = st.sampled_from(
    [
        "",
        "Trường hợp cấp mới",
        "Đối với cấp lại",
        "Bị mất",
        "Giấy tờ phải nộp",
        "Ủy quyền",
        "Cấp đổi",
    ]
)
_PAPERS = st.lists(st.builds(Paper, name=_NAMES, when=_WHENS), max_size=3).map(tuple)
_RECORDS = st.builds(
    lambda cases, ours: a_procedure(circumstances=tuple(cases), ours=ours),
    st.lists(
        st.builds(Circumstance, title=_TITLES, papers=_PAPERS),
        max_size=5,
        unique_by=lambda one: one.title,
    ),
    st.booleans(),
)


@given(_RECORDS)
def test_whatever_a_record_holds_its_form_keeps_the_promises(procedure: Procedure) -> None:
    table = derive(procedure)
    if table is not None:
        assert_proved(procedure, table)


@given(_RECORDS, st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3))
def test_no_answers_whatever_make_a_list_empty_or_invent_a_paper(
    procedure: Procedure, answers: dict[str, str]
) -> None:
    papers = {paper for one in procedure.circumstances for paper in one.papers}
    table = derive(procedure) or Table(procedure.code, ())
    found = personal_list(procedure, table, answers)
    told = {*found.papers, *(one.paper for one in found.open_papers)}
    assert told <= papers
    assert bool(told) == bool(papers)


def assert_proved(procedure: Procedure, table: Table) -> Proof:
    proof = prove(procedure, table, personal_list)
    assert not proof.too_long
    assert proof.ways > 1
    assert proof.empty == []
    assert proof.unasked == set()
    assert list(proof.in_vain()) == []
    assert proof.never == set()
    assert proof.invented == set()
    assert_unsure_loses_nothing(procedure, table)
    return proof


def assert_unsure_loses_nothing(procedure: Procedure, table: Table) -> None:
    """Who cannot answer a question is told every paper of every answer to it."""
    for answers in ways(table):
        wanted = listed(applying(procedure, table, answers))
        for key in answers:
            unsure = table.settled({**answers, key: UNSURE})
            assert wanted <= listed(personal_list(procedure, table, unsure)), (answers, key)


def listed(found: PersonalList) -> set[tuple[object, ...]]:
    """Return what is told, and each paper without its note too: more notes lose nothing."""
    papers = (*found.papers, *(one.paper for one in found.open_papers))
    bare = (replace(paper, note="") for paper in papers)
    return {content_of(paper) for paper in (*papers, *bare)}


def test_every_form_over_the_national_data_is_proved(national_data: Path) -> None:
    imported = (
        read_record(one).procedure for one in read_records(national_data).procedures.values()
    )
    merged = merge_all(load_procedures(), imported, load_sayings(SHIPPED)).procedures
    tables = load_tables()
    ways = 0
    forms = 0
    for procedure in merged:
        table = tables.get(procedure.code) or derive(procedure)
        if table is not None:
            ways += assert_proved(procedure, table).ways
            forms += 1
    assert forms > 400
    assert ways > 1500
