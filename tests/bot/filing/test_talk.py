"""A guided filing in conversation: its questions, its list and its steps."""

import pytest

from bot.filings.state import FilingStage, Milestone
from bot.messages import ConversationKey
from bot.rendering import render_plain
from tests.support.filing_chat import (
    BIRTH,
    CHANNELS,
    LIST,
    STEP,
    WEB,
    FilingChat,
    at_step,
    listed,
    outcome,
    without_questions,
)


def test_the_questions_lead_to_the_list_and_it_is_counted_once() -> None:
    chat = FilingChat()
    assert outcome(chat.follows(f"file:{BIRTH}")) == "clarify_circumstance"
    reply = chat.to_the_list()
    assert (outcome(reply), reply.milestone) == (LIST, Milestone.GUIDED)
    assert chat.filing.stage is FilingStage.LIST
    assert chat.types("con thieu gi").milestone == ""


def test_who_files_online_is_not_asked_how_she_files() -> None:
    chat = FilingChat()
    reply = chat.follows(f"file:{BIRTH}:online")
    assert "Bạn nộp hồ sơ bằng cách nào? Trực tuyến" in render_plain(reply)
    assert "Ai đi đăng ký khai sinh" in render_plain(reply)


def test_a_procedure_without_questions_shows_its_list_at_once() -> None:
    chat = FilingChat()
    assert outcome(chat.follows(f"file:{without_questions()}")) == LIST


def test_papers_are_ticked_by_press_in_place_and_by_number() -> None:
    chat = listed()
    reply = chat.follows(chat.last.buttons[0].value)
    assert reply.in_place
    assert chat.ticks[0]
    assert not chat.types("bo 1").in_place
    assert not any(chat.ticks)
    chat.types("1 2")
    assert chat.ticks[:2] == (True, True)
    chat.types("chua co so 2")
    assert chat.ticks[:2] == (True, False)


def test_a_key_of_no_paper_is_never_kept() -> None:
    chat = listed()
    chat.follows(f"file:{BIRTH}:on:ffffffff")
    assert chat.filing.ticked == ()


def test_all_there_leads_on_to_the_steps() -> None:
    chat = listed()
    assert outcome(chat.types("du roi")) == LIST
    reply = chat.types("xong het")
    assert (outcome(reply), reply.milestone) == (STEP, Milestone.STEPPED)


def test_steps_go_on_and_back_and_by_number() -> None:
    chat = at_step()
    first = chat.filing.step
    chat.types("xong")
    second = chat.filing.step
    assert second != first
    chat.types("quay lai")
    assert chat.filing.step == first
    chat.types("buoc 2")
    assert chat.filing.step == second
    assert outcome(chat.types("xem lai giay to")) == LIST
    assert outcome(chat.types("tiep")) == STEP
    assert chat.filing.step == second


def test_a_trouble_is_answered_by_its_signs_its_button_or_its_number() -> None:
    chat = at_step(FilingChat(key=WEB))
    assert outcome(chat.types("toi khong nhan duoc ma otp")) == "guided_filing_trouble"
    step = chat.filing.step
    assert outcome(chat.types("bi vuong")) == "clarify_filing_trouble"
    assert outcome(chat.types("1")) == "guided_filing_trouble"
    chat.types("vuong")
    assert outcome(chat.follows(chat.last.buttons[0].value)) == "guided_filing_trouble"
    assert outcome(chat.presses("Làm tiếp")) == STEP
    assert chat.filing.step == step


def test_what_nobody_understands_at_a_step_asks_what_is_wrong_and_gives_way_in_the_end() -> None:
    chat = at_step()
    assert outcome(chat.types("asdf qwer")) == "clarify_filing_trouble"
    assert outcome(chat.types("zxcv uiop")) == "clarify_filing_trouble"
    assert outcome(chat.types("hjkl bnm")).startswith("unanswered")
    assert chat.dialogue.filing is not None


@pytest.mark.parametrize("secret", ["mật khẩu của tôi là abc123", "ma otp la 493021", "493021"])
def test_secrets_are_not_read_and_who_sends_them_is_warned(secret: str) -> None:
    chat = at_step()
    step = chat.filing.step
    text = render_plain(chat.types(secret))
    assert "Mã xác thực và mật khẩu là bí mật" in text
    assert "abc123" not in "".join(getattr(chat.nlu, "texts", []))
    assert "493021" not in "".join(getattr(chat.nlu, "texts", []))
    assert chat.filing.step == step


def test_changing_an_answer_keeps_the_ticks_and_equals_starting_anew() -> None:
    chat = listed()
    chat.types("du roi")
    kept = chat.filing.ticked
    chat.types("doi cau tra loi")
    assert outcome(chat.types("1")) == "clarify_circumstance"
    reply = chat.types("2")
    assert outcome(reply) == LIST
    assert set(kept) <= set(chat.filing.ticked)
    fresh = FilingChat()
    fresh.follows(f"file:{BIRTH}")
    for question, answer in chat.filing.answers:
        fresh.follows(f"form:{BIRTH}:{question}={answer}")
    assert fresh.filing.answers == chat.filing.answers


def test_who_changes_her_mind_about_changing_is_back_at_the_list() -> None:
    for words in ("quay lai", "thoi"):
        chat = listed()
        before = chat.filing
        chat.types("doi cau tra loi")
        chat.types("1")
        assert outcome(chat.types(words)) == LIST
        assert chat.filing == before


def test_not_sure_is_first_explained_and_then_taken() -> None:
    chat = FilingChat()
    chat.follows(f"file:{BIRTH}:online")
    assert outcome(chat.types("toi khong chac")) == "clarify_circumstance"
    assert chat.dialogue.form is not None
    assert "ai" not in dict(chat.dialogue.form.answers)
    chat.types("toi khong chac")
    assert chat.dialogue.form is not None
    assert dict(chat.dialogue.form.answers)["ai"] == "?"


@pytest.mark.parametrize("words", ["là sao", "ở trển là sao", "tôi không hiểu câu này", "ý là gì"])
def test_who_asks_what_a_question_means_is_told_and_asked_again(words: str) -> None:
    chat = FilingChat()
    chat.follows(f"file:{BIRTH}:online")
    asked = chat.last
    assert outcome(chat.types(words)) == "clarify_circumstance"
    assert [one.value for one in chat.last.buttons] == [one.value for one in asked.buttons]
    assert "văn bản ủy quyền" in render_plain(chat.last)
    assert chat.dialogue.form is not None
    assert "ai" not in dict(chat.dialogue.form.answers)


@pytest.mark.parametrize("key", CHANNELS, ids=lambda key: key.channel)
def test_buttons_are_numbered_after_the_papers_where_numbers_are_seen(
    key: ConversationKey,
) -> None:
    chat = listed(FilingChat(key=key))
    labels = [one.label for one in chat.last.buttons]
    number = labels.index("Nộp từng bước") + 1
    chat.types(str(number))
    assert outcome(chat.last) == (STEP if chat.key.sees_numbers else LIST)
