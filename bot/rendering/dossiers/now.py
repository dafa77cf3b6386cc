"""What the state of a dossier means, and what the citizen does now."""

from collections.abc import Iterator
from typing import Final

from bot.dossiers.status import DossierStatus, State
from bot.messages import Block, Paragraph
from bot.rendering.desk import Desk
from bot.rendering.dossiers.asked import listed, payment_blocks, supplement_blocks, unpaid
from bot.rendering.dossiers.card import Pace
from bot.rendering.dossiers.late import late_blocks, past_words
from bot.rendering.dossiers.words import MOST_NOTE, short, unit_words
from bot.rendering.sources import portal_link

_NOW: Final = {
    State.REGISTERED: "dossier_now.registered",
    State.ACCEPTED: "dossier_now.accepted",
    State.REFUSED: "dossier_now.refused",
    State.PROCESSING: "dossier_now.processing",
    State.SUPPLEMENT: "dossier_now.supplement",
    State.PAYMENT: "dossier_now.payment",
    State.WITHDRAWN: "dossier_now.withdrawn",
    State.STOPPED: "dossier_now.stopped",
    State.DONE: "dossier_now.done",
    State.RETURNED: "dossier_now.returned",
}
_UNPAID: Final = {
    State.REGISTERED: "dossier_now.registered_unpaid",
    State.PROCESSING: "dossier_now.processing_unpaid",
}
"""Without the words that nothing is to be done."""
_TOLD_WHY: Final = {
    State.REFUSED: "dossier_now.refused_why",
    State.STOPPED: "dossier_now.stopped_why",
}
"""Where the office wrote why."""
_IN_HAND: Final = frozenset({State.REGISTERED, State.ACCEPTED, State.PROCESSING})
_ON_PORTAL: Final = frozenset(
    {State.REFUSED, State.SUPPLEMENT, State.PAYMENT, State.STOPPED, State.DONE}
)
"""What is to be done now, or read, can be done on the portal."""


def now_blocks(desk: Desk, status: DossierStatus, pace: Pace) -> Iterator[Block]:
    """Yield what the state means and what is to be done."""
    if pace.is_late:
        yield from late_blocks(desk, status, pace)
        yield from payment_blocks(desk.book, status)
        return
    yield Paragraph(now_words(desk, status, pace))
    if status.state is State.SUPPLEMENT:
        yield Paragraph(desk.book.say("dossier_now.supplement_where"))
        yield from supplement_blocks(desk, status)
    yield from payment_blocks(desk.book, status)
    if status.results and status.state in {State.DONE, State.RETURNED} and not status.terse:
        yield listed(desk.book.say("dossier_card.results"), status.results)
    if status.state in _ON_PORTAL:
        yield portal_link(desk.book)


def now_words(desk: Desk, status: DossierStatus, pace: Pace) -> str:
    """Return what the state means; where the due day is over, that and where to ask."""
    book, unit = desk.book, unit_words(desk.book, status)
    asked = status.state in _IN_HAND and not _only_days_off(status, pace)
    if asked and (past := past_words(desk, status)):
        return past
    if reason := reason_of(status):
        return book.say(_TOLD_WHY[status.state], unit=unit, note=short(reason, MOST_NOTE))
    key = _UNPAID.get(status.state) if unpaid(status) else None
    return book.say(key or _NOW[status.state], unit=unit)


def reason_of(status: DossierStatus) -> str:
    """Return why a dossier was refused or stopped, in the office's words; empty: it wrote none."""
    if status.state not in _TOLD_WHY or status.terse:
        return ""
    last = status.history[-1] if status.history else None
    return last.note.strip() if last is not None and last.state is status.state else ""


def _only_days_off(status: DossierStatus, pace: Pace) -> bool:
    """Tell whether no working day has passed since the due day: the card says when work begins."""
    counted = status.state is not State.REGISTERED and pace.days is not None
    return counted and not pace.is_late
