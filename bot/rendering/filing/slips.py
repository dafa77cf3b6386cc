"""The slip of a filing: its code, until when it can be opened, and where."""

from collections.abc import Iterator

from bot.deciding.filing_decisions import NoSuchSlip, SlipsLocked, TellSlip
from bot.deciding.filing_values import FilingAct, slip_value
from bot.deep_links import link_payload
from bot.messages import Block, Heading, Link, Outcome, OutcomeFamily, Paragraph, Reply
from bot.rendering.desk import Desk
from bot.rendering.dossiers.words import ends_words, moment_words
from bot.rendering.filing.buttons import choices
from bot.rendering.filing.telling import as_shown, moment_of

HALF = 3
"""A code is read and typed in two halves."""


def render_slip(desk: Desk, decision: TellSlip | NoSuchSlip | SlipsLocked) -> Reply:
    """Return the slip, or that a code opens none; why it does not is never told."""
    book = desk.book
    match decision:
        case TellSlip():
            return _tell(desk, decision)
        case NoSuchSlip():
            lines = (book.say("filing_slip.none"), book.say("filing_slip.none_next"))
            outcome = Outcome(OutcomeFamily.UNANSWERED, "no_slip")
            return Reply(tuple(Paragraph(line) for line in lines), outcome)
        case SlipsLocked(until):
            locked = book.say("filing_slip.locked", moment=ends_words(book, until))
            outcome = Outcome(OutcomeFamily.REFUSED, "slips_locked")
            return Reply((Paragraph(locked),), outcome)


def spaced(code: str) -> str:
    """Return a code as it is read out; it is typed with and without the blank.

    >>> spaced("K7Q2MX")
    'K7Q 2MX'
    """
    return f"{code[:HALF]} {code[HALF:]}"


def _tell(desk: Desk, told: TellSlip) -> Reply:
    """Return the slip. Its code opens it, so nothing of it stays in the log once it is read."""
    book, view = desk.book, told.shown.view
    code, until = told.slip.filing.slip, moment_of(told.slip.expires_at)
    blocks: list[Block] = [
        Heading(book.say("filing_slip.title", code=spaced(code))),
        Paragraph(book.say("filing_slip.until", moment=moment_words(book, until))),
        Paragraph(book.say("filing_slip.elsewhere")),
        Paragraph(book.say("filing_slip.counter")),
        *_links(desk, told, code),
        Paragraph(book.say("filing_slip.private")),
        choices(book, told.shown, FilingAct.LIST, *([FilingAct.STEPS] if view.steps else [])),
    ]
    kept = book.say("filing_slip.kept", button=book.say("filing_button.slip"))
    outcome = Outcome(OutcomeFamily.GUIDED, "slip")
    reply = Reply(tuple(blocks), outcome, procedure=view.procedure.code, afterwards=kept)
    return as_shown(reply, told.shown)


def _links(desk: Desk, told: TellSlip, code: str) -> Iterator[Block]:
    book, terms = desk.book, told.shown.terms
    if terms.page:
        yield Link(book.say("filing_slip.page"), f"{terms.page}{code}")
    if terms.telegram_link:
        payload = link_payload(slip_value(code))
        yield Link(book.say("filing_slip.telegram"), f"{terms.telegram_link}{payload}")
    if terms.zalo_link:
        yield Link(book.say("filing_slip.zalo"), terms.zalo_link)
