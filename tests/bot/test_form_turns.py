"""Leaving a form for another question, going back, and taking an answer back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding import decide
from bot.deciding.decisions import Answer
from bot.deciding.faq_found import FoundFaq
from bot.deciding.filing_decisions import TellList
from bot.deciding.form_decisions import AskCircumstance, FormStopped
from bot.deciding.form_found import FoundForm
from bot.deciding.form_turns import after_enough, corrected, left_for
from bot.deciding.found import Found
from bot.dialogue import Dialogue, Form
from bot.parse import AskedField, Parse
from knowledge.faq import Faq
from knowledge.procedure import Circumstance, Paper
from knowledge.tables import Option, Question, Table
from tests.support.builders import a_procedure

RECORD = a_procedure(
    "Cấp phiếu lý lịch",
    code="1.001193",
    ours=True,
    circumstances=(Circumstance("", (Paper("Tờ khai"),)),),
)
TABLE = Table(
    RECORD.code,
    (
        Question(
            "ai",
            "Ai đứng ra xin?",
            (
                Option("minh", "Bạn tự xin cho mình", signs=("tự đi",)),
                Option("nha", "Cha mẹ xin thay"),
                Option("nho", "Nhờ người khác đứng ra"),
            ),
        ),
        Question("nop", "Nộp bằng cách nào?", (Option("q", "Tại quầy"), Option("m", "Trực tuyến"))),
    ),
)
FOUND = Found(form=FoundForm(RECORD, TABLE), topic=RECORD, table_of={RECORD.code: TABLE}.get)
GENERAL = Faq("nop-thay", "giay-to", "Nhờ người nộp thay được không?", "Nhờ nộp thay")
STARTED = Dialogue(topic=RECORD.code, form=Form(RECORD.code))
SECOND = replace(STARTED, form=Form(RECORD.code, (("ai", "nho"),)))
DONE = replace(STARTED, form=Form(RECORD.code, (("ai", "nho"), ("nop", "q"))))


def said(text: str, *asked: AskedField, intent: str = "ask_procedure") -> Parse:
    return Parse(text, intent, 0.6, (), asked)


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("thôi hỏi cái khác, kết hôn cần gì", "kết hôn cần gì"),
        ("dừng lại đi, khai sinh mất mấy ngày", "khai sinh mất mấy ngày"),
        ("không muốn trả lời nữa, cho hỏi lệ phí", "cho hỏi lệ phí"),
        ("thoi hoi cai khac", ""),
        ("bỏ qua", ""),
        ("bố qua nộp", None),
        ("khối 3", None),
        ("thôi tôi tự đi", None),
        ("đúng rồi", None),
    ],
)
def test_words_that_leave_a_form_are_told_from_its_answers(typed: str, rest: str | None) -> None:
    assert left_for(typed) == rest


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("sai rồi, tôi tự đi", "tôi tự đi"),
        ("à nhầm", ""),
        ("lộn, cha mẹ xin", "cha mẹ xin"),
        ("lớn hơn 14 tuổi", None),
        ("đổi lại thành nhà thuê", "nhà thuê"),
        ("không phải", None),
    ],
)
def test_words_that_take_an_answer_back_are_known(typed: str, rest: str | None) -> None:
    assert corrected(typed) == rest
    assert after_enough(typed) is None


def test_leaving_with_a_question_answers_it_and_the_form_is_forgotten() -> None:
    text = "thôi hỏi cái khác, lệ phí bao nhiêu"
    for intent in ("cancel", "ask_procedure"):
        decision, after = decide(SECOND, said(text, AskedField.FEE, intent=intent), FOUND)
        assert isinstance(decision, Answer)
        assert decision.fields == (AskedField.FEE,)
        assert after.form is None


def test_leaving_without_a_question_stops_the_form() -> None:
    for text in ("thôi hỏi cái khác", "không hỏi nữa", "bỏ qua"):
        decision, after = decide(SECOND, said(text), FOUND)
        assert decision == FormStopped(RECORD), text
        assert after.form is None


def test_a_sigh_before_an_answer_does_not_stop_the_form() -> None:
    decision, after = decide(STARTED, said("thôi tôi tự đi", intent="cancel"), FOUND)
    assert isinstance(decision, AskCircumstance)
    assert after.form == Form(RECORD.code, (("ai", "minh"),))


def test_going_back_after_an_aside_asks_the_question_before() -> None:
    _, waiting = decide(SECOND, said("lệ phí bao nhiêu", AskedField.FEE), FOUND)
    assert waiting.form is not None
    assert waiting.form.asides == 1
    decision, after = decide(waiting, said("quay lại", intent="cancel"), FOUND)
    assert isinstance(decision, AskCircumstance)
    assert decision.question.key == "ai"
    assert after.form == Form(RECORD.code)


@pytest.mark.parametrize("dialogue", [SECOND, DONE])
def test_the_right_answer_replaces_the_one_given_last(dialogue: Dialogue) -> None:
    decision, after = decide(dialogue, said("sai rồi, tôi tự đi", intent="correct"), FOUND)
    assert isinstance(decision, AskCircumstance)
    assert decision.question.key == "nop"
    assert after.form == Form(RECORD.code, (("ai", "minh"),))


def test_the_last_of_several_answers_is_corrected_first() -> None:
    decision, after = decide(DONE, said("nhầm, trực tuyến", intent="correct"), FOUND)
    assert isinstance(decision, TellList)
    assert after.form == Form(RECORD.code, (("ai", "nho"), ("nop", "m")))


def test_who_only_says_that_it_is_wrong_is_asked_once_more() -> None:
    decision, after = decide(SECOND, said("à nhầm", intent="correct"), FOUND)
    assert isinstance(decision, AskCircumstance)
    assert after.form == Form(RECORD.code)


def test_a_word_of_one_label_wins_over_a_general_question() -> None:
    general = replace(FOUND, faqs=(FoundFaq(GENERAL, exact=True),))
    decision, after = decide(STARTED, said("nhờ em gái nộp giùm"), general)
    assert isinstance(decision, AskCircumstance)
    assert after.form == Form(RECORD.code, (("ai", "nho"),))
    decision, after = decide(STARTED, said("nhờ em gái nộp giùm được không"), general)
    assert not isinstance(decision, AskCircumstance)
    assert after.form is not None
    assert after.form.answers == ()


@given(st.lists(st.booleans(), max_size=12))
def test_going_back_undoes_the_last_answer(steps: list[bool]) -> None:
    dialogue, given_so_far = STARTED, 0
    for forward in steps:
        text = "1" if forward else "quay lại"
        _, dialogue = decide(dialogue, said(text), FOUND)
        if forward and given_so_far == len(TABLE.questions):
            return
        given_so_far = given_so_far + 1 if forward else max(0, given_so_far - 1)
        assert dialogue.form is not None
        assert len(dialogue.form.answers) == given_so_far
