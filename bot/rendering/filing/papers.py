"""What one paper of the list is."""

from bot.deciding.filing_decisions import TellPaper
from bot.deciding.filing_values import FilingAct
from bot.messages import Block, FactList, Heading, Outcome, OutcomeFamily, Paragraph, Reply
from bot.parse import AskedField
from bot.rendering.desk import Desk
from bot.rendering.filing.buttons import choices
from bot.rendering.filing.checklist import check_items
from bot.rendering.filing.telling import as_shown
from bot.rendering.held import HELD, held_blocks, is_held
from bot.rendering.sources import source_of


def render_paper(desk: Desk, told: TellPaper) -> Reply:
    """Return the paper with all that the list tells of it, and the way back to the list."""
    view = told.shown.view
    held = is_held(desk, view.procedure, AskedField.DOCUMENTS)
    blocks: list[Block] = list(held_blocks(desk, AskedField.DOCUMENTS))
    if not held:
        at = view.listed.index(told.paper)
        item = check_items(desk, view, told.shown.checked)[at]
        number = f"{at + 1}. {item.text}"
        notes = tuple(item.notes)
        blocks = [FactList(number, notes)] if notes else [Heading(number), _bare(desk)]
    blocks.append(choices(desk.book, told.shown, FilingAct.LIST))
    outcome = HELD if held else Outcome(OutcomeFamily.GUIDED, "paper")
    reply = Reply(tuple(blocks), outcome, (source_of(desk, view.procedure),), view.procedure.code)
    return as_shown(reply, told.shown)


def _bare(desk: Desk) -> Paragraph:
    """Say that the record says no more of it."""
    return Paragraph(desk.book.say("filing_list.paper_bare"))
