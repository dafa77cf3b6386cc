"""When a citizen is to be reminded of a filing, and that she will be."""

from typing import Final

from bot.deciding.filing_decisions import AskWhen, WillRemind
from bot.deciding.filing_values import FilingAct, filing_value
from bot.deciding.labels import short_name
from bot.messages import Block, Choice, Choices, Outcome, OutcomeFamily, Paragraph, Reply
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.dossiers.words import day_words
from bot.rendering.filing.buttons import choices, filing_button
from bot.rendering.filing.telling import as_shown, moment_of
from knowledge.work_calendar import VIETNAM

TOMORROW: Final = 1
SOON: Final = 3
WEEK: Final = 7
"""Days that are offered as buttons; any other day can be typed."""


def render_reminding(desk: Desk, decision: AskWhen | WillRemind) -> Reply:
    """Return the question when, or the day on which she is reminded."""
    if isinstance(decision, AskWhen):
        return _ask(desk.book, decision)
    return _told(desk.book, decision)


def _ask(book: Phrasebook, asked: AskWhen) -> Reply:
    code = asked.shown.view.procedure.code
    blocks: list[Block] = []
    if asked.again:
        blocks.append(Paragraph(book.say("filing_remind.again")))
    if asked.reminder is not None:
        day = day_words(book, moment_of(asked.reminder.due_at).date())
        blocks.append(Paragraph(book.say("filing_remind.set", day=day)))
    blocks.append(Paragraph(book.say("filing_remind.when")))
    labels = {
        TOMORROW: book.say("filing_button.tomorrow"),
        SOON: book.say("filing_button.days", count=SOON),
        WEEK: book.say("filing_button.week"),
    }
    items = [
        Choice(label, filing_value(code, FilingAct.REMIND, str(days)))
        for days, label in labels.items()
    ]
    if asked.reminder is not None:
        items.append(filing_button(book, code, FilingAct.FORGET))
    items.append(filing_button(book, code, FilingAct.LIST))
    blocks.append(Choices(tuple(items)))
    outcome = Outcome(OutcomeFamily.CLARIFY, "when_to_remind")
    return as_shown(Reply(tuple(blocks), outcome, procedure=code), asked.shown)


def _told(book: Phrasebook, told: WillRemind) -> Reply:
    procedure = told.shown.view.procedure
    acts = [FilingAct.LIST]
    if told.cannot:
        texts = [book.say("filing_remind.cannot")]
        if told.shown.terms.is_open:
            texts.append(book.say("filing_remind.cannot_next"))
            acts.insert(0, FilingAct.SLIP)
    elif told.at is None:
        texts = [book.say("filing_remind.forgotten")]
    else:
        day = day_words(book, told.at.astimezone(VIETNAM).date())
        texts = [book.say("filing_remind.will", day=day, name=short_name(procedure))]
    blocks = (Paragraph(" ".join(texts)), choices(book, told.shown, *acts))
    outcome = Outcome(OutcomeFamily.GUIDED, "no_reminder" if told.cannot else "reminder")
    return as_shown(Reply(blocks, outcome, procedure=procedure.code), told.shown)
