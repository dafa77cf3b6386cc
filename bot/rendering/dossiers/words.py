"""Small pieces of what is told of dossiers: states, days, moments, sums; all from the status."""

from datetime import date, datetime, timedelta
from typing import Final

from bot.dossiers.status import DossierStatus, State
from bot.phrasebook import Phrasebook
from bot.rendering.office_facts import WEEKDAYS
from bot.rendering.prose import trimmed
from knowledge.work_calendar import VIETNAM

MOST_NOTE: Final = 240
"""Characters of what an office wrote; more is cut between sentences."""

MOST_NAME: Final = 160
"""Characters of a name: of a procedure, an office, a paper."""

STATES: Final = {
    State.REGISTERED: "dossier_state.registered",
    State.ACCEPTED: "dossier_state.accepted",
    State.REFUSED: "dossier_state.refused",
    State.PROCESSING: "dossier_state.processing",
    State.SUPPLEMENT: "dossier_state.supplement",
    State.PAYMENT: "dossier_state.payment",
    State.WITHDRAWN: "dossier_state.withdrawn",
    State.STOPPED: "dossier_state.stopped",
    State.DONE: "dossier_state.done",
    State.RETURNED: "dossier_state.returned",
}
"""Each state in plain words."""


def state_words(book: Phrasebook, state: State) -> str:
    """Return a state in plain words."""
    return book.say(STATES[state])


def day_words(book: Phrasebook, day: date) -> str:
    """Return "thứ hai, 23/11/2026"."""
    weekday = book.say(WEEKDAYS[day.weekday()])
    return book.say("dossier_card.day", weekday=weekday, date=f"{day:%d/%m/%Y}")


def moment_words(book: Phrasebook, moment: datetime) -> str:
    """Return "15:00 ngày 22/11/2026", by the clocks of Vietnam."""
    local = moment.astimezone(VIETNAM)
    return book.say("dossier_card.moment", time=f"{local:%H:%M}", date=f"{local:%d/%m/%Y}")


def ends_words(book: Phrasebook, moment: datetime) -> str:
    """Return the moment to the minute, rounded up: at that time it is surely over."""
    over = moment.second or moment.microsecond
    return moment_words(book, moment + timedelta(minutes=1) if over else moment)


def short(text: str, limit: int = MOST_NAME) -> str:
    """Return what a source wrote on one line, cut to `limit` characters."""
    return trimmed(text, limit)


def unit_words(book: Phrasebook, status: DossierStatus) -> str:
    """Return the office that handles it; where it is not told, the one that received it."""
    told = "" if status.terse else short(status.unit)
    return told or book.say("dossier_now.the_unit")


def title_of(book: Phrasebook, status: DossierStatus) -> str:
    """Return the name of the procedure; where it may not be told or is not known, the code."""
    told = "" if status.terse else short(status.procedure_name)
    return told or book.say("dossier_card.untitled", code=status.code)


def sum_words(book: Phrasebook, amount: int | None) -> str:
    """Return a sum in đồng as it is written in Vietnam; None: the source tells none."""
    if amount is None:
        return book.say("dossier_asked.amount_unknown")
    return book.say("dossier_asked.amount", amount=f"{amount:,}".replace(",", "."))
