"""A slip as it is shown at the counter: in the words of the record, as the citizen reads them."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from api.filing_desk.ports import CounterSlip
from bot.blocks import Block, FactList, Paragraph
from bot.deciding.labels import short_name
from bot.filings.state import Checked
from bot.guide.filing import FilingView, view_of
from bot.parse import AskedField
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.filing.replaced import replaced_beside, replaced_notes
from bot.rendering.held import held_blocks, is_held
from bot.rendering.papers import paper_text
from bot.rendering.prose import shown
from bot.rendering.validity import warnings
from knowledge.library import Library
from knowledge.procedure import FilingChannel
from knowledge.work_calendar import VIETNAM

_MARK_CHARACTERS: Final = 16
_WAYS: Final = {
    FilingChannel.ONLINE: "Nộp trực tuyến",
    FilingChannel.COUNTER: "Nộp tại quầy",
    FilingChannel.POST: "Gửi qua bưu chính",
}


@dataclass(frozen=True, slots=True)
class CounterPaper:
    """A paper of the list."""

    key: str
    name: str
    """With the number of its form."""
    quantity: str
    condition: str
    """Who needs it; empty: this citizen does."""
    note: str
    has: bool
    """The citizen says that she has it."""
    seen: bool
    """An official saw it before."""


@dataclass(frozen=True, slots=True)
class ShownSlip:
    """What an official sees."""

    code: str
    procedure: str
    """Its code."""
    name: str
    """Of the procedure, as people call it."""
    official: str
    """Its official name; empty: the same."""
    way: str
    """How the citizen means to file; empty: the record names no way."""
    expires: str
    """The last day on which the code opens the slip: "22/12/2026"."""
    warnings: tuple[str, ...]
    """Not in force, replaced, held: before everything else."""
    seen_at: str
    """When an official looked last: "9:30 ngày 22/11/2026"; empty: nobody did."""
    papers: tuple[CounterPaper, ...]
    """Those first that are surely needed."""
    parts: tuple[FactList, ...]
    """What was answered, what need not be handed in, what else is to be known."""
    told: int
    """How many people can be written to about it."""
    telling: int
    """How many of them are told now, if it was just saved."""

    @property
    def needed(self) -> tuple[CounterPaper, ...]:
        """Papers that are surely needed."""
        return tuple(one for one in self.papers if not one.condition)

    @property
    def may_need(self) -> tuple[CounterPaper, ...]:
        """Papers that are needed if something holds."""
        return tuple(one for one in self.papers if one.condition)

    @property
    def missing(self) -> tuple[CounterPaper, ...]:
        """Papers that are needed and were not seen."""
        return tuple(one for one in self.needed if not one.seen)

    @property
    def mark(self) -> str:
        """Another one where other papers are in the list."""
        listed = "".join(f"{one.key}{'?' if one.condition else ' '}" for one in self.papers)
        return hashlib.sha256(listed.encode()).hexdigest()[:_MARK_CHARACTERS]


def shown_slip(desk: Desk, library: Library, found: CounterSlip) -> ShownSlip | None:
    """Return a slip as it is shown; None: its procedure is not in the library any more."""
    filing = found.slip.filing
    procedure = library.get(filing.code)
    if procedure is None:
        return None
    view = view_of(procedure, library.table(filing.code), library.guide(filing.code), filing)
    waits = is_held(desk, procedure, AskedField.DOCUMENTS)
    name = short_name(procedure)
    return ShownSlip(
        code=filing.slip,
        procedure=procedure.code,
        name=name,
        official=procedure.name if procedure.name != name else "",
        way=_WAYS[view.way] if view.way else "",
        expires=f"{_local(found.slip.expires_at):%d/%m/%Y}",
        warnings=tuple(_warnings(desk, view, waits=waits)),
        seen_at=_seen_at(found.slip.checked),
        papers=() if waits else tuple(_papers(desk, view, found.slip.checked)),
        parts=tuple(part for part in _parts(desk, view) if part.items),
        told=found.told,
        telling=found.telling,
    )


def _papers(desk: Desk, view: FilingView, checked: Checked | None) -> Iterator[CounterPaper]:
    seen = frozenset(checked.seen if checked else ())
    for one in view.listed:
        told = paper_text(desk.book, view.procedure, one.paper, one.conditions)
        yield CounterPaper(
            key=one.key,
            name=told.name,
            quantity=_begun(told.quantity),
            condition=_begun(told.condition),
            note=" ".join(filter(None, (told.note, *replaced_notes(desk, view, one)))),
            has=one.ticked,
            seen=one.key in seen,
        )


def _warnings(desk: Desk, view: FilingView, *, waits: bool) -> Iterator[str]:
    yield from _texts(warnings(desk, view.procedure))
    if waits:
        yield from _texts(held_blocks(desk, AskedField.DOCUMENTS))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    return (block.text for block in blocks if isinstance(block, Paragraph))


def _parts(desk: Desk, view: FilingView) -> Iterator[FactList]:
    procedure = view.procedure
    yield FactList("Người dân đã trả lời", tuple(_answers(desk.book, view)))
    for replaced in replaced_beside(desk, view):
        yield FactList("Giấy tờ không phải nộp nữa", replaced.items)
    notes = tuple(shown(procedure, one) for one in view.papers.notes)
    yield FactList("Lưu ý trong hồ sơ thủ tục", notes)


def _answers(book: Phrasebook, view: FilingView) -> Iterator[str]:
    """Yield what the list depends on, so that a mistake is found at the counter."""
    given = dict(view.filing.answers)
    for question in view.table.questions if view.table else ():
        if question.key not in given:
            continue
        option = next((one for one in question.options if one.key == given[question.key]), None)
        about = f" “{shown(view.procedure, question.about)}”" if question.about else ""
        label = (option.told or option.label) if option else book.say("button.unsure")
        yield f"{question.text}{about} {shown(view.procedure, label)}"


def _begun(clause: str) -> str:
    return clause[:1].upper() + clause[1:]


def _seen_at(checked: Checked | None) -> str:
    return f"{_local(checked.at):%-H:%M ngày %d/%m/%Y}" if checked else ""


def _local(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone(VIETNAM)
