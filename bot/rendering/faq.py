"""Answers to general questions, each with where it comes from."""

from collections.abc import Iterator

from bot.deciding.faq_decisions import AnswerFaq, AskFaq
from bot.deciding.faq_found import faq_value
from bot.deciding.found import press_value
from bot.deciding.labels import labels_of, short_name
from bot.messages import (
    WHICH_FAQ,
    Block,
    Choice,
    Choices,
    FactList,
    Heading,
    Link,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
    SourceNote,
)
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.held import HELD
from bot.rendering.sources import portal_link, source_of
from bot.rendering.wording import date
from knowledge.faq import Faq, FaqSource

ANSWERED = Outcome(OutcomeFamily.ANSWERED, "faq")
ELSEWHERE = Outcome(OutcomeFamily.UNANSWERED, "elsewhere")
"""No record here answers the matter; the entry says so, and who handles it."""

NO_RECORD = "chua-co"
"""The folder of such entries."""

MOST_BUTTONS = 5


def render_general(desk: Desk, decision: AnswerFaq | AskFaq) -> Reply:
    """Return the reply to a decision about a general question."""
    if isinstance(decision, AnswerFaq):
        return render_faq(desk, decision)
    return render_ask_faq(desk.book, decision)


def render_faq(desk: Desk, decision: AnswerFaq) -> Reply:
    """Return the answer, what it leads to, and its sources."""
    book, faq = desk.book, decision.faq
    waits = desk.held.holds_entry(faq.key)
    blocks = _waiting(desk, faq) if waits else _told(desk, faq)
    if decision.topic is not None:
        blocks.append(Paragraph(book.say("talk.go_on", name=short_name(decision.topic))))
    if buttons := tuple(_leading_on(decision))[:MOST_BUTTONS]:
        blocks.append(Choices(buttons))
    return Reply(
        tuple(blocks),
        HELD if waits else _outcome(faq),
        sources=_sources(desk, decision),
        candidates=tuple(one.code for one in decision.procedures),
        faq=faq.key,
    )


def _told(desk: Desk, faq: Faq) -> list[Block]:
    blocks: list[Block] = []
    if faq.has_ended(desk.today):
        blocks.append(Paragraph(desk.book.say("faq.ended", date=date(faq.valid_to))))
    blocks += [Paragraph(text) for text in faq.answer]
    if faq.steps:
        blocks.append(FactList(desk.book.say("faq.steps"), faq.steps, ordered=True))
    return blocks + [Link(link.label, link.url) for link in faq.links]


def _waiting(desk: Desk, faq: Faq) -> list[Block]:
    """Return what is said while a value that the answer takes from a record is not confirmed."""
    blocks: list[Block] = [Heading(faq.label), Paragraph(desk.book.say("faq.held"))]
    return [*blocks, portal_link(desk.book), *(Link(link.label, link.url) for link in faq.links)]


def _outcome(faq: Faq) -> Outcome:
    return ELSEWHERE if faq.topic == NO_RECORD else ANSWERED


def render_ask_faq(book: Phrasebook, question: AskFaq) -> Reply:
    """Return the question which matter is meant, one button each."""
    values = (
        *map(faq_value, question.faqs),
        *(press_value(one.code, question.fields) for one in question.procedures),
    )
    items = tuple(map(Choice, question.labels, values))
    text = book.say("faq.which")
    blocks = (Paragraph(text), Choices(items, open_question=True))
    codes = tuple(one.code for one in question.procedures)
    return Reply(blocks, Outcome(OutcomeFamily.CLARIFY, WHICH_FAQ), candidates=codes)


def faq_choices(faqs: tuple[Faq, ...]) -> tuple[Choice, ...]:
    """Return a button for each entry."""
    return tuple(Choice(faq.label, faq_value(faq)) for faq in faqs)


def _leading_on(decision: AnswerFaq) -> Iterator[Choice]:
    """Yield buttons: procedures first, since that is what is to be done."""
    labels = labels_of(decision.procedures)
    for label, procedure in zip(labels, decision.procedures, strict=True):
        yield Choice(label, press_value(procedure.code, ()))
    yield from faq_choices(decision.related)


def _sources(desk: Desk, decision: AnswerFaq) -> tuple[SourceNote, ...]:
    known = {procedure.code: procedure for procedure in decision.records}
    return tuple(
        source_of(desk, known[source.code]) if source.code in known else _note(desk, source)
        for source in decision.faq.sources
    )


def _note(desk: Desk, source: FaqSource) -> SourceNote:
    """Return the note of a document or a page; of a record that is not at hand, its code."""
    book = desk.book
    if source.code:
        text = book.say("faq.source_record", code=source.code)
        return SourceNote(source.code, source.code, "", "", "", text)
    named = ", ".join(part for part in (source.document, source.title, source.article) if part)
    text = book.say("faq.source", named=named, month=date(source.read))
    url = source.page
    return SourceNote("", source.title, source.document, source.read, url, text)
