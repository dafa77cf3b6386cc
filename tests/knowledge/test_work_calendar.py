"""The working calendar: holidays by law, swapped days, and what is not certain."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.content import SHIPPED
from knowledge.errors import CalendarEnds
from knowledge.work_calendar import WorkCalendar, days_between
from knowledge.work_calendar_file import FILE, LAST_YEAR, load_calendar, read_calendar


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return load_calendar(SHIPPED)


@pytest.mark.parametrize(
    "day",
    ["2026-02-16", "2026-02-20", "2026-04-27", "2026-04-30", "2026-09-01", "2026-09-02"],
)
def test_tet_and_the_holidays_of_the_labour_code_are_no_working_days(
    calendar: WorkCalendar, day: str
) -> None:
    assert not calendar.is_working(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("off", "worked"), [("2026-01-02", "2026-01-10"), ("2026-08-31", "2026-08-22")]
)
def test_a_swapped_day_is_off_and_its_saturday_is_worked(
    calendar: WorkCalendar, off: str, worked: str
) -> None:
    assert not calendar.is_working(date.fromisoformat(off))
    assert calendar.is_working(date.fromisoformat(worked))


def test_an_ordinary_monday_is_worked_and_an_ordinary_saturday_is_not(
    calendar: WorkCalendar,
) -> None:
    assert calendar.is_working(date(2026, 11, 23))
    assert not calendar.is_working(date(2026, 11, 21))


def test_a_count_over_a_day_that_is_not_certain_is_expected_only(calendar: WorkCalendar) -> None:
    assert calendar.is_expected_only(date(2026, 11, 20), date(2026, 11, 27))
    assert not calendar.is_expected_only(date(2026, 11, 2), date(2026, 11, 13))


def test_years_not_announced_yet_are_expected_only(calendar: WorkCalendar) -> None:
    assert calendar.is_expected_only(date(2027, 3, 1), date(2027, 3, 8))


def test_a_year_outside_the_calendar_is_refused_not_guessed(calendar: WorkCalendar) -> None:
    with pytest.raises(CalendarEnds, match="Lịch làm việc chỉ có"):
        calendar.is_working(date(LAST_YEAR + 1, 1, 4))


def test_days_between_counts_both_ends() -> None:
    found = list(days_between(date(2026, 2, 27), date(2026, 3, 1)))
    assert [str(day) for day in found] == ["2026-02-27", "2026-02-28", "2026-03-01"]


def written(folder: Path, text: str) -> list[str]:
    (folder / FILE).write_text(text, "utf-8")
    return [str(fault) for fault in read_calendar(folder)[1]]


def test_a_swap_onto_a_saturday_without_its_document_is_told(tmp_path: Path) -> None:
    faults = written(
        tmp_path,
        'announced_through: 2026\nswaps:\n  - {off: "2026-01-03", work: "2026-01-09"}\n',
    )
    assert any("Ngày nghỉ hoán đổi phải là thứ hai đến thứ sáu" in fault for fault in faults)
    assert any("Ngày làm bù phải là thứ bảy" in fault for fault in faults)
    assert any("Thiếu 'source'" in fault for fault in faults)


def test_what_is_no_date_is_told_with_its_line(tmp_path: Path) -> None:
    faults = written(
        tmp_path,
        'announced_through: 2026\nunsure:\n  - {day: "30/2", why: a, source: b, read: "2026-11"}\n',
    )
    assert faults == [
        f"{tmp_path.name}/{FILE}:3: '30/2' không phải ngày. Viết dạng \"2026-01-10\"."
    ]


def test_without_the_file_every_year_is_expected_only(tmp_path: Path) -> None:
    calendar = load_calendar(tmp_path)
    assert calendar.is_expected_only(date(2026, 3, 2), date(2026, 3, 3))
    assert not calendar.is_working(date(2026, 9, 2))
