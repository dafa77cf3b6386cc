"""Every form over all procedures, own and imported: its questions, and each list it can end in."""

from pathlib import Path

import pytest

from bot.deciding.form_decisions import AskCircumstance
from bot.deciding.found import MAX_VALUE_BYTES
from bot.messages import Choices
from bot.rendering import render, render_plain
from knowledge.tables import Table
from knowledge.tables_generic import derive
from knowledge.tables_proof import ways
from knowledge.tables_yaml import load_tables
from tests.support.desks import a_desk
from tests.support.everything import Known, everything
from tests.support.filing_lists import a_list

DESK = a_desk()
LONGEST_LABEL = 40


@pytest.fixture(scope="module")
def forms(national_data: Path) -> list[tuple[Known, Table]]:
    tables = load_tables()
    known = everything(national_data)
    written = [
        (one, tables[one.procedure.code])
        for one in known
        if one.procedure.ours and one.procedure.code in tables
    ]
    derived = [(one, table) for one in known if (table := derive(one.procedure)) is not None]
    assert len(written) >= len(tables)
    assert len(derived) > 400
    return written + derived


def test_every_button_fits_and_no_two_of_a_question_say_the_same(
    forms: list[tuple[Known, Table]],
) -> None:
    for one, table in forms:
        for number, question in enumerate(table.questions):
            reply = render(AskCircumstance(one.procedure, question, first=not number), DESK)
            buttons = [x for b in reply.blocks if isinstance(b, Choices) for x in b.items]
            assert all(len(x.value.encode()) <= MAX_VALUE_BYTES for x in buttons)
            assert all(len(x.label) <= LONGEST_LABEL for x in buttons)
            assert len({x.label for x in buttons}) == len(buttons)


def test_every_list_names_its_papers_or_says_that_none_is_certain(
    forms: list[tuple[Known, Table]],
) -> None:
    for one, table in forms:
        for answers in ways(table):
            told = a_list(one.procedure, table, answers)
            reply = render(told, DESK)
            text = render_plain(reply)
            assert reply.sources
            needed = len(told.shown.view.papers.papers)
            unsure = "Giấy tờ bạn có thể cần" in text or "không ghi giấy tờ nào" in text
            assert f"Bạn cần {needed} giấy tờ" in text if needed else unsure
