"""What goes wrong at a step: the usual troubles, and the answer to one of them."""

from bot.deciding.faq_decisions import AnswerFaq
from bot.deciding.faq_found import FAQ_MARK
from bot.deciding.filing_decisions import AskTrouble, TellTrouble
from bot.deciding.filing_values import FilingAct, filing_value
from bot.guide.filing import FilingView
from bot.messages import Block, Choice, Choices, Outcome, OutcomeFamily, Paragraph, Reply
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.faq import render_faq
from bot.rendering.filing.buttons import filing_button
from bot.rendering.filing.telling import as_shown
from knowledge.guides import GuideStep


def render_trouble(desk: Desk, decision: AskTrouble | TellTrouble) -> Reply:
    """Return the question what is wrong, or the answer with the way back to the step."""
    if isinstance(decision, AskTrouble):
        return _ask(desk.book, decision)
    return _tell(desk, decision)


def _ask(book: Phrasebook, asked: AskTrouble) -> Reply:
    view = asked.shown.view
    key = "filing_step.trouble" if asked.troubles else "filing_step.no_trouble"
    blocks: list[Block] = [Paragraph(book.say(key))]
    if asked.troubles:
        items = tuple(Choice(one.label, f"{FAQ_MARK}{one.faq}") for one in asked.troubles)
        blocks.append(Choices(items, open_question=True))
    blocks.append(Choices((_to_step(book, view, asked.step),)))
    outcome = Outcome(OutcomeFamily.CLARIFY, "filing_trouble")
    return as_shown(Reply(tuple(blocks), outcome, procedure=view.procedure.code), asked.shown)


def _tell(desk: Desk, told: TellTrouble) -> Reply:
    """Return the general answer as it is told anywhere, and no way but back to the step."""
    book, view = desk.book, told.shown.view
    answer = render_faq(desk, AnswerFaq(told.faq))
    buttons = (
        _to_step(book, view, told.step),
        filing_button(book, view.procedure.code, FilingAct.LIST),
    )
    outcome = Outcome(OutcomeFamily.GUIDED, "filing_trouble")
    reply = Reply(
        (*answer.blocks, Choices(buttons)),
        outcome if answer.outcome.family is OutcomeFamily.ANSWERED else answer.outcome,
        answer.sources,
        view.procedure.code,
        faq=told.faq.key,
    )
    return as_shown(reply, told.shown)


def _to_step(book: Phrasebook, view: FilingView, step: GuideStep) -> Choice:
    number = view.steps.index(step) + 1 if step in view.steps else view.step_number
    label = book.say("filing_button.this_step", number=number)
    return Choice(label, filing_value(view.procedure.code, FilingAct.STEPS, step.key))
