"""Every question of every form and every list at its end: figures of the raw record only."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.deciding.filing_decisions import TellList
from bot.deciding.form_decisions import AskCircumstance
from bot.rendering import render
from knowledge.procedure import Procedure
from knowledge.tables import UNSURE, Table
from knowledge.tables_generic import derive
from knowledge.tables_proof import ways
from knowledge.tables_yaml import load_tables
from tests.support.desks import a_desk
from tests.support.everything import Known, everything
from tests.support.filing_lists import a_list
from tests.support.told import Auditor

DESK = a_desk()
MOST_SHOWN = 30


@pytest.fixture(scope="module")
def forms(national_data: Path) -> list[tuple[Known, Table]]:
    written = load_tables()
    known = everything(national_data)
    return [(one, table) for one in known for table in tables_of(one.procedure, written)]


def tables_of(procedure: Procedure, written: Mapping[str, Table]) -> Iterator[Table]:
    """Yield the table that somebody wrote for our record, and the one that is derived."""
    if procedure.ours and procedure.code in written:
        yield written[procedure.code]
    if (derived := derive(procedure)) is not None:
        yield derived


def decisions(procedure: Procedure, table: Table) -> Iterator[AskCircumstance | TellList]:
    for question in table.questions:
        yield AskCircumstance(procedure, question, first=True)
    nothing_known = {question.key: UNSURE for question in table.questions}
    for answers in (nothing_known, *ways(table)):
        yield a_list(procedure, table, answers)


def test_no_personal_list_and_no_question_tells_a_figure_of_its_own(
    forms: list[tuple[Known, Table]],
) -> None:
    faults: list[str] = []
    lists = 0
    for one, table in forms:
        audit = Auditor(one.truth, ours=one.procedure.ours)
        for decision in decisions(one.procedure, table):
            lists += isinstance(decision, TellList)
            found = audit.faults(render(decision, DESK))
            faults += (f"{one.procedure.code}: {fault}" for fault in found)
    assert len(forms) >= 500
    assert lists >= 4_000
    assert faults[:MOST_SHOWN] == [], len(faults)
