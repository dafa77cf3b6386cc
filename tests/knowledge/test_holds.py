"""What is held after an import, what stays live, and what becomes free again by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.changes import changes_between, changes_of
from knowledge.holds import FAQ_MARK, Hold, Touched, holds_after
from knowledge.procedure import OnlineLevel, OnlineStatement, Procedure
from tests.support.builders import a_fee, a_free_fee, a_method, a_procedure, a_replaced_paper

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)


def costing(vnd: int, **changes: object) -> Procedure:
    return a_procedure(methods=(a_method(fee=a_fee(vnd)),), **changes)


def held(
    before: Procedure | None,
    after: Procedure | None,
    open_holds: tuple[Hold, ...] = (),
    touched: tuple[Touched, ...] = (),
    now: datetime = MONDAY,
) -> dict[str, Hold]:
    old = {before.code: before} if before else {}
    new = {after.code: after} if after else {}
    found = holds_after(open_holds, changes_between(old, new), old, new, touched, now)
    return {hold.place: hold for hold in found}


def test_only_the_field_that_changed_is_held() -> None:
    holds = held(costing(20_000), costing(25_000))
    assert list(holds) == ["1.004222:fee"]
    hold = holds["1.004222:fee"]
    assert (hold.before, hold.after) == (
        "nộp trực tiếp: 20.000 đồng",
        "nộp trực tiếp: 25.000 đồng",
    )
    assert hold.since == MONDAY


def test_a_new_code_and_a_new_name_hold_nothing() -> None:
    assert held(None, costing(25_000)) == {}
    assert held(costing(20_000), costing(20_000, name="Tên mới của thủ tục")) == {}


def test_what_was_not_told_before_holds_nothing() -> None:
    silent = a_procedure(methods=(), conditions=())
    assert held(silent, costing(25_000, conditions=("Đủ 18 tuổi.",))) == {}


def test_a_level_and_papers_no_longer_wanted_are_held_only_when_told_before() -> None:
    plain = costing(20_000)
    told = costing(20_000, online_level=OnlineLevel.FULL, replaced_papers=(a_replaced_paper(),))
    other = costing(
        20_000,
        online_level=OnlineLevel.PARTIAL,
        replaced_papers=(a_replaced_paper(valid_to="2027-06-30"),),
    )
    assert held(plain, told) == {}
    decided = OnlineStatement(OnlineLevel.FULL, "Quyết định 1/QĐ-UBND (Đồng Nai)")
    assert held(told, replace(told, online_levels=(decided,))) == {}
    assert set(held(told, other)) == {"1.004222:online", "1.004222:documents"}


def test_other_words_of_the_same_record_that_say_the_old_value_are_held_too() -> None:
    steps = ("Chuẩn bị hồ sơ.", "Nộp 20.000 đồng tại quầy.")
    holds = held(costing(20_000, steps=steps), costing(25_000, steps=steps))
    assert set(holds) == {"1.004222:fee", "1.004222:steps"}
    assert "20.000 đồng → 25.000 đồng" in holds["1.004222:steps"].why


def test_words_that_promise_free_of_charge_are_held_when_it_no_longer_is() -> None:
    summary = "Bạn được làm miễn phí khi đổi thẻ."
    free = a_procedure(methods=(a_method(fee=a_free_fee()),), summary=summary)
    assert set(held(free, costing(5_000, summary=summary))) == {
        "1.004222:fee",
        "1.004222:overview",
    }


def test_what_is_held_stays_held_since_the_same_day_through_other_imports() -> None:
    first = tuple(held(costing(20_000), costing(25_000)).values())
    later = held(costing(25_000), costing(25_000, agency="Công an xã"), first, now=FRIDAY)
    assert later["1.004222:fee"].since == MONDAY
    assert later["1.004222:agency"].since == FRIDAY


def test_a_value_that_changes_again_is_compared_with_what_citizens_were_told() -> None:
    first = tuple(held(costing(20_000), costing(25_000)).values())
    again = held(costing(25_000), costing(30_000), first, now=FRIDAY)["1.004222:fee"]
    assert "20.000" in again.before
    assert "30.000" in again.after
    assert again.since == FRIDAY


def test_a_value_that_returns_is_free_again_with_all_that_depended_on_it() -> None:
    steps = ("Nộp 20.000 đồng tại quầy.",)
    before, after = costing(20_000, steps=steps), costing(25_000, steps=steps)
    entry = Touched("muc-phi", changes_of(before, after)[0])
    first = held(before, after, touched=(entry,))
    assert set(first) == {"1.004222:fee", "1.004222:steps", f"{FAQ_MARK}muc-phi"}
    assert held(after, before, tuple(first.values()), now=FRIDAY) == {}


def test_a_code_that_is_gone_holds_nothing() -> None:
    first = tuple(held(costing(20_000), costing(25_000)).values())
    assert held(costing(25_000), None, first) == {}
