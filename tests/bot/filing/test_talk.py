"""A guided filing in conversation: list, steps, slip, reminder, filed; asides and the way back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deciding.filing_found import can_guide
from bot.errors import StoreUnavailable
from bot.filings.ports import FilingTerms
from bot.filings.state import FilingStage, Milestone
from bot.messages import ConversationKey, Gesture
from bot.rendering import render_plain
from knowledge.content import load_procedures
from tests.support.dossier_chat import PlainNlu
from tests.support.dossiers import FACTOR, a_dossier
from tests.support.filing_chat import (
    BIRTH,
    CHANNELS,
    TELEGRAM,
    WEB,
    ZALO,
    FilingChat,
    outcome,
    shipped,
)
from tests.support.filing_desk import MemoryFilingDesk

LIST, STEP = "guided_checklist", "guided_filing_step"
WITHOUT_QUESTIONS = next(
    one.code for one in load_procedures() if shipped().table(one.code) is None and can_guide(one)
)
"""Everybody brings the same."""
DAY = timedelta(days=1)


def listed(chat: FilingChat | None = None) -> FilingChat:
    chat = chat or FilingChat()
    chat.to_the_list()
    return chat


def at_step(chat: FilingChat | None = None) -> FilingChat:
    chat = listed(chat)
    chat.types("nop tung buoc")
    return chat


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
    assert outcome(chat.follows(f"file:{WITHOUT_QUESTIONS}")) == LIST


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


def test_a_question_in_the_middle_is_answered_and_leads_back() -> None:
    chat = at_step(FilingChat(nlu=PlainNlu(**{"cảm ơn": "thanks"})))
    step = chat.filing.step
    for _ in range(3):
        reply = chat.follows("faq:toan-trinh-la-gi")
        assert "Làm tiếp" in [one.label for one in reply.buttons]
    assert "Làm tiếp" not in [one.label for one in chat.follows("faq:toan-trinh-la-gi").buttons]
    assert outcome(chat.types("lam tiep")) == STEP
    assert chat.filing.step == step


def test_a_number_days_later_ticks_nothing_and_shows_the_list_again() -> None:
    chat = listed()
    chat.types("1", after=2 * DAY)
    assert outcome(chat.last) == LIST
    assert not any(chat.ticks)
    chat.types("1")
    assert chat.ticks[0]


@pytest.mark.parametrize("gesture", [Gesture.START, Gesture.HELP])
def test_who_comes_back_is_offered_to_go_on(gesture: Gesture) -> None:
    chat = listed()
    for _ in range(5):
        chat.follows("faq:toan-trinh-la-gi")
    reply = chat.does(gesture)
    assert "Làm tiếp" in [one.label for one in reply.buttons]
    assert outcome(chat.presses("Làm tiếp")) == LIST


def test_a_greeting_days_later_offers_to_go_on() -> None:
    chat = listed(FilingChat(nlu=PlainNlu(chào="greet")))
    reply = chat.types("chào", after=3 * DAY)
    assert "Làm tiếp" in [one.label for one in reply.buttons]


def test_a_filing_with_ticks_is_forgotten_only_after_asking() -> None:
    chat = listed()
    chat.types("1")
    assert outcome(chat.types("thoi")) == "clarify_stop_filing"
    assert outcome(chat.types("khong")) == LIST
    chat.types("huy")
    assert outcome(chat.types("co")) == "small_talk_filing_ended"
    assert chat.dialogue.filing is None


def test_another_filing_takes_its_place_only_after_asking() -> None:
    chat = listed()
    chat.types("1")
    assert outcome(chat.follows(f"file:{WITHOUT_QUESTIONS}")) == "clarify_stop_filing"
    assert chat.filing.code == BIRTH
    reply = chat.follows(f"file:{BIRTH}:stopsure")
    assert (outcome(reply), chat.filing.code) == (LIST, WITHOUT_QUESTIONS)


def test_the_form_of_another_procedure_asks_first_too() -> None:
    chat = listed()
    chat.types("1")
    other = "1.004194"
    assert outcome(chat.follows(f"form:{other}")) == "clarify_stop_filing"
    assert chat.filing.code == BIRTH


def test_the_same_filing_begun_again_goes_on_with_its_ticks() -> None:
    chat = listed()
    chat.types("1")
    ticks = chat.filing.ticked
    assert outcome(chat.follows(f"file:{BIRTH}")) == LIST
    chat.follows(f"form:{BIRTH}")
    for _ in range(12):
        if outcome(chat.last) == LIST:
            break
        chat.follows(chat.last.buttons[0].value)
    assert chat.filing.ticked == ticks


def test_a_slip_is_kept_followed_by_every_change_and_opened_elsewhere() -> None:
    chat = listed()
    assert outcome(chat.types("lay phieu")) == "guided_slip"
    code = chat.filing.slip
    chat.types("xem lai giay to")
    chat.types("1")
    assert chat.filings.slips[code].filing.ticked == chat.filing.ticked
    elsewhere = chat.on(ZALO)
    assert outcome(elsewhere.types(f"ma {code.lower()}")) == LIST
    assert elsewhere.ticks[0]
    elsewhere.types("xong 2")
    chat.types("con thieu gi")
    assert chat.ticks[:2] == (True, True)


def test_nothing_is_kept_where_nothing_changed() -> None:
    chat = listed()
    chat.types("lay phieu")
    kept = chat.filings.kept
    chat.types("xem lai giay to")
    chat.follows("faq:toan-trinh-la-gi")
    assert chat.filings.kept == kept


def test_an_expired_slip_leaves_the_filing_without_one() -> None:
    chat = listed()
    chat.types("lay phieu")
    chat.types("xem lai giay to", after=31 * DAY)
    assert (chat.filing.slip, chat.filing.version) == ("", 0)
    assert outcome(chat.last) == LIST


def test_what_the_counter_saw_is_told_with_the_list() -> None:
    chat = listed()
    chat.types("lay phieu")
    chat.types("xem lai giay to")
    key = chat.last.buttons[0].value.rpartition(":")[2]
    chat.filings.looked_at(chat.filing.slip, key)
    assert "một cửa" in render_plain(chat.types("con thieu gi")).lower()


def test_a_wrong_code_tells_nothing_and_many_are_locked() -> None:
    chat = FilingChat()
    seen = [outcome(chat.types("Q9W3RT")) for _ in range(6)]
    assert seen == ["unanswered_no_slip"] * 5 + ["refused_slips_locked"]


def test_a_slip_opened_over_ticks_of_another_filing_asks_first() -> None:
    owner = listed()
    owner.types("lay phieu")
    code = owner.filing.slip
    other = owner.on(WEB)
    other.follows(f"file:{WITHOUT_QUESTIONS}")
    other.types("1")
    assert outcome(other.follows(f"slip:{code}")) == "clarify_stop_filing"
    assert outcome(other.follows(f"slip:{code}")) == LIST
    assert other.filing.code == BIRTH


def test_reminders_are_set_in_words_replaced_and_forgotten() -> None:
    chat = listed()
    assert outcome(chat.types("nhac toi 3 ngay nua")) == "guided_reminder"
    assert len(chat.filings.due) == 1
    assert outcome(chat.types("nhac toi")) == "clarify_when_to_remind"
    assert outcome(chat.types("thu hai")) == "guided_reminder"
    assert len(chat.filings.due) == 1
    assert outcome(chat.types("nhac toi hom qua")) == "clarify_when_to_remind"
    assert outcome(chat.types("thoi nhac")) == "guided_reminder"
    assert not chat.filings.due


def test_a_page_cannot_remind_and_says_so() -> None:
    chat = listed(FilingChat(key=WEB))
    assert outcome(chat.types("nhac toi ngay mai")) == "guided_no_reminder"
    assert not chat.filings.due


def test_filed_asks_for_the_code_offers_alerts_and_notes_it_once() -> None:
    chat = listed()
    status = a_dossier(procedure_code=BIRTH)
    chat.dossiers.put(status)
    chat.types("nhac toi ngay mai")
    reply = chat.types("da nop roi")
    assert (outcome(reply), reply.milestone) == ("guided_filed", Milestone.FILED)
    assert not chat.filings.due
    chat.types(status.code)
    chat.types(FACTOR)
    assert chat.filings.noted == [(BIRTH, status.code)]
    assert chat.dialogue.filing is None
    chat.types(status.code)
    chat.types(FACTOR)
    assert len(chat.filings.noted) == 1


def test_the_dossier_of_another_procedure_is_not_what_was_filed() -> None:
    chat = listed()
    status = a_dossier()
    chat.dossiers.put(status)
    chat.types("da nop roi")
    chat.types(status.code)
    chat.types(FACTOR)
    assert chat.filings.noted == []
    assert chat.filing.stage is FilingStage.FILED


def test_a_group_is_guided_without_slips_and_reminders() -> None:
    chat = FilingChat(key=replace(TELEGRAM, user_id="-1001234567890"))
    chat.to_the_list()
    assert not {"Lấy phiếu", "Nhắc tôi"} & {one.label for one in chat.last.buttons}
    chat.types("lay phieu")
    chat.types("nhac toi ngay mai")
    chat.types("K7Q2MX")
    assert (chat.filings.kept, chat.filings.due) == (0, {})
    chat.types("xem lai giay to")
    chat.types("1")
    assert chat.ticks[0]


def test_where_no_slips_are_kept_everything_else_goes_on() -> None:
    chat = listed(FilingChat(filings=MemoryFilingDesk(terms=FilingTerms())))
    chat.types("lay phieu")
    chat.types("1")
    assert outcome(chat.types("nop tung buoc")) == STEP
    assert outcome(chat.types("da nop roi")) == "guided_filed"
    assert chat.filings.kept == 0


def test_a_store_that_is_away_is_told_and_nothing_is_lost() -> None:
    chat = listed()
    chat.types("lay phieu")
    before = chat.dialogue
    chat.filings.broken = True
    with pytest.raises(StoreUnavailable):
        chat.types("1")
    assert chat.dialogue == before


def test_a_slip_is_read_once_a_turn_and_never_without_one() -> None:
    chat = listed()
    assert chat.filings.read == 0
    chat.types("lay phieu")
    chat.types("xem lai giay to")
    assert chat.filings.read == 1


@pytest.mark.parametrize("key", CHANNELS, ids=lambda key: key.channel)
def test_buttons_are_numbered_after_the_papers_where_numbers_are_seen(
    key: ConversationKey,
) -> None:
    chat = listed(FilingChat(key=key))
    labels = [one.label for one in chat.last.buttons]
    number = labels.index("Nộp từng bước") + 1
    chat.types(str(number))
    assert outcome(chat.last) == (STEP if chat.key.sees_numbers else LIST)
