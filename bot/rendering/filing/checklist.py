"""The papers of one citizen as a list to be ticked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.deciding.filing_values import FilingAct, filing_value
from bot.filings.state import Checked
from bot.guide.filing import FilingView, ListedPaper
from bot.messages import CheckItem, Checklist
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.filing.replaced import replaced_notes
from bot.rendering.papers import PaperText, paper_text
from bot.rendering.prose import sentence
from knowledge.procedure import FilingChannel

_LAST_OF_EXAMPLE = 3
"""The example shows two numbers that do not follow each other, where the list is long enough."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many papers that are needed are there."""

    done: int
    missing: int


def checklist_of(
    desk: Desk, view: FilingView, checked: Checked | None, *, brief: bool = False
) -> Checklist | None:
    """Return the list with what is ticked and what the counter saw; None: it has no paper.

    `brief`: it was told before, so that of a paper that is there nothing more is said.
    """
    items = check_items(desk, view, checked)
    if brief:
        items = tuple(
            replace(one, notes=()) if one.ticked and not one.seen else one for one in items
        )
    return Checklist(_title(desk.book, view), items) if items else None


def check_items(desk: Desk, view: FilingView, checked: Checked | None) -> tuple[CheckItem, ...]:
    """Return each paper with everything that belongs to it."""
    seen = frozenset(checked.seen) if checked else frozenset()
    return tuple(_item(desk, view, one, seen=one.key in seen) for one in view.listed)


def count_of(view: FilingView) -> Count:
    """Count the papers that are needed: those ticked, and the others."""
    missing = len(view.missing)
    return Count(sum(not one.conditions for one in view.listed) - missing, missing)


def names_of(book: Phrasebook, view: FilingView, papers: Sequence[ListedPaper]) -> tuple[str, ...]:
    """Return the papers by name alone."""
    return tuple(text_of(book, view, one).name for one in papers)


def text_of(book: Phrasebook, view: FilingView, one: ListedPaper) -> PaperText:
    """Return a paper of the list in words."""
    return paper_text(book, view.procedure, one.paper, one.conditions)


def _title(book: Phrasebook, view: FilingView) -> str:
    count = count_of(view)
    if count.done == count.missing == 0:
        return book.say("filing_list.maybe")
    if not count.missing:
        return book.say("filing_list.ready")
    if count.done:
        said = book.say("filing_list.some", done=count.done, missing=count.missing)
    else:
        said = book.say("filing_list.ask", count=count.missing)
    more = sum(bool(one.conditions) and not one.ticked for one in view.listed)
    return book.say("filing_list.and_more", said=said, count=more) if more else said


def _item(desk: Desk, view: FilingView, one: ListedPaper, *, seen: bool) -> CheckItem:
    told = text_of(desk.book, view, one)
    act = FilingAct.UNTICK if one.ticked else FilingAct.TICK
    return CheckItem(
        text=f"{told.name}: {told.quantity}",
        ticked=one.ticked,
        value=filing_value(view.procedure.code, act, one.key),
        notes=tuple(_notes(desk, view, one, told, seen=seen)),
        seen=seen,
    )


def _notes(
    desk: Desk, view: FilingView, one: ListedPaper, told: PaperText, *, seen: bool
) -> Iterator[str]:
    book = desk.book
    if seen:
        yield book.say("filing_list.seen_note")
    if told.condition:
        yield sentence(_only(book, told.condition))
    if told.note:
        yield told.note
    yield from replaced_notes(desk, view, one)
    if view.way is FilingChannel.ONLINE:
        scans = (scan.how for scan in view.guide.scans if scan.paper == one.paper.name)
        # Of a photograph the record says in its note how it is to be.
        new = (how for how in scans if sentence(how) != told.note)
        yield from (book.say("filing_list.scan_note", how=how) for how in new)


def _only(book: Phrasebook, condition: str) -> str:
    """Return a condition as a sentence of its own: it says already for whom, or "only if"."""
    if condition.startswith(("nếu ", "khi ")):
        return book.say("filing_list.condition", when=condition)
    return condition[:1].upper() + condition[1:]


def how_to_tick(book: Phrasebook, items: int) -> str:
    """Say how a list of so many items, at least one, is ticked by typing numbers."""
    last = min(items, _LAST_OF_EXAMPLE)
    numbers = dict.fromkeys((1, last))
    return book.say("filing_list.how", example=" ".join(map(str, numbers)), one=last)
