"""The papers of a dossier: the short form counts and names them, the long form tells each."""

from bot.messages import Block, FactList, Paragraph
from bot.phrasebook import Phrasebook
from bot.rendering.wording import date, shown, trimmed
from knowledge.procedure import Circumstance, Paper, Procedure

MAX_SHORT_PAPERS = 8
"""So many papers are named in the short form."""

MAX_SHORT_NAME = 110
"""A paper's name longer than this is cut in the short form."""


def papers_count(book: Phrasebook, procedure: Procedure) -> str:
    """Return how many papers are wanted, in a few words."""
    common, special = _split(procedure)
    if not common and not special:
        return book.say("papers.none")
    if not common:
        return book.say("papers.count_by_case", cases=len(special))
    count = book.say("papers.count", count=len(common))
    if special:
        return book.say("papers.count_and_cases", count=count, cases=len(special))
    return count


def papers_of(book: Phrasebook, procedure: Procedure, *, detail: bool) -> tuple[Block, ...]:
    """Return the papers: those of everybody, those of each circumstance, those no longer wanted."""
    common, special = _split(procedure)
    if not common and not special:
        return (Paragraph(book.say("unknown.documents")),)
    blocks = _long(book, procedure) if detail else _short(book, procedure, common, special)
    return (*blocks, *_replaced(book, procedure))


def _split(procedure: Procedure) -> tuple[tuple[Paper, ...], tuple[Circumstance, ...]]:
    everybody = [one for one in procedure.circumstances if not one.title]
    common = tuple(paper for one in everybody for paper in one.papers)
    special = tuple(one for one in procedure.circumstances if one.title and one.papers)
    if not common and len(special) == 1:
        return special[0].papers, ()
    return common, special


def _short(
    book: Phrasebook,
    procedure: Procedure,
    common: tuple[Paper, ...],
    special: tuple[Circumstance, ...],
) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if common:
        names = tuple(_brief(book, paper) for paper in common[:MAX_SHORT_PAPERS])
        key = "papers.short_everybody" if special else "papers.short"
        blocks.append(FactList(book.say(key, count=len(common)), names))
        if len(common) > MAX_SHORT_PAPERS:
            left = len(common) - MAX_SHORT_PAPERS
            blocks.append(Paragraph(book.say("answer.more_items", count=left)))
    if special:
        titles = tuple(
            book.say("papers.case", title=trimmed(one.title, MAX_SHORT_NAME), count=len(one.papers))
            for one in special[:MAX_SHORT_PAPERS]
        )
        blocks.append(FactList(book.say("papers.by_case", cases=len(special)), titles))
        if len(special) > MAX_SHORT_PAPERS:
            left = len(special) - MAX_SHORT_PAPERS
            blocks.append(Paragraph(book.say("answer.more_items", count=left)))
    return tuple(blocks)


def _brief(book: Phrasebook, paper: Paper) -> str:
    name = trimmed(paper.name, MAX_SHORT_NAME).rstrip(".;")
    form = f" ({book.say('papers.form', form=paper.form)})" if paper.form else ""
    when = f" – {trimmed(paper.when, MAX_SHORT_NAME)}" if paper.when else ""
    return f"{name}{form}{when}"


def _long(book: Phrasebook, procedure: Procedure) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for one in procedure.circumstances:
        lines = [_full(book, procedure, paper) for paper in one.papers]
        lines += [shown(procedure, note) for note in one.notes]
        if lines:
            title = shown(procedure, one.title) or book.say("papers.everybody")
            blocks.append(FactList(title, tuple(lines)))
    return tuple(blocks)


def _full(book: Phrasebook, procedure: Procedure, paper: Paper) -> str:
    name = shown(procedure, paper.name).rstrip(".;")
    form = f" ({book.say('papers.form', form=paper.form)})" if paper.form else ""
    extras = [shown(procedure, text) for text in (paper.when, paper.note) if text]
    tail = f". {'. '.join(extras)}" if extras else ""
    return f"{name}{form}: {_quantity(book, paper)}{tail}"


def _quantity(book: Phrasebook, paper: Paper) -> str:
    parts = []
    if paper.original:
        parts.append(book.say("papers.original", count=paper.original))
    if paper.copies:
        parts.append(book.say("papers.copies", count=paper.copies))
    return ", ".join(parts) or book.say("papers.shown_only")


def _replaced(book: Phrasebook, procedure: Procedure) -> tuple[Block, ...]:
    lines = tuple(
        book.say(
            "papers.replaced",
            paper=one.paper,
            database=one.database,
            resolution=one.resolution,
            start=date(one.valid_from),
            end=date(one.valid_to),
        )
        for one in procedure.replaced_papers
    )
    return (FactList(book.say("papers.replaced_title"), lines),) if lines else ()
