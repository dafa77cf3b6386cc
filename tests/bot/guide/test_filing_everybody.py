"""A guided filing, for everybody: every procedure of ours, every combination of answers."""

from dataclasses import replace

from bot.filings.state import Filing
from bot.guide.filing import (
    NO_ONLINE_WAY,
    filed_by,
    next_step,
    paper_key,
    step_before,
    view_of,
)
from bot.rendering.filing.steps import step_text
from knowledge.guides_proof import MAX_GUIDE_WORDS
from knowledge.personal import applying
from knowledge.procedure import FilingChannel, Paper
from knowledge.tables import UNSURE, Table
from knowledge.tables_proof import prove, ways
from tests.bot.guide.led import every_view, everybody
from tests.support.desks import a_desk
from tests.support.shipped import shipped_library

ONLINE, COUNTER, POST = FilingChannel
MOST_QUESTIONS, SHARE_WITHIN = 5, 0.95
USUAL_WORDS = 320
"""A hundred seconds at 200 words a minute; half of all guides take no longer."""


def test_every_combination_ends_in_a_list_and_in_steps_of_a_way_that_is_open() -> None:
    assert len(every_view()) > 1_000
    for led, view in every_view():
        methods = {one.channel for one in led.procedure.methods}
        assert (view.way in methods) if methods else (view.way is None)
        assert view.closed in {"", NO_ONLINE_WAY} or view.way is not ONLINE
        assert bool(view.steps) == bool(methods), led.procedure.code
        assert bool(view.listed) == any(one.papers for one in led.procedure.circumstances)


def test_every_way_of_every_record_has_steps_for_everybody() -> None:
    for led, view in every_view():
        for method in led.procedure.methods:
            other = filed_by(view.filing, led.table, led.guide, method.channel)
            shown = view_of(led.procedure, led.table, led.guide, other)
            assert shown.steps
            if method.channel in led.guide.results_only:
                assert shown.way is not method.channel
            elif method.channel is not ONLINE or not shown.closed:
                assert shown.way is method.channel, (led.procedure.code, view.filing.answers)


def test_steps_are_numbered_from_one_and_have_an_end() -> None:
    for led, view in every_view():
        keys = [one.key for one in view.steps]
        assert len(set(keys)) == len(keys)
        at = keys[0] if keys else ""
        walked = []
        while at:
            there = replace(view, filing=replace(view.filing, step=at))
            walked.append(at)
            assert there.step_number == len(walked)
            assert step_before(there) == ("" if len(walked) == 1 else walked[-2])
            at = next_step(there)
        assert walked == keys, led.procedure.code


def brought(paper: Paper) -> tuple[str, str, int, int]:
    return (paper.name, paper.form, paper.original, paper.copies)


def test_no_two_papers_of_a_list_are_ticked_by_the_same_key() -> None:
    for led, view in every_view():
        papers = {brought(one.paper) for one in view.listed}
        keys = {one.key for one in view.listed}
        assert len(view.listed) == len(papers) == len(keys), led.procedure.code
        assert all(one.key == paper_key(one.paper) for one in view.listed)


def test_no_combination_misses_a_paper_or_a_note_that_the_record_demands_for_it() -> None:
    for led, view in every_view():
        asked = led.table or Table(led.procedure.code, ())
        listed = {brought(one.paper): one for one in view.listed}
        demanded = applying(led.procedure, asked, dict(view.filing.answers))
        for paper in demanded.papers:
            assert listed[brought(paper)].conditions == (), led.procedure.code
            assert paper.note in listed[brought(paper)].paper.note
        for one in demanded.open_papers:
            assert one.paper.note in listed[brought(one.paper)].paper.note


def test_every_paper_of_the_record_is_in_somebodys_list_and_none_is_invented() -> None:
    for led in everybody():
        if led.table is not None:
            proof = prove(led.procedure, led.table, applying)
            assert (proof.never, proof.invented) == (set(), set()), led.procedure.code
        else:
            papers = {brought(one) for c in led.procedure.circumstances for one in c.papers}
            assert papers == {brought(one.paper) for one in led.view({}).listed}


def test_who_is_unsure_gets_at_least_what_any_answer_would_give() -> None:
    for led in everybody():
        if led.table is None:
            continue
        unsure = led.table.settled({one.key: UNSURE for one in led.table.questions})
        careful = {one.key for one in led.view(unsure).listed}
        for answers in ways(led.table):
            for paper in applying(led.procedure, led.table, answers).papers:
                assert paper_key(paper) in careful, (led.procedure.code, paper.name, answers)


def test_five_questions_at_most_come_before_the_list_for_nearly_every_written_table() -> None:
    library = shipped_library()
    written = [one for one in everybody() if one.table and not one.table.generic]
    assert len(written) >= 80
    longest = [max(len(answers) for answers in ways(one.table)) for one in written if one.table]
    within = sum(count <= MOST_QUESTIONS for count in longest)
    assert within / len(written) >= SHARE_WITHIN
    assert library.table("9.999999") is None


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
