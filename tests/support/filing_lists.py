"""Lists at the end of a form, as they are told for the first time."""

from collections.abc import Mapping
from functools import cache

from bot.deciding.filing_decisions import Shown, TellList
from bot.deciding.form_decisions import answered_in_order
from bot.filings.ports import FilingTerms
from bot.filings.state import Filing, Milestone
from bot.guide.filing import view_of
from knowledge.guides import Guides
from knowledge.guides_yaml import load_guides
from knowledge.procedure import Procedure
from knowledge.tables import Table


@cache
def guides() -> Guides:
    """The guides that ship."""
    return load_guides()


def a_list(procedure: Procedure, table: Table, answers: Mapping[str, str]) -> TellList:
    """What somebody with these settled answers is told."""
    filing = Filing(procedure.code, tuple(answers.items()))
    view = view_of(procedure, table, guides().of(procedure.code), filing)
    given = answered_in_order(table, answers)
    return TellList(Shown(view, FilingTerms(), milestone=Milestone.GUIDED), given, first=True)
