"""Every question of every form and every list at its end: figures of the raw record only."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.deciding.form_decisions import Answered, AskCircumstance, PersonalDocuments
from bot.rendering import render
from knowledge.personal import personal_list
from knowledge.procedure import Procedure
from knowledge.tables import UNSURE, Option, Question, Table
from knowledge.tables_generic import derive
from knowledge.tables_proof import ways
from knowledge.tables_yaml import load_tables
from tests.support.desks import a_desk
from tests.support.everything import Known, everything
from tests.support.told import Auditor

DESK = a_desk()
MOST_SHOWN = 30
UNSURE_OPTION = Option(UNSURE, "")


@pytest.fixture(scope="module")
def forms(national_data: Path) -> list[tuple[Known, Table]]:
    written = load_tables()
    found = ((one, table_of(one.procedure, written)) for one in everything(national_data))
    return [(one, table) for one, table in found if table is not None]


def table_of(procedure: Procedure, written: Mapping[str, Table]) -> Table | None:
    """Return the table that somebody wrote for our record, or the one that is derived."""
    return (written.get(procedure.code) if procedure.ours else None) or derive(procedure)


def decisions(procedure: Procedure, table: Table) -> Iterator[AskCircumstance | PersonalDocuments]:
    for question in table.questions:
        yield AskCircumstance(procedure, question, first=True)
    nothing_known = {question.key: UNSURE for question in table.questions}
    for answers in (nothing_known, *ways(table)):
        given = tuple(answered(one, answers) for one in table.questions if one.key in answers)
        papers = personal_list(procedure, table, answers)
        yield PersonalDocuments(procedure, given, papers, table.generic)


def answered(question: Question, answers: Mapping[str, str]) -> Answered:
    options = {option.key: option for option in question.options}
    return question, options.get(answers[question.key], UNSURE_OPTION)


def test_no_personal_list_and_no_question_tells_a_figure_of_its_own(
    forms: list[tuple[Known, Table]],
) -> None:
    faults: list[str] = []
    lists = 0
    for one, table in forms:
        audit = Auditor(one.truth, ours=one.procedure.ours)
        for decision in decisions(one.procedure, table):
            lists += isinstance(decision, PersonalDocuments)
            found = audit.faults(render(decision, DESK))
            faults += (f"{one.procedure.code}: {fault}" for fault in found)
    assert len(forms) >= 500
    assert lists >= 4_000
    assert faults[:MOST_SHOWN] == [], len(faults)
