"""An alert says what is new and what to do now, shortly, and how to stop."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.alerts import AlertKind
from bot.dossiers.status import DossierStatus, State, Supplement
from bot.guide.reminding import (
    IN_HAND,
    days_due,
    days_lapsing,
    due_says_something,
    lapse_says_something,
)
from bot.messages import Choices, Reply
from bot.rendering import render_plain
from bot.rendering.alerts import render_alert, sent_again
from tests.support.desks import a_calendar, a_desk
from tests.support.dossiers import CODE, a_dossier, a_dossier_in_each_state

CHANGE, DUE, LAPSE = frozenset({"change"}), frozenset({"due"}), frozenset({"lapse"})
MOST_CHARACTERS = 1500
"""An alert is read on the lock screen of a telephone."""


def alert(status: DossierStatus, kinds: frozenset[str] = CHANGE, **how: bool) -> Reply:
    return render_alert(a_desk(), status, kinds, **how)


@pytest.mark.parametrize("status", a_dossier_in_each_state(), ids=lambda one: one.state.name)
def test_each_state_is_told_shortly_with_what_to_do_and_two_buttons(status: DossierStatus) -> None:
    told = alert(status)
    text = render_plain(told)
    assert status.code in text
    assert "Đăng ký thường trú" in text
    assert "vừa có tin mới" in text
    assert len(text) < MOST_CHARACTERS
    values = [button.value for button in told.buttons]
    assert values == [f"dossier:{status.code}", f"hs:stop:{status.code}"]


def test_what_is_asked_of_the_citizen_is_in_the_alert() -> None:
    text = render_plain(alert(a_dossier(State.SUPPLEMENT)))
    assert "Giấy tờ chứng minh chỗ ở hợp pháp" in text
    assert "thứ sáu, 04/12/2026" in text
    assert "20.000 đồng" in render_plain(alert(a_dossier(State.PAYMENT)))


def test_a_new_due_day_is_in_the_alert() -> None:
    assert "Ngày hẹn trả: thứ tư, 25/11/2026." in render_plain(alert(a_dossier()))


def test_a_reminder_names_the_day_on_which_the_result_is_due() -> None:
    text = render_plain(alert(a_dossier(), DUE))
    assert "Ngày hẹn trả kết quả hồ sơ" in text
    assert "thứ tư, 25/11/2026" in text
    assert "vừa có tin mới" not in text


@pytest.mark.parametrize(
    ("until", "said"),
    [(date(2026, 11, 24), "Sắp hết hạn bổ sung"), (date(2026, 11, 22), "Hôm nay là ngày cuối")],
)
def test_a_lapsing_supplement_is_told_with_its_papers(until: date, said: str) -> None:
    asked = Supplement(("Giấy tờ chứng minh chỗ ở hợp pháp",), until=until)
    text = render_plain(alert(a_dossier(State.SUPPLEMENT, supplement=asked), LAPSE))
    assert said in text
    assert "Giấy tờ chứng minh chỗ ở hợp pháp" in text


def test_a_sample_says_first_that_it_is_made_up() -> None:
    text = render_plain(alert(a_dossier(code="H00.01-261116-0001")))
    assert text.startswith("HỒ SƠ MẪU")


def test_a_dossier_published_by_code_alone_shows_state_and_days_only() -> None:
    text = render_plain(alert(a_dossier(State.SUPPLEMENT, terse=True)))
    assert "Đăng ký thường trú" not in text
    assert "Giấy tờ chứng minh chỗ ở hợp pháp" not in text


def test_where_there_are_no_buttons_it_is_said_what_can_be_typed() -> None:
    told = alert(a_dossier(), buttons=False)
    assert not any(isinstance(block, Choices) for block in told.blocks)
    assert f"gửi mã {CODE}" in render_plain(told)
    assert "thôi báo tin" in render_plain(told)


def test_a_second_copy_says_first_that_it_is_one() -> None:
    told = alert(a_dossier())
    assert render_plain(sent_again(a_desk(), told)).startswith("Tôi gửi lại")
    assert sent_again(a_desk(), told).buttons == told.buttons


KINDS = st.frozensets(st.sampled_from([kind.value for kind in AlertKind]), min_size=1)


@given(status=st.sampled_from(a_dossier_in_each_state()), kinds=KINDS, terse=st.booleans())
def test_whatever_is_told_of_any_state_there_is_a_text(
    status: DossierStatus, kinds: frozenset[str], *, terse: bool
) -> None:
    bare = a_dossier(status.state, terse=terse, supplement=None, due_at=None, received_at=None)
    for one in (status, bare):
        assert one.code in render_plain(alert(one, kinds | CHANGE))


FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)


def test_on_friday_is_reminded_of_the_weekend_and_of_monday() -> None:
    sunday = date(2026, 11, 22)
    assert days_due(FRIDAY, a_calendar()) == (SATURDAY, sunday, MONDAY)
    assert days_due(SATURDAY, a_calendar()) == ()
    assert days_due(date(2026, 11, 30), a_calendar()) == (date(2026, 12, 1),)


def test_before_tet_is_reminded_of_the_first_day_after_it() -> None:
    days = days_due(date(2027, 2, 3), a_calendar())
    assert len(days) > 5
    assert a_calendar().is_working(days[-1])
    assert not any(a_calendar().is_working(day) for day in days[:-1])


def test_where_the_calendar_ends_nothing_is_guessed() -> None:
    last = a_calendar().last_year
    assert days_due(date(last + 1, 3, 2), a_calendar()) == ()
    assert all(day.year <= last for day in days_due(date(last, 12, 31), a_calendar()))


@given(day=st.dates(date(2025, 1, 1), date(2030, 12, 31)))
def test_every_day_is_reminded_of_once_on_the_last_working_day_before_it(day: date) -> None:
    calendar = a_calendar()
    before = [date.fromordinal(day.toordinal() - count) for count in range(1, 20)]
    reminding = [one for one in before if day in days_due(one, calendar)]
    assert reminding == [next(one for one in before if calendar.is_working(one))]


@given(day=st.dates(date(2025, 1, 1), date(2030, 12, 31)))
def test_a_lapse_is_reminded_of_two_days_before_and_on_the_day(day: date) -> None:
    subjects = days_lapsing(day)
    early = date.fromordinal(day.toordinal() + 2)
    assert {*subjects.values()} == {day, early}
    assert len(subjects) == 2
    asked = a_dossier(State.SUPPLEMENT, supplement=Supplement(until=early))
    assert [lapse_says_something(asked, one, day) for one in subjects] == [True, False]
    assert not lapse_says_something(asked, next(iter(subjects)), early)
    assert lapse_says_something(asked, str(early), early)


@pytest.mark.parametrize("state", State)
def test_only_while_the_office_is_at_work_a_due_day_is_worth_a_reminder(state: State) -> None:
    due = datetime(2026, 11, 25, 10, tzinfo=UTC)
    status = a_dossier(state, due_at=due)
    says = due_says_something(status, "2026-11-25", date(2026, 11, 24))
    assert says == (state in IN_HAND)
    assert not due_says_something(status, "2026-11-24", date(2026, 11, 23))
    assert not due_says_something(status, "2026-11-25", date(2026, 11, 25))
