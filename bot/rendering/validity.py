"""What the day has to do with a record: is it in force, was it replaced, how old is its data."""

from calendar import monthrange
from datetime import date

from bot.messages import Block, Paragraph
from bot.rendering.desk import Desk
from bot.rendering.wording import date as written
from knowledge.procedure import Procedure, ReplacedPaper

FRESH_YEARS = 1
"""Data surely older than that is told to be old; the law changes faster than it used to."""


def warnings(desk: Desk, procedure: Procedure) -> list[Block]:
    """Return what must be known before any fact of the record: not in force, replaced."""
    said = (*_out_of_force(desk, procedure), *_replaced(desk, procedure))
    return [Paragraph(text) for text in said]


def age_notes(desk: Desk, *procedures: Procedure) -> list[Block]:
    """Return one gentle note if data of any of the procedures is old."""
    if not any(is_old(procedure.source.as_of, desk.today) for procedure in procedures):
        return []
    return [Paragraph(desk.book.say("answer.old_data"))]


def in_force(paper: ReplacedPaper, today: date) -> bool:
    """Tell whether the paper need not be handed in on that day; both ends count.

    >>> paper = ReplacedPaper("Giấy khai sinh", "", "", "2026-01-01", "2027-02-28")
    >>> in_force(paper, date(2027, 2, 28)), in_force(paper, date(2027, 3, 1))
    (True, False)
    """
    return paper.valid_from <= today.isoformat() <= paper.valid_to


def is_old(as_of: str, today: date) -> bool:
    """Tell whether data of this date is surely older than a year; without a date nobody knows.

    Of a month or a year the last day counts: "2025" may mean December.

    >>> is_old("2025", date(2026, 11, 22)), is_old("2025-10", date(2026, 11, 22))
    (False, True)
    """
    if not as_of:
        return False
    year, month, day = (*map(int, as_of.split("-")), 0, 0)[:3]
    month = month or 12
    month_end = monthrange(year + FRESH_YEARS, month)[1]
    return today > date(year + FRESH_YEARS, month, min(day or month_end, month_end))


def _out_of_force(desk: Desk, procedure: Procedure) -> list[str]:
    today = desk.today.isoformat()
    if procedure.valid_to and today > procedure.valid_to:
        return [desk.book.say("answer.expired", date=written(procedure.valid_to))]
    if procedure.valid_from and today < procedure.valid_from:
        return [desk.book.say("answer.not_yet", date=written(procedure.valid_from))]
    return []


def _replaced(desk: Desk, procedure: Procedure) -> list[str]:
    if not procedure.changed_to:
        return []
    codes = ", ".join(procedure.changed_to)
    as_of = procedure.source.as_of
    if not as_of:
        return [desk.book.say("answer.changed", codes=codes)]
    return [desk.book.say("answer.changed_since", codes=codes, date=written(as_of))]
