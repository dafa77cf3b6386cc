"""What the office asks of the citizen: papers, and money."""

from collections.abc import Iterator
from typing import Final

from bot.dossiers.status import ENDED, DossierStatus, Payment, State
from bot.messages import Block, FactList, Paragraph
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.dossiers.words import MOST_NOTE, day_words, short, sum_words, unit_words

MOST_ITEMS: Final = 12
"""Papers, payments or steps told; of steps the latest."""


def supplement_blocks(desk: Desk, status: DossierStatus) -> Iterator[Block]:
    """Yield what is to be handed in, what the office wrote, and until when."""
    if status.terse:
        return
    book, asked = desk.book, status.supplement
    if asked is not None and asked.papers:
        yield listed(book.say("dossier_asked.papers"), asked.papers)
    elif asked is None or not asked.note:  # else the note says it
        unit = unit_words(book, status)
        yield Paragraph(book.say("dossier_asked.papers_unknown", unit=unit))
    if asked is not None and asked.note:
        yield Paragraph(book.say("dossier_asked.note", note=short(asked.note, MOST_NOTE)))
    yield Paragraph(until_words(desk, status))


def until_words(desk: Desk, status: DossierStatus) -> str:
    """Return the last day on which a supplement may come in, or that it is unknown or over."""
    book, until = desk.book, status.supplement.until if status.supplement else None
    if until is None or status.terse:
        return book.say("dossier_asked.until_unknown")
    key = "dossier_asked.until_over" if until < desk.today else "dossier_asked.until"
    return book.say(key, day=day_words(book, until), unit=unit_words(book, status))


def payment_blocks(book: Phrasebook, status: DossierStatus) -> Iterator[Block]:
    """Yield what is to be paid: everything where the office waits for it, else what is unpaid."""
    asked = status.state is State.PAYMENT
    if due := unpaid(status):
        yield listed(book.say("dossier_asked.payments"), payment_lines(book, due))
        if not asked:
            safe = book.say("dossier_asked.unpaid_still", unit=unit_words(book, status))
            yield Paragraph(safe)
    elif asked and not status.terse:
        unit = unit_words(book, status)
        yield Paragraph(book.say("dossier_asked.payments_unknown", unit=unit))


def unpaid(status: DossierStatus) -> tuple[Payment, ...]:
    """Return what is to be paid; nothing where it may not be told, or nothing is awaited."""
    if status.terse or status.state in ENDED:
        return ()
    asked = status.state is State.PAYMENT
    return tuple(one for one in status.payments if asked or one.paid is False)


def payment_lines(book: Phrasebook, payments: tuple[Payment, ...]) -> tuple[str, ...]:
    """Return a line for each payment."""
    return tuple(_payment(book, one) for one in payments)


def _payment(book: Phrasebook, payment: Payment) -> str:
    paid = {
        True: "dossier_asked.paid",
        False: "dossier_asked.unpaid",
        None: "dossier_asked.paid_unknown",
    }
    return book.say(
        "dossier_asked.payment",
        name=short(payment.name),
        amount=sum_words(book, payment.amount),
        paid=book.say(paid[payment.paid]),
    )


def listed(title: str, items: tuple[str, ...]) -> FactList:
    """Return a list that is no longer than a person reads."""
    told = tuple(short(item) for item in items[:MOST_ITEMS])
    return FactList(title, told if len(items) <= MOST_ITEMS else (*told, "…"))
