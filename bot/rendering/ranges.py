"""Questions back; and what is told to a number beside no button: how far they go, and the list."""

from dataclasses import replace
from typing import Final

from bot.deciding.decisions import AskCase, AskProcedure, AskWhich, OutOfRange
from bot.messages import Block, Choice, Choices, Outcome, OutcomeFamily, Paragraph, Reply
from bot.phrasebook import Phrasebook
from bot.rendering.talk import render_ask_procedure, render_case, render_which

_OUTCOME: Final = Outcome(OutcomeFamily.CLARIFY, "choice_out_of_range")


def render_question(
    book: Phrasebook, question: AskWhich | AskCase | OutOfRange | AskProcedure
) -> Reply:
    """Return the question which procedure, or which case, is meant."""
    match question:
        case AskWhich():
            return render_which(book, question)
        case AskCase():
            return render_case(book, question)
        case OutOfRange():
            return render_out_of_range(book, question)
        case AskProcedure():
            return render_ask_procedure(book, question)


def render_out_of_range(book: Phrasebook, decision: OutOfRange) -> Reply:
    """Return the list once more, the buttons behind its question too where they are numbered."""
    asked, menu = decision.question, decision.menu
    told = book.say("which.out_of_range", count=_last(decision))
    match asked:
        case None:
            only = book.say("which.only_so_many", count=_last(decision))
            reply = Reply((Paragraph(only),), _OUTCOME)
        case AskCase():
            case = render_case(book, asked)
            reply = replace(case, blocks=(Paragraph(told), *case.blocks))
        case _:
            reply = render_which(book, asked, told)
    further: tuple[Block, ...] = ()
    if menu is not None:
        further = (Choices(tuple(map(Choice, menu.labels, menu.values))),)
    return replace(reply, blocks=(*reply.blocks, *further), outcome=_OUTCOME)


def _last(decision: OutOfRange) -> int:
    """Return the greatest number shown."""
    asked = decision.question
    if decision.menu is not None:
        return decision.menu.last
    if isinstance(asked, AskCase):
        return len(asked.options) + 1
    return len(asked.procedures) + asked.none_offered if asked else 0
