"""What an import changes is told field by field, with the old and the new value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse import AskedField
from knowledge.changes import changes_between, changes_of
from knowledge.facts import FIELDS, TOLD_ONLY, facts_of
from knowledge.procedure import FilingChannel, OnlineLevel, Procedure, TimeUnit
from tests.support.builders import (
    a_circumstance,
    a_fee,
    a_free_fee,
    a_method,
    a_paper,
    a_procedure,
    a_source,
    a_time,
)

ONLINE, COUNTER = FilingChannel.ONLINE, FilingChannel.COUNTER
BEFORE = a_procedure(
    methods=(a_method(ONLINE, fee=a_fee(7_000)), a_method(COUNTER, fee=a_fee(20_000)))
)


def told(after: Procedure, before: Procedure = BEFORE) -> list[str]:
    return [change.message() for change in changes_of(before, after)]


def test_a_fee_is_told_by_filing_method_with_both_values() -> None:
    after = a_procedure(
        methods=(a_method(ONLINE, fee=a_fee(7_000)), a_method(COUNTER, fee=a_fee(25_000)))
    )
    assert told(after) == ["Lệ phí, nộp trực tiếp: 20.000 đồng → 25.000 đồng"]


def test_free_of_charge_and_nothing_published_are_told_apart() -> None:
    free = a_procedure(methods=(a_method(fee=a_free_fee()),))
    paid = a_procedure(methods=(a_method(fee=a_fee(8_000)),))
    assert told(paid, free) == ["Lệ phí, nộp trực tiếp: miễn phí → 8.000 đồng"]


def test_a_time_without_a_unit_is_never_given_one() -> None:
    seven = a_procedure(methods=(a_method(time=a_time("7")),))
    bare = a_procedure(methods=(a_method(time=a_time("7", None)),))
    days = a_procedure(methods=(a_method(time=a_time("7", TimeUnit.DAY)),))
    assert told(bare, seven) == [
        "Thời gian giải quyết, nộp trực tiếp: 7 ngày làm việc → 7 (không ghi đơn vị)"
    ]
    assert told(days, seven)[0].endswith("7 ngày làm việc → 7 ngày")


def test_papers_are_told_as_left_out_and_added_within_their_circumstance() -> None:
    before = a_procedure(circumstances=(a_circumstance("Tờ khai", "Sổ hộ khẩu", title="Trẻ em"),))
    after = a_procedure(
        circumstances=(a_circumstance("Tờ khai", "Thẻ căn cước", "Ảnh", title="Trẻ em"),)
    )
    assert told(after, before) == [
        "Giấy tờ, trường hợp “Trẻ em”: bỏ “Sổ hộ khẩu (1 bản chính)”; "
        "thêm “Thẻ căn cước (1 bản chính)”; thêm “Ảnh (1 bản chính)”"
    ]


def test_the_number_of_copies_of_a_paper_counts() -> None:
    before = a_procedure(circumstances=(a_circumstance(a_paper("Tờ khai", original=1)),))
    after = a_procedure(circumstances=(a_circumstance(a_paper("Tờ khai", original=2)),))
    assert told(after, before) == ["Giấy tờ: Tờ khai (1 bản chính) → Tờ khai (2 bản chính)"]


def test_only_case_blanks_and_full_stops_are_no_change() -> None:
    before = a_procedure(steps=("Nộp hồ sơ tại xã.",), agency="UBND cấp Xã")
    after = a_procedure(steps=("Nộp  hồ sơ, tại xã",), agency="ubnd cấp xã.")
    assert told(after, before) == []


@pytest.mark.parametrize(
    ("one", "other"), [("dưới 5%", "dưới 5"), ("< 14 tuổi", "> 14 tuổi"), ("1,5 năm", "1-5 năm")]
)
def test_signs_and_decimals_count(one: str, other: str) -> None:
    assert told(a_procedure(conditions=(other,)), a_procedure(conditions=(one,)))


def test_steps_in_another_order_are_told_and_conditions_are_not() -> None:
    one, other = ("Nộp hồ sơ", "Trả phí"), ("Trả phí", "Nộp hồ sơ")
    assert told(a_procedure(steps=other), a_procedure(steps=one)) == ["Các bước: thứ tự thay đổi"]
    assert told(a_procedure(conditions=other), a_procedure(conditions=one)) == []


def test_what_is_no_longer_said_is_told_as_nothing() -> None:
    level = a_procedure(online_level=OnlineLevel.FULL)
    assert told(a_procedure(), level) == ["Dịch vụ trực tuyến, mức độ: toàn trình → không có"]


def test_a_new_name_decision_and_successor_are_told() -> None:
    after = a_procedure(
        name="Đăng ký thường trú mới",
        source=a_source(decision="99/QĐ-BCA"),
        changed_to=("9.000001",),
    )
    fields = {change.field for change in changes_of(a_procedure(), after)}
    assert fields == {"name", "source", "validity"}


def test_a_long_text_is_shown_from_where_it_differs() -> None:
    start = "Công dân chuẩn bị hồ sơ theo quy định của pháp luật hiện hành " * 4
    before = a_procedure(steps=(f"{start}rồi nộp tại huyện.",))
    after = a_procedure(steps=(f"{start}rồi nộp tại xã.",))
    (change,) = changes_of(before, after)
    assert "nộp tại huyện" in change.message()
    assert "nộp tại xã" in change.message()
    assert len(change.message()) < 200
    assert change.message(limit=None).count("Công dân") >= 1


def test_codes_that_come_and_go_are_told_as_such() -> None:
    gone, stays, new = (a_procedure(code=f"1.00000{number}") for number in range(3))
    found = changes_between(
        {gone.code: gone, stays.code: stays}, {stays.code: stays, new.code: new}
    )
    assert (found.removed, found.new, found.changed) == ((gone.code,), (new.code,), ())


def test_nothing_is_answered_from_a_record_with_a_foreign_text() -> None:
    sound = a_procedure()
    doubtful = a_procedure(suspect="tên khác")
    assert facts_of(doubtful) == {}
    assert changes_between({sound.code: sound}, {sound.code: doubtful}).removed == (sound.code,)
    assert changes_between({sound.code: doubtful}, {sound.code: sound}).new == (sound.code,)


def test_every_field_that_citizens_ask_for_is_compared() -> None:
    assert {*FIELDS} - TOLD_ONLY == {str(field) for field in AskedField}


amounts = st.integers(min_value=1, max_value=10**9)


@given(amounts, amounts)
def test_two_sums_are_the_same_value_only_when_they_are_equal(one: int, other: int) -> None:
    before = a_procedure(methods=(a_method(fee=a_fee(one)),))
    after = a_procedure(methods=(a_method(fee=a_fee(other)),))
    assert bool(changes_of(before, after)) == (one != other)
