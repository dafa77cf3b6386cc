"""What is told beside the list, once: the ways of filing, the office, what need not be brought."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.deciding.filing_decisions import TellList
from bot.deciding.offices import offices_for
from bot.deciding.place_decisions import TellOffice
from bot.guide.filing import NO_ONLINE_WAY, FilingView
from bot.messages import Block, FactList, Paragraph, SourceNote
from bot.parse import AskedField
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.fields import Sheet, field_blocks, online_level
from bot.rendering.filing.replaced import replaced_beside
from bot.rendering.forms import answer_lines
from bot.rendering.held import held_blocks, is_held
from bot.rendering.office_facts import office_blocks, office_sources
from bot.rendering.prose import inside, sentence, shown
from bot.rendering.wording import CHANNEL_KEYS, by_channel, origin_of
from knowledge.procedure import FilingChannel, FilingMethod, Procedure

SCAN_ADVICE: Final = ("dinh-kem-giay-to", "dung-luong-tep-dinh-kem")
"""The general questions whose answers `filing_list.scan` sums up."""

MOST_FEE: Final = 400
"""Characters of a fee with everything beside it; a longer one is told in short."""

MOST_CONDITIONS: Final = 12
"""More than any record of ours has: they are told whole. Of the national data one in twenty has
more, the longest 226 of 44,000 characters: of those it is said how many are left, and where."""


def facts_blocks(desk: Desk, told: TellList) -> Iterator[Block]:
    """Yield everything of a list but the papers: what decides first, long texts later.

    The answers stand last, right before the list that follows from them.
    """
    book, view = desk.book, told.shown.view
    yield Paragraph(_online(desk, view))
    yield from (Paragraph(sentence(one)) for one in view.come)
    yield from _ways(desk, view)
    yield from _place(desk, view)
    yield from _conditions(desk, view)
    yield from replaced_beside(desk, view)
    if notes := tuple(shown(view.procedure, one) for one in view.papers.notes):
        yield FactList(book.say("filing_list.notes"), notes)
    yield from _scanning(desk, view)
    if told.answers:
        lines = answer_lines(book, view.procedure, told.answers)
        yield FactList(book.say("filing_list.answers"), lines)


def facts_sources(desk: Desk, view: FilingView) -> tuple[SourceNote, ...]:
    """Return who publishes what is told of the office."""
    return office_sources(desk.book, _office(desk, view))


def _online(desk: Desk, view: FilingView) -> str:
    """Say at once whether it can be filed online, and what to do where it cannot."""
    book, procedure = desk.book, view.procedure
    if not view.closed:
        return _open_online(desk, view)
    if view.closed == NO_ONLINE_WAY:
        said = book.say("filing_list.no_online", origin=origin_of(procedure))
    else:
        said = book.say("filing_list.closed", why=sentence(view.closed))
    return f"{said} {_instead(book, view)}"


def _open_online(desk: Desk, view: FilingView) -> str:
    """Say how far it is done online; who has read no level does not say that it is all."""
    book, procedure = desk.book, view.procedure
    if is_held(desk, procedure, AskedField.ONLINE):
        return book.say("filing_list.online", level=book.say("held.short"))
    if procedure.online_levels or procedure.online_level:
        return book.say("filing_list.online", level=online_level(book, procedure))
    said = (book.say("filing_list.online_unclear"), sentence(_online_note(desk, view)))
    return " ".join(filter(None, said))


def _online_note(desk: Desk, view: FilingView) -> str:
    """Return what the record adds about filing online, e.g. that one has to come all the same.

    It is told first where no decision states a level; else beside fee and time.
    """
    procedure = view.procedure
    told_with_level = view.closed or procedure.online_levels or procedure.online_level
    waits = (AskedField.ONLINE, AskedField.METHODS)
    if told_with_level or any(is_held(desk, procedure, field) for field in waits):
        return ""
    notes = [one.note for one in procedure.methods if one.channel is FilingChannel.ONLINE]
    return shown(procedure, notes[0]) if len(notes) == 1 else ""


def _instead(book: Phrasebook, view: FilingView) -> str:
    names = [book.say(CHANNEL_KEYS[way]) for way in view.ways if way is not FilingChannel.ONLINE]
    if not names:
        return book.say("filing_list.ask_office")
    between = f" {book.say('filing_list.or_way')} "  # sentences have no blanks around them
    return book.say("filing_list.instead", ways=between.join(names))


def _ways(desk: Desk, view: FilingView) -> Iterator[Block]:
    """Yield fee and time of each way, that of this filing first; a closed way is left out."""
    procedure = view.procedure
    if is_held(desk, procedure, AskedField.METHODS):
        yield from held_blocks(desk, AskedField.METHODS)
        return
    methods = sorted(procedure.methods, key=lambda one: one.channel is not view.way)
    kept = [one for one in methods if not (view.closed and one.channel is FilingChannel.ONLINE)]
    if _online_note(desk, view):
        kept = [_without_note(one) for one in kept]
    if lines := tuple(_lines_of_ways(desk, replace(procedure, methods=tuple(kept)))):
        yield FactList(desk.book.say("filing_list.ways"), lines)


def _lines_of_ways(desk: Desk, procedure: Procedure) -> Iterator[str]:
    """Yield a fact a line: ways that cost, or take, the same share one."""
    book, methods = desk.book, procedure.methods
    sheet = Sheet(desk, procedure, detail=False)
    fees = [inside(_fee(sheet, one)) for one in methods]
    times = [inside(sheet.time_of(one)) for one in methods]
    for label, said in (("label.fee", fees), ("label.time", times)):
        lines = by_channel(book, methods, said)
        yield from (f"{book.say(label)} khi {inside(line)}" for line in lines)
    channels = [one.channel for one in methods]
    noted = [one for one in methods if one.note and channels.count(one.channel) == 1]
    for line in by_channel(book, noted, [shown(procedure, one.note) for one in noted]):
        yield line.replace(": ", " – ", 1)  # notes have colons of their own


def _without_note(method: FilingMethod) -> FilingMethod:
    return replace(method, note="") if method.channel is FilingChannel.ONLINE else method


def _fee(sheet: Sheet, method: FilingMethod) -> str:
    """Return the fee with what else costs something, where that is short."""
    whole = sheet.fee_of(method)
    return whole if len(whole) <= MOST_FEE else sheet.fee_of(method, short=True)


def _place(desk: Desk, view: FilingView) -> Iterator[Block]:
    """Yield who takes it in after the reform of 1 July 2025: no district is named by a record."""
    book, procedure = desk.book, view.procedure
    yield from field_blocks(desk, procedure, AskedField.WHERE, detail=False)[:1]
    told = _office(desk, view)
    if told is not None:
        yield from office_blocks(desk, told)
    elif desk.profile.offices:
        yield Paragraph(book.say("filing_list.address"))


def _office(desk: Desk, view: FilingView) -> TellOffice | None:
    """Return the one office that takes it in; of several she says first where she lives."""
    found = offices_for(desk.profile.offices, view.procedure, None, "")
    if len(found) != 1 or is_held(desk, view.procedure, AskedField.WHERE):
        return None
    return TellOffice(found, None, view.procedure)


def _conditions(desk: Desk, view: FilingView) -> Iterator[Block]:
    """Yield the conditions for everybody, and those that her answers put on her."""
    procedure = view.procedure
    if is_held(desk, procedure, AskedField.CONDITIONS):
        yield from held_blocks(desk, AskedField.CONDITIONS)
        return
    placed = {rule.text for rule in view.table.only} if view.table else set()
    hers = [
        one for one in procedure.conditions if one not in placed or one in view.papers.conditions
    ]
    if lines := tuple(shown(procedure, one) for one in hers[:MOST_CONDITIONS]):
        yield FactList(desk.book.say("conditions.title"), lines)
    if left := len(hers[MOST_CONDITIONS:]):
        yield Paragraph(desk.book.say("filing_list.more_conditions", count=left))


def _scanning(desk: Desk, view: FilingView) -> Iterator[Block]:
    """Yield how papers are photographed, as far as our general answers say it and are live."""
    held = any(desk.held.holds_entry(key) for key in SCAN_ADVICE)
    if view.way is FilingChannel.ONLINE and view.listed and not held:
        yield Paragraph(desk.book.say("filing_list.scan"))
