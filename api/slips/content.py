"""What stands on a slip, in words and in order: built once, for the page and for the print.

A slip tells of nobody: it holds what the record says, what was answered, and what is ticked.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.deciding.filing_decisions import Shown, TellList
from bot.deciding.form_decisions import answered_in_order
from bot.deciding.labels import short_name
from bot.filings.ports import FilingTerms, Slip
from bot.filings.state import Checked
from bot.guide.filing import FilingView
from bot.messages import Block, FactList, Link, Paragraph
from bot.parse import AskedField
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.dossiers.words import moment_words
from bot.rendering.fields import field_blocks
from bot.rendering.filing.checklist import check_items, text_of
from bot.rendering.filing.facts import facts_blocks
from bot.rendering.filing.steps import step_text
from bot.rendering.filing.telling import moment_of
from bot.rendering.held import held_blocks, is_held
from bot.rendering.sources import PORTAL_HOME, address_of, source_of
from bot.rendering.validity import age_notes, warnings
from bot.rendering.wording import date, origin_of
from knowledge.procedure import FilingChannel, Procedure
from knowledge.text import fold


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """A paper of the list."""

    key: str
    name: str
    """With the number of its form."""
    quantity: str
    notes: tuple[str, ...]
    """A line each: whether it was seen, who needs it, how it is photographed."""
    needed: bool
    """False: only if what its notes say is so."""
    ticked: bool
    """The citizen has it."""
    seen: bool
    """An official saw it at the counter."""


_WEB: Final = ("https://", "http://")

Fact = Paragraph | FactList | Link
"""As the conversation tells it, so that a slip never says it in another way."""


@dataclass(frozen=True, slots=True)
class SlipStep:
    """What comes next, in order."""

    title: str
    text: str
    portal: bool
    """The link to the portal belongs below."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the counter saw."""

    when: str
    """"9:30 ngày 22/11/2026"."""
    missing: tuple[str, ...]
    """Names of the papers that are needed and were not there."""


@dataclass(frozen=True, slots=True)
class SlipContent:
    """Everything on a slip. Texts are as the citizen reads them; none is cut."""

    code: str
    address: str
    """What its QR code says: the address for the counter, or the code where none is known."""
    name: str
    """The procedure, as people call it."""
    official: str
    """Its official name; empty: the same."""
    expires: str
    """The day on which the code ceases to open the slip: "22/12/2026"."""
    today: str
    """The day on which it is shown or printed."""
    warnings: tuple[str, ...]
    """Not in force, replaced, old: before everything else."""
    instead: str
    """What is said in place of papers: they wait to be confirmed, or the record names none. Empty:
    there are some."""
    papers: tuple[SlipPaper, ...]
    """Needed."""
    may_need: tuple[SlipPaper, ...]
    """Needed if their condition holds."""
    seen: Seen | None
    where: tuple[str, ...]
    """Who takes it in."""
    facts: tuple[Fact, ...]
    """Fee and time of each way, what need not be handed in, conditions, the answers given."""
    steps: tuple[SlipStep, ...]
    source: str
    footnotes: tuple[str, ...]
    """How far the record can be trusted: its age, its wording."""
    portal: str
    """The procedure's page on the portal."""

    @property
    def ticked(self) -> int:
        """How many of the needed papers the citizen has."""
        return sum(one.ticked for one in self.papers)


def slip_content(desk: Desk, view: FilingView, slip: Slip, address: str) -> SlipContent:
    """Return what stands on a slip today.

    Args:
        desk: the sentences, the province and the day.
        view: the filing of the slip, with what the library says of it now.
        slip: as it was read.
        address: what its QR code is to say.
    """
    procedure = view.procedure
    portal = address_of(procedure)
    waits = is_held(desk, procedure, AskedField.DOCUMENTS)
    papers = () if waits else tuple(_papers(desk, view, slip.checked))
    where = field_blocks(desk, procedure, AskedField.WHERE, detail=False)[:1]
    return SlipContent(
        code=slip.filing.slip,
        address=address,
        name=short_name(procedure),
        official=_official(procedure),
        expires=_day(slip.expires_at),
        today=date(desk.today.isoformat()),
        warnings=tuple(_told(warnings(desk, procedure))),
        instead=_instead(desk, view, waits=waits),
        papers=tuple(one for one in papers if one.needed),
        may_need=tuple(one for one in papers if not one.needed),
        seen=_seen(desk.book, papers, slip.checked),
        where=tuple(_told(where)),
        facts=tuple(_facts(desk, view, where)),
        steps=tuple(_steps(desk, view)),
        source=source_of(desk, procedure).text,
        footnotes=tuple(_footnotes(desk, view)),
        portal=portal if portal.startswith(_WEB) else PORTAL_HOME,
    )


