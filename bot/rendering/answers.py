"""Answers about a procedure. Each ends with its source."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.deciding.apart import TELLS_THE_FEE
from bot.deciding.decisions import Answer, GuideOnline
from bot.deciding.filing_values import FilingAct, filing_value
from bot.deciding.form_found import form_value
from bot.deciding.found import group_value, press_value
from bot.deciding.labels import labels_of, level_name, short_name
from bot.messages import (
    Block,
    Choice,
    Choices,
    Heading,
    Link,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.parse import AskedField
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.due_dates import due_blocks
from bot.rendering.fields import field_blocks
from bot.rendering.held import HELD, all_held, held_links, is_held
from bot.rendering.office_facts import office_blocks, office_sources
from bot.rendering.places import place_blocks, place_sources
from bot.rendering.sources import address_of, source_of
from bot.rendering.validity import age_notes, warnings
from knowledge.procedure import Procedure

MAX_BUTTONS = 6
"""Without the one that leads to the siblings."""

TWO = 2
"""So many answers are announced by their number."""

_NEXT = {
    AskedField.DOCUMENTS: "button.documents",
    AskedField.FEE: "button.fee",
    AskedField.TIME: "button.time",
    AskedField.WHERE: "button.where",
    AskedField.STEPS: "button.steps",
}
"""What citizens go on to ask, in this order."""

_HAS_DETAIL = frozenset({AskedField.OVERVIEW, AskedField.DOCUMENTS, AskedField.STEPS})


def render_answer(desk: Desk, answer: Answer) -> Reply:
    """Return the answer: warnings first, the facts, what can be asked next, the source."""
    book, procedure = desk.book, answer.procedure
    blocks: list[Block] = [*_opening(desk, answer)]
    for field in answer.fields:
        blocks += field_blocks(desk, procedure, field, detail=answer.detail)
    blocks += _of_the_citizen(desk, answer)
    blocks += held_links(desk, procedure, answer.fields)
    blocks += _closing(desk, procedure, answer.twins)
    if answer.instead:
        blocks.append(Paragraph(book.say("answer.instead")))
    if is_held(desk, procedure, AskedField.DOCUMENTS):
        answer = replace(answer, form=False)
    buttons = [*_instead_buttons(answer), *_next_buttons(desk, answer)][:MAX_BUTTONS]
    if answer.group:
        value = group_value(answer.group, answer.fields)
        buttons.append(Choice(book.say("button.other_case"), value))
    blocks.append(Choices(tuple(buttons)))
    kind = "related" if answer.related else _kind(answer.fields)
    reply = _reply(desk, procedure, blocks, kind)
    told = office_sources(book, answer.office)
    placed = place_sources(book, answer.place)
    reply = replace(reply, sources=(*reply.sources, *placed, *told))
    return replace(reply, outcome=HELD) if all_held(desk, procedure, answer.fields) else reply


def _of_the_citizen(desk: Desk, answer: Answer) -> Iterator[Block]:
    """Yield what follows from where she lives and when she files."""
    procedure = answer.procedure
    if answer.place is not None:
        yield from place_blocks(desk, procedure, answer.place)
    if answer.office is not None:
        yield from office_blocks(desk, answer.office)
    if answer.filed is not None and not is_held(desk, procedure, AskedField.TIME):
        yield from due_blocks(desk, procedure, answer.filed)


def render_several(desk: Desk, answers: Sequence[Answer]) -> Reply:
    """Return the answers about several procedures, each under its name, each with its source."""
    book = desk.book
    counted = "answer.both" if len(answers) == TWO else "answer.each"
    blocks: list[Block] = [Paragraph(book.say(counted))] if len(answers) > 1 else []
    for answer in answers:
        blocks += _opening(desk, answer)
        for field in answer.fields:
            blocks += field_blocks(desk, answer.procedure, field, detail=answer.detail)
        blocks += held_links(desk, answer.procedure, answer.fields)
    blocks += age_notes(desk, *(answer.procedure for answer in answers))
    if not all(answer.procedure.ours for answer in answers):
        blocks.append(Paragraph(book.say("answer.official_wording")))
    labels = labels_of([answer.procedure for answer in answers])
    buttons = (
        Choice(label, press_value(answer.procedure.code, ()))
        for label, answer in zip(labels, answers, strict=True)
    )
    blocks.append(Choices(tuple(buttons)))
    sources = tuple(source_of(desk, answer.procedure) for answer in answers)
    fields = dict.fromkeys(field for answer in answers for field in answer.fields)
    waits = all(all_held(desk, one.procedure, one.fields) for one in answers)
    outcome = HELD if waits else Outcome(OutcomeFamily.ANSWERED, _kind(tuple(fields)))
    codes = tuple(answer.procedure.code for answer in answers)
    return Reply(tuple(blocks), outcome, sources, codes[0], codes)


def _kind(fields: Sequence[AskedField]) -> str:
    return str(fields[0]) if len(fields) == 1 else "several"


def render_guide(desk: Desk, guide: GuideOnline) -> Reply:
    """Return how to file online, from the record alone."""
    book, procedure = desk.book, guide.procedure
    blocks: list[Block] = [Heading(short_name(procedure))]
    if guide.old_word:
        blocks.append(Paragraph(book.say("online.old_word")))
    blocks += warnings(desk, procedure)
    blocks += field_blocks(desk, procedure, AskedField.ONLINE, detail=False)
    blocks += held_links(desk, procedure, (AskedField.ONLINE,))
    blocks.append(Paragraph(book.say("online.how")))
    blocks.append(Link(book.say("link.file_online"), address_of(procedure)))
    blocks += _closing(desk, procedure, guide.twins)
    fields = (AskedField.DOCUMENTS, AskedField.FEE, AskedField.STEPS)
    buttons = [_button(book, procedure, field) for field in fields]
    if guide.file:
        begin = filing_value(procedure.code, FilingAct.ONLINE)
        buttons.insert(0, Choice(book.say("filing_button.prepare"), begin))
    blocks.append(Choices(tuple(buttons)))
    reply = _reply(desk, procedure, blocks, "online_filing")
    outcome = Outcome(OutcomeFamily.GUIDED, "online_filing")
    return Reply(reply.blocks, outcome, reply.sources, reply.procedure)


def _reply(desk: Desk, procedure: Procedure, blocks: Sequence[Block], kind: str) -> Reply:
    return Reply(
        blocks=tuple(blocks),
        outcome=Outcome(OutcomeFamily.ANSWERED, kind),
        sources=(source_of(desk, procedure),),
        procedure=procedure.code,
    )


def _opening(desk: Desk, answer: Answer) -> list[Block]:
    book, procedure = desk.book, answer.procedure
    name = short_name(procedure)
    blocks: list[Block] = [Heading(_with_level(name, procedure) if answer.twins else name)]
    if answer.typed_code:
        blocks.append(Paragraph(_other_code(book, answer.typed_code, procedure)))
    if answer.old_word:
        blocks.append(Paragraph(book.say("online.old_word")))
    if answer.related:
        blocks.append(Paragraph(book.say("answer.related")))
    if answer.penalty:
        blocks.append(Paragraph(book.say("answer.penalty")))
    if answer.benefit:
        blocks.append(Paragraph(book.say("answer.benefit")))
    if answer.benefit and not TELLS_THE_FEE.isdisjoint(answer.fields):
        blocks.append(Paragraph(book.say("answer.benefit_fee")))
    return blocks + warnings(desk, procedure)


def _other_code(book: Phrasebook, typed: str, procedure: Procedure) -> str:
    if typed in procedure.changed_to:
        return book.say("answer.newer_code", new=typed, old=procedure.code)
    return book.say("answer.former_code", old=typed, new=procedure.code)


def _closing(desk: Desk, procedure: Procedure, twins: tuple[Procedure, ...]) -> list[Block]:
    book = desk.book
    blocks: list[Block] = age_notes(desk, procedure)
    if not procedure.ours:
        blocks.append(Paragraph(book.say("answer.official_wording")))
    if twins:
        labels = labels_of(twins)
        elsewhere = any(set(twin.levels) != set(procedure.levels) for twin in twins)
        key = "answer.twins" if elsewhere else "answer.variants"
        blocks.append(Paragraph(book.say(key)))
        items = tuple(
            Choice(_with_level(label, twin), press_value(twin.code, ()))
            for label, twin in zip(labels, twins, strict=True)
        )
        blocks.append(Choices(items, open_question=True))
    return blocks


def _with_level(label: str, twin: Procedure) -> str:
    # Our own labels of such procedures say the level themselves: "Cấp lại thẻ căn cước (xã)".
    level = level_name(twin)
    return label if not level or label.endswith(")") else f"{label} ({level})"


def _instead_buttons(answer: Answer) -> list[Choice]:
    labels = labels_of(answer.instead)
    pairs = zip(labels, answer.instead, strict=True)
    return [Choice(label, press_value(one.code, ())) for label, one in pairs]


def _next_buttons(desk: Desk, answer: Answer) -> list[Choice]:
    book, procedure = desk.book, answer.procedure
    buttons: list[Choice] = []
    if answer.form and not is_held(desk, procedure, AskedField.DOCUMENTS):
        buttons.append(Choice(book.say("button.my_documents"), form_value(procedure.code)))
    if answer.file:
        buttons.append(Choice(book.say("filing_button.start"), filing_value(procedure.code)))
    if not answer.detail and _HAS_DETAIL & set(answer.fields):
        value = press_value(procedure.code, answer.fields, detail=True)
        buttons.append(Choice(book.say("button.detail"), value))
    return [*buttons, *next_buttons(book, procedure, answer.fields)]


def next_buttons(
    book: Phrasebook, procedure: Procedure, told: Sequence[AskedField] = ()
) -> tuple[Choice, ...]:
    """Return a button for each field that citizens go on to ask and that was not told yet."""
    return tuple(_button(book, procedure, field) for field in _NEXT if field not in told)


def _button(book: Phrasebook, procedure: Procedure, field: AskedField) -> Choice:
    return Choice(book.say(_NEXT[field]), press_value(procedure.code, (field,)))
