"""Where an office is, when it works, how it is reached; or that this is not known."""

from dataclasses import replace

from bot.deciding.decisions import Missing, Say
from bot.deciding.labels import short_name
from bot.deciding.place_decisions import AskWard, OfficeUnknown, TellHotline, TellOffice
from bot.messages import Block, Outcome, OutcomeFamily, Paragraph, Reply, SourceNote
from bot.rendering.desk import Desk
from bot.rendering.office_facts import office_blocks, office_sources
from bot.rendering.places import former_blocks, office_text, place_sources
from bot.rendering.prose import sentence, shown
from bot.rendering.sources import portal_link
from bot.rendering.talk import render_say

OfficeDecision = TellOffice | TellHotline | AskWard | OfficeUnknown


def render_offices(desk: Desk, decision: OfficeDecision) -> Reply:
    """Return the reply to a decision about offices."""
    match decision:
        case TellOffice():
            return _render_office(desk, decision)
        case TellHotline():
            return _render_hotline(desk, decision)
        case AskWard():
            blocks = office_blocks(desk, decision)
            return Reply(blocks, Outcome(OutcomeFamily.CLARIFY, "which_ward"))
        case OfficeUnknown():
            return _render_unknown(desk, decision)


def _render_office(desk: Desk, decision: TellOffice) -> Reply:
    book, topic = desk.book, decision.procedure
    if not decision.offices:
        return _render_none(desk, decision)
    blocks: tuple[Block, ...] = office_blocks(desk, decision)
    if topic is not None:
        blocks = (*blocks, Paragraph(book.say("talk.go_on", name=short_name(topic))))
    sources = office_sources(book, decision)
    outcome = Outcome(OutcomeFamily.ANSWERED, "office")
    return Reply(blocks, outcome, sources, topic.code if topic else None)


def _render_none(desk: Desk, decision: TellOffice) -> Reply:
    """Return that the profile has no office of the place, and where its address is found."""
    book, named = desk.book, decision.named
    blocks: list[Block] = []
    if named is None:
        blocks.append(Paragraph(book.say("office.none")))
    elif len(named.places) > 1:
        blocks.append(Paragraph(book.say("office.none_there", place=f"“{named.said}”")))
    else:
        place = named.places[0]
        now = ", ".join(one.name for one in place.now)
        blocks += [*former_blocks(book, place), Paragraph(book.say("office.none_there", place=now))]
    outcome = Outcome(OutcomeFamily.UNANSWERED, "office")
    return Reply((*blocks, portal_link(book)), outcome, place_sources(book, named))


def _render_hotline(desk: Desk, decision: TellHotline) -> Reply:
    book, profile, topic = desk.book, desk.profile, decision.procedure
    blocks: list[Block] = []
    if profile.sample:
        blocks.append(Paragraph(book.say("office.sample")))
    blocks.append(Paragraph(book.say("office.hotline", number=profile.hotline)))
    if topic is not None:
        blocks.append(Paragraph(book.say("talk.go_on", name=short_name(topic))))
    source = profile.hotline_source
    text = book.say("office.hotline_source", source=source)
    sources = (SourceNote("", source, "", "", "", text),) if source else ()
    outcome = Outcome(OutcomeFamily.ANSWERED, "office")
    return Reply(tuple(blocks), outcome, sources, topic.code if topic else None)


def _render_unknown(desk: Desk, decision: OfficeUnknown) -> Reply:
    """Return that no address is known, and the kind of office as far as record and place tell."""
    book, topic, named = desk.book, decision.procedure, decision.named
    reply = render_say(desk, Say(Missing.OFFICE_HOURS, topic))
    more: list[Block] = []
    if named is not None and len(named.places) == 1:
        more += former_blocks(book, named.places[0])
    if topic is not None and (place := topic.where or topic.agency):
        more.append(Paragraph(sentence(book.say("where.text", place=shown(topic, place)))))
        if named is not None and len(named.places) == 1:
            text = office_text(book, topic, named.places[0])
            more += [Paragraph(text)] if text else []
    blocks = (reply.blocks[0], *more, *reply.blocks[1:])
    return replace(reply, blocks=blocks, sources=place_sources(book, named))
