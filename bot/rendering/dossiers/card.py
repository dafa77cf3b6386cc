"""The card of a dossier: its state, how far it has come, and what is known of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.dossiers.status import DossierStatus, State
from bot.guide.dossier_days import CLOSED, READY, DossierDays, dossier_days, local_day
from bot.messages import Fact, StatusCard, Tone
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.dossiers.words import (
    MOST_NOTE,
    day_words,
    moment_words,
    short,
    state_words,
    title_of,
)
from knowledge.errors import CalendarEnds

_RUNS: Final = frozenset({State.ACCEPTED, State.PROCESSING})
"""The office is at work, and its time runs."""

_TONES: Final = {
    State.REGISTERED: Tone.WAITING,
    State.ACCEPTED: Tone.WAITING,
    State.REFUSED: Tone.ENDED,
    State.PROCESSING: Tone.WAITING,
    State.SUPPLEMENT: Tone.ACT,
    State.PAYMENT: Tone.ACT,
    State.WITHDRAWN: Tone.ENDED,
    State.STOPPED: Tone.ENDED,
    State.DONE: Tone.GOOD,
    State.RETURNED: Tone.GOOD,
}


@dataclass(frozen=True, slots=True)
class Pace:
    """How a dossier keeps its time."""

    days: DossierDays | None
    """None: it cannot be counted."""
    is_late: bool
    """The office is at work, and at least one working day behind the due day."""


def pace_of(desk: Desk, status: DossierStatus) -> Pace:
    """Return how a dossier keeps its time.

    It is late only in the hands of the office: not before it is accepted, and not while the office
    waits for papers or money.
    """
    if status.received_at is None or status.due_at is None:
        return Pace(None, is_late=False)
    try:
        days = dossier_days(status, desk.today, desk.calendar())
    except CalendarEnds:
        days = None
    return Pace(days, days is not None and status.state in _RUNS and days.late > 0)


def card_of(desk: Desk, status: DossierStatus, pace: Pace) -> StatusCard:
    """Return the card; of a dossier published by code alone it shows state and days only."""
    book = desk.book
    tone = Tone.LATE if pace.is_late else _TONES[status.state]
    days = pace.days if status.state in _RUNS | {State.SUPPLEMENT} else None
    counted = days is not None and days.of > 0
    return StatusCard(
        title_of(book, status),
        state_words(book, status.state),
        tone,
        tuple(_facts(book, status)),
        progress_words(desk, status, pace),
        days.used if days and counted else None,
        days.of if days and counted else None,
    )


def progress_words(desk: Desk, status: DossierStatus, pace: Pace) -> str:
    """Return how far a dossier has come; empty: not known, or it does not matter any more."""
    book, days = desk.book, pace.days
    if status.state is State.SUPPLEMENT:
        if days is None or not days.of:
            return book.say("dossier_days.waits_only")
        return book.say("dossier_days.waits", day=days.used, of=days.of)
    if days is None or status.due_at is None or status.state not in _RUNS | READY:
        return ""
    if status.state in READY:
        key = "dossier_days.done_late" if days.late else "dossier_days.done_in_time"
        return book.say(key, count=days.late)
    said = _running(desk, local_day(status.due_at), days)
    return book.say("dossier_days.expected", said=said) if days.expected_only else said


def _running(desk: Desk, due: date, days: DossierDays) -> str:
    book = desk.book
    if days.late:
        return book.say("dossier_days.late", count=days.late)
    if desk.today > due:  # nothing but days off since
        opens = desk.calendar().working_day_from(desk.today)
        return book.say("dossier_days.weekend", day=day_words(book, opens))
    if not days.of:
        return book.say("dossier_days.same_day")
    key = "dossier_days.first" if not days.used else "dossier_days.day"
    key = "dossier_days.last" if desk.today == due else key
    return book.say(key, day=days.used, of=days.of, left=days.left)


def _facts(book: Phrasebook, status: DossierStatus) -> Iterator[Fact]:
    if status.code not in title_of(book, status):
        yield Fact(book.say("dossier_card.code"), status.code)
    if not status.terse:
        if status.applicant:
            yield Fact(book.say("dossier_card.applicant"), short(status.applicant))
        if status.unit:
            yield Fact(book.say("dossier_card.unit"), short(status.unit))
    at_once = status.changed_at == status.as_of
    since = (
        moment_words(book, status.as_of)
        if at_once
        else day_words(book, local_day(status.changed_at))
    )
    yield Fact(book.say("dossier_card.since"), since)
    if status.received_at is not None and status.state is not State.REFUSED:
        received = day_words(book, local_day(status.received_at))
        yield Fact(book.say("dossier_card.received"), received)
    yield from _due(book, status)
    yield from _result(book, status)
    if not at_once:
        yield Fact(book.say("dossier_card.as_of"), moment_words(book, status.as_of))


def _result(book: Phrasebook, status: DossierStatus) -> Iterator[Fact]:
    """Yield how the result is handed over, or when that was done."""
    if status.state is State.RETURNED and status.returned_at is not None:
        returned = day_words(book, local_day(status.returned_at))
        yield Fact(book.say("dossier_card.returned"), returned)
    if status.state is State.DONE and status.collect and not status.terse:
        yield Fact(book.say("dossier_card.collect"), short(status.collect, MOST_NOTE))


def _due(book: Phrasebook, status: DossierStatus) -> Iterator[Fact]:
    """Yield the due day, or that it is unknown; nothing where none is awaited any more."""
    label = book.say("dossier_card.due")
    if status.state in CLOSED:
        return
    if status.due_at is not None:
        day = day_words(book, local_day(status.due_at))
        waits = status.state is State.SUPPLEMENT
        yield Fact(label, book.say("dossier_card.due_paused", day=day) if waits else day)
    elif status.state in _RUNS | {State.SUPPLEMENT, State.PAYMENT}:
        yield Fact(label, book.say("dossier_card.due_unknown"))
