"""How a dossier stands and what the citizen does now; and its history."""

from collections.abc import Iterator
from typing import Final

from bot.deciding.dossier_decisions import TellDossier, TellHistory
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_values import DossierAct, dossier_act_value
from bot.dossiers.ports import Found
from bot.dossiers.status import ENDED, DossierStatus, Payment, State, Step
from bot.messages import (
    Block,
    Choice,
    Choices,
    FactList,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.dossiers.card import Pace, card_of, pace_of
from bot.rendering.dossiers.late import late_blocks, late_sources, past_words, why_blocks
from bot.rendering.dossiers.words import (
    MOST_NOTE,
    day_words,
    moment_words,
    short,
    state_words,
    sum_words,
    unit_words,
)
from bot.rendering.sources import portal_link

MOST_ITEMS: Final = 12
"""Papers, payments or steps told; of steps the latest."""

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
_ON_PORTAL: Final = frozenset(
    {State.REFUSED, State.SUPPLEMENT, State.PAYMENT, State.STOPPED, State.DONE}
)
"""What is to be done now, or read, can be done on the portal."""


def tell_dossier(desk: Desk, told: TellDossier) -> Reply:
    """Return how a dossier stands, what that means, what is to be done, and what can be pressed."""
    book, status = desk.book, told.found.status
    pace = pace_of(desk, status)
    blocks: list[Block] = [*_before(desk, told), card_of(desk, status, pace)]
    blocks += _first(desk, told, pace)
    if told.about is not Matter.WITHDRAW or status.state in ENDED:
        blocks += now_blocks(desk, status, pace)
    if buttons := tuple(_buttons(book, told)):
        blocks.append(Choices(buttons))
    kind = "dossier_away" if told.away else f"dossier_{told.about}"
    return Reply(
        tuple(blocks),
        Outcome(OutcomeFamily.LOOKED_UP, kind),
        late_sources(book, pace),
        told.procedure.code if told.procedure and not status.terse else None,
        afterwards=book.say("dossier_ask.afterwards"),
    )


def tell_history(desk: Desk, told: TellHistory) -> Reply:
    """Return every step of a dossier, the latest last."""
    book, status = desk.book, told.found.status
    blocks: list[Block] = []
    if status.is_sample:
        blocks.append(Paragraph(book.say("dossier_card.sample")))
    blocks += _history(book, status)
    buttons = tuple(_keeping(book, told.found))
    blocks += [Choices(buttons)] if buttons else []
    outcome = Outcome(OutcomeFamily.LOOKED_UP, "dossier_history")
    return Reply(tuple(blocks), outcome, afterwards=book.say("dossier_ask.afterwards"))


def _before(desk: Desk, told: TellDossier) -> Iterator[Block]:
    """Yield what must be known before the card is read."""
    book, status = desk.book, told.found.status
    if status.is_sample:
        yield Paragraph(book.say("dossier_card.sample"))
    if told.away:
        yield Paragraph(book.say("dossier_card.away", moment=moment_words(book, status.as_of)))


def _first(desk: Desk, told: TellDossier, pace: Pace) -> Iterator[Block]:
    """Yield the answer to what was asked, where it is not simply how the dossier stands."""
    book, status = desk.book, told.found.status
    if told.about is Matter.LATE:
        yield from why_blocks(desk, status, pace)
    elif told.about is Matter.SUPPLEMENT and status.state is not State.SUPPLEMENT:
        yield Paragraph(book.say("dossier_asked.nothing"))
    elif told.about is Matter.WITHDRAW:
        yield from _withdrawal(book, status)
    elif told.about is Matter.FOLLOW:
        yield Paragraph(_following(book, told))
    elif told.about is Matter.HISTORY:
        yield from _history(book, status)


def now_blocks(desk: Desk, status: DossierStatus, pace: Pace) -> Iterator[Block]:
    """Yield what the state means and what is to be done."""
    book = desk.book
    if pace.is_late:
        yield from late_blocks(desk, status, pace)
        return
    yield Paragraph(book.say(_NOW[status.state], unit=unit_words(book, status)))
    if status.state is State.SUPPLEMENT:
        yield Paragraph(book.say("dossier_now.supplement_where"))
        yield from _supplement(desk, status)
    yield from _payments(book, status)
    if status.results and status.state in {State.DONE, State.RETURNED} and not status.terse:
        yield _listed(book.say("dossier_card.results"), status.results)
    if pace.days is None and status.state in {State.ACCEPTED, State.PROCESSING}:
        past = past_words(desk, status)
        yield from [Paragraph(past)] if past else []
    if status.state in _ON_PORTAL:
        yield portal_link(book)


def _supplement(desk: Desk, status: DossierStatus) -> Iterator[Block]:
    book, asked, unit = desk.book, status.supplement, unit_words(desk.book, status)
    if status.terse:
        return
    if asked is None or not asked.papers:
        yield Paragraph(book.say("dossier_asked.papers_unknown", unit=unit))
    else:
        yield _listed(book.say("dossier_asked.papers"), asked.papers)
    if asked is not None and asked.note:
        yield Paragraph(book.say("dossier_asked.note", note=short(asked.note, MOST_NOTE)))
    if asked is None or asked.until is None:
        yield Paragraph(book.say("dossier_asked.until_unknown"))
        return
    over = asked.until < desk.today
    key = "dossier_asked.until_over" if over else "dossier_asked.until"
    yield Paragraph(book.say(key, day=day_words(book, asked.until), unit=unit))


def _payments(book: Phrasebook, status: DossierStatus) -> Iterator[Block]:
    """Yield what is to be paid: everything where the office waits for it, else what is unpaid."""
    if status.terse or status.state in ENDED:
        return
    asked = status.state is State.PAYMENT
    due = [one for one in status.payments if asked or one.paid is False]
    if due:
        lines = tuple(_payment(book, one) for one in due)
        yield _listed(book.say("dossier_asked.payments"), lines)
    elif asked:
        unit = unit_words(book, status)
        yield Paragraph(book.say("dossier_asked.payments_unknown", unit=unit))


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


def _listed(title: str, items: tuple[str, ...]) -> FactList:
    told = tuple(short(item) for item in items[:MOST_ITEMS])
    return FactList(title, told if len(items) <= MOST_ITEMS else (*told, "…"))


def _withdrawal(book: Phrasebook, status: DossierStatus) -> Iterator[Block]:
    if status.state in ENDED:
        yield Paragraph(book.say("dossier_withdraw.over"))
    elif status.state is State.DONE:
        yield Paragraph(book.say("dossier_withdraw.done"))
    else:
        yield Paragraph(book.say("dossier_withdraw.how"))
        yield Paragraph(book.say("dossier_withdraw.fees"))
        yield portal_link(book)


def _following(book: Phrasebook, told: TellDossier) -> str:
    if told.found.followed:
        return book.say("dossier_follow.already")
    if told.found.status.state in ENDED:
        return book.say("dossier_follow.over")
    if not told.can_follow:
        return book.say("dossier_follow.impossible")
    return book.say("dossier_follow.offer", button=book.say("dossier_button.follow"))


def _history(book: Phrasebook, status: DossierStatus) -> Iterator[Block]:
    if not status.history:
        yield Paragraph(book.say("dossier_history.none", code=status.code))
        return
    steps = status.history[-MOST_ITEMS:]
    title = book.say("dossier_history.title", code=status.code)
    yield FactList(title, tuple(_step(book, step, terse=status.terse) for step in steps))
    if older := len(status.history) - len(steps):
        yield Paragraph(book.say("dossier_history.more", count=older))


def _step(book: Phrasebook, step: Step, *, terse: bool) -> str:
    said = state_words(book, step.state)
    if step.unit and not terse:
        said = book.say("dossier_history.parts", state=said, unit=short(step.unit))
    if step.note and not terse:
        said = book.say("dossier_history.note", said=said, note=short(step.note, MOST_NOTE))
    return book.say("dossier_history.step", moment=moment_words(book, step.at), said=said)


def _buttons(book: Phrasebook, told: TellDossier) -> Iterator[Choice]:
    status, found = told.found.status, told.found
    if told.can_follow and not found.followed and status.state not in ENDED:
        yield act_button(book, DossierAct.FOLLOW, status.code)
    if told.about is not Matter.HISTORY and len(status.history) > 1:
        yield act_button(book, DossierAct.HISTORY, status.code)
    yield from _keeping(book, found)


def _keeping(book: Phrasebook, found: Found) -> Iterator[Choice]:
    """Yield what can be done with what is kept of the dossier, and the way to another one."""
    code = found.status.code
    if found.followed:
        yield act_button(book, DossierAct.STOP, code)
    elif found.remembered:
        yield act_button(book, DossierAct.FORGET, code)
    else:
        yield act_button(book, DossierAct.REMEMBER, code)
    yield act_button(book, DossierAct.OTHER)


_LABELS: Final = {
    DossierAct.HISTORY: "dossier_button.history",
    DossierAct.FOLLOW: "dossier_button.follow",
    DossierAct.REMEMBER: "dossier_button.remember",
    DossierAct.AGREE: "dossier_button.agree",
    DossierAct.REFUSE: "dossier_button.refuse",
    DossierAct.STOP: "dossier_button.stop",
    DossierAct.FORGET: "dossier_button.forget",
    DossierAct.RETYPE: "dossier_button.retype",
    DossierAct.LOST: "dossier_button.lost",
    DossierAct.OTHER: "dossier_button.other",
}


def act_button(book: Phrasebook, act: DossierAct, code: str = "") -> Choice:
    """Return the button of an act; RESUME has none here, for it names what it goes on with."""
    return Choice(book.say(_LABELS[act]), dossier_act_value(act, code))
