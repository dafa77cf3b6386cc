"""Every form over all procedures, own and imported: its questions, and each list it can end in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.deciding.form_decisions import AskCircumstance, PersonalDocuments
from bot.deciding.found import MAX_VALUE_BYTES
from bot.messages import Choices, Reply
from bot.rendering import render, render_plain
from knowledge.personal import personal_list
from knowledge.tables import UNSURE, Table
from knowledge.tables_generic import derive
from knowledge.tables_proof import ways
from knowledge.tables_yaml import load_tables
from tests.support.desks import a_desk
from tests.support.everything import Known, everything
from tests.support.told import Auditor

DESK = a_desk()
MOST_SHOWN = 30
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


def replies(one: Known, table: Table) -> Iterator[Reply]:
    """Yield every question and every list."""
    for number, question in enumerate(table.questions):
        asked = AskCircumstance(one.procedure, question, first=not number)
        yield render(asked, DESK)
    unsure = table.settled({question.key: UNSURE for question in table.questions})
    for answers in (*ways(table), unsure):
        given = tuple(
            (question, option)
            for question in table.questions
            for option in question.options
            if answers.get(question.key) == option.key
        )
        papers = personal_list(one.procedure, table, answers)
        yield render(PersonalDocuments(one.procedure, given, papers, table.generic), DESK)


def test_no_question_and_no_list_tells_a_figure_that_the_record_does_not_hold(
    forms: list[tuple[Known, Table]],
) -> None:
    faults: list[str] = []
    lists = 0
    for one, table in forms:
        audit = Auditor(one.truth, ours=one.procedure.ours)
        for reply in replies(one, table):
            lists += reply.outcome.kind == "personal_documents"
            faults += (f"{one.procedure.code}: {fault}" for fault in audit.faults(reply))
    assert lists > 2_000
    assert faults[:MOST_SHOWN] == [], len(faults)


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
            papers = personal_list(one.procedure, table, answers)
            reply = render(PersonalDocuments(one.procedure, (), papers, table.generic), DESK)
            text = render_plain(reply)
            assert reply.sources
            assert f"Bạn cần {len(papers.papers)} loại" in text or "chắc chắn" in text
