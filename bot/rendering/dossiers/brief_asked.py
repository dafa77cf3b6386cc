"""What is answered in few lines about money and papers that the office waits for."""

from collections.abc import Iterator

from bot.dossiers.status import DossierStatus, State
from bot.guide.dossier_days import local_day
from bot.messages import Block, Paragraph
from bot.rendering.desk import Desk
from bot.rendering.dossiers.asked import (
    listed,
    payment_blocks,
    payment_lines,
    supplement_blocks,
    unpaid,
    until_words,
)
from bot.rendering.dossiers.card import Pace
from bot.rendering.dossiers.now import now_words
from bot.rendering.dossiers.words import day_words, moment_words, short, state_words, unit_words
from bot.rendering.sources import portal_link


def state_line(desk: Desk, status: DossierStatus) -> Paragraph:
    """Return in which step a dossier is, and since when."""
    state = state_words(desk.book, status.state)
    day = day_words(desk.book, local_day(status.changed_at))
    return Paragraph(desk.book.say("dossier_brief.state", state=state, day=day))


def money_lines(desk: Desk, status: DossierStatus, pace: Pace) -> Iterator[Block]:
    """Yield how much is to be paid, or that nothing is."""
    book = desk.book
    if status.state is State.PAYMENT or unpaid(status):
        yield from payment_blocks(book, status)
        if status.state is State.PAYMENT:
            yield Paragraph(now_words(desk, status, pace))
        return
    yield Paragraph(book.say("dossier_brief.no_money"))
    if status.payments and not status.terse:
        lines = payment_lines(book, status.payments)
        yield listed(book.say("dossier_brief.payments"), lines)


def pay_lines(desk: Desk, status: DossierStatus, pace: Pace) -> Iterator[Block]:
    """Yield where it is paid, or where papers are handed in."""
    if status.state is State.SUPPLEMENT:
        yield from supplement_where_lines(desk, status, pace)
        return
    if status.state is not State.PAYMENT and not unpaid(status):
        yield from money_lines(desk, status, pace)
        return
    yield Paragraph(desk.book.say("dossier_brief.pay", unit=unit_words(desk.book, status)))
    yield from payment_blocks(desk.book, status)
    yield portal_link(desk.book)


def paid_lines(desk: Desk, status: DossierStatus, pace: Pace) -> Iterator[Block]:
    """Yield that the source does not know of it yet, or what it tells of payments."""
    if status.state is State.SUPPLEMENT:
        yield from supplemented_lines(desk, status, pace)
    elif status.state is State.PAYMENT or unpaid(status):
        yield _still(desk, status, "dossier_brief.paid")
    else:
        yield from money_lines(desk, status, pace)


def _still(desk: Desk, status: DossierStatus, key: str) -> Paragraph:
    moment, unit = moment_words(desk.book, status.as_of), unit_words(desk.book, status)
    return Paragraph(desk.book.say(key, moment=moment, unit=unit))


def supplement_lines(desk: Desk, status: DossierStatus, pace: Pace) -> Iterator[Block]:
    """Yield what is missing, or that nothing is."""
    if status.state is not State.SUPPLEMENT:
        yield Paragraph(desk.book.say("dossier_asked.nothing"))
        yield state_line(desk, status)
        return
    yield from supplement_blocks(desk, status)


def supplement_where_lines(desk: Desk, status: DossierStatus, pace: Pace) -> Iterator[Block]:
    """Yield where it is handed in."""
    if status.state is not State.SUPPLEMENT:
        yield from supplement_lines(desk, status, pace)
        return
    yield Paragraph(desk.book.say("dossier_now.supplement_where"))
    if status.unit and not status.terse:
        yield Paragraph(desk.book.say("dossier_brief.unit", unit=short(status.unit)))
    yield portal_link(desk.book)


def supplement_until_lines(desk: Desk, status: DossierStatus, pace: Pace) -> Iterator[Block]:
    """Yield until when, and what happens else."""
    if status.state is not State.SUPPLEMENT:
        yield from supplement_lines(desk, status, pace)
        return
    yield Paragraph(until_words(desk, status))
    yield Paragraph(desk.book.say("dossier_brief.lapse"))


def supplemented_lines(desk: Desk, status: DossierStatus, pace: Pace) -> Iterator[Block]:
    """Yield that the source does not know of it yet."""
    if status.state is not State.SUPPLEMENT:
        yield from supplement_lines(desk, status, pace)
        return
    yield _still(desk, status, "dossier_brief.supplemented")
