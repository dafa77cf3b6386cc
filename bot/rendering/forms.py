"""The questions of a form, one at a time; at their end stands the citizen's own list."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.deciding.form_decisions import Answered, AskCircumstance, FormStopped
from bot.deciding.form_found import Step, answer_value, form_value
from bot.deciding.found import press_value
from bot.deciding.labels import short_name
from bot.messages import (
    Block,
    Choice,
    Choices,
    FactList,
    Heading,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.parse import AskedField
from bot.phrasebook import Phrasebook
from bot.rendering.answers import next_buttons
from bot.rendering.desk import Desk
from bot.rendering.held import HELD, held_blocks, held_links, is_held
from bot.rendering.prose import shown
from bot.rendering.sources import source_of
from knowledge.procedure import Procedure
from knowledge.tables import UNSURE, Question


def render_form(desk: Desk, decision: AskCircumstance | FormStopped) -> Reply:
    """Return a question, or the end without a list."""
    if isinstance(decision, AskCircumstance):
        return render_circumstance(desk, decision)
    return render_stopped(desk.book, decision)


def render_circumstance(desk: Desk, asked: AskCircumstance) -> Reply:
    """Return the question with one button an answer, and the ways back and out."""
    book, procedure, question = desk.book, asked.procedure, asked.question
    if is_held(desk, procedure, AskedField.DOCUMENTS):
        return _waiting(desk, procedure)
    blocks: list[Block] = [Heading(short_name(procedure))] if asked.first or asked.settled else []
    if asked.settled:
        lines = answer_lines(book, procedure, asked.settled)
        blocks.append(FactList(book.say("form.settled"), lines))
    blocks += [Paragraph(text) for text in _before(book, asked)]
    text = _question(procedure, question)
    told = [f"{one.label}: {shown(procedure, one.told)}" for one in question.options if one.told]
    blocks.append(FactList(text, tuple(told)) if told else Paragraph(text))
    items = tuple(
        Choice(one.label, answer_value(procedure.code, question.key, one.key))
        for one in question.options
    )
    unsure = Choice(book.say("button.unsure"), answer_value(procedure.code, question.key, UNSURE))
    blocks.append(Choices((*items, unsure), open_question=True))
    blocks.append(Choices(tuple(_ways(book, asked))))
    kind = "choice_out_of_range" if asked.out_of_range else "circumstance"
    return Reply(tuple(blocks), Outcome(OutcomeFamily.CLARIFY, kind), procedure=procedure.code)


def _waiting(desk: Desk, procedure: Procedure) -> Reply:
    """Return that the papers wait to be confirmed: asking would lead to no list."""
    blocks = (
        Heading(short_name(procedure)),
        *held_blocks(desk, AskedField.DOCUMENTS),
        *held_links(desk, procedure, (AskedField.DOCUMENTS,)),
        Choices(next_buttons(desk.book, procedure, (AskedField.DOCUMENTS,))),
    )
    return Reply(blocks, HELD, (source_of(desk, procedure),), procedure.code)


def _before(book: Phrasebook, asked: AskCircumstance) -> Iterator[str]:
    """Yield what is said before the question."""
    if asked.first and not (asked.again or asked.out_of_range or asked.explained):
        yield book.say("form.begin")
    if asked.unsure:
        yield book.say("filing_list.unsure")
    if asked.before_list:
        yield book.say("filing_list.soon")
    elif asked.again:
        yield book.say("form.again")
    if asked.explained:
        yield book.say("form.explain", meaning=asked.question.explain)
    if asked.out_of_range:
        answers = len(asked.question.options) + 1
        yield book.say("which.out_of_range", count=asked.menu.last if asked.menu else answers)


def _question(procedure: Procedure, question: Question) -> str:
    about = f" “{shown(procedure, question.about)}”" if question.about else ""
    return f"{question.text}{about}"


def answer_lines(
    book: Phrasebook, procedure: Procedure, answers: Sequence[Answered]
) -> tuple[str, ...]:
    """Return a line for each question of a table with the answer given."""
    unsure = book.say("button.unsure")
    return tuple(
        f"{_question(procedure, question)} "
        f"{shown(procedure, option.told or option.label or unsure)}"
        for question, option in answers
    )


def _ways(book: Phrasebook, asked: AskCircumstance) -> Iterator[Choice]:
    code = asked.procedure.code
    if not asked.first:
        yield Choice(book.say("button.back"), form_value(code, Step.BACK))
    if asked.again:
        yield _all_papers(book, asked.procedure)
    yield Choice(book.say("button.stop"), form_value(code, Step.STOP))


def _all_papers(book: Phrasebook, procedure: Procedure) -> Choice:
    value = press_value(procedure.code, (AskedField.DOCUMENTS,), detail=True)
    return Choice(book.say("button.all_documents"), value)


def render_stopped(book: Phrasebook, decision: FormStopped) -> Reply:
    """Return that no more is asked, and what can be asked instead."""
    procedure = decision.procedure
    buttons = (
        _all_papers(book, procedure),
        *next_buttons(book, procedure, (AskedField.DOCUMENTS,)),
    )
    blocks = (Paragraph(book.say("form.stopped", name=short_name(procedure))), Choices(buttons))
    outcome = Outcome(OutcomeFamily.SMALL_TALK, "form_stopped")
    return Reply(blocks, outcome, procedure=procedure.code)


def beside(book: Phrasebook, reply: Reply, procedure: Procedure) -> Reply:
    """Return a reply with the way back into the form of `procedure`."""
    waiting = Paragraph(book.say("form.waiting", name=short_name(procedure)))
    go = Choice(book.say("button.go_on"), form_value(procedure.code, Step.GO))
    return replace(reply, blocks=(*reply.blocks, waiting, Choices((go,))))
