"""How a dossier stands and what the citizen does now; and its history."""

from collections.abc import Iterator
from typing import Final

from bot.deciding.dossier_decisions import TellDossier, TellHistory
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_values import DossierAct, dossier_act_value
from bot.dossiers.ports import Found
from bot.dossiers.status import ENDED, DossierStatus, State, Step
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
from bot.rendering.dossiers.asked import MOST_ITEMS
from bot.rendering.dossiers.card import Pace, card_of, pace_of
from bot.rendering.dossiers.late import late_sources, why_blocks
from bot.rendering.dossiers.now import now_blocks
from bot.rendering.dossiers.words import (
    MOST_NOTE,
    moment_words,
    short,
    state_words,
)
from bot.rendering.sources import portal_link


def tell_dossier(desk: Desk, told: TellDossier) -> Reply:
    """Return how a dossier stands, what that means, what is to be done, and what can be pressed."""
    book, status = desk.book, told.found.status
    pace = pace_of(desk, status)
    blocks: list[Block] = [*before_card(desk, told), card_of(desk, status, pace)]
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


def before_card(desk: Desk, told: TellDossier) -> Iterator[Block]:
    """Yield what must be known before the card is read."""
    book, status = desk.book, told.found.status
    if status.is_sample:
        yield Paragraph(book.say("dossier_card.sample"))
    if told.away:
        yield Paragraph(book.say("dossier_card.away", moment=moment_words(book, status.as_of)))


def _first(desk: Desk, told: TellDossier, pace: Pace) -> Iterator[Block]:
    """Yield the answer to what was asked, where it is not simply how the dossier stands."""
    book, status = desk.book, told.found.status
    if told.about in {Matter.LATE, Matter.WHY}:
        yield from why_blocks(desk, status, pace, asked=told.about is Matter.WHY)
    elif told.about is Matter.SUPPLEMENT and status.state is not State.SUPPLEMENT:
        yield Paragraph(book.say("dossier_asked.nothing"))
    elif told.about is Matter.WITHDRAW:
        yield from _withdrawal(book, status)
    elif told.about is Matter.FOLLOW:
        yield Paragraph(_following(book, told))
    elif told.about is Matter.HISTORY:
        yield from _history(book, status)


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
    if status.terse and not status.history:
        yield Paragraph(book.say("dossier_history.not_here", code=status.code))
        return
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


def act_button(
    book: Phrasebook, act: DossierAct, code: str = "", to: DossierAct | None = None
) -> Choice:
    """Return the button of an act; RESUME has none here, for it names what it goes on with."""
    return Choice(book.say(_LABELS[act]), dossier_act_value(act, code, to))
