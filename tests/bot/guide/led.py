"""Every procedure of ours with what leads through it, and walks of one citizen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from hypothesis import strategies as st

from bot.filings.state import Filing
from bot.guide.filing import FilingView, view_of
from knowledge.guides import Guide
from knowledge.procedure import FilingChannel, Procedure
from knowledge.tables import UNSURE, Table
from knowledge.tables_proof import ways
from tests.support.shipped import shipped_library


@dataclass(frozen=True)
class Led:
    """A procedure of ours, with what leads through it."""

    procedure: Procedure
    table: Table | None
    guide: Guide

    def view(self, answers: Mapping[str, str], way: FilingChannel | None = None) -> FilingView:
        filing = Filing(self.procedure.code, tuple(answers.items()), way=way)
        return view_of(self.procedure, self.table, self.guide, filing)


@cache
def everybody() -> tuple[Led, ...]:
    """Return every procedure of ours with its written or derived table, and its guide."""
    library = shipped_library()
    found = []
    for code in library.codes():
        procedure = library.get(code)
        assert procedure is not None
        if procedure.ours:
            found.append(Led(procedure, library.table(code), library.guide(code)))
    assert len(found) > 200
    assert sum(one.table is not None for one in found) > 100
    return tuple(found)


def combinations(led: Led) -> Iterator[dict[str, str]]:
    """Yield every combination of answers, and that of who is unsure of everything."""
    if led.table is None:
        yield {}
        return
    yield from ways(led.table)
    yield led.table.settled({one.key: UNSURE for one in led.table.questions})


@cache
def every_view() -> tuple[tuple[Led, FilingView], ...]:
    return tuple((led, led.view(answers)) for led in everybody() for answers in combinations(led))


LED = st.sampled_from(range(300)).map(lambda n: everybody()[n % len(everybody())])


def walk(data: st.DataObject, led: Led) -> dict[str, str]:
    """Answer one question after the other, now and then unsure."""
    answers: dict[str, str] = {}
    while led.table is not None and (question := led.table.next_question(answers)) is not None:
        keys = [UNSURE, *(one.key for one in question.options)]
        answers[question.key] = data.draw(st.sampled_from(keys))
        answers = led.table.settled(answers)
        assert len(answers) <= len(led.table.questions)
    return answers
