"""Builds the working calendar: the library `holidays`, and `content/calendar.yaml` over it.

The library knows the holidays of the Labour Code (article 112), Tết by the lunar calendar, the days
off in their stead, and most swapped days. The file adds what it misses, each with its document;
without the file every year is expected only.
"""

from datetime import date
from pathlib import Path

from knowledge.errors import ContentFaulty, Fault
from knowledge.work_calendar import SATURDAY, WorkCalendar
from knowledge.yaml_sections import Notebook, Section, read_section

FILE = "calendar.yaml"
FIRST_YEAR, LAST_YEAR = 2020, 2036


def load_calendar(folder: Path) -> WorkCalendar:
    """Return the calendar of a content folder; importing the library takes half a second.

    Raises:
        ContentFaulty: with every fault of the file.
    """
    calendar, faults = read_calendar(folder)
    if faults:
        raise ContentFaulty(faults)
    return calendar


def read_calendar(folder: Path) -> tuple[WorkCalendar, tuple[Fault, ...]]:
    """Return the calendar, as far as the file is right, and the faults of it; never raises."""
    from holidays import country_holidays  # noqa: PLC0415 - half a second, not at every start

    public = country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1))
    days_off = set(public.keys())
    worked = set(public.weekend_workdays)
    unsure: set[date] = set()
    announced = FIRST_YEAR
    notebook = Notebook(f"{folder.name}/{FILE}")
    path = folder / FILE
    top = read_section(path, notebook) if path.is_file() else None
    if top is not None:
        announced = top.integer(
            "announced_through", low=FIRST_YEAR, high=LAST_YEAR, default=FIRST_YEAR
        )
        for swap in top.sections("swaps"):
            days_off |= _weekday(swap, "off")
            worked |= _saturday(swap, "work")
            _sourced(swap)
        for day in top.sections("unsure"):
            unsure |= _day(day, "day")
            day.required_text("why")
            _sourced(day)
        top.require(("announced_through",))
        top.finish()
    calendar = WorkCalendar(
        FIRST_YEAR, LAST_YEAR, frozenset(days_off), frozenset(worked), frozenset(unsure), announced
    )
    return calendar, tuple(notebook.faults)


def _sourced(part: Section) -> None:
    part.required_text("source")
    part.required_text("read")
    part.finish()


def _day(part: Section, key: str) -> set[date]:
    text = part.required_text(key)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        if text:
            part.fault(key, f"'{text}' không phải ngày. Viết dạng \"2026-01-10\".")
        return set()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        part.fault(key, f"Lịch chỉ giữ các năm từ {FIRST_YEAR} đến {LAST_YEAR}. Sửa lại năm.")
        return set()
    return {day}


def _weekday(part: Section, key: str) -> set[date]:
    days = _day(part, key)
    if any(day.weekday() >= SATURDAY for day in days):
        part.fault(key, "Ngày nghỉ hoán đổi phải là thứ hai đến thứ sáu. Xem lại văn bản.")
    return days


def _saturday(part: Section, key: str) -> set[date]:
    days = _day(part, key)
    if any(day.weekday() < SATURDAY for day in days):
        part.fault(key, "Ngày làm bù phải là thứ bảy hoặc chủ nhật. Xem lại văn bản.")
    return days
