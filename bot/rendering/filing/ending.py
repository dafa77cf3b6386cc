"""How a guided filing ends: it is filed, it is given up, or there is nothing to guide with."""

from collections.abc import Iterator

from bot.deciding.dossier_values import DossierAct
from bot.deciding.filing_decisions import (
    AskIfFiled,
    AskStopFiling,
    CannotGuide,
    FilingEnded,
    NotClear,
    PutAside,
    TellFiled,
)
from bot.deciding.filing_values import FilingAct
from bot.deciding.form_found import Step, form_value
from bot.deciding.labels import short_name
from bot.guide.filing import method_of
from bot.messages import Block, Choice, Choices, Link, Outcome, OutcomeFamily, Paragraph, Reply
from bot.parse import AskedField
from bot.phrasebook import Phrasebook
from bot.rendering.answers import next_buttons
from bot.rendering.desk import Desk
from bot.rendering.dossiers.asking import EXAMPLE_CODE
from bot.rendering.dossiers.telling import act_button
from bot.rendering.fields import Sheet
from bot.rendering.filing.buttons import choices, filing_button
from bot.rendering.filing.telling import as_shown
from bot.rendering.held import is_held
from bot.rendering.prose import inside
from bot.rendering.sources import address_of, source_of
from bot.rendering.wording import origin_of
from knowledge.procedure import FilingChannel, Procedure

_Ending = AskIfFiled | TellFiled | AskStopFiling | FilingEnded | PutAside | NotClear | CannotGuide


def render_ending(desk: Desk, decision: _Ending) -> Reply:  # noqa: PLR0911 - one line a decision
    """Return the last words of a filing, or the question whether these are the last."""
    match decision:
        case TellFiled():
            return _filed(desk, decision)
        case AskIfFiled():
            return _ask_if_filed(desk.book, decision)
        case AskStopFiling():
            return _ask(desk.book, decision)
        case FilingEnded(procedure):
            return _ended(desk.book, procedure)
        case PutAside():
            return _put_aside(desk.book, decision)
        case NotClear():
            return _not_clear(desk.book, decision)
        case CannotGuide(procedure):
            return _nothing(desk, procedure)


def _filed(desk: Desk, told: TellFiled) -> Reply:
    book, procedure = desk.book, told.shown.view.procedure
    buttons = [filing_button(book, procedure.code, FilingAct.LIST)]
    if told.can_look_up:
        buttons.insert(0, act_button(book, DossierAct.LOST))
    blocks: list[Block] = [Paragraph(text) for text in _after_filing(desk, told)]
    blocks.append(Choices(tuple(buttons)))
    outcome = Outcome(OutcomeFamily.GUIDED, "filed")
    reply = Reply(tuple(blocks), outcome, (source_of(desk, procedure),), procedure.code)
    return as_shown(reply, told.shown)


def _after_filing(desk: Desk, told: TellFiled) -> Iterator[str]:
    book, view = desk.book, told.shown.view
    yield book.say("filing_done.filed", name=short_name(view.procedure))
    online = view.way is FilingChannel.ONLINE
    yield book.say("filing_done.code_online" if online else "filing_done.code_paper")
    method = method_of(view.procedure, view.way)
    if method is not None and not is_held(desk, view.procedure, AskedField.TIME):
        time = Sheet(desk, view.procedure, detail=False).time_of(method)
        yield book.say("filing_done.time", time=inside(time))
    if told.can_look_up:
        yield book.say("filing_done.ask_code", example=EXAMPLE_CODE)
    else:
        yield book.say("filing_done.follow")


def _ask_if_filed(book: Phrasebook, asked: AskIfFiled) -> Reply:
    procedure = asked.shown.view.procedure
    text = Paragraph(book.say("filing_done.ask", name=short_name(procedure)))
    code, key = procedure.code, asked.shown.view.filing.step
    buttons = (
        filing_button(book, code, FilingAct.FILED),
        filing_button(book, code, FilingAct.BACK, key),
        filing_button(book, code, FilingAct.LIST),
    )
    outcome = Outcome(OutcomeFamily.CLARIFY, "if_filed")
    blocks = (text, Choices(buttons))
    return as_shown(Reply(blocks, outcome, procedure=code), asked.shown)


def _ask(book: Phrasebook, asked: AskStopFiling) -> Reply:
    procedure = asked.shown.view.procedure
    text = Paragraph(book.say("filing_end.ask", name=short_name(procedure)))
    buttons = choices(book, asked.shown, FilingAct.STOP_SURE, FilingAct.GO)
    outcome = Outcome(OutcomeFamily.CLARIFY, "stop_filing")
    return as_shown(Reply((text, buttons), outcome, procedure=procedure.code), asked.shown)


def _ended(book: Phrasebook, procedure: Procedure) -> Reply:
    text = Paragraph(book.say("filing_end.ended", name=short_name(procedure)))
    start = filing_button(book, procedure.code, FilingAct.START)
    buttons = Choices((start, *next_buttons(book, procedure)[:2]))
    outcome = Outcome(OutcomeFamily.SMALL_TALK, "filing_ended")
    return Reply((text, buttons), outcome, procedure=procedure.code)


def _put_aside(book: Phrasebook, told: PutAside) -> Reply:
    """Return that nothing is forgotten, with what helps to come back to it."""
    procedure, shown = told.procedure, told.shown
    text = Paragraph(book.say("filing_end.later", name=short_name(procedure)))
    outcome = Outcome(OutcomeFamily.SMALL_TALK, "filing_put_aside")
    if shown is None:
        return Reply((text, _to_questions(book, procedure)), outcome, procedure=procedure.code)
    acts = [FilingAct.GO]
    if shown.terms.is_open:
        acts.append(FilingAct.SLIP)
    if shown.terms.is_open and shown.can_remind:
        acts.append(FilingAct.REMIND)
    reply = Reply((text, choices(book, shown, *acts)), outcome, procedure=procedure.code)
    return as_shown(reply, shown)


def _not_clear(book: Phrasebook, told: NotClear) -> Reply:
    """Return that nobody understood, and that the filing, or its questions, are still there."""
    procedure = told.procedure
    text = Paragraph(book.say("filing_end.not_clear", name=short_name(procedure)))
    go = Choices((filing_button(book, procedure.code, FilingAct.GO),))
    back = _to_questions(book, procedure) if told.form else go
    outcome = Outcome(OutcomeFamily.UNANSWERED, "not_understood")
    return Reply((text, back), outcome, procedure=procedure.code)


def _to_questions(book: Phrasebook, procedure: Procedure) -> Choices:
    return Choices((Choice(book.say("button.go_on"), form_value(procedure.code, Step.GO)),))


def _nothing(desk: Desk, procedure: Procedure) -> Reply:
    book, name = desk.book, short_name(procedure)
    text = book.say("filing_end.nothing", origin=origin_of(procedure), name=name)
    page = Link(book.say("link.newest"), address_of(procedure))
    outcome = Outcome(OutcomeFamily.UNANSWERED, "no_guide")
    return Reply((Paragraph(text), page), outcome, (source_of(desk, procedure),), procedure.code)
