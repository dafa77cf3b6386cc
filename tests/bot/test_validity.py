"""The day decides what is said: records out of force, papers replaced for a time, old data."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.decisions import Answer, AnswerEach, Decision, GuideOnline
from bot.messages import Paragraph
from bot.parse import AskedField
from bot.rendering import render, render_plain
from bot.rendering.validity import is_old
from knowledge.procedure import OnlineLevel, OnlineStatement
from tests.support.builders import a_procedure, a_replaced_paper, a_source
from tests.support.desks import A_DAY, a_desk

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
FEE = (AskedField.FEE,)
NEW_YEAR = date(2027, 1, 1)


def told(decision: Decision, today: date) -> str:
    return render_plain(render(decision, a_desk(today=today)))


@pytest.mark.parametrize("field", AskedField)
def test_every_answer_about_an_expired_record_begins_with_the_warning(field: AskedField) -> None:
    procedure = a_procedure(valid_to="2026-12-31")
    reply = render(Answer(procedure, (field,)), a_desk(today=NEW_YEAR))
    first = next(block for block in reply.blocks if isinstance(block, Paragraph))

    assert "đến hết ngày 31/12/2026, nay đã hết hiệu lực" in first.text
    assert "xem bản mới" in first.text


def test_on_its_last_day_a_record_is_in_force() -> None:
    procedure = a_procedure(valid_from="2026-12-31", valid_to="2026-12-31")

    assert "hiệu lực" not in told(Answer(procedure, FEE), date(2026, 12, 31))
    assert "hết hiệu lực" in told(Answer(procedure, FEE), NEW_YEAR)
    assert "chỉ có hiệu lực từ ngày 31/12/2026" in told(Answer(procedure, FEE), date(2026, 12, 30))


def test_guides_and_several_answers_warn_too() -> None:
    expired, fine = a_procedure(valid_to="2026-12-31"), a_procedure(code="1.000001")
    each = AnswerEach((Answer(fine, FEE), Answer(expired, FEE)), None)

    assert told(GuideOnline(expired), NEW_YEAR).count("đã hết hiệu lực") == 1
    assert told(each, NEW_YEAR).count("đã hết hiệu lực") == 1


@given(days, days, days)
def test_a_replaced_paper_is_told_between_its_days_only(
    start: date, end: date, today: date
) -> None:
    paper = a_replaced_paper(valid_from=start.isoformat(), valid_to=end.isoformat())
    text = told(Answer(a_procedure(replaced_papers=(paper,)), (AskedField.DOCUMENTS,)), today)

    assert ("66.7/2025/NQ-CP" in text) is (start <= today <= end)


@given(days, st.integers(1, 3))
def test_data_is_old_only_when_more_than_a_year_has_surely_passed(today: date, parts: int) -> None:
    as_of = "-".join(today.isoformat().split("-")[:parts])

    assert not is_old(as_of, today + timedelta(days=364))
    assert is_old(as_of, today + timedelta(days=366 + 366))


@pytest.mark.parametrize(
    ("as_of", "old"), [("2025", False), ("2025-10", True), ("2025-11", False), ("", False)]
)
def test_only_old_data_gets_the_note_and_only_one(as_of: str, *, old: bool) -> None:
    procedure = a_procedure(source=a_source(as_of=as_of))
    twice = AnswerEach((Answer(procedure, FEE), Answer(procedure, FEE)), None)

    for decision in (Answer(procedure, FEE), GuideOnline(procedure), twice):
        assert told(decision, date(2026, 11, 22)).count("đã hơn một năm") == old


def test_every_answer_says_how_new_its_data_is() -> None:
    fine, undated = a_procedure(), a_procedure(code="1.000001", source=a_source(as_of=""))
    each = AnswerEach((Answer(fine, FEE), Answer(undated, FEE)), None)

    assert "dữ liệu cập nhật đến tháng 7/2026" in told(GuideOnline(fine), NEW_YEAR)
    assert "dữ liệu cập nhật đến tháng 7/2026" in told(each, NEW_YEAR)
    assert "không rõ dữ liệu cập nhật đến khi nào" in told(each, NEW_YEAR)


def test_a_paper_of_one_case_is_told_with_its_case() -> None:
    paper = a_replaced_paper(case="Đăng ký thường trú ở nhà thuê")
    text = told(Answer(a_procedure(replaced_papers=(paper,)), (AskedField.DOCUMENTS,)), A_DAY)

    assert "Đăng ký thường trú ở nhà thuê – Giấy khai sinh: cơ quan tự tra" in text


LOCAL = OnlineStatement(OnlineLevel.FULL, "Quyết định 2808/QĐ-UBND", local=True)
OTHER = OnlineStatement(OnlineLevel.PARTIAL, "Quyết định 2776/QĐ-UBND", local=True)


def online(*stated: OnlineStatement) -> str:
    return told(Answer(a_procedure(online_levels=stated), (AskedField.ONLINE,)), A_DAY)


def test_a_level_that_a_province_decides_may_differ_elsewhere() -> None:
    assert "toàn trình, làm trọn trên mạng, theo Quyết định 2808/QĐ-UBND" in online(LOCAL)
    assert "có thể khác theo tỉnh" in online(LOCAL)
    assert "có thể khác theo tỉnh" not in online(replace(LOCAL, local=False))


def test_levels_that_disagree_are_both_named() -> None:
    text = online(LOCAL, OTHER)

    assert "mỗi nơi một khác" in text
    assert "2808/QĐ-UBND" in text
    assert "một phần, có bước phải làm trực tiếp, theo Quyết định 2776/QĐ-UBND" in text
