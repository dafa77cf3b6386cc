"""What a citizen reads while she prepares and files: one reply for every decision about it."""

from bot.deciding.filing_decisions import (
    AskTrouble,
    AskWhen,
    AskWhichAnswer,
    FilingDecision,
    NoSuchSlip,
    SlipsLocked,
    TellList,
    TellPaper,
    TellSlip,
    TellStep,
    TellTrouble,
    WillRemind,
)
from bot.messages import Reply
from bot.rendering.desk import Desk
from bot.rendering.filing.ending import render_ending
from bot.rendering.filing.lists import render_list, render_which_answer
from bot.rendering.filing.papers import render_paper
from bot.rendering.filing.reminding import render_reminding
from bot.rendering.filing.slips import render_slip
from bot.rendering.filing.steps import render_step
from bot.rendering.filing.troubles import render_trouble


def render_filing(desk: Desk, decision: FilingDecision) -> Reply:  # noqa: PLR0911 - one line a decision
    """Return the reply to a decision about a guided filing."""
    match decision:
        case TellList():
            return render_list(desk, decision)
        case AskWhichAnswer():
            return render_which_answer(desk, decision)
        case TellStep():
            return render_step(desk, decision)
        case AskTrouble() | TellTrouble():
            return render_trouble(desk, decision)
        case TellSlip() | NoSuchSlip() | SlipsLocked():
            return render_slip(desk, decision)
        case AskWhen() | WillRemind():
            return render_reminding(desk, decision)
        case TellPaper():
            return render_paper(desk, decision)
        case _:
            return render_ending(desk, decision)
