"""What was filed stays filed: beside its list, elsewhere, and when other dossiers are looked up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.filings.state import FilingStage
from bot.messages import Gesture
from bot.rendering import render_plain
from tests.support.dossiers import FACTOR, a_dossier
from tests.support.filing_chat import BIRTH, DAY, LIST, WEB, ZALO, FilingChat, listed, outcome


def filed_with_a_slip() -> tuple[FilingChat, str]:
    chat = listed()
    chat.types("lay phieu")
    slip = chat.filing.slip
    chat.types("da nop roi")
    assert chat.filing.stage is FilingStage.FILED
    return chat, slip


def looks_up(chat: FilingChat, received: timedelta | None) -> None:
    """Look up a dossier of the procedure that came in so long after now; None: nobody knows."""
    came = chat.at + received if received is not None else None
    status = replace(a_dossier(procedure_code=BIRTH), received_at=came)
    chat.dossiers.put(status)
    chat.types(status.code)
    chat.types(FACTOR)
    assert "dossier" in outcome(chat.last), outcome(chat.last)


def test_a_slip_that_is_filed_opens_as_filed_with_its_list_one_press_away() -> None:
    chat, slip = filed_with_a_slip()
    other = chat.on(ZALO)
    assert outcome(other.types(slip)) == "guided_filed"
    assert not other.last.milestone
    assert outcome(other.presses("Danh sách")) == LIST


def test_a_tick_beside_the_list_of_what_is_filed_unfiles_it_nowhere() -> None:
    chat, slip = filed_with_a_slip()
    other = chat.on(ZALO)
    other.types(slip)
    other.types("danh sach")
    other.types("1")
    assert other.ticks[0]
    other.types("2")
    assert other.ticks[:2] == (True, True)
    assert chat.filings.slips[slip].filing.stage is FilingStage.FILED
    chat.follows("faq:toan-trinh-la-gi")
    assert chat.filing.stage is FilingStage.FILED
    assert set(chat.filing.ticked) == set(other.filing.ticked)


@pytest.mark.parametrize("came", [-9 * DAY, timedelta(), 3 * DAY, None])
def test_a_dossier_of_those_days_is_what_was_filed(came: timedelta | None) -> None:
    chat = listed()
    chat.types("da nop roi")
    looks_up(chat, came)
    assert [one for one, _ in chat.filings.noted] == [BIRTH]


@pytest.mark.parametrize(("later", "came"), [(20 * DAY, None), (20 * DAY, -DAY), (DAY, -60 * DAY)])
def test_a_dossier_of_other_days_is_another_one_and_the_filing_stays(
    later: timedelta, came: timedelta | None
) -> None:
    chat = listed()
    chat.types("da nop roi")
    chat.types("cảm ơn bạn", after=later)
    looks_up(chat, came)
    assert chat.filings.noted == []
    assert chat.filing.code == BIRTH


def test_huy_beside_the_list_of_a_table_ends_it_or_asks_first() -> None:
    chat = listed()
    assert outcome(chat.does(Gesture.CANCEL)) == "small_talk_filing_ended"
    ticked = listed(FilingChat(key=WEB))
    ticked.types("1")
    assert outcome(ticked.does(Gesture.CANCEL)) == "clarify_stop_filing"
    assert outcome(ticked.does(Gesture.CANCEL)) == "small_talk_filing_ended"


def test_huy_at_a_question_ends_the_questions_alone() -> None:
    chat = FilingChat()
    chat.follows(f"file:{BIRTH}")
    assert chat.dialogue.form is not None
    chat.does(Gesture.CANCEL)
    assert chat.dialogue.form is None, render_plain(chat.last)
