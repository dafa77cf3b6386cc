"""What the list says first of those who file online and have to come all the same."""

import pytest

from bot.filings.state import Filing
from bot.guide.filing import FilingView, view_of
from bot.rendering import render, render_plain
from knowledge.content import load_procedures
from knowledge.guides_yaml import load_guides
from knowledge.procedure import FilingChannel
from knowledge.tables_yaml import load_tables
from tests.support.desks import a_desk
from tests.support.filing_lists import a_list

RECORDS = {one.code: one for one in load_procedures()}
GUIDES, TABLES = load_guides(), load_tables()
RESULTS_ONLY = [guide for guide in GUIDES.own.values() if guide.results_only]


def the_view(code: str, **answers: str) -> FilingView:
    filing = Filing(code, answers=tuple(answers.items()))
    return view_of(RECORDS[code], TABLES.get(code), GUIDES.of(code), filing)


def test_both_come_for_their_marriage() -> None:
    view = the_view("1.000894")
    assert view.closed == ""
    assert ["hai bạn phải cùng đến" in one for one in view.come] == [True]


def test_the_first_card_is_only_booked_online() -> None:
    view = the_view("1.014061")
    assert "chỉ đặt lịch hẹn" in view.closed
    assert view.way is FilingChannel.COUNTER
    assert view.come == ()


@pytest.mark.parametrize(("age", "closed"), [("duoi", False), ("tren", True)])
def test_a_child_of_six_has_to_come(age: str, *, closed: bool) -> None:
    view = the_view("1.014062", tuoi=age)
    assert bool(view.closed) is closed
    assert view.way is (FilingChannel.COUNTER if closed else FilingChannel.ONLINE)


def test_post_that_only_returns_the_card_is_offered_to_nobody() -> None:
    assert len(RESULTS_ONLY) >= 3
    for guide in RESULTS_ONLY:
        view = the_view(guide.code)
        assert FilingChannel.POST not in view.ways
        notes = [x.note for x in RECORDS[guide.code].methods if x.channel is FilingChannel.POST]
        assert notes == ["Trả thẻ về địa chỉ bạn yêu cầu."]


def test_who_has_to_come_is_told_before_fee_and_papers() -> None:
    for code, answers, said in (
        ("1.000894", {}, "hai bạn phải cùng đến"),
        ("1.014061", {}, "bạn chỉ đặt lịch hẹn"),
        ("1.014062", {"tuoi": "tren"}, "Trẻ từ đủ 06 tuổi phải"),
        ("1.014063", {"ai": "tre", "ly-do": "het-han"}, "Chỉ trẻ dưới 06 tuổi"),
    ):
        view = the_view(code, **answers)
        assert view.table is not None
        text = render_plain(render(a_list(RECORDS[code], view.table, answers), a_desk()))
        assert said in text
        assert text.index(said) < min(text.lower().index(x) for x in ("lệ phí", "thời gian"))
        assert "Bạn nộp trực tiếp hoặc nộp qua bưu chính" not in text
