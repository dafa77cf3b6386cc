"""Due dates: the receipt does not count, days off do not count, waiting does not count."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide.working_days import Pause, due, progress
from knowledge.content import SHIPPED
from knowledge.procedure import TimeLimit, TimeUnit
from knowledge.work_calendar_file import load_calendar

VIETNAM = timezone(timedelta(hours=7))
CALENDAR = load_calendar(SHIPPED)
DAYS = TimeUnit.WORKING_DAY


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def due_at(received: str, amount: str, unit: TimeUnit = DAYS, *pauses: Pause) -> str:
    found = due(moment(received), TimeLimit(amount, unit), CALENDAR, pauses)
    assert found is not None
    return found.at.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("received", "amount", "expected"),
    [
        ("2026-11-02 09:00", "7", "2026-11-11 17:00"),  # over one weekend
        ("2026-11-06 16:30", "1", "2026-11-09 17:00"),  # a Friday
        ("2026-11-07 20:00", "1", "2026-11-10 17:00"),  # a Saturday: received on Monday
        ("2026-11-05 17:30", "1", "2026-11-09 17:00"),  # after hours: received on Friday
        ("2026-02-13 09:00", "3", "2026-02-25 17:00"),  # over Tết
        ("2026-08-21 09:00", "1", "2026-08-22 17:00"),  # the Saturday worked for 31/8
        ("2026-08-28 09:00", "2", "2026-09-04 17:00"),  # 31/8 swapped, 1 and 2/9
        ("2026-01-09 09:00", "1", "2026-01-10 17:00"),  # the Saturday worked for 2/1
        ("2026-11-02 09:00", "15-30", "2026-12-15 17:00"),  # the later end counts
    ],
)
def test_working_days_are_counted_from_the_day_after_the_receipt(
    received: str, amount: str, expected: str
) -> None:
    assert due_at(received, amount) == expected


@pytest.mark.parametrize(
    ("received", "amount", "expected"),
    [
        ("2026-11-02 09:00", "0,5", "2026-11-02 17:00"),
        ("2026-11-02 14:00", "0,5", "2026-11-03 12:00"),
        ("2026-11-06 14:00", "0.5", "2026-11-09 12:00"),
        ("2026-11-02 09:00", "1,5", "2026-11-03 17:00"),
        ("2026-11-02 14:00", "1,5", "2026-11-04 12:00"),
    ],
)
def test_a_half_day_is_the_half_that_follows_the_receipt(
    received: str, amount: str, expected: str
) -> None:
    assert due_at(received, amount) == expected


@pytest.mark.parametrize(
    ("received", "amount", "unit", "expected"),
    [
        ("2026-11-02 10:00", "4", TimeUnit.HOUR, "2026-11-02 15:00"),
        ("2026-11-02 16:00", "2", TimeUnit.HOUR, "2026-11-03 09:00"),
        ("2026-11-06 15:00", "8", TimeUnit.HOUR, "2026-11-09 15:00"),
        ("2026-11-02 09:00", "5", TimeUnit.DAY, "2026-11-09 17:00"),  # Saturday → Monday
        ("2026-08-28 09:00", "4", TimeUnit.DAY, "2026-09-03 17:00"),  # a holiday → the day after
        ("2026-01-31 09:00", "1", TimeUnit.MONTH, "2026-03-02 17:00"),  # 28 February, a Saturday
        ("2026-11-30 09:00", "3", TimeUnit.MONTH, "2027-03-01 17:00"),  # a Sunday
    ],
)
def test_hours_days_and_months_end_on_a_working_day(
    received: str, amount: str, unit: TimeUnit, expected: str
) -> None:
    assert due_at(received, amount, unit) == expected


def test_nothing_is_counted_while_the_office_waits_for_a_supplement() -> None:
    waited = Pause(date(2026, 11, 4), date(2026, 11, 10))
    assert due_at("2026-11-02 09:00", "7") == "2026-11-11 17:00"
    assert due_at("2026-11-02 09:00", "7", DAYS, waited) == "2026-11-17 17:00"
    assert due_at("2026-11-02 09:00", "7", TimeUnit.DAY, waited) == "2026-11-16 17:00"


def test_there_is_no_due_date_while_the_supplement_is_awaited_or_the_unit_is_missing() -> None:
    received = moment("2026-11-02 09:00")
    waiting = (Pause(date(2026, 11, 4)),)
    assert due(received, TimeLimit("7", DAYS), CALENDAR, waiting) is None
    assert due(received, TimeLimit("1", None), CALENDAR) is None
    assert due(received, TimeLimit("", None, "Trong ngày"), CALENDAR) is None
    assert due(received, TimeLimit("NaN", DAYS), CALENDAR) is None


def test_a_due_date_over_a_day_that_is_not_certain_is_expected_only() -> None:
    found = due(moment("2026-11-20 09:00"), TimeLimit("3", DAYS), CALENDAR)
    assert found is not None
    assert found.expected_only
    sure = due(moment("2026-11-02 09:00"), TimeLimit("3", DAYS), CALENDAR)
    assert sure is not None
    assert not sure.expected_only


def test_progress_tells_the_day_and_stops_while_the_office_waits() -> None:
    received, limit = moment("2026-11-02 09:00"), TimeLimit("7", DAYS)
    told = progress(received, limit, date(2026, 11, 6), CALENDAR)
    assert told is not None
    assert (told.day, told.of, told.stopped, told.late) == (4, 7, False, False)
    waiting = progress(received, limit, date(2026, 11, 10), CALENDAR, [Pause(date(2026, 11, 4))])
    assert waiting is not None
    assert (waiting.day, waiting.of, waiting.stopped, waiting.late) == (2, 7, True, False)
    over = progress(received, limit, date(2026, 11, 12), CALENDAR)
    assert over is not None
    assert (over.day, over.of, over.late) == (8, 7, True)


received_moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)).map(  # noqa: DTZ001 - the zone follows
    lambda one: one.replace(tzinfo=VIETNAM)
)
limits = st.builds(
    TimeLimit,
    st.one_of(
        st.integers(1, 120).map(str),
        st.integers(1, 30).map(lambda n: str(Decimal(n) / 2).replace(".", ",")),
    ),
    st.sampled_from(TimeUnit),
).filter(
    lambda limit: limit.unit is not TimeUnit.MONTH or Decimal(limit.amount.replace(",", ".")) < 24
)
breaks = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 20)),
    max_size=2,
)


@given(received_moments, limits, breaks)
def test_a_due_moment_is_never_outside_working_days_nor_before_the_receipt(
    received: datetime, limit: TimeLimit, waits: list[tuple[int, int]]
) -> None:
    first = received.date()
    pauses = [
        Pause(first + timedelta(days=start), first + timedelta(days=start + length))
        for start, length in waits
    ]
    found = due(received, limit, CALENDAR, pauses)
    assert found is not None
    assert CALENDAR.is_working(found.at.date())
    assert found.at > received
    assert found.at.tzinfo is VIETNAM


@given(received_moments, st.integers(1, 60), st.sampled_from(TimeUnit), st.integers(0, 200))
def test_a_longer_limit_or_a_later_receipt_is_never_due_earlier(
    received: datetime, amount: int, unit: TimeUnit, hours: int
) -> None:
    first = due(received, TimeLimit(str(amount), unit), CALENDAR)
    longer = due(received, TimeLimit(str(amount + 1), unit), CALENDAR)
    later = due(received + timedelta(hours=hours), TimeLimit(str(amount), unit), CALENDAR)
    assert first is not None
    assert longer is not None
    assert later is not None
    assert first.at <= longer.at
    assert first.at <= later.at


@given(received_moments, st.integers(1, 40), st.integers(0, 80))
def test_the_last_counted_day_is_the_due_day(received: datetime, amount: int, after: int) -> None:
    limit = TimeLimit(str(amount), DAYS)
    until = due(received, limit, CALENDAR)
    assert until is not None
    on_the_day = progress(received, limit, until.at.date(), CALENDAR)
    assert on_the_day is not None
    assert (on_the_day.day, on_the_day.late) == (amount, False)
    some_day = progress(received, limit, received.date() + timedelta(days=after), CALENDAR)
    assert some_day is not None
    assert some_day.late == (received.date() + timedelta(days=after) > until.at.date())
    assert some_day.day >= 0
