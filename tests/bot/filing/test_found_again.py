"""What waits, a filing or the questions before its list, is found again whatever was said since."""

import pytest

from bot.messages import CheckItem, Checklist, ConversationKey
from bot.ports import Nlu
from bot.rendering import render_plain
from tests.support.dossier_chat import PlainNlu
from tests.support.filing_chat import (
    BIRTH,
    CHANNELS,
    DAY,
    LIST,
    STEP,
    TELEGRAM,
    WEB,
    FilingChat,
    at_step,
    listed,
    outcome,
)

HOME = "1.004222"
"""Its table does not ask how it is filed."""
OTHER = "hộ chiếu online cần gì"
ASKED = "clarify_circumstance"
UNCLEAR = "unanswered_not_understood"
SLIP = "guided_slip"


def asked(answers: int = 1, code: str = BIRTH) -> FilingChat:
    """Somebody who is asked the questions before the list, some of them answered."""
    chat = FilingChat()
    chat.follows(f"file:{code}")
    for _ in range(answers):
        chat.follows(chat.last.buttons[0].value)
    assert outcome(chat.last) == ASKED
    return chat


def left(chat: FilingChat, times: int = 5) -> FilingChat:
    """The same after so many questions about something else."""
    for _ in range(times):
        chat.follows("faq:toan-trinh-la-gi")
    return chat


def buttons(chat: FilingChat) -> list[str]:
    return [one.label for one in chat.last.buttons]


@pytest.mark.parametrize(
    "text",
    ["lam tiep", "nop tung buoc", "danh sach", "xong", "lấy phiếu", "còn thiếu gì", "đủ rồi"],
)
@pytest.mark.parametrize("times", [0, 1, 6])
def test_words_of_a_filing_lead_to_the_question_that_waits(text: str, times: int) -> None:
    chat = left(asked(), times)
    given = chat.dialogue.form and chat.dialogue.form.answers
    assert outcome(chat.types(text)) == ASKED
    assert chat.dialogue.form is not None
    assert chat.dialogue.form.answers == given


def test_every_aside_from_the_questions_offers_to_go_on() -> None:
    chat = asked()
    for _ in range(6):
        chat.follows("faq:toan-trinh-la-gi")
        assert "Tiếp tục" in buttons(chat)
    assert outcome(chat.types("xyz xyz")) != ASKED
    assert "Tiếp tục" in buttons(chat)


def test_an_answer_typed_after_an_aside_is_taken_and_a_number_asks_again() -> None:
    chat = left(asked(0))
    assert outcome(chat.types("1")) == ASKED
    form = chat.dialogue.form
    assert form is not None
    assert not form.answers
    left(chat, 1)
    assert outcome(chat.types("tại quầy")) == ASKED
    given = chat.dialogue.form
    assert given is not None
    assert dict(given.answers) == {"nop": "quay"}


def test_the_questions_are_put_aside_and_found_again() -> None:
    chat = asked()
    reply = chat.types("để sau")
    assert outcome(reply) == "small_talk_filing_put_aside"
    assert buttons(chat) == ["Tiếp tục"]
    assert outcome(chat.types("lam tiep")) == ASKED


def test_who_has_filed_already_is_asked_no_more_questions() -> None:
    chat = asked()
    assert outcome(chat.types("đã nộp rồi")) == "guided_filed"


def test_a_procedure_with_its_own_answers_told_takes_no_question_away() -> None:
    chat = FilingChat(nlu=PlainNlu(**{OTHER: "ask_documents"}))
    chat.follows(f"file:{BIRTH}")
    chat.types(OTHER)
    assert outcome(chat.types("lam tiep")) == ASKED
    assert chat.last.procedure == BIRTH


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nộp từng bước", STEP), ("danh sach", LIST), ("xong", LIST), ("lam tiep", LIST),
        ("lấy phiếu", SLIP), ("in phiếu", SLIP), ("còn thiếu gì", LIST), ("nhắc tôi mai",
        "guided_reminder"), ("đã nộp rồi", "guided_filed"), ("tiếp tục", LIST),
        ("mai nhắc", "guided_reminder"), ("nhắc tôi 30/2", "clarify_when_to_remind"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("times", [1, 6])
def test_words_of_a_filing_reach_its_list_at_any_time(text: str, told: str, times: int) -> None:
    chat = left(listed(), times)
    assert outcome(chat.types(text)) == told, render_plain(chat.last)


def test_an_answer_after_no_dossier_was_meant_leads_back_too(trained_nlu: Nlu) -> None:
    chat = listed(FilingChat(nlu=trained_nlu))
    chat.types("nhắc tôi mai")
    chat.types("lệ phí bao nhiêu")
    assert "Làm tiếp" in buttons(chat)
    assert chat.filing.asides == 1


def test_what_is_not_understood_while_a_filing_waits_shows_the_way_back() -> None:
    chat = left(listed(FilingChat(nlu=PlainNlu(ờm="nlu_fallback"))))
    chat.types("ờm")
    assert "Làm tiếp" in buttons(chat)


def test_a_look_up_does_not_bury_the_filing() -> None:
    chat = listed()
    chat.types("lay phieu")
    chat.types("tra cứu hồ sơ")
    assert outcome(chat.last).startswith("clarify_which_dossier")
    assert outcome(chat.types("lam tiep")) == LIST


@pytest.mark.parametrize("text", ["gui qua zalo", "in ra giấy", "mã đâu", "cho toi cai ma"])
def test_words_after_a_slip_mean_the_slip(text: str) -> None:
    chat = listed()
    chat.types("lay phieu")
    assert outcome(chat.types(text)) == SLIP


@pytest.mark.parametrize(
    "text", ["nộp tại quầy", "tôi muốn nộp ở quầy", "lên xã nộp được không", "ra phuong nop"]
)
def test_the_counter_can_be_chosen_though_no_question_asks_for_the_way(text: str) -> None:
    chat = FilingChat()
    chat.to_the_list(HOME)
    assert outcome(chat.types(text)) == LIST
    assert str(chat.filing.way) == "counter"
    assert "Đến nơi nộp" in "".join(
        render_plain(chat.types(one)) for one in ("nop tung buoc", "xong", "xong")
    )


def test_the_list_has_a_button_for_the_other_way() -> None:
    chat = FilingChat(key=WEB)
    chat.to_the_list(HOME)
    chat.presses("Nộp tại quầy")
    assert str(chat.filing.way) == "counter"
    assert "Nộp trực tuyến" in buttons(chat)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("thiếu mỗi giấy chứng sinh", {0}), ("chi thieu cai 2", {1}), ("tất cả trừ 2", {1}),
        ("trừ số 1 ra còn lại có hết", {0}), ("thieu moi cai dau", {0}),
    ],
)  # fmt: skip
def test_papers_are_ticked_by_what_is_missing(text: str, missing: set[int]) -> None:
    chat = listed()
    chat.types("co het roi")
    needed = sum(chat.ticks)
    chat.types("chưa có gì hết")
    assert not any(chat.ticks)
    chat.types(text)
    assert needed > 1
    assert {at for at in range(needed) if not chat.ticks[at]} == missing


