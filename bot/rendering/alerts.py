"""What people who follow a dossier are told of themselves: what is new, and what to do now."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.deciding.dossier_values import DossierAct
from bot.deciding.found import dossier_value
from bot.dossiers.status import DossierStatus, State
from bot.guide.dossier_days import local_day
from bot.guide.reminding import IN_HAND
from bot.messages import (
    Block,
    Choice,
    Choices,
    Heading,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.rendering.desk import Desk
from bot.rendering.dossiers.card import pace_of
from bot.rendering.dossiers.late import late_sources
from bot.rendering.dossiers.now import now_blocks
from bot.rendering.dossiers.telling import act_button
from bot.rendering.dossiers.words import day_words, short, state_words


def render_alert(
    desk: Desk,
    status: DossierStatus,
    kinds: Collection[str],
    *,
    buttons: bool = True,
    brief: bool = False,
) -> Reply:
    """Return one short message for everything that is new of one dossier.

    Args:
        desk: of the day on which it is sent.
        status: as the dossier stands now.
        kinds: values of `bot.channels.alerts.AlertKind`; not empty.
        buttons: False: the channel has none, and a typed number would answer what was asked
            before; it is said in words then what can be typed.
        brief: leave out what is to be done, for offices that write more than a message holds.
    """
    book, pace = desk.book, pace_of(desk, status)
    blocks: list[Block] = []
    if status.is_sample:
        blocks.append(Paragraph(book.say("dossier_card.sample")))
    if status.procedure_name and not status.terse:
        blocks.append(Heading(short(status.procedure_name)))
    blocks += [Paragraph(line) for line in _news(desk, status, kinds)]
    if not brief:
        blocks += now_blocks(desk, status, pace)
    if buttons:
        view = Choice(book.say("alert.view"), dossier_value(status.code))
        blocks.append(Choices((view, act_button(book, DossierAct.STOP, status.code))))
    else:
        blocks.append(Paragraph(book.say("alert.in_words", code=status.code)))
    outcome = Outcome(OutcomeFamily.LOOKED_UP, "dossier_alert")
    return Reply(tuple(blocks), outcome, late_sources(book, pace))


def sent_again(desk: Desk, reply: Reply) -> Reply:
    """Return `reply` as it is sent where an earlier copy may have arrived: it says so first."""
    return replace(reply, blocks=(Paragraph(desk.book.say("alert.again")), *reply.blocks))


def _news(desk: Desk, status: DossierStatus, kinds: Collection[str]) -> Iterator[str]:
    book, code = desk.book, status.code
    state = state_words(book, status.state)
    due = local_day(status.due_at) if status.due_at else None
    if "change" in kinds:
        yield book.say("alert.change", code=code, state=state)
    if "due" in kinds and due is not None:
        yield book.say("alert.due", code=code, day=day_words(book, due), state=state)
    elif due is not None and due >= desk.today and status.state in IN_HAND:
        yield book.say("alert.due_day", day=day_words(book, due))
    if "lapse" in kinds and status.state is State.SUPPLEMENT:
        until = status.supplement.until if status.supplement else None
        key = "alert.lapse_today" if until == desk.today else "alert.lapse"
        yield book.say(key, code=code)
