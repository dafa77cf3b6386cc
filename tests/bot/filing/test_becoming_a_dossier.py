"""Which dossier a guided filing became, so that its end is counted."""

import pytest

from bot.filings.state import FilingStage
from tests.support.dossiers import FACTOR, a_dossier
from tests.support.filing_chat import BIRTH, DAY, WEB, FilingChat, listed


def filed(chat: FilingChat | None = None) -> FilingChat:
    chat = chat or listed()
    chat.types("da nop roi")
    assert chat.filing.stage is FilingStage.FILED
    return chat


def looks_up(chat: FilingChat, procedure: str) -> str:
    status = a_dossier(procedure_code=procedure)
    chat.dossiers.put(status)
    chat.types(status.code)
    chat.types(FACTOR)
    return status.code


@pytest.mark.parametrize("text", ["danh sach", "con thieu gi", "1"])
def test_who_looks_at_her_list_again_has_filed_all_the_same(text: str) -> None:
    chat = filed()
    chat.types("danh sach")
    chat.types(text)
    code = looks_up(chat, BIRTH)
    assert chat.filings.noted == [(BIRTH, code)]


def test_who_opens_the_slip_of_a_filing_elsewhere_has_filed_it_there_too() -> None:
    chat = listed()
    chat.types("lay phieu")
    slip = chat.filing.slip
    filed(chat)
    other = chat.on(WEB)
    other.types(slip)
    other.types("1")
    code = looks_up(other, BIRTH)
    assert other.filings.noted == [(BIRTH, code)]


def test_a_dossier_without_its_procedure_is_hers_where_its_code_was_asked_for() -> None:
    chat = filed()
    code = looks_up(chat, "")
    assert chat.filings.noted == [(BIRTH, code)]


def test_and_is_any_other_one_weeks_later() -> None:
    chat = filed()
    chat.types("cảm ơn bạn", after=20 * DAY)
    looks_up(chat, "")
    assert chat.filings.noted == []
    assert chat.filing.code == BIRTH


def test_who_has_not_filed_looks_up_another_one() -> None:
    chat = listed()
    looks_up(chat, BIRTH)
    assert chat.filings.noted == []
