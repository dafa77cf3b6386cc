"""What the record says to each asked field, as blocks. Nothing is said that it does not hold."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.deciding.labels import level_name, short_name
from bot.messages import Block, FactList, Paragraph
from bot.parse import AskedField
from bot.phrasebook import Phrasebook
from bot.rendering.council import council_fee, form_links
from bot.rendering.desk import Desk
from bot.rendering.held import held_blocks, is_held
from bot.rendering.papers import papers_count, papers_of
from bot.rendering.prose import inside, sentence, shown
from bot.rendering.wording import (
    CHANNEL_KEYS,
    by_channel,
    fee_text,
    form_number,
    origin_of,
    time_text,
)
from knowledge.procedure import FilingChannel, FilingMethod, OnlineLevel, OnlineStatement, Procedure

MAX_SHORT_ITEMS = 6
"""So many items are shown at once; the rest stands behind the button "Chi tiết"."""

_LEVEL_KEYS = {OnlineLevel.FULL: "online.full", OnlineLevel.PARTIAL: "online.partial"}

Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a field is rendered from."""

    desk: Desk
    procedure: Procedure
    detail: bool
    """Everything the record says, instead of the short form."""

    @property
    def book(self) -> Phrasebook:
        """The sentences."""
        return self.desk.book

    @property
    def methods(self) -> tuple[FilingMethod, ...]:
        """The ways of filing; their notes are left out while they wait to be confirmed."""
        methods = self.procedure.methods
        if not self.holds(AskedField.METHODS):
            return methods
        return tuple(replace(method, note="") for method in methods)

    def holds(self, field: AskedField) -> bool:
        """Tell whether the field waits to be confirmed."""
        return is_held(self.desk, self.procedure, field)

    def fee_of(self, method: FilingMethod, *, short: bool = False) -> str:
        """Return the fee of one way of filing in words."""
        if self.holds(AskedField.FEE):
            return self.book.say("held.short")
        set_here = council_fee(self.book, self.desk.profile, self.procedure, method.channel)
        return set_here or fee_text(self.book, self.procedure, method.fee, short=short)

    def time_of(self, method: FilingMethod) -> str:
        """Return the time limit of one way of filing in words."""
        if self.holds(AskedField.TIME):
            return self.book.say("held.short")
        return time_text(self.book, self.procedure, method.time)


def field_blocks(desk: Desk, procedure: Procedure, field: AskedField, *, detail: bool) -> Blocks:
    """Return what the record says to `field`, that it says nothing, or that it waits."""
    if is_held(desk, procedure, field):
        return held_blocks(desk, field)
    return _FIELDS[field](Sheet(desk, procedure, detail))


def _overview(sheet: Sheet) -> Blocks:
    book, procedure = sheet.book, sheet.procedure
    blocks: list[Block] = []
    waits = AskedField.OVERVIEW in sheet.desk.held.of_code(procedure.code)
    if procedure.summary and not waits:
        blocks.append(Paragraph(sentence(shown(procedure, procedure.summary))))
    blocks.append(FactList(book.say("overview.title"), tuple(_facts(sheet))))
    if sheet.detail:
        for field in (AskedField.DOCUMENTS, AskedField.STEPS):
            blocks += field_blocks(sheet.desk, procedure, field, detail=True)
    return tuple(blocks)


def _facts(sheet: Sheet) -> Iterator[str]:
    book, procedure = sheet.book, sheet.procedure
    waiting = book.say("held.short")
    papers = waiting if sheet.holds(AskedField.DOCUMENTS) else papers_count(book, procedure)
    yield f"{book.say('label.documents')}: {papers}"
    fees = [sheet.fee_of(method, short=True) for method in sheet.methods]
    times = [sheet.time_of(method) for method in sheet.methods]
    for label, said in (("label.fee", fees), ("label.time", times)):
        lines = by_channel(book, sheet.methods, said)
        yield from (f"{book.say(label)} khi {inside(line)}" for line in lines)
    place = procedure.where or procedure.agency or level_name(procedure)
    if sheet.holds(AskedField.WHERE):
        yield f"{book.say('label.where')}: {waiting}"
    elif place:
        yield f"{book.say('label.where')}: {shown(procedure, place)}"


def _documents(sheet: Sheet) -> Blocks:
    return papers_of(sheet.desk, sheet.procedure, detail=sheet.detail)


def _fee(sheet: Sheet) -> Blocks:
    book, procedure = sheet.book, sheet.procedure
    if not procedure.methods:
        set_here = council_fee(book, sheet.desk.profile, procedure, None)
        unknown = book.say("unknown.fee", origin=origin_of(procedure))
        return (Paragraph(sentence(set_here) if set_here else unknown),)
    said = [sheet.fee_of(method) for method in procedure.methods]
    return (FactList(book.say("fee.title"), by_channel(book, sheet.methods, said)),)


def _time(sheet: Sheet) -> Blocks:
    book, procedure = sheet.book, sheet.procedure
    if not procedure.methods:
        return (Paragraph(book.say("unknown.time", origin=origin_of(procedure))),)
    said = [sheet.time_of(method) for method in procedure.methods]
    return (FactList(book.say("time.title"), by_channel(book, sheet.methods, said)),)


def _methods(sheet: Sheet) -> Blocks:
    book, procedure = sheet.book, sheet.procedure
    if not procedure.methods:
        return (Paragraph(book.say("unknown.methods", origin=origin_of(procedure))),)
    said = []
    for method in procedure.methods:
        line = book.say(
            "methods.line",
            fee=inside(sheet.fee_of(method, short=True)),
            time=inside(sheet.time_of(method)),
        )
        told = sum(other.channel is method.channel for other in procedure.methods) > 1
        note = "" if told else shown(procedure, method.note)  # it tells the two apart already
        said.append(f"{line}. {note}" if note else line)
    return (FactList(book.say("methods.title"), by_channel(book, procedure.methods, said)),)


