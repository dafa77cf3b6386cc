"""What is told of itself about a filing: the reminder asked for, and what the counter saw."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.deciding.filing_values import FilingAct
from bot.deciding.labels import short_name
from bot.filings.state import Checked
from bot.guide.filing import FilingView, ListedPaper
from bot.messages import Block, Choices, Heading, Outcome, OutcomeFamily, Paragraph, Reply
from bot.parse import AskedField
from bot.rendering.desk import Desk
from bot.rendering.filing.buttons import filing_button
from bot.rendering.filing.checklist import names_of
from bot.rendering.held import is_held
from bot.rendering.prose import trimmed

MOST_NAMED: Final = 6
"""Papers named in a notice; the list itself is one press away."""

MOST_NAME: Final = 80
"""Characters of a paper's name: a notice fits one message on every channel."""


def render_reminder(desk: Desk, view: FilingView, *, buttons: bool = True) -> Reply:
    """Return the reminder of a filing, with what is still missing.

    Args:
        desk: of the day on which it is sent.
        view: the filing as it stands now.
        buttons: False: the channel has none, and a typed number would answer what was asked
            before; it is said in words then what can be typed.
    """
    book, name = desk.book, short_name(view.procedure)
    said = [book.say("filing_news.reminder", name=name), _missing(desk, view, view.missing)]
    blocks = [Paragraph(" ".join(filter(None, said)))]
    return _notice(desk, view, blocks, "filing_reminder", buttons=buttons)


def render_checked(
    desk: Desk, view: FilingView, checked: Checked, *, buttons: bool = True
) -> Reply:
    """Return what an official found missing at the counter, or that everything is there.

    Args:
        desk: of the day on which it is sent.
        view: the filing as it stands now: what she need not bring any more is not missing.
        checked: what was there.
        buttons: as in `render_reminder`.
    """
    book, name = desk.book, short_name(view.procedure)
    missing = [one for one in view.listed if not one.conditions and one.key not in checked.seen]
    blocks = [Paragraph(book.say("filing_news.checked", name=name))]
    if is_held(desk, view.procedure, AskedField.DOCUMENTS):
        pass  # which papers are needed waits to be confirmed, so none is called missing
    elif missing:
        papers = _named(desk, view, missing)
        said = book.say("filing_news.checked_missing", count=len(missing), papers=papers)
        blocks.append(Paragraph(said))
    else:
        blocks.append(Paragraph(book.say("filing_news.checked_ready")))
    return _notice(desk, view, blocks, "filing_checked", buttons=buttons)


def sent_again(desk: Desk, reply: Reply) -> Reply:
    """Return `reply` as it is sent where an earlier copy may have arrived: it says so first."""
    return replace(reply, blocks=(Paragraph(desk.book.say("alert.again")), *reply.blocks))


def _notice(
    desk: Desk, view: FilingView, blocks: Sequence[Block], kind: str, *, buttons: bool
) -> Reply:
    book, code = desk.book, view.procedure.code
    last: Block = Paragraph(book.say("filing_news.in_words"))
    if buttons:
        last = Choices(
            tuple(filing_button(book, code, act) for act in (FilingAct.LIST, FilingAct.FILED))
        )
    heading = Heading(short_name(view.procedure))
    outcome = Outcome(OutcomeFamily.GUIDED, kind)
    return Reply((heading, *blocks, last), outcome, procedure=code)


def _missing(desk: Desk, view: FilingView, missing: Sequence[ListedPaper]) -> str:
    if is_held(desk, view.procedure, AskedField.DOCUMENTS):
        return ""
    if not missing:
        return desk.book.say("filing_news.ready")
    papers = _named(desk, view, missing)
    return desk.book.say("filing_news.missing", count=len(missing), papers=papers)


def _named(desk: Desk, view: FilingView, papers: Sequence[ListedPaper]) -> str:
    names = "; ".join(
        trimmed(name, MOST_NAME) for name in names_of(desk.book, view, papers[:MOST_NAMED])
    )
    if left := len(papers[MOST_NAMED:]):
        return desk.book.say("filing_news.more", papers=names, count=left)
    return names