def _official(procedure: Procedure) -> str:
    known = fold(short_name(procedure))
    return "" if fold(procedure.name).removeprefix("thu tuc ") == known else procedure.name


def _instead(desk: Desk, view: FilingView, *, waits: bool) -> str:
    if waits:
        return " ".join(_told(held_blocks(desk, AskedField.DOCUMENTS)))
    if view.listed:
        return ""
    return desk.book.say("filing_list.none", origin=origin_of(view.procedure))


def _papers(desk: Desk, view: FilingView, checked: Checked | None) -> Iterator[SlipPaper]:
    items = check_items(desk, view, checked)
    for one, item in zip(view.listed, items, strict=True):
        told = text_of(desk.book, view, one)
        yield SlipPaper(
            key=one.key,
            name=told.name,
            quantity=told.quantity[:1].upper() + told.quantity[1:],
            notes=item.notes,
            needed=not one.conditions,
            ticked=one.ticked,
            seen=item.seen,
        )


def _seen(book: Phrasebook, papers: Iterable[SlipPaper], checked: Checked | None) -> Seen | None:
    if checked is None:
        return None
    missing = tuple(one.name for one in papers if one.needed and not one.seen)
    return Seen(moment_words(book, moment_of(checked.at)), missing)


def _facts(desk: Desk, view: FilingView, where: Collection[Block]) -> Iterator[Fact]:
    """Yield what the list in a conversation tells beside the papers, but `where`.

    What asks to type something has no place on paper.
    """
    given = dict(view.filing.answers)
    answers = answered_in_order(view.table, given) if view.table else ()
    told = TellList(Shown(view, FilingTerms()), answers, first=True)
    left_out = (*where, Paragraph(desk.book.say("filing_list.address")))
    for block in facts_blocks(desk, told):
        if isinstance(block, FactList) and block.title == desk.book.say("filing_list.ways"):
            yield from _fee_and_time(desk, view)
        elif block not in left_out and isinstance(block, Fact) and _may_be_followed(block):
            yield block


def _may_be_followed(fact: Fact) -> bool:
    """Tell whether a link, if it is one, leads to a web page: a record could hold `javascript:`."""
    return not isinstance(fact, Link) or fact.url.startswith(_WEB)


def _fee_and_time(desk: Desk, view: FilingView) -> Iterator[Fact]:
    """Yield fee and time one below the other, in full: there is more room than in a message."""
    online = FilingChannel.ONLINE
    methods = [one for one in view.procedure.methods if not view.closed or one.channel != online]
    procedure = replace(view.procedure, methods=tuple(methods))
    for field in (AskedField.FEE, AskedField.TIME):
        for block in field_blocks(desk, procedure, field, detail=True):
            if isinstance(block, Fact):
                yield block


def _steps(desk: Desk, view: FilingView) -> Iterator[SlipStep]:
    for one in view.steps:
        yield SlipStep(one.title, step_text(desk, view, one), one.portal)


def _told(blocks: Iterable[Block]) -> Iterator[str]:
    return (block.text for block in blocks if isinstance(block, Paragraph))


def _day(seconds: float) -> str:
    return date(moment_of(seconds).date().isoformat())


def _footnotes(desk: Desk, view: FilingView) -> Iterator[str]:
    yield from _told(age_notes(desk, view.procedure))
    if not view.procedure.ours:
        yield desk.book.say("answer.official_wording")
