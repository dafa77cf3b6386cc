"""What is kept of a guided filing: its slip, its reminder, and that it was filed."""

from dataclasses import replace

import pytest

from bot.errors import StoreUnavailable
from bot.filings.ports import FilingTerms
from bot.filings.state import FilingStage, Milestone
from bot.rendering import render_plain
from tests.support.dossiers import FACTOR, a_dossier
from tests.support.filing_chat import (
    BIRTH,
    DAY,
    LIST,
    STEP,
    TELEGRAM,
    WEB,
    ZALO,
    FilingChat,
    listed,
    outcome,
    without_questions,
)
from tests.support.filing_desk import MemoryFilingDesk


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
    other.follows(f"file:{without_questions()}")
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
