"""A guided filing: walks of one citizen, ways of filing, and single rules."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.filings.state import Filing, FilingStage, Milestone
from bot.guide.filing import (
    NO_ONLINE_WAY,
    answered,
    answers_of_way,
    chosen_way,
    filed_by,
    next_step,
    reached,
    step_before,
    ticked,
    view_of,
)
from knowledge.guides import Guide
from knowledge.guides_way import ways_answered
from knowledge.guides_yaml import load_guides
from knowledge.procedure import Circumstance, FilingChannel, Paper
from knowledge.tables import ALWAYS, UNSURE, Condition, Option, Question, Rule, Table
from knowledge.tables_proof import ways
from tests.bot.guide.led import LED, Led, everybody, walk
from tests.support.builders import a_method, a_paper, a_procedure
from tests.support.shipped import shipped_library

ONLINE, COUNTER, POST = FilingChannel


@given(st.data(), LED)
@settings(max_examples=60, deadline=None)
def test_any_walk_ends_in_a_list_and_any_change_is_a_new_start(
    data: st.DataObject, led: Led
) -> None:
    answers = walk(data, led)
    view = led.view(answers)
    assert dict(view.filing.answers) == answers
    assert view.steps or not led.procedure.methods
    if led.table is None or not answers:
        return
    key = data.draw(st.sampled_from(sorted(answers)))
    question = led.table.question(key)
    assert question is not None
    answer = data.draw(st.sampled_from([UNSURE, *(one.key for one in question.options)]))
    on = data.draw(st.sets(st.sampled_from([one.key for one in view.listed] or [""])))
    before = view.filing
    for one in on:
        before = ticked(before, one, on=True)

    changed = view_of(led.procedure, led.table, led.guide, answered(before, led.table, key, answer))
    anew = led.view(led.table.settled({**answers, key: answer}))

    assert (changed.papers, changed.steps, changed.way, changed.closed) == (
        anew.papers, anew.steps, anew.way, anew.closed,
    )  # fmt: skip
    assert changed.filing.answers == anew.filing.answers
    assert changed.filing.stage is FilingStage.LIST
    assert {one.key for one in changed.listed if one.ticked} == on & {
        one.key for one in changed.listed
    }
    back = answered(changed.filing, led.table, key, answers[key])
    assert back.ticked == tuple(sorted(on))


@given(st.data(), LED, st.sampled_from(FilingChannel))
@settings(max_examples=60, deadline=None)
def test_a_way_that_is_wished_is_taken_where_the_record_has_it_and_loses_no_paper(
    data: st.DataObject, led: Led, way: FilingChannel
) -> None:
    view = led.view(walk(data, led))
    filing = filed_by(view.filing, led.table, led.guide, way)
    shown = view_of(led.procedure, led.table, led.guide, filing)

    known = {one.channel for one in led.procedure.methods} - led.guide.results_only
    if way in known and not (way is ONLINE and shown.closed):
        assert shown.way is way
    assert filed_by(filing, led.table, led.guide, way) == filing
    assert shown.listed or not view.listed


@given(st.data(), LED)
@settings(max_examples=40, deadline=None)
def test_ticks_are_kept_whatever_their_order_and_undone_one_by_one(
    data: st.DataObject, led: Led
) -> None:
    view = led.view(walk(data, led))
    keys = [one.key for one in view.listed]
    order = data.draw(st.permutations(keys))
    filing = view.filing
    for key in [*order, *order]:
        filing = ticked(filing, key, on=True)
    assert filing.ticked == tuple(sorted(keys))
    assert view_of(led.procedure, led.table, led.guide, filing).missing == ()
    for key in keys:
        filing = ticked(filing, key, on=False)
    assert filing == view.filing


def nop(*labels: str) -> Table:
    options = tuple(Option(f"a{n}", label) for n, label in enumerate(labels))
    return Table("1.004222", (Question("nop", "Bạn nộp bằng cách nào?", options),))


def shown_way(
    table: Table, answer: str, wish: FilingChannel | None = None, *, ways: Sequence[str] = ()
) -> FilingChannel | None:
    methods = tuple(a_method(FilingChannel(one)) for one in ways or ("online", "counter", "post"))
    guide = load_guides().of("1.004222")
    filing = Filing("1.004222", (("nop", answer),), way=wish)
    return view_of(a_procedure(methods=methods), table, guide, filing).way


@pytest.mark.parametrize(
    ("labels", "answer", "wish", "way"),
    [
        (("Trực tuyến", "Tại quầy"), "a1", None, COUNTER),
        (("Trực tuyến", "Tại quầy"), "a1", ONLINE, COUNTER),
        (("Trực tuyến", "Tại quầy hoặc bưu điện"), "a1", None, COUNTER),
        (("Trực tuyến", "Tại quầy hoặc bưu điện"), "a1", POST, POST),
        (("Tại quầy", "Trực tuyến hoặc gửi bưu điện"), "a1", COUNTER, ONLINE),
        (("Có", "Không"), "a1", COUNTER, COUNTER),
        (("Có", "Không"), "a1", None, ONLINE),
        (("Trực tuyến", "Tại quầy"), UNSURE, COUNTER, COUNTER),
    ],
)
def test_the_answer_says_the_way_and_a_wish_where_it_leaves_several(
    labels: tuple[str, ...], answer: str, wish: FilingChannel | None, way: FilingChannel
) -> None:
    assert shown_way(nop(*labels), answer, wish) is way


def test_a_way_that_was_said_answers_its_question() -> None:
    guide = load_guides().of("1.004222")
    table = nop("Tại quầy hoặc trực tuyến", "Gửi bưu điện", "Tại quầy")
    assert answers_of_way(table, guide, ONLINE) == {"nop": "a0"}
    assert answers_of_way(table, guide, COUNTER) == {"nop": "a2"}
    assert answers_of_way(table, guide, POST) == {"nop": "a1"}
    assert answers_of_way(nop("Có", "Không"), guide, POST) == {}
    assert chosen_way(table, guide, {"nop": "a1"}) is POST
    assert chosen_way(table, guide, {"nop": "a0"}) is None
    assert ways_answered(table, guide, {"nop": "a0"}) == {ONLINE, COUNTER}


def test_another_way_changes_the_answer_and_leaves_open_what_the_table_does_not_know() -> None:
    guide = load_guides().of("1.004222")
    table = nop("Trực tuyến", "Tại quầy")
    filing = Filing("1.004222", (("nop", "a0"),), ticked=("k",))
    counter = filed_by(filing, table, guide, COUNTER)
    assert (counter.answers, counter.way, counter.ticked) == ((("nop", "a1"),), COUNTER, ("k",))
    assert filed_by(filing, table, guide, POST).answers == (("nop", UNSURE),)
    assert filed_by(filing, None, guide, POST).answers == filing.answers


def test_closed_online_says_why_and_leads_elsewhere() -> None:
    led = next(one for one in everybody() if one.guide.closed and one.table)
    assert led.table is not None
    shut = [view for view in map(led.view, ways(led.table)) if view.closed]
    assert shut
    assert all(view.way is not ONLINE and view.steps for view in shut)


def test_a_record_without_an_online_way_says_so_and_one_without_any_has_no_steps() -> None:
    guide = load_guides().of("1.004222")
    filing = Filing("1.004222", way=ONLINE)
    counter = view_of(a_procedure(methods=(a_method(COUNTER),)), None, guide, filing)
    assert (counter.closed, counter.way) == (NO_ONLINE_WAY, COUNTER)
    nothing = view_of(a_procedure(methods=()), None, guide, filing)
    assert (nothing.way, nothing.steps, nothing.step, nothing.step_number) == (None, (), None, 0)
    assert (next_step(nothing), step_before(nothing)) == ("", "")


def test_a_paper_that_two_conditions_ask_for_names_both() -> None:
    paper = a_paper("Giấy uỷ quyền")
    record = a_procedure(
        circumstances=(Circumstance("Nộp thay", (paper,)), Circumstance("Nhận thay", (paper,)))
    )
    view = view_of(record, None, Guide(record.code, ()), Filing(record.code))
    assert [one.conditions for one in view.listed] == [("Nộp thay hoặc Nhận thay",)]
    assert view.missing == ()


def test_a_paper_of_two_cases_is_ticked_once_and_keeps_both_notes() -> None:
    cases = tuple(
        Circumstance("", (a_paper("Tờ khai", note=note),))
        for note in ("", "Chủ nhà ghi đồng ý.", "Cha mẹ ghi đồng ý.")
    )
    record = a_procedure(circumstances=cases)
    view = view_of(record, None, Guide(record.code, ()), Filing(record.code))
    assert [one.paper.note for one in view.listed] == ["Chủ nhà ghi đồng ý. Cha mẹ ghi đồng ý."]


def test_a_tick_outlives_the_note_that_was_for_others() -> None:
    table = shipped_library().table("1.000656")
    led = next(one for one in everybody() if one.procedure.code == "1.000656")
    assert table is not None
    unsure = led.view(table.settled({one.key: UNSURE for one in table.questions}))
    form = next(one for one in unsure.listed if one.paper.name == "Tờ khai đăng ký khai tử")
    assert form.paper.note
    filing = answered(ticked(unsure.filing, form.key, on=True), table, "nop", "quay")
    view = view_of(led.procedure, table, led.guide, filing)
    assert [(one.paper.name, one.paper.note) for one in view.listed if one.ticked] == [
        ("Tờ khai đăng ký khai tử", "")
    ]


def test_a_step_that_is_gone_from_the_guide_begins_anew() -> None:
    led = next(one for one in everybody() if one.procedure.methods)
    view = led.view({})
    lost = replace(view, filing=replace(view.filing, step="khong-con-nua"))
    assert lost.step == view.steps[0]
    assert lost.step_number == 1


def test_a_condition_of_a_step_is_met_by_who_may_be_meant() -> None:
    led = next(
        one
        for one in everybody()
        if one.table and any(step.condition != ALWAYS for step in one.guide.steps)
    )
    assert led.table is not None
    step = next(one for one in led.guide.steps if one.condition != ALWAYS)
    way = next(iter(step.ways))
    unsure = led.table.settled({one.key: UNSURE for one in led.table.questions})
    assert step in led.view(unsure, way).steps or step.needs
    for answers in ways(led.table):
        if not step.condition.holds(answers):
            assert step not in led.view(answers, way).steps


def test_a_milestone_is_reached_once() -> None:
    first, new = reached(Filing("1.004222"), Milestone.GUIDED)
    assert new is Milestone.GUIDED
    assert reached(first, Milestone.GUIDED) == (first, None)


def test_a_table_that_lost_its_question_lets_go_of_the_answer() -> None:
    rule = Rule("Nộp tại quầy", Condition(((("nop", ("a1",)),),)))
    table = replace(nop("Trực tuyến", "Tại quầy"), whens=(rule,))
    record = a_procedure(circumstances=(Circumstance("", (Paper("Đơn"),)),))
    filing = Filing(record.code, (("nop", "a9"), ("cu", "x")))
    view = view_of(record, table, Guide(record.code, ()), filing)
    assert view.filing.answers == ()
    assert [one.paper.name for one in view.listed] == ["Đơn"]
