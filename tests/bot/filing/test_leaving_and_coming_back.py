"""A guided filing that is left for something else, and found again or given up."""

import pytest

from bot.messages import Gesture
from tests.support.dossier_chat import PlainNlu
from tests.support.filing_chat import (
    BIRTH,
    DAY,
    LIST,
    STEP,
    FilingChat,
    at_step,
    listed,
    outcome,
    without_questions,
)


def test_a_question_in_the_middle_is_answered_and_leads_back() -> None:
    chat = at_step(FilingChat(nlu=PlainNlu(**{"cảm ơn": "thanks"})))
    step = chat.filing.step
    for _ in range(6):
        reply = chat.follows("faq:toan-trinh-la-gi")
        assert "Làm tiếp" in [one.label for one in reply.buttons]
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
    assert outcome(chat.follows(f"file:{without_questions()}")) == "clarify_stop_filing"
    assert chat.filing.code == BIRTH
    reply = chat.follows(f"file:{BIRTH}:stopsure")
    assert (outcome(reply), chat.filing.code) == (LIST, without_questions())


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
