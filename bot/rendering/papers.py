"""The papers of a dossier: the short form counts and names them, the long form tells each.

What only some must bring (`Paper.when`) is never counted with what everybody brings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import Block, FactList, Paragraph
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.prose import inside, sentence, shown, trimmed
from bot.rendering.validity import in_force
from bot.rendering.wording import date, form_number, origin_of
from knowledge.procedure import Circumstance, Paper, Procedure, ReplacedPaper

MAX_SHORT_PAPERS = 8
"""So many papers are named in the short form."""

MAX_SHORT_NAME = 110
"""A paper's name longer than this is cut in the short form."""

_CLAUSE = re.compile(r"(?:chỉ|nếu|khi|trừ|không|trường hợp|đối với|dành cho)\b", re.IGNORECASE)

_A_COPY = re.compile(r"bản (?:sao|chụp)\b", re.IGNORECASE)
"""Its name says that it is a copy; the original of a copy would be a puzzle."""

_A_PHOTOGRAPH = re.compile(r"ảnh\b", re.IGNORECASE)

_SAID = re.compile(r"^chỉ xuất trình\.\s*", re.IGNORECASE)
"""What the quantity of a paper says already."""

MAX_NAME = 260
"""In the long form a name may take three lines on a telephone."""


def papers_count(book: Phrasebook, procedure: Procedure) -> str:
    """Return how many papers are wanted, in a few words."""
    common, special = _split(procedure)
    if not common and not special:
        return book.say("papers.none")
    required, conditional = _by_need(common)
    if not required:
        return book.say("papers.count_by_case", cases=len(special) or len(conditional))
    count = book.say("papers.count", count=len(required))
    if special:
        return book.say("papers.count_and_cases", count=count, cases=len(special))
    return book.say("papers.count_and_more", count=count) if conditional else count


def papers_of(desk: Desk, procedure: Procedure, *, detail: bool) -> tuple[Block, ...]:
    """Return the papers: those of everybody, those of each circumstance, those no longer wanted."""
    book = desk.book
    common, special = _split(procedure)
    if not common and not special:
        return (Paragraph(book.say("unknown.documents", origin=origin_of(procedure))),)
    blocks = _long(book, procedure) if detail else _short(book, procedure, common, special)
    return (*blocks, *replaced_papers(desk, procedure))


def _split(procedure: Procedure) -> tuple[tuple[Paper, ...], tuple[Circumstance, ...]]:
    everybody = [one for one in procedure.circumstances if not one.title]
    common = tuple(paper for one in everybody for paper in one.papers)
    special = tuple(one for one in procedure.circumstances if one.title and one.papers)
    if not common and len(special) == 1:
        return special[0].papers, ()
    return common, special


def _by_need(papers: Sequence[Paper]) -> tuple[list[Paper], list[Paper]]:
    required = [paper for paper in papers if not paper.when]
    return required, [paper for paper in papers if paper.when]


def _short(
    book: Phrasebook,
    procedure: Procedure,
    common: tuple[Paper, ...],
    special: tuple[Circumstance, ...],
) -> tuple[Block, ...]:
    required, conditional = _by_need(common)
    key = "papers.short_everybody" if special or conditional else "papers.short"
    title = book.say(key, count=len(required))
    blocks = _cut(book, title, [_brief(book, procedure, paper) for paper in required])
    lines = [_brief(book, procedure, paper) for paper in conditional]
    blocks += _cut(book, book.say("papers.conditional"), lines)
    titles = [_case(book, procedure, one) for one in special]
    return (*blocks, *_cut(book, book.say("papers.by_case", cases=len(special)), titles))


def _cut(book: Phrasebook, title: str, lines: list[str]) -> tuple[Block, ...]:
    if not lines:
        return ()
    blocks: tuple[Block, ...] = (FactList(title, tuple(lines[:MAX_SHORT_PAPERS])),)
    if left := len(lines[MAX_SHORT_PAPERS:]):
        blocks = (*blocks, Paragraph(book.say("answer.more_items", count=left)))
    return blocks


def _case(book: Phrasebook, procedure: Procedure, one: Circumstance) -> str:
    required, conditional = _by_need(one.papers)
    title = trimmed(shown(procedure, one.title), MAX_SHORT_NAME)
    if not required:
        return book.say("papers.case_conditional", title=title, count=len(conditional))
    key = "papers.case_and_more" if conditional else "papers.case"
    return book.say(key, title=title, count=len(required))


def _brief(book: Phrasebook, procedure: Procedure, paper: Paper) -> str:
    name = _name(book, procedure, paper, MAX_SHORT_NAME)
    only_shown = "" if _is_handed_in(paper) else f", {book.say('papers.shown_brief')}"
    when = f" – {_condition(book, trimmed(paper.when, MAX_SHORT_NAME))}" if paper.when else ""
    return f"{name}{only_shown}{when}"


