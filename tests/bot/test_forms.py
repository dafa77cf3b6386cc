"""Forms in conversation: asking, answering by button and by words, going back, the end."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding import decide
from bot.deciding.decisions import Answer, Decision, Unread, Unreadable
from bot.deciding.filing_decisions import TellList
from bot.deciding.form_decisions import AskCircumstance, FormStopped
from bot.deciding.form_found import FoundForm, PressedForm, Step, answer_value, form_value
from bot.deciding.found import MAX_VALUE_BYTES, Found, Press, read_press
from bot.dialogue import Dialogue, Form
from bot.messages import Checklist, FactList
from bot.parse import AskedField
from bot.rendering import render, render_plain
from knowledge.procedure import Circumstance, Paper
from knowledge.tables_generic import derive
from tests.support.birth_form import (
    BIRTH,
    FOUND,
    HALF,
    STARTED,
    TABLE,
    asked,
    labels,
    pressed,
    said,
)
from tests.support.builders import a_procedure
from tests.support.desks import a_desk


def papers(decision: Decision) -> Sequence[str]:
    assert isinstance(decision, TellList), decision
    return [paper.name for paper in decision.shown.view.papers.papers]


def test_the_button_asks_the_first_question() -> None:
    decision, after = decide(Dialogue(), PressedForm(BIRTH.code, Step.START), FOUND)
    assert asked(decision) == "nop"
    assert after.form == Form(BIRTH.code)
    assert after.topic == BIRTH.code


def test_each_answer_leads_on_and_the_last_one_to_the_list() -> None:
    decision, after = decide(STARTED, PressedForm(BIRTH.code, None, "nop", "quay"), FOUND)
    assert asked(decision) == "chung-sinh"
    decision, after = decide(after, PressedForm(BIRTH.code, None, "chung-sinh", "khong"), FOUND)
    assert papers(decision) == ["Tờ khai", "Văn bản của người làm chứng"]


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("1", "quay"), ("số 2", "mang"), ("tai quay", "quay"), ("Trực tuyến nhé", "mang"),
        ("buu dien", "bd"), ("cái cuối", "?"), ("minh nop qua mang", "mang"),
        ("tôi lên phường", "quay"),
    ],
)  # fmt: skip
def test_typed_words_and_numbers_answer(typed: str, chosen: str) -> None:
    decision, after = decide(STARTED, said(typed), FOUND)
    assert asked(decision) == "chung-sinh"
    assert after.form == Form(BIRTH.code, (("nop", chosen),))


@pytest.mark.parametrize(
    ("typed", "count"),
    [("có", 2), ("dạ có", 2), ("không", 2), ("ko", 2), ("ko co", 2), ("chua", 2), ("khong co", 2)],
)
def test_yes_and_no_answer(typed: str, count: int) -> None:
    assert len(papers(decide(HALF, said(typed), FOUND)[0])) == count


@pytest.mark.parametrize("typed", ["quay lại", "cho tôi quay lại", "quay lai cau truoc"])
def test_going_back_asks_the_question_before_again(typed: str) -> None:
    decision, after = decide(HALF, said(typed), FOUND)
    assert asked(decision) == "nop"
    assert after.form == Form(BIRTH.code)
    done = replace(HALF, form=Form(BIRTH.code, (("nop", "quay"), ("chung-sinh", "co"))))
    assert asked(decide(done, said(typed), FOUND)[0]) == "chung-sinh"


@pytest.mark.parametrize("typed", ["thôi", "thoi khong hoi nua"])
def test_thoi_ends_the_form_and_keeps_the_topic(typed: str) -> None:
    decision, after = decide(HALF, said(typed), FOUND)
    assert decision == FormStopped(BIRTH)
    assert (after.form, after.topic) == (None, BIRTH.code)


def test_a_number_without_an_answer_is_told_and_the_question_stays() -> None:
    decision, after = decide(STARTED, said("7"), FOUND)
    assert isinstance(decision, AskCircumstance)
    assert decision.out_of_range
    assert after.form == STARTED.form


@pytest.mark.parametrize("typed", ["tôi không biết", "không chắc", "ko ro", "3"])
def test_who_cannot_tell_gets_the_papers_of_both_with_their_conditions(typed: str) -> None:
    decision, _ = decide(HALF, said(typed), FOUND)
    assert papers(decision) == ["Giấy chứng sinh", "Tờ khai"]
    text = render_plain(render(decision, a_desk()))
    assert "☐ Văn bản của người làm chứng: 1 bản chính\n   Không có Giấy chứng sinh." in text
    assert "Bạn có Giấy chứng sinh không? Tôi không chắc" in text


def test_an_old_button_sets_its_answer_and_asks_what_came_after_it() -> None:
    done = replace(HALF, form=Form(BIRTH.code, (("nop", "quay"), ("chung-sinh", "co"))))
    decision, after = decide(done, PressedForm(BIRTH.code, None, "nop", "mang"), FOUND)
    assert asked(decision) == "chung-sinh"
    assert after.form == Form(BIRTH.code, (("nop", "mang"),))


def test_buttons_that_lead_nowhere_are_told() -> None:
    broken = Unreadable(Unread.BROKEN_BUTTON)
    assert pressed(STARTED, None, "nop", "khac") == broken
    assert decide(STARTED, PressedForm("9.999999", Step.START), Found())[0] == broken
    assert read_press("form:1.001193:nop") is Unread.BROKEN_BUTTON


def test_an_answer_on_papers_offers_the_form_and_so_can_be_typed() -> None:
    ask = Press(BIRTH.code, (AskedField.DOCUMENTS,), detail=False)
    decision, after = decide(Dialogue(), ask, replace(FOUND, by_code=(BIRTH,), form=None))
    assert isinstance(decision, Answer)
    assert decision.form
    assert "Giấy tờ của riêng tôi" in labels(render(decision, a_desk()))
    assert asked(decide(after, said("giay to cua rieng toi"), FOUND)[0]) == "nop"


def test_an_answer_on_the_fee_or_without_a_table_offers_none() -> None:
    fee = Press(BIRTH.code, (AskedField.FEE,), detail=False)
    found = replace(FOUND, by_code=(BIRTH,), form=None)
    papers_asked = Press(BIRTH.code, (AskedField.DOCUMENTS,), detail=False)
    for press, held in ((fee, found), (papers_asked, Found(by_code=(BIRTH,)))):
        decision, _ = decide(Dialogue(), press, held)
        assert isinstance(decision, Answer)
        assert not decision.form


def test_the_list_tells_answers_papers_conditions_and_the_source() -> None:
    done = replace(HALF, form=Form(BIRTH.code, (("nop", "quay"),)))
    decision, _ = decide(done, said("có"), FOUND)
    reply = render(decision, a_desk())
    assert str(reply.outcome) == "guided_checklist"
    lists = {block.title: block.items for block in reply.blocks if isinstance(block, FactList)}
    assert lists["Bạn đã trả lời"][1] == "Bạn có Giấy chứng sinh không? Có"
    (checks,) = (block for block in reply.blocks if isinstance(block, Checklist))
    assert checks.title == "Bạn cần 2 giấy tờ"
    assert [one.text for one in checks.items] == [
        "Giấy chứng sinh: 1 bản chính", "Tờ khai: 1 bản chính",
    ]  # fmt: skip
    assert reply.sources[0].code == BIRTH.code


def test_a_derived_list_reminds_of_other_cases() -> None:
    cases = (Circumstance("Bị mất", (Paper("Đơn"),)), Circumstance("Bị hỏng", (Paper("Thẻ"),)))
    lost = a_procedure(code="1.000001", circumstances=cases, ours=True)
    table = derive(lost)
    assert table is not None
    found = Found(form=FoundForm(lost, table))
    decision, _ = decide(
        Dialogue(), PressedForm(lost.code, None, table.questions[0].key, "truong-hop-1"), found
    )
    assert "còn thuộc trường hợp khác" in render_plain(render(decision, a_desk()))


@given(
    st.lists(
        st.sampled_from(["1", "2", "3", "9", "có", "không", "quay lại", "thôi", "chưa rõ", "?"])
    )
)
def test_whatever_is_typed_every_turn_is_answered_and_the_form_stays_sound(
    typed: list[str],
) -> None:
    dialogue = STARTED
    for text in typed:
        decision, dialogue = decide(dialogue, said(text, intent="greet"), FOUND)
        assert render(decision, a_desk()).blocks
        if dialogue.form is not None:
            assert dict(dialogue.form.answers) == TABLE.settled(dict(dialogue.form.answers))


def test_values_of_buttons_are_read_back() -> None:
    assert read_press(answer_value("1.001193", "nop", "quay")) == PressedForm(
        "1.001193", None, "nop", "quay"
    )
    for step in Step:
        value = form_value("1.001193", step)
        assert read_press(value) == PressedForm("1.001193", step)
        assert len(value.encode()) <= MAX_VALUE_BYTES
