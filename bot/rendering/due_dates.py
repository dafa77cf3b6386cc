"""When the result is due, if the dossier comes in on the day that the citizen names."""

from collections.abc import Iterator
from datetime import date, datetime, time

from bot.deciding.filing_days import FilingDay
from bot.guide.working_days import CLOSES, Due, due
from bot.messages import Block, FactList, Paragraph
from bot.rendering.desk import Desk
from bot.rendering.wording import by_channel
from knowledge.errors import CalendarEnds
from knowledge.procedure import FilingMethod, Procedure
from knowledge.work_calendar import VIETNAM

_MORNING, _AFTERNOON = time(8), time(14)
"""When a dossier is taken to come in, if only the day or the half of it is told."""
_WEEKDAYS = (
    "weekday.monday",
    "weekday.tuesday",
    "weekday.wednesday",
    "weekday.thursday",
    "weekday.friday",
    "weekday.saturday",
    "weekday.sunday",
)


def due_blocks(desk: Desk, procedure: Procedure, filed: FilingDay) -> tuple[Block, ...]:
    """Return the due day of each filing method, or why there is none; never a guessed unit."""
    day = filed.resolve(desk.today)
    if day is None:
        return (Paragraph(desk.book.say("due.no_such_day")),)
    hour = _AFTERNOON if filed.afternoon else _MORNING
    received = datetime.combine(day, hour, VIETNAM)
    known = list(_known(desk, procedure, received))
    if not known:
        return (Paragraph(desk.book.say("due.cannot_be_counted")),)
    said = [_said(desk, until) for _, until in known]
    lines = by_channel(desk.book, [method for method, _ in known], said)
    blocks: tuple[Block, ...] = (FactList(_title(desk, day), lines),)
    if any(until.expected_only for _, until in known):
        blocks += (Paragraph(desk.book.say("due.expected_only")),)
    return (*blocks, Paragraph(desk.book.say("due.slip_counts")))


def _title(desk: Desk, day: date) -> str:
    opens = desk.calendar().working_day_from(day)
    if opens == day:
        return desk.book.say("due.title", day=_written(desk, day))
    return desk.book.say("due.title_closed", day=_written(desk, day), opens=_written(desk, opens))


def _known(
    desk: Desk, procedure: Procedure, received: datetime
) -> Iterator[tuple[FilingMethod, Due]]:
    for method in procedure.methods:
        try:
            until = due(received, method.time, desk.calendar()) if method.time else None
        except CalendarEnds:
            until = None
        if until is not None:
            yield method, until


def _said(desk: Desk, until: Due) -> str:
    day = _written(desk, until.at.date())
    if until.at.time() == CLOSES:
        return desk.book.say("due.day", day=day)
    return desk.book.say("due.hour", day=day, hour=f"{until.at:%-H}", minute=f"{until.at:%M}")


def _written(desk: Desk, day: date) -> str:
    """Return "thứ hai, 23/11/2026"."""
    weekday = desk.book.say(_WEEKDAYS[day.weekday()])
    return f"{weekday}, {day.day}/{day.month}/{day.year}"
