"""Forms in conversation: asking, answering by button and by words, going back, asides, the end."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding import decide
from bot.deciding.decisions import Answer, Aside, Decision, NotUnderstood, Unread, Unreadable
from bot.deciding.filing_decisions import TellList
from bot.deciding.form_asking import MOST_ASIDES
from bot.deciding.form_decisions import AskCircumstance, FormStopped
from bot.deciding.form_found import FoundForm, PressedForm, Step, answer_value, form_value
from bot.deciding.found import MAX_VALUE_BYTES, Found, Press, read_press
from bot.dialogue import Dialogue, Form
from bot.messages import Checklist, Choices, FactList, Reply
from bot.parse import AskedField, Parse
from bot.rendering import render, render_plain
from knowledge.procedure import Circumstance, Paper
from knowledge.tables import Condition, Option, Question, Rule, Table, Without
from knowledge.tables_generic import derive
from tests.support.builders import a_procedure
from tests.support.desks import a_desk

BIRTH = a_procedure(
    "Đăng ký khai sinh",
    code="1.001193",
    ours=True,
    circumstances=(
        Circumstance("", (Paper("Giấy chứng sinh"), Paper("Tờ khai", when="Nộp tại quầy"))),
        Circumstance("Không có Giấy chứng sinh", (Paper("Văn bản của người làm chứng"),)),
    ),
)
NO_PAPER = Condition(((("chung-sinh", ("khong",)),),))
TABLE = Table(
    BIRTH.code,
    (
        Question(
            "nop",
            "Bạn nộp bằng cách nào?",
            (
                Option("quay", "Tại quầy", signs=("lên phường",)),
                Option("mang", "Trực tuyến", signs=("online", "qua mạng")),
                Option("bd", "Gửi bưu điện"),
            ),
        ),
        Question(
            "chung-sinh",
            "Bạn có Giấy chứng sinh không?",
            (Option("co", "Có"), Option("khong", "Không có")),
        ),
    ),
    cases=(Rule("Không có Giấy chứng sinh", NO_PAPER),),
    whens=(Rule("Nộp tại quầy", Condition(((("nop", ("quay",)),),))),),
    without=(Without("Giấy chứng sinh", NO_PAPER),),
)
FOUND = Found(form=FoundForm(BIRTH, TABLE), topic=BIRTH, table_of={BIRTH.code: TABLE}.get)
STARTED = Dialogue(topic=BIRTH.code, form=Form(BIRTH.code))
HALF = replace(STARTED, form=Form(BIRTH.code, (("nop", "quay"),)))


def said(text: str, *asked: AskedField, intent: str = "ask_procedure") -> Parse:
    return Parse(text, intent, 0.3, (), asked)


def pressed(
    dialogue: Dialogue, step: Step | None, question: str = "", answer: str = ""
) -> Decision:
    return decide(dialogue, PressedForm(BIRTH.code, step, question, answer), FOUND)[0]


def asked(decision: Decision) -> str:
    assert isinstance(decision, AskCircumstance), decision
    return decision.question.key


def papers(decision: Decision) -> Sequence[str]:
    assert isinstance(decision, TellList), decision
    return [paper.name for paper in decision.shown.view.papers.papers]


def labels(reply: Reply) -> list[str]:
    return [
        one.label for block in reply.blocks if isinstance(block, Choices) for one in block.items
    ]


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


def test_what_nobody_understands_is_asked_again_twice_and_then_told() -> None:
    dialogue = HALF
    for _ in range(2):
        decision, dialogue = decide(dialogue, said("xyz", intent="greet"), FOUND)
        assert isinstance(decision, AskCircumstance)
        assert decision.again
    decision, dialogue = decide(dialogue, said("xyz", intent="greet"), FOUND)
    assert isinstance(decision, Aside)
    assert isinstance(decision.decision, NotUnderstood)


def test_another_question_is_answered_and_the_form_waits() -> None:
    decision, after = decide(HALF, said("lệ phí bao nhiêu", AskedField.FEE), FOUND)
    assert isinstance(decision, Aside)
    assert isinstance(decision.decision, Answer)
    assert after.form == replace(HALF.form or Form(""), asides=1)
    reply = render(decision, a_desk())
    assert "Tiếp tục" in labels(reply)
    assert str(reply.outcome) == "answered_fee"
    assert asked(pressed(after, Step.GO)) == "chung-sinh"
    assert asked(decide(after, said("làm tiếp đi"), FOUND)[0]) == "chung-sinh"


def test_a_waiting_form_takes_no_number_for_an_answer_and_is_forgotten_in_the_end() -> None:
    dialogue = HALF
    for _ in range(MOST_ASIDES):
        decision, dialogue = decide(dialogue, said("lệ phí", AskedField.FEE), FOUND)
        assert isinstance(decision, Aside)
        numbered = decide(dialogue, said("2"), FOUND)[1].form
        assert dialogue.form is not None
        assert numbered is None or numbered.answers == dialogue.form.answers
    decision, dialogue = decide(dialogue, said("lệ phí", AskedField.FEE), FOUND)
    assert isinstance(decision, Answer)
    assert dialogue.form is None


def test_a_number_for_a_waiting_form_shows_its_question_again_and_chooses_nothing() -> None:
    _, waiting = decide(HALF, said("lệ phí", AskedField.FEE), FOUND)
    decision, after = decide(waiting, Parse("2", "choose", 0.9, (), ()), FOUND)
    assert isinstance(decision, AskCircumstance)
    assert (decision.question.key, decision.again) == ("chung-sinh", True)
    assert after.form == HALF.form


@pytest.mark.parametrize("typed", ["có", "dạ có", "ừ", "Ok nhé", "muốn"])
def test_yes_goes_on_with_a_waiting_form(typed: str) -> None:
    _, waiting = decide(HALF, said("lệ phí", AskedField.FEE), FOUND)
    decision, after = decide(waiting, said(typed), FOUND)
    assert asked(decision) == "chung-sinh"
    assert after.form == HALF.form


@pytest.mark.parametrize("typed", ["hả?", "ở nhà ba má vợ"])
def test_what_is_only_near_the_topic_is_an_unclear_answer_of_its_form(typed: str) -> None:
    near = replace(FOUND, topic=BIRTH)
    decision, after = decide(HALF, said(typed), near)
    assert isinstance(decision, AskCircumstance)
    assert decision.again
    assert after.form == HALF.form


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
    assert checks.title == "Bạn cần 2 loại giấy tờ"
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