def _name(book: Phrasebook, procedure: Procedure, paper: Paper, limit: int) -> str:
    """Return the name with its form, unless the name says it already."""
    name = trimmed(shown(procedure, paper.name), limit).rstrip(".;")
    form = form_number(paper.form)
    if not form or form.lower() in name.lower():
        return name
    return f"{name} ({book.say('papers.form', form=form)})"


def _condition(book: Phrasebook, when: str) -> str:
    """Return who must bring a paper, as a clause: "nếu nhờ người khác đi làm thay"."""
    clause = inside(when)
    return clause if _CLAUSE.match(clause) else book.say("papers.if", when=clause)


def _is_handed_in(paper: Paper) -> bool:
    return bool(paper.original or paper.copies)


def _long(book: Phrasebook, procedure: Procedure) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for one in sorted(procedure.circumstances, key=lambda one: bool(one.title)):
        required, conditional = _by_need(one.papers)
        lines = [_full(book, procedure, paper) for paper in required]
        more = [_full(book, procedure, paper) for paper in conditional]
        if one.title:
            lines, more = [*lines, *more], []
        (more or lines).extend(shown(procedure, note) for note in one.notes)
        if lines:
            title = shown(procedure, one.title) or book.say("papers.everybody")
            blocks.append(FactList(title, tuple(lines)))
        if more:
            blocks.append(FactList(book.say("papers.conditional"), tuple(more)))
    return tuple(blocks)


def _full(book: Phrasebook, procedure: Procedure, paper: Paper) -> str:
    """Return a paper with everything told of it, its condition included."""
    return open_line(book, procedure, paper, (paper.when,) if paper.when else ())


def open_line(
    book: Phrasebook, procedure: Procedure, paper: Paper, conditions: Sequence[str]
) -> str:
    """Return a paper with what must be true for it to be needed."""
    told = paper_text(book, procedure, paper, conditions)
    line = f"{told.name}: {told.quantity}"
    if told.condition:
        line += f" – {told.condition}"
    return f"{line}. {told.note}" if told.note else line


@dataclass(frozen=True, slots=True)
class PaperText:
    """A paper in words, part by part, for who shows the parts apart."""

    name: str
    """With the number of its form."""
    quantity: str
    """How many originals and copies, or that it is only shown."""
    condition: str
    """As a clause: "nếu nhờ người khác làm thay"; empty: it is needed."""
    note: str
    """A sentence; empty: the record says no more."""


def paper_text(
    book: Phrasebook, procedure: Procedure, paper: Paper, conditions: Sequence[str]
) -> PaperText:
    """Return a paper in words, with what must be true for it to be needed."""
    told = "; ".join(shown(procedure, one) for one in conditions)
    note = shown(procedure, paper.note)
    if not _is_handed_in(paper):
        note = _SAID.sub("", note)
    return PaperText(
        name=_name(book, procedure, paper, MAX_NAME),
        quantity=_quantity(book, paper),
        condition=_condition(book, told) if told else "",
        note=sentence(note),
    )


def _quantity(book: Phrasebook, paper: Paper) -> str:
    if paper.original and not paper.copies and _A_COPY.match(paper.name):
        return book.say("papers.pieces", count=paper.original)
    if paper.original and not paper.copies and _A_PHOTOGRAPH.match(paper.name):
        return book.say("papers.photographs", count=paper.original)
    parts = []
    if paper.original:
        parts.append(book.say("papers.original", count=paper.original))
    if paper.copies:
        parts.append(book.say("papers.copies", count=paper.copies))
    return ", ".join(parts) or book.say("papers.shown_only")


def in_case(book: Phrasebook, procedure: Procedure, one: ReplacedPaper) -> str:
    """Return a replaced paper by name, with the case in which it is replaced."""
    paper = shown(procedure, one.paper)
    if not one.case:
        return paper
    return book.say("papers.replaced_in_case", case=shown(procedure, one.case), paper=paper)


def replaced_papers(desk: Desk, procedure: Procedure) -> tuple[Block, ...]:
    """Return the papers that need no longer be handed in on the day of the desk."""
    lines = tuple(
        desk.book.say(
            "papers.replaced",
            paper=in_case(desk.book, procedure, one),
            database=one.database,
            resolution=one.resolution,
            start=date(one.valid_from),
            end=date(one.valid_to),
        )
        for one in procedure.replaced_papers
        if in_force(one, desk.today)
    )
    return (FactList(desk.book.say("papers.replaced_title"), lines),) if lines else ()
