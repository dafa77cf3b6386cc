"""Over all procedures, own and imported: what is told is what the raw record of the code holds.

Every field, short and long, every way of filing, every circumstance; the rendered text is read as
a citizen reads it and held against the line of the data (`tests/support/told.py`).
`test_wrong_figures_are_caught.py` shows that this check fails when it should.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import pytest

from bot.deciding.decisions import Answer, AnswerEach, Decision, GuideOnline
from bot.messages import Heading, Reply
from bot.parse import AskedField
from bot.rendering import render
from knowledge.procedure import Procedure
from tests.support.desks import a_desk
from tests.support.everything import Known, everything
from tests.support.told import Auditor, unnamed, unquoted

DESK = a_desk()
EXEMPT = frozenset({DESK.book.say("online.old_word")})
"""Names Decree 42/2022/NĐ-CP, whatever the record says."""
FIGURES = (AskedField.DOCUMENTS, AskedField.FEE, AskedField.TIME)
MOST_SHOWN = 30
CHUNK = 100


@pytest.fixture(scope="module")
def known(national_data: Path) -> tuple[Known, ...]:
    return everything(national_data)


def decisions(procedure: Procedure) -> Iterator[Decision]:
    for asked in AskedField:
        yield Answer(procedure, (asked,))
        yield Answer(procedure, (asked,), detail=True)
    yield Answer(procedure, tuple(AskedField), old_word=True, related=True, penalty=True)
    yield Answer(procedure, (AskedField.FEE, AskedField.OVERVIEW), benefit=True)
    yield GuideOnline(procedure, old_word=True)


def auditor(one: Known) -> Auditor:
    return Auditor(one.truth, ours=one.procedure.ours, exempt=EXEMPT)


def test_no_reply_tells_a_figure_that_the_record_does_not_hold(
    known: tuple[Known, ...], national_data: Path
) -> None:
    starts = range(0, len(known), CHUNK)
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        audits = list(pool.map(audited, repeat(national_data), starts))
    faults = [fault for audit in audits for fault in audit.faults]
    assert sum(audit.replies for audit in audits) >= 2_855 * 30
    assert sum(audit.figures for audit in audits) >= 70_000
    assert faults[:MOST_SHOWN] == [], len(faults)


@dataclass
class Audit:
    """What was found in some of the procedures."""

    replies: int = 0
    figures: int = 0
    faults: list[str] = field(default_factory=list)


def audited(folder: Path, start: int) -> Audit:
    """Render and read everything about a chunk of the procedures; runs beside other chunks."""
    audit = Audit()
    for one in everything(folder)[start : start + CHUNK]:
        reader = auditor(one)
        for decision in decisions(one.procedure):
            audit.replies += 1
            faults = reader.faults(render(decision, DESK))
            audit.faults += (f"{one.procedure.code}: {fault}" for fault in faults)
        audit.figures += reader.figures
    return audit


def test_several_answers_keep_the_figures_of_each_apart(known: tuple[Known, ...]) -> None:
    faults: list[str] = []
    for one, other in zip(known[::2], (*known[1::2], known[0]), strict=False):
        each = AnswerEach((Answer(one.procedure, FIGURES), Answer(other.procedure, FIGURES)))
        for part, held in zip(halves(render(each, DESK)), (one, other), strict=True):
            faults += (f"{held.procedure.code}: {fault}" for fault in auditor(held).faults(part))
    assert faults[:MOST_SHOWN] == [], len(faults)


def halves(reply: Reply) -> Iterator[Reply]:
    """Yield the reply about each procedure: from its heading to the next."""
    starts = [place for place, block in enumerate(reply.blocks) if isinstance(block, Heading)]
    for source, start, end in zip(reply.sources, starts, (*starts[1:], None), strict=True):
        blocks = reply.blocks[start : end or len(reply.blocks) - 1]  # without the buttons
        yield Reply(blocks, reply.outcome, (source,))


def test_every_way_of_filing_is_named_beside_its_time_and_fee(known: tuple[Known, ...]) -> None:
    faults = [
        f"{one.procedure.code}, {field}: {fault}"
        for one in known
        for field in (AskedField.FEE, AskedField.TIME, AskedField.METHODS, AskedField.OVERVIEW)
        for fault in unnamed(render(Answer(one.procedure, (field,)), DESK), one.truth)
    ]
    assert faults[:MOST_SHOWN] == [], len(faults)


def test_a_fee_told_in_words_is_quoted(known: tuple[Known, ...]) -> None:
    official = [one for one in known if not one.procedure.ours]
    faults = [
        f"{one.procedure.code}: {fault}"
        for one in official
        for fault in unquoted(render(Answer(one.procedure, (AskedField.FEE,)), DESK), one.truth)
    ]
    assert len(official) > 2_000
    assert faults[:MOST_SHOWN] == [], len(faults)