def _steps(sheet: Sheet) -> Blocks:
    steps = [step.text for step in sheet.procedure.steps]
    return _list(sheet, "steps.title", "unknown.steps", steps, ordered=True)


def _agency(sheet: Sheet) -> Blocks:
    book, procedure = sheet.book, sheet.procedure
    if not procedure.agency:
        return (Paragraph(_level_only(book, procedure)),)
    agency = shown(procedure, procedure.agency).rstrip(".")
    return (Paragraph(book.say("agency.text", agency=agency)),)


def _where(sheet: Sheet) -> Blocks:
    book, procedure = sheet.book, sheet.procedure
    place = procedure.where or procedure.agency
    if not place:
        return (Paragraph(_level_only(book, procedure)),)
    blocks: list[Block] = [
        Paragraph(sentence(book.say("where.text", place=shown(procedure, place))))
    ]
    names = dict.fromkeys(book.say(CHANNEL_KEYS[method.channel]) for method in procedure.methods)
    if names and not sheet.holds(AskedField.METHODS):
        blocks.append(Paragraph(book.say("where.methods", methods=", ".join(names))))
    return tuple(blocks)


def _level_only(book: Phrasebook, procedure: Procedure) -> str:
    level = level_name(procedure)
    return (
        book.say("agency.level_only", origin=origin_of(procedure), level=level)
        if level
        else book.say("unknown.agency", origin=origin_of(procedure))
    )


def _online(sheet: Sheet) -> Blocks:
    book, procedure = sheet.book, sheet.procedure
    online = [m for m in sheet.methods if m.channel is FilingChannel.ONLINE]
    if not online:
        return (
            Paragraph(
                book.say("unknown.online", origin=origin_of(procedure), name=short_name(procedure))
            ),
        )
    facts = [book.say("online.level", level=online_level(book, procedure))]
    for method in online:
        facts.append(f"{book.say('label.fee')}: {sheet.fee_of(method)}")
        facts.append(f"{book.say('label.time')}: {sheet.time_of(method)}")
        if method.note:
            facts.append(shown(procedure, method.note))
    return (FactList(book.say("online.possible", name=short_name(procedure)), tuple(facts)),)


def online_level(book: Phrasebook, procedure: Procedure) -> str:
    """Return how far it is done online, and which decision says so."""
    if procedure.online_levels:
        return _stated_levels(book, procedure.online_levels)
    if procedure.online_level is None:
        return book.say("online.level_unknown")
    level = book.say(_LEVEL_KEYS[procedure.online_level])
    source = procedure.online_level_source
    return f"{level}, {book.say('source.by', decision=source)}" if source else level


def _stated_levels(book: Phrasebook, stated: Sequence[OnlineStatement]) -> str:
    """Return each level with the decision that states it; provinces may differ."""
    told = "; ".join(
        f"{book.say(_LEVEL_KEYS[one.level])}, {book.say('source.by', decision=one.decision)}"
        for one in stated
    )
    if len(stated) > 1:
        return book.say("online.levels_differ", levels=told)
    return book.say("online.level_local", level=told) if stated[0].local else told


def _conditions(sheet: Sheet) -> Blocks:
    items = sheet.procedure.conditions
    return _list(sheet, "conditions.title", "unknown.conditions", items)


def _legal_basis(sheet: Sheet) -> Blocks:
    items = sheet.procedure.legal_basis
    return _list(sheet, "legal.title", "unknown.legal_basis", items)


def _result(sheet: Sheet) -> Blocks:
    items = sheet.procedure.results
    return _list(sheet, "result.title", "unknown.result", items)


def _forms(sheet: Sheet) -> Blocks:
    items = [
        sheet.book.say("forms.numbered", name=form.name, number=form_number(form.number))
        if form.number
        else form.name
        for form in sheet.procedure.forms
    ]
    links = form_links(sheet.book, sheet.desk.profile, sheet.procedure)
    return (*_list(sheet, "forms.title", "unknown.forms", items), *links)


def _who(sheet: Sheet) -> Blocks:
    return _list(sheet, "who.title", "unknown.who", sheet.procedure.who)


def _list(
    sheet: Sheet, title_key: str, unknown_key: str, items: Sequence[str], *, ordered: bool = False
) -> Blocks:
    if not items:
        return (Paragraph(sheet.book.say(unknown_key, origin=origin_of(sheet.procedure))),)
    count = len(items) if sheet.detail else MAX_SHORT_ITEMS
    kept = tuple(shown(sheet.procedure, item) for item in items[:count])
    blocks: Blocks = (FactList(sheet.book.say(title_key), kept, ordered),)
    if left := len(items[count:]):
        blocks = (*blocks, Paragraph(sheet.book.say("answer.more_items", count=left)))
    return blocks


_FIELDS: Mapping[AskedField, Callable[[Sheet], Blocks]] = {
    AskedField.OVERVIEW: _overview,
    AskedField.DOCUMENTS: _documents,
    AskedField.FEE: _fee,
    AskedField.TIME: _time,
    AskedField.STEPS: _steps,
    AskedField.AGENCY: _agency,
    AskedField.WHERE: _where,
    AskedField.ONLINE: _online,
    AskedField.METHODS: _methods,
    AskedField.CONDITIONS: _conditions,
    AskedField.LEGAL_BASIS: _legal_basis,
    AskedField.RESULT: _result,
    AskedField.FORMS: _forms,
    AskedField.WHO: _who,
}
