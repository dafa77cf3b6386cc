"""What changed and was not confirmed is told as "đang cập nhật"; everything else stays live."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.decisions import Answer, AnswerEach, GuideOnline
from bot.deciding.faq_decisions import AnswerFaq
from bot.deciding.filing_days import FilingDay
from bot.deciding.form_decisions import AskCircumstance
from bot.held import Held
from bot.messages import Choices, Link, Reply
from bot.parse import AskedField
from bot.rendering import Desk, render, render_plain
from knowledge.faq import Faq, FaqSource
from knowledge.procedure import FilingChannel, FormDocument, OnlineLevel
from knowledge.tables import Option, Question
from tests.support.builders import (
    a_circumstance,
    a_fee,
    a_method,
    a_paper,
    a_procedure,
    a_time,
)
from tests.support.desks import a_desk

WAITS = "đang cập nhật"
PROCEDURE = a_procedure(
    summary="Bạn làm thủ tục này khi chuyển nhà.",
    methods=(
        a_method(FilingChannel.ONLINE, fee=a_fee(7_000), time=a_time("3"), note="ghi chú A"),
        a_method(FilingChannel.COUNTER, fee=a_fee(20_000), time=a_time("5"), note="ghi chú B"),
        a_method(FilingChannel.COUNTER, fee=a_fee(30_000), time=a_time("9"), note="ghi chú C"),
    ),
    circumstances=(a_circumstance(a_paper("Tờ khai màu xanh")),),
    steps=("Bước đi đầu tiên.",),
    agency="Công an xã đích danh",
    conditions=("Điều kiện đích danh",),
    results=("Kết quả đích danh",),
    legal_basis=("68/2020/QH14",),
    forms=(FormDocument("Mẫu đích danh"),),
    who=("Người đích danh",),
    online_level=OnlineLevel.FULL,
)
VALUES = {
    AskedField.OVERVIEW: ("khi chuyển nhà",),
    AskedField.DOCUMENTS: ("Tờ khai màu xanh",),
    AskedField.FEE: ("7.000", "20.000", "30.000"),
    AskedField.TIME: ("3 ngày", "5 ngày", "9 ngày"),
    AskedField.STEPS: ("Bước đi đầu tiên",),
    AskedField.AGENCY: ("Công an xã đích danh",),
    AskedField.METHODS: ("ghi chú A", "ghi chú B", "ghi chú C"),
    AskedField.CONDITIONS: ("Điều kiện đích danh",),
    AskedField.RESULT: ("Kết quả đích danh",),
    AskedField.LEGAL_BASIS: ("68/2020/QH14",),
    AskedField.FORMS: ("Mẫu đích danh",),
    AskedField.WHO: ("Người đích danh",),
    AskedField.ONLINE: ("toàn trình, làm trọn",),
}


def holding(*fields: AskedField) -> Desk:
    held = Held.of((PROCEDURE.code, str(field)) for field in fields)
    return replace(a_desk(), held=held)


def answered(desk: Desk, *fields: AskedField, detail: bool = False) -> Reply:
    return render(Answer(PROCEDURE, fields, detail=detail), desk)


def test_a_held_field_is_told_to_be_updated_with_a_link_to_its_page() -> None:
    reply = answered(holding(AskedField.FEE), AskedField.FEE)
    assert str(reply.outcome) == "unanswered_held"
    assert WAITS in render_plain(reply)
    assert [block.label for block in reply.blocks if isinstance(block, Link)] == [
        "Xem bản mới nhất"
    ]
    assert reply.sources


def test_the_other_fields_stay_live() -> None:
    reply = answered(holding(AskedField.FEE), AskedField.FEE, AskedField.TIME)
    assert str(reply.outcome) == "answered_several"
    assert "5 ngày làm việc" in render_plain(reply)
    alone = answered(holding(AskedField.FEE), AskedField.TIME)
    assert alone == answered(a_desk(), AskedField.TIME)


def test_an_overview_leaves_out_only_the_line_that_is_held() -> None:
    text = render_plain(answered(holding(AskedField.FEE), AskedField.OVERVIEW))
    assert re.search(f"Lệ phí khi nộp trực tuyến.*: {WAITS}\n", text)
    assert "5 ngày làm việc" in text
    assert "khi chuyển nhà" in text


def test_a_due_day_is_not_counted_from_a_time_that_is_held() -> None:
    answer = Answer(PROCEDURE, (AskedField.TIME,), filed=FilingDay(days_away=0))
    due = a_desk().book.say("due.slip_counts")
    assert due in render_plain(render(answer, a_desk()))
    assert due not in render_plain(render(answer, holding(AskedField.TIME)))


def test_where_to_go_waits_with_the_agency_that_stands_for_it() -> None:
    desk = holding(AskedField.AGENCY)
    assert str(answered(desk, AskedField.WHERE).outcome) == "unanswered_held"


def test_several_procedures_are_held_only_when_all_of_them_are() -> None:
    desk = holding(AskedField.FEE)
    other = replace(PROCEDURE, code="1.001193")
    asked = (AskedField.FEE,)
    both = AnswerEach((Answer(PROCEDURE, asked), Answer(other, asked)))
    assert str(render(both, desk).outcome) == "answered_fee"
    same = AnswerEach((Answer(PROCEDURE, asked), Answer(PROCEDURE, asked)))
    assert str(render(same, desk).outcome) == "unanswered_held"


@pytest.mark.parametrize("detail", [False, True])
@given(held=st.sets(st.sampled_from(sorted(VALUES))), asked=st.sampled_from(sorted(AskedField)))
def test_no_answer_ever_tells_a_value_that_is_held(
    held: set[AskedField], asked: AskedField, *, detail: bool
) -> None:
    desk = holding(*held)
    replies = (answered(desk, asked, detail=detail), render(GuideOnline(PROCEDURE), desk))
    for text in map(render_plain, replies):
        told = [value for field in held for value in VALUES[field] if value in text]
        assert told == []


def test_every_field_can_be_held() -> None:
    for field in AskedField:
        assert WAITS in render_plain(answered(holding(field), field)) or (
            field is AskedField.OVERVIEW
        )


def test_a_general_question_that_depends_on_a_held_value_waits_and_others_do_not() -> None:
    source = FaqSource(code=PROCEDURE.code, field="fee", says=("20.000 đồng",))
    entry = Faq(
        key="muc-phi",
        topic="phi",
        question="Mức phí là bao nhiêu?",
        label="Mức phí",
        answer=("Bạn nộp 20.000 đồng.",),
        sources=(source,),
    )
    desk = replace(a_desk(), held=Held.of((), ["muc-phi"]))
    waiting = render(AnswerFaq(entry), desk)
    assert str(waiting.outcome) == "unanswered_held"
    assert WAITS in render_plain(waiting)
    assert "20.000" not in render_plain(waiting)
    other = render(AnswerFaq(replace(entry, key="khac")), desk)
    assert str(other.outcome) == "answered_faq"


def test_a_form_asks_nothing_while_the_papers_it_leads_to_are_held() -> None:
    options = (Option("a", "Có"), Option("b", "Không"))
    question = Question("q", "Bạn có Tờ khai màu xanh không?", options)
    asked = AskCircumstance(PROCEDURE, question, first=True)
    assert "Tờ khai màu xanh" in render_plain(render(asked, a_desk()))
    waiting = render(asked, holding(AskedField.DOCUMENTS))
    assert str(waiting.outcome) == "unanswered_held"
    assert "Tờ khai màu xanh" not in render_plain(waiting)
    labels = [
        choice.label
        for desk in (a_desk(), holding(AskedField.DOCUMENTS))
        for block in render(Answer(PROCEDURE, (AskedField.DOCUMENTS,), form=True), desk).blocks
        if isinstance(block, Choices)
        for choice in block.items
    ]
    assert labels.count("Giấy tờ của riêng tôi") == 1
