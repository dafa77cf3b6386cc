"""Days of a dossier: what its source tells decides, waiting does not count, ends are respected."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dossiers.status import DossierStatus, State, Stay, Step
from bot.guide.dossier_days import DossierDays, dossier_days
from knowledge.errors import CalendarEnds
from knowledge.work_calendar import VIETNAM
from tests.support.desks import a_calendar
from tests.support.dossiers import a_dossier

FIRST, LAST = date(2026, 1, 1), date(2026, 11, 30)


def moment(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), VIETNAM)


def a_due_dossier(received: str, due: str, *stays: Stay, hour: int = 9) -> DossierStatus:
    return a_dossier(
        received_at=moment(date.fromisoformat(received), hour),
        due_at=moment(date.fromisoformat(due), 17),
        stays=stays,
        history=(),
    )


def counted(status: DossierStatus, today: date) -> DossierDays:
    days = dossier_days(status, today, a_calendar())
    assert days is not None
    return days


def stay(asked: str, answered: str | None = None) -> Stay:
    end = moment(date.fromisoformat(answered)) if answered else None
    return Stay(moment(date.fromisoformat(asked)), end)


@pytest.mark.parametrize(
    ("today", "used", "left", "late"),
    [
        ("2026-10-01", 0, 7, 0),  # before it came in: an odd clock, no odd count
        ("2026-11-02", 0, 7, 0),  # the day of receipt does not count
        ("2026-11-03", 1, 6, 0),
        ("2026-11-06", 4, 3, 0),  # day 4 of 7
        ("2026-11-08", 4, 3, 0),  # Sunday
        ("2026-11-11", 7, 0, 0),  # the due day
        ("2026-11-12", 7, 0, 1),
        ("2026-11-16", 7, 0, 3),  # Monday: the weekend is not late
    ],
)
def test_the_days_of_a_dossier_received_on_monday_and_due_seven_working_days_later(
    today: str, used: int, left: int, late: int
) -> None:
    days = counted(a_due_dossier("2026-11-02", "2026-11-11"), date.fromisoformat(today))

    assert (days.used, days.of, days.left, days.late) == (used, 7, left, late)
    assert not days.waits


def test_what_comes_in_on_a_saturday_or_after_hours_counts_from_the_next_opening() -> None:
    assert counted(a_due_dossier("2026-11-07", "2026-11-11"), date(2026, 11, 10)).used == 1
    after = a_due_dossier("2026-11-06", "2026-11-11", hour=18)
    assert counted(after, date(2026, 11, 10)).used == 1


def test_while_the_office_waits_no_day_is_counted_and_what_is_left_stays_left() -> None:
    status = a_due_dossier("2026-11-02", "2026-11-11", stay("2026-11-04"))
    for today in (date(2026, 11, 5), date(2026, 11, 20)):
        days = counted(status, today)
        assert (days.used, days.of, days.left, days.late) == (2, 7, 5, 0)
        assert days.waits


def test_after_the_citizen_has_supplemented_the_new_due_day_counts() -> None:
    waited = stay("2026-11-04", "2026-11-10")
    days = counted(a_due_dossier("2026-11-02", "2026-11-17", waited), date(2026, 11, 12))

    assert (days.used, days.of, days.left, days.late) == (4, 7, 3, 0)
    assert days.paused
    assert not days.waits


def test_a_result_is_counted_up_to_the_day_it_was_there() -> None:
    done = replace(
        a_due_dossier("2026-11-02", "2026-11-04"),
        state=State.DONE,
        changed_at=moment(date(2026, 11, 6)),
    )
    assert counted(done, date(2026, 11, 30)).late == 2
    history = (
        Step(moment(date(2026, 11, 2)), State.PROCESSING),
        Step(moment(date(2026, 11, 4)), State.DONE),
        Step(moment(date(2026, 11, 26)), State.RETURNED),
    )
    fetched = replace(done, state=State.RETURNED, history=history)
    assert counted(fetched, date(2026, 11, 30)).late == 0


def test_nothing_is_counted_where_the_source_does_not_tell_from_when_to_when() -> None:
    calendar, today = a_calendar(), date(2026, 11, 20)
    status = a_due_dossier("2026-11-02", "2026-11-11")
    handed_over = replace(status, state=State.RETURNED, changed_at=moment(date(2026, 11, 19)))

    assert dossier_days(replace(status, received_at=None), today, calendar) is None
    assert dossier_days(replace(status, due_at=None), today, calendar) is None
    assert dossier_days(handed_over, today, calendar) is None
    for state in (State.REFUSED, State.WITHDRAWN, State.STOPPED):
        assert dossier_days(replace(status, state=state), today, calendar) is None


def test_a_count_that_leaves_the_known_years_says_so() -> None:
    status = a_due_dossier("2026-11-02", "2126-11-11")
    with pytest.raises(CalendarEnds):
        dossier_days(status, date(2026, 11, 20), a_calendar())


def test_a_day_that_is_not_announced_makes_the_count_expected_only() -> None:
    unsure = counted(a_due_dossier("2026-11-16", "2026-11-25"), date(2026, 11, 20))
    sure = counted(a_due_dossier("2026-11-02", "2026-11-11"), date(2026, 11, 6))

    assert unsure.expected_only
    assert not sure.expected_only


days_of_2026 = st.dates(FIRST, LAST)


@st.composite
def dossiers(draw: st.DrawFn, *, waits: bool = False) -> DossierStatus:
    """A dossier with up to three stays that have ended, and perhaps one that has not."""
    received, due = sorted((draw(days_of_2026), draw(days_of_2026)))
    edges = sorted(draw(st.lists(days_of_2026, min_size=0, max_size=6, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    stays = [Stay(moment(asked), moment(answered)) for asked, answered in pairs]
    if waits:
        begin = edges[-1] if edges else received
        stays.append(Stay(moment(begin)))
    hour = draw(st.integers(0, 23))
    return a_dossier(
        received_at=moment(received, hour),
        due_at=moment(due, 17),
        stays=tuple(stays),
        history=(),
    )


@given(dossiers(), days_of_2026)
def test_used_and_left_are_all_there_is_while_the_office_is_at_work(
    status: DossierStatus, today: date
) -> None:
    days = counted(status, today)
    assert days.used + days.left == days.of
    assert min(days.used, days.left, days.of, days.late) >= 0
    assert not (days.late and days.left)


@given(dossiers(waits=True), days_of_2026)
def test_while_the_office_waits_all_that_is_not_used_is_left(
    status: DossierStatus, today: date
) -> None:
    days = counted(status, today)
    assert days.waits
    assert days.used + days.left == days.of
    assert days.left >= 0


@given(dossiers() | dossiers(waits=True), days_of_2026)
def test_waiting_never_makes_a_dossier_later(status: DossierStatus, today: date) -> None:
    without = counted(replace(status, stays=()), today)
    with_stays = counted(status, today)

    assert with_stays.late <= without.late
    assert with_stays.used <= without.used


@given(dossiers(), days_of_2026, st.integers(1, 30))
def test_a_later_day_never_takes_back_what_is_used_or_late(
    status: DossierStatus, today: date, further: int
) -> None:
    later = min(today + timedelta(days=further), LAST)
    before, after = counted(status, min(today, later)), counted(status, later)

    assert before.used <= after.used
    assert before.left >= after.left
    assert before.late <= after.late
    assert before.of == after.of


@given(dossiers(), days_of_2026)
def test_it_is_late_only_behind_the_due_day(status: DossierStatus, today: date) -> None:
    assert status.due_at is not None
    days = counted(status, today)
    if days.late:
        assert today > status.due_at.astimezone(VIETNAM).date()