def test_the_first_paper_is_ticked_by_its_place() -> None:
    chat = listed()
    chat.types("cái đầu có rồi")
    assert chat.ticks[0]
    assert not any(chat.ticks[1:])


def papers(chat: FilingChat) -> list[CheckItem]:
    lists = [block for block in chat.last.blocks if isinstance(block, Checklist)]
    assert lists
    return list(lists[0].items)


def test_a_paper_of_the_list_is_told_when_it_is_asked_about() -> None:
    chat = listed()
    paper = papers(chat)[1]
    assert outcome(chat.types("cái 2 là cái gì")) == "guided_paper"
    assert paper.text in render_plain(chat.last)


@pytest.mark.parametrize("text", ["xong", "xong rồi"])
def test_being_done_with_nothing_named_ticks_nothing(text: str) -> None:
    chat = listed()
    assert outcome(chat.types(text)) == LIST
    assert not any(chat.ticks)


def test_papers_are_asked_for_and_ticked_at_a_step() -> None:
    chat = at_step()
    assert outcome(chat.types("con thieu gi")) == LIST
    chat.types("nop tung buoc")
    assert outcome(chat.types("xong 1")) == LIST
    assert chat.ticks[0]
    chat.types("nop tung buoc")
    assert outcome(chat.types("bỏ cái 1 đi")) == LIST
    assert not chat.ticks[0]


@pytest.mark.parametrize("text", ["up anh ko duoc", "máy tính không có scan", "ko nhan dc ma otp"])
def test_troubles_are_known_at_the_list_at_a_step_and_at_the_questions(text: str) -> None:
    for chat in (asked(), listed(), at_step()):
        reply = chat.types(text)
        assert reply.faq, render_plain(reply)
        assert outcome(chat.types("lam tiep")) in {ASKED, LIST, STEP}


def test_later_keeps_the_filing_with_its_ticks() -> None:
    chat = listed()
    chat.types("1")
    assert outcome(chat.types("để sau")) == "small_talk_filing_put_aside"
    assert outcome(chat.types("lam tiep")) == LIST
    assert chat.ticks[0]


def test_reading_on_to_the_last_step_is_not_filing() -> None:
    chat = at_step()
    for _ in range(20):
        if outcome(chat.last) != STEP:
            break
        chat.presses("Xong")
    assert outcome(chat.last) == "clarify_if_filed"
    assert outcome(chat.types("chưa")) == STEP
    chat.presses("Xong")
    assert outcome(chat.types("rồi")) == "guided_filed"


def test_to_go_on_after_a_trouble_skips_no_step() -> None:
    chat = FilingChat(key=TELEGRAM)
    at_step(chat)
    step = chat.filing.step
    chat.types("vuong")
    chat.types("lam tiep")
    assert chat.filing.step == step


@pytest.mark.parametrize("key", CHANNELS, ids=lambda key: key.channel)
def test_a_number_typed_twice_takes_no_tick_away(key: ConversationKey) -> None:
    chat = listed(FilingChat(key=key))
    chat.types("1")
    chat.types("1")
    assert chat.ticks[0]
    chat.types("bỏ 1")
    assert not chat.ticks[0]


@pytest.mark.parametrize("text", ["để sau", "hôm nay bận, để mai", "mai toi lam tiep"])
def test_who_goes_on_another_day_is_offered_the_slip_and_a_reminder(text: str) -> None:
    chat = at_step()
    chat.types(text)
    assert buttons(chat) == ["Làm tiếp", "Lấy phiếu", "Nhắc tôi"]
    assert outcome(chat.types("tiếp tục việc hôm qua", after=DAY)) == STEP


@pytest.mark.parametrize("text", ["chỉ tôi nộp", "hd toi nop", "nop giup toi", "hướng dẫn tôi nộp"])
def test_the_filing_of_what_is_talked_of_begins_in_plain_words(text: str) -> None:
    chat = asked(0)
    chat.types("thoi khong hoi nua")
    assert outcome(chat.types(text)) == ASKED
