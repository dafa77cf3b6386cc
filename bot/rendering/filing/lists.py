"""The citizen's own list: everything at once when it is new, then only what changes."""

from collections.abc import Iterator
from typing import Final

from bot.deciding.filing_decisions import AskWhichAnswer, TellList
from bot.deciding.filing_values import FilingAct, filing_value
from bot.deciding.labels import short_name
from bot.filings.state import Checked
from bot.guide.filing import FilingView
from bot.messages import (
    CHECKLIST,
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
from bot.rendering.desk import Desk
from bot.rendering.dossiers.words import moment_words, short
from bot.rendering.filing.buttons import filing_button, list_buttons
from bot.rendering.filing.checklist import checklist_of, count_of, how_to_tick
from bot.rendering.filing.facts import facts_blocks, facts_sources
from bot.rendering.filing.telling import as_shown, moment_of
from bot.rendering.forms import answer_lines
from bot.rendering.held import HELD, held_blocks, held_links, is_held
from bot.rendering.sources import source_of
from bot.rendering.validity import age_notes, warnings
from bot.rendering.wording import origin_of

_TOLD: Final = Outcome(OutcomeFamily.GUIDED, CHECKLIST)

_FIELDS: Final = (
    AskedField.DOCUMENTS,
    AskedField.METHODS,
    AskedField.FEE,
    AskedField.TIME,
    AskedField.WHERE,
    AskedField.ONLINE,
    AskedField.CONDITIONS,
)
"""What a list tells: where one of them waits, the way to the newest page stands below."""

MOST_LABEL: Final = 60
"""Characters of a question on a button."""


def render_list(desk: Desk, told: TellList) -> Reply:
    """Return the list. The papers come last, next to their buttons and what is done next."""
    book, view = desk.book, told.shown.view
    procedure = view.procedure
    held = is_held(desk, procedure, AskedField.DOCUMENTS)
    blocks: list[Block] = [Heading(short_name(procedure)), *_before(desk, told)]
    if told.first:
        blocks += warnings(desk, procedure)
        blocks += facts_blocks(desk, told)
        blocks += _after_facts(desk, told)
        blocks += held_links(desk, procedure, _FIELDS)
    blocks += held_blocks(desk, AskedField.DOCUMENTS) if held else _papers(desk, told)
    if held and not told.first:
        blocks += held_links(desk, procedure, (AskedField.DOCUMENTS,))
    blocks.append(list_buttons(book, told.shown))
    beside = facts_sources(desk, view) if told.first else ()
    sources = (source_of(desk, procedure), *beside)
    reply = Reply(tuple(blocks), HELD if held else _TOLD, sources, procedure.code)
    return as_shown(reply, told.shown)


def _before(desk: Desk, told: TellList) -> Iterator[Block]:
    book = desk.book
    if told.opened:
        yield Paragraph(book.say("filing_list.opened"))
    if told.unsure:
        yield Paragraph(book.say("filing_list.unsure"))
    if told.changed:
        yield Paragraph(book.say("filing_list.changed"))
    if told.again:
        yield Paragraph(_how(desk, told.shown.view))
    if told.shown.checked is not None:
        yield Paragraph(_checked(desk, told.shown.view, told.shown.checked))


def _how(desk: Desk, view: FilingView) -> str:
    """Say that the words were not understood, and how papers are ticked by typing."""
    again = desk.book.say("filing_list.again")
    if not view.listed or is_held(desk, view.procedure, AskedField.DOCUMENTS):
        return again
    return f"{again} {how_to_tick(desk.book, len(view.listed))}"


def _checked(desk: Desk, view: FilingView, checked: Checked) -> str:
    """Say what the counter saw: of what is needed now, so that a changed list stays right."""
    book, moment = desk.book, moment_words(desk.book, moment_of(checked.at))
    needed = {one.key for one in view.listed if not one.conditions}
    missing = len(needed - {*checked.seen})
    if not missing:
        return book.say("filing_list.checked_ready", moment=moment)
    return book.say("filing_list.checked", moment=moment, count=missing)


def _after_facts(desk: Desk, told: TellList) -> Iterator[Block]:
    book, view = desk.book, told.shown.view
    if view.table is not None and view.table.generic:
        yield Paragraph(book.say("form.generic"))
    yield from age_notes(desk, view.procedure)
    if not view.procedure.ours:
        yield Paragraph(book.say("answer.official_wording"))


def _papers(desk: Desk, told: TellList) -> Iterator[Block]:
    book, view = desk.book, told.shown.view
    checklist = checklist_of(desk, view, told.shown.checked, brief=not told.first)
    if checklist is None:
        yield Paragraph(book.say("filing_list.none", origin=origin_of(view.procedure)))
        return
    yield checklist
    count = count_of(view)
    if count.done and not count.missing and view.steps:
        button = book.say("filing_button.steps")
        yield Paragraph(book.say("filing_list.next", button=button))


def render_which_answer(desk: Desk, asked: AskWhichAnswer) -> Reply:
    """Return the answers, each with a button that asks its question anew."""
    book, procedure = desk.book, asked.shown.view.procedure
    lines = answer_lines(book, procedure, asked.answers)
    items = tuple(
        Choice(
            short(question.text, MOST_LABEL),
            filing_value(procedure.code, FilingAct.ASK, question.key),
        )
        for question, _ in asked.answers
    )
    blocks: tuple[Block, ...] = (
        Heading(short_name(procedure)),
        FactList(book.say("filing_list.answers"), lines),
        Paragraph(book.say("filing_change.which")),
        Choices(items, open_question=True),
        Choices((filing_button(book, procedure.code, FilingAct.LIST),)),
    )
    outcome = Outcome(OutcomeFamily.CLARIFY, "which_answer")
    return as_shown(Reply(blocks, outcome, procedure=procedure.code), asked.shown)
