"""How long a guide takes to read, as it is really shown."""

from bot.filings.state import Filing
from bot.guide.filing import filed_by, view_of
from bot.rendering.filing.steps import step_text
from knowledge.guides_proof import MAX_GUIDE_WORDS
from knowledge.tables_proof import ways
from tests.support.desks import a_desk
from tests.support.shipped import shipped_library

USUAL_WORDS = 320
"""A hundred seconds at 200 words a minute; half of all guides take no longer."""


def longest_of(code: str) -> int:
    """Return the words that are read on the longest way of a procedure, whatever is answered."""
    library, desk = shipped_library(), a_desk()
    procedure, table, guide = library.get(code), library.table(code), library.guide(code)
    assert procedure is not None
    counts = [0]
    for answers in ways(table) if table else ({},):
        for method in procedure.methods:
            filing = Filing(code, tuple(answers.items()))
            filing = filed_by(filing, table, guide, method.channel)
            view = view_of(procedure, table, guide, filing)
            shown = [f"{one.title} {step_text(desk, view, one)}" for one in view.steps]
            assert not any("{" in one or "  " in one for one in shown)
            counts.append(sum(len(one.split()) for one in shown))
    return max(counts)


def test_every_guide_is_read_in_two_minutes_and_half_of_them_sooner() -> None:
    longest = sorted(longest_of(code) for code in shipped_library().codes())
    assert len(longest) > 200
    assert longest[0] > 0
    assert longest[-1] <= MAX_GUIDE_WORDS
    assert longest[len(longest) // 2] <= USUAL_WORDS
