"""What a record says otherwise behind our own words is told and held until somebody looks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.changes import Change, Changes, Hidden, changes_between
from knowledge.holds import Hold, Touched, holds_after
from knowledge.merging import merge
from knowledge.procedure import Level, Procedure
from knowledge.unfollowed import IN_OUR_WORDS, hidden_changes
from tests.support.builders import (
    a_circumstance,
    a_fee,
    a_form,
    a_method,
    a_procedure,
    a_replaced_paper,
    a_source,
)

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)
OURS = a_procedure(
    circumstances=(a_circumstance("Tờ khai của bạn"),),
    conditions=("Bạn có chỗ ở.",),
    agency="Công an xã nơi bạn ở",
    ours=True,
)
JUNE = a_procedure(
    circumstances=(a_circumstance("Tờ khai", "Sổ hộ khẩu"),),
    conditions=("Có chỗ ở hợp pháp.",),
    where="Trụ sở Công an cấp xã",
    who=("Công dân Việt Nam",),
)
WITHOUT_A_PAPER = replace(JUNE, circumstances=(a_circumstance("Tờ khai"),))


def imported(before: Procedure, after: Procedure, ours: Procedure = OURS) -> Changes:
    """What importing `after` over `before` changes under our entry."""
    was, now = ({ours.code: merge(ours, record)[0]} for record in (before, after))
    told = changes_between(was, now)
    hidden = hidden_changes({ours.code: before}, {ours.code: after}, now, told.changed)
    return replace(told, hidden=hidden)


def told(before: Procedure, after: Procedure, ours: Procedure = OURS) -> list[str]:
    return [one.message() for one in imported(before, after, ours).unfollowed]


def held(
    before: Procedure,
    after: Procedure,
    open_holds: tuple[Hold, ...] = (),
    ours: Procedure = OURS,
    now: datetime = MONDAY,
) -> dict[str, Hold]:
    was, new = ({ours.code: merge(ours, record)[0]} for record in (before, after))
    found = holds_after(open_holds, imported(before, after, ours), was, new, (), now)
    return {hold.place: hold for hold in found}


def test_a_paper_left_out_and_a_condition_added_are_told_and_held() -> None:
    after = replace(WITHOUT_A_PAPER, conditions=(*JUNE.conditions, "Đủ 18 tuổi."))
    assert imported(JUNE, after).changed == ()
    assert told(JUNE, after) == [
        "bản nhập đổi, bản biên soạn chưa theo: Giấy tờ: Sổ hộ khẩu (1 bản chính) → không có",
        "bản nhập đổi, bản biên soạn chưa theo: Điều kiện: không có → Đủ 18 tuổi.",
    ]
    assert set(held(JUNE, after)) == {"1.004222:documents", "1.004222:conditions"}


@pytest.mark.parametrize(
    ("field", "after"),
    [
        ("documents", WITHOUT_A_PAPER),
        ("steps", replace(JUNE, steps=JUNE.steps[:1])),
        ("conditions", replace(JUNE, conditions=())),
        ("agency", replace(JUNE, agency="Công an cấp tỉnh")),
        ("where", replace(JUNE, where="Trung tâm phục vụ hành chính công")),
        ("result", replace(JUNE, results=("Giấy xác nhận",))),
        ("forms", replace(JUNE, forms=(a_form(number="CT99"),))),
        ("who", replace(JUNE, who=("Mọi người",))),
    ],
)
def test_each_field_that_stays_in_our_words_is_held_by_itself(field: str, after: Procedure) -> None:
    assert field in IN_OUR_WORDS
    assert list(held(JUNE, after)) == [f"1.004222:{field}"]


def test_every_field_of_our_words_is_tried_above() -> None:
    assert len(IN_OUR_WORDS) == 8


def test_the_same_record_again_holds_nothing() -> None:
    assert not imported(JUNE, JUNE)
    again = replace(JUNE, conditions=("Có chỗ ở  hợp pháp",), agency="CÔNG AN CẤP XÃ")
    assert not imported(JUNE, again)


def test_a_condition_is_held_also_where_our_entry_tells_none() -> None:
    silent = replace(OURS, conditions=())
    after = replace(JUNE, conditions=("Đủ 18 tuổi.",))
    assert "1.004222:conditions" in held(replace(JUNE, conditions=()), after, ours=silent)


def test_what_our_entry_says_already_is_not_told() -> None:
    ours = replace(OURS, agency="Công an cấp tỉnh")
    assert not imported(JUNE, replace(JUNE, agency="Công an cấp Tỉnh"), ours)


def test_a_new_decision_is_followed_by_merging_and_told_once() -> None:
    after = replace(WITHOUT_A_PAPER, source=a_source(decision="99/QĐ-BCA", as_of="2026-11"))
    found = imported(JUNE, after)
    assert "documents" in {one.field for one in found.changed}
    assert found.unfollowed == ()


def test_a_changed_fee_is_told_once_as_what_is_answered() -> None:
    after = replace(JUNE, methods=(a_method(fee=a_fee(25_000)),))
    found = imported(JUNE, after)
    assert "fee" in {one.field for one in found.changed}
    assert found.unfollowed == ()


def test_a_paper_that_a_table_no_longer_wants_is_no_contradiction_when_it_is_new() -> None:
    ours = replace(OURS, replaced_papers=(a_replaced_paper("Giấy khai sinh của bạn"),))
    stated = replace(JUNE, replaced_papers=(a_replaced_paper(),))
    moved = replace(JUNE, replaced_papers=(a_replaced_paper(valid_to="2027-06-30"),))
    assert told(JUNE, stated, ours) == told(stated, JUNE, ours) == []
    assert len(told(stated, moved, ours)) == 1


def test_a_record_that_is_not_trusted_or_not_there_is_not_compared() -> None:
    doubtful = replace(WITHOUT_A_PAPER, suspect="tên khác")
    assert told(JUNE, doubtful) == told(doubtful, JUNE) == []
    answered = {OURS.code: OURS}
    assert hidden_changes({}, {JUNE.code: JUNE}, answered, ()) == ()
    assert hidden_changes({JUNE.code: JUNE}, {}, answered, ()) == ()


def test_a_record_that_returns_is_free_again_also_where_we_say_the_same() -> None:
    for ours in (OURS, replace(OURS, circumstances=JUNE.circumstances)):
        first = tuple(held(JUNE, WITHOUT_A_PAPER, ours=ours).values())
        assert [hold.place for hold in first] == ["1.004222:documents"]
        assert held(WITHOUT_A_PAPER, JUNE, first, ours, FRIDAY) == {}


def test_it_stays_held_since_the_same_day_until_it_changes_again() -> None:
    first = tuple(held(JUNE, WITHOUT_A_PAPER).values())
    later = replace(WITHOUT_A_PAPER, where="Nơi khác")
    both = held(WITHOUT_A_PAPER, later, first, now=FRIDAY)
    assert both["1.004222:documents"] == first[0]
    assert both["1.004222:where"].since == FRIDAY
    third = replace(JUNE, circumstances=(a_circumstance("Tờ khai", "Ảnh"),))
    again = held(WITHOUT_A_PAPER, third, first, now=FRIDAY)["1.004222:documents"]
    assert again.since == FRIDAY
    assert "Sổ hộ khẩu" in again.why
    assert "Ảnh" in again.why


def test_a_new_decision_is_compared_with_our_words_that_citizens_were_told() -> None:
    first = tuple(held(JUNE, WITHOUT_A_PAPER).values())
    after = replace(JUNE, source=a_source(decision="99/QĐ-BCA", as_of="2026-11"))
    hold = held(WITHOUT_A_PAPER, after, first, now=FRIDAY)["1.004222:documents"]
    assert "Tờ khai của bạn" in hold.before
    assert "Sổ hộ khẩu" in hold.after
    assert not hold.in_our_words


def test_an_entry_that_takes_it_from_the_record_is_held_with_it() -> None:
    changes = imported(JUNE, WITHOUT_A_PAPER)
    touched = (Touched("giay-to", changes.every[0]),)
    answered = {OURS.code: OURS}
    found = holds_after((), changes, answered, answered, touched, MONDAY)
    assert [hold.place for hold in found] == ["1.004222:documents", "faq:giay-to"]


def test_levels_that_stand_for_a_missing_agency_count() -> None:
    before = replace(JUNE, agency="")
    after = replace(before, levels=(Level.PROVINCE,))
    assert told(before, after)[0].endswith("Cơ quan giải quyết: cấp xã → cấp tỉnh")


def test_what_only_our_entries_have_yet_to_follow_is_a_change_too() -> None:
    one = Hidden(Change("1.0", "where", "", ("Xã",), ("Tỉnh",)), "Xã", "Tỉnh")
    assert Changes(hidden=(one,))
    assert not Changes(hidden=(replace(one, followed=True),))
