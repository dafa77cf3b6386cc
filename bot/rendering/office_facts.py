"""What the profile says of an office, as blocks: address, hours, telephone and map."""

from collections.abc import Iterator, Sequence
from datetime import date as Date  # noqa: N812 - `date` writes one
from itertools import groupby
from typing import Final

from bot.deciding.filing_days import FilingDay
from bot.deciding.place_decisions import AskWard, TellOffice
from bot.messages import Block, FactList, Link, Paragraph, SourceNote
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.wording import date
from knowledge.errors import CalendarEnds
from knowledge.province import Office, Shift

WEEKDAYS: Final = (
    "weekday.monday",
    "weekday.tuesday",
    "weekday.wednesday",
    "weekday.thursday",
    "weekday.friday",
    "weekday.saturday",
    "weekday.sunday",
)


def office_blocks(desk: Desk, decision: TellOffice | AskWard) -> tuple[Block, ...]:
    """Return the offices, each with its address, hours, telephone and map; or ask for the ward."""
    book = desk.book
    if isinstance(decision, AskWard):
        return (Paragraph(book.say("office.which_ward", count=decision.count)),)
    blocks: list[Block] = []
    if desk.profile.sample:
        blocks.append(Paragraph(book.say("office.sample")))
    for office in decision.offices:
        if decision.day is not None and office.hours:
            blocks.append(Paragraph(_on_day(desk, office, decision.day)))
        blocks.append(FactList(office.name, tuple(_facts(book, office))))
        if office.map_link:
            blocks.append(Link(book.say("link.map"), office.map_link))
    return tuple(blocks)


def office_sources(
    book: Phrasebook, decision: TellOffice | AskWard | None
) -> tuple[SourceNote, ...]:
    """Return who publishes what is told of the offices, each once."""
    offices = decision.offices if isinstance(decision, TellOffice) else ()
    published = dict.fromkeys((office.source, office.read) for office in offices)
    return tuple(
        SourceNote(
            "", source, "", read, "", book.say("office.source", source=source, month=date(read))
        )
        for source, read in published
    )


def _facts(book: Phrasebook, office: Office) -> Iterator[str]:
    yield f"{book.say('office.address')}: {office.address}"
    hours = "; ".join(_week(book, office.hours)) or book.say("office.hours_unknown")
    yield f"{book.say('office.hours')}: {hours}"
    yield f"{book.say('office.phone')}: {office.phone or book.say('office.phone_unknown')}"


def _week(book: Phrasebook, hours: Sequence[Shift]) -> Iterator[str]:
    """Yield the hours, days of the same hours together: "thứ hai đến thứ sáu: 7:30–11:30"."""
    days = [(day, _day(hours, day)) for day in range(len(WEEKDAYS))]
    for said, group in groupby(days, key=lambda one: one[1]):
        numbers = [day for day, _ in group]
        if not said:
            continue
        first, last = (book.say(WEEKDAYS[day]) for day in (numbers[0], numbers[-1]))
        span = first if len(numbers) == 1 else book.say("office.days", first=first, last=last)
        yield f"{span}: {said}"


def _day(hours: Sequence[Shift], weekday: int) -> str:
    shifts = [shift for shift in hours if shift.weekday == weekday]
    return ", ".join(f"{shift.opens:%-H:%M}–{shift.closes:%-H:%M}" for shift in shifts)


def _on_day(desk: Desk, office: Office, asked: FilingDay) -> str:
    """Return whether the office works on a day: its week, and the public holidays."""
    book = desk.book
    day = asked.resolve(desk.today)
    if day is None:
        return book.say("due.no_such_day")
    weekday = book.say(WEEKDAYS[day.weekday()]).capitalize()
    written = f"{weekday}, {day.day}/{day.month}/{day.year}"
    said = _day(office.hours, day.weekday())
    if _is_holiday(desk, day):
        return book.say("office.holiday", day=written)
    return book.say("office.open" if said else "office.closed", day=written, hours=said)


def _is_holiday(desk: Desk, day: Date) -> bool:
    """Tell whether offices are closed by law; an office may work on Saturdays all the same."""
    calendar = desk.calendar()
    try:
        calendar.is_working(day)
    except CalendarEnds:
        return False
    return day in calendar.days_off
