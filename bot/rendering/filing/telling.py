"""What every reply about a filing carries, and the words for its moments."""

from dataclasses import replace
from datetime import datetime

from bot.deciding.filing_decisions import Shown
from bot.deciding.filing_values import FilingAct
from bot.deciding.labels import short_name
from bot.messages import Choices, Paragraph, Reply
from bot.phrasebook import Phrasebook
from bot.rendering.filing.buttons import filing_button
from knowledge.procedure import Procedure
from knowledge.work_calendar import VIETNAM


def as_shown(reply: Reply, shown: Shown) -> Reply:
    """Return a reply with what the turn reaches, and whether it takes another's place."""
    return replace(reply, in_place=shown.in_place, milestone=str(shown.milestone or ""))


def moment_of(seconds: float) -> datetime:
    """Return seconds since 1970 as a moment by the clocks of Vietnam."""
    return datetime.fromtimestamp(seconds, VIETNAM)


def beside_filing(book: Phrasebook, reply: Reply, procedure: Procedure) -> Reply:
    """Return a reply with the way back into the filing of `procedure`."""
    waiting = Paragraph(book.say("filing_end.waiting", name=short_name(procedure)))
    go = Choices((filing_button(book, procedure.code, FilingAct.GO),))
    return replace(reply, blocks=(*reply.blocks, waiting, go))
