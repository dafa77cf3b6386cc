"""What a place is today, what it was, and which office of it serves."""

import re
from collections.abc import Sequence
from typing import Final

from bot.deciding.labels import short_name
from bot.deciding.place_decisions import AskPlace, Data, NamedPlace, TellPlace
from bot.deciding.places import place_label, place_value
from bot.messages import (
    Block,
    Choice,
    Choices,
    FactList,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
    SourceNote,
)
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.wording import date
from knowledge.places import Kind, Place, place_key
from knowledge.procedure import Procedure
from knowledge.text import syllables

REFORM: Final = "2025-07-01"
"""From this day on there are 34 provinces and no districts (resolution below; law 72/2025/QH15)."""
PROVINCES_BY: Final = "202/2025/QH15"
"""Resolution of the National Assembly on the provinces."""
TWO_LEVELS_BY: Final = "72/2025/QH15"
"""Law on the organisation of local government: provinces, and communes and wards."""

MOST_LISTED: Final = 40
"""More wards came out of no district."""

_COMMUNE_OFFICE: Final = re.compile(
    r"(?P<head>công an|ủy ban nhân dân|uỷ ban nhân dân|ban chỉ huy quân sự"
    r"|trung tâm phục vụ hành chính công) (?:cấp )?xã\b(?! nào| khác)",
    re.IGNORECASE,
)
_PROVINCE_OFFICE: Final = re.compile(
    r"(?P<head>công an|ủy ban nhân dân|uỷ ban nhân dân) (?:cấp )?tỉnh\b(?! nào| khác)"
    r"|(?P<department>sở (?:tư pháp|tài chính|xây dựng|nội vụ|y tế|công thương))\b",
    re.IGNORECASE,
)


_PROVINCE_KINDS: Final = frozenset({"", "tinh", "thanhpho", "tp"})
_ANY: Final = re.compile(r"\b(?:xã|tỉnh|nơi) nào\b|\b(?:xã|tỉnh) bất kỳ\b", re.IGNORECASE)
"""Of those who may file anywhere, no office is named."""


def render_places(desk: Desk, decision: TellPlace | AskPlace) -> Reply:
    """Return the reply to a decision about places."""
    if isinstance(decision, AskPlace):
        return render_ask_place(desk.book, decision)
    return render_place(desk, decision)


def render_place(desk: Desk, decision: TellPlace) -> Reply:
    """Return what became of a former place, or what a place of today was; with its sources."""
    book, place = desk.book, decision.place
    blocks: list[Block] = []
    if place.kind is Kind.FORMER_DISTRICT:
        blocks.append(Paragraph(book.say("place.no_districts", day=date(REFORM))))
    if place.kind is Kind.FORMER_PROVINCE:
        blocks += _merged(book, place, decision.before)
    else:
        blocks += _today(book, place) if place.exists else _became(book, place)
    if place.exists:
        blocks += _before(book, decision)
    if place.kind is Kind.FORMER_DISTRICT:
        blocks.append(Paragraph(book.say("place.who_does_it")))
    if decision.topic is not None:
        blocks.append(Paragraph(book.say("talk.go_on", name=short_name(decision.topic))))
    sources = _sources(book, place, decision.data)
    return Reply(tuple(blocks), Outcome(OutcomeFamily.ANSWERED, "place"), sources)


def _today(book: Phrasebook, place: Place) -> list[Block]:
    if place.parent is None:
        return []
    text = book.say("place.lies_in", place=place.name, province=place.parent.name)
    return [Paragraph(text)]


def _before(book: Phrasebook, decision: TellPlace) -> list[Block]:
    place, before = decision.place, decision.before
    if [one.name for one in before] == [place.name]:
        return [Paragraph(_unchanged(book, decision))]
    title = book.say(
        "place.made_of" if place.kind is Kind.PROVINCE else "place.made_of_parts",
        place=place.name,
        day=date(REFORM),
    )
    names = tuple(place_label(one).removesuffix(" (cũ)") for one in before[:MOST_LISTED])
    return [FactList(title, names)] if names else []


def _unchanged(book: Phrasebook, decision: TellPlace) -> str:
    """Return that a place was not merged; "Thừa Thiên Huế" is no longer called so all the same."""
    place, said = decision.place, decision.said
    if place.kind is not Kind.PROVINCE:
        return book.say("place.same_ward", place=place.name)
    own = place_key(syllables(place.short_name))
    typed = place_key(syllables(said))
    if not said or (typed.endswith(own) and typed.removesuffix(own) in _PROVINCE_KINDS):
        return book.say("place.unchanged", place=place.name)
    return book.say("place.now_called", place=place.name, said=said)


def _became(book: Phrasebook, place: Place) -> list[Block]:
    """Return what a former place is today: all that it was split into."""
    said = place_label(place)
    if place.kind is Kind.FORMER_PROVINCE:
        return _merged(book, place, ())
    if len(place.now) == 1:
        key = "place.still" if place.now[0].name == place.name else "place.became"
        now = place.now[0]
        return [Paragraph(book.say(key, place=said, now=now.name, province=_province(now)))]
    names = tuple(f"{one.name}, {_province(one)}" for one in place.now[:MOST_LISTED])
    blocks: list[Block] = [FactList(book.say("place.split", place=said), names)]
    if place.kind is Kind.FORMER_WARD:
        blocks.append(Paragraph(book.say("place.which_part")))
    return blocks


def _merged(book: Phrasebook, place: Place, before: Sequence[Place]) -> list[Block]:
    """Return into which province a former one went, and with which others."""
    new, day = place.now[0].name, date(REFORM)
    others = ", ".join(one.name for one in before if one is not place)
    if not others:
        return [Paragraph(book.say("place.merged", place=place.name, province=new, day=day))]
    text = book.say("place.merged_with", place=place.name, others=others, province=new, day=day)
    return [Paragraph(text)]


def _province(ward: Place) -> str:
    return ward.parent.name if ward.parent else ward.name


def _sources(book: Phrasebook, place: Place, data: Data) -> tuple[SourceNote, ...]:
    """Return the resolution for provinces, the law for districts, the data for wards."""
    if place.kind <= Kind.FORMER_PROVINCE:
        return (_law(book, PROVINCES_BY, "place.source_provinces"),)
    text = book.say("place.source_data", date=date(data.as_of))
    names = SourceNote("", data.source, "", data.as_of, "", text)
    if place.kind is Kind.FORMER_DISTRICT:
        return (_law(book, TWO_LEVELS_BY, "place.source_districts"), names)
    return (names,)


def place_sources(book: Phrasebook, named: NamedPlace | None) -> tuple[SourceNote, ...]:
    """Return where that is from which `former_blocks` says; nothing where it says nothing."""
    if named is None or named.data is None or len(named.places) > 1 or named.places[0].exists:
        return ()
    return _sources(book, named.places[0], named.data)


def _law(book: Phrasebook, number: str, key: str) -> SourceNote:
    return SourceNote("", number, number, "", "", book.say(key, number=number))


def render_ask_place(book: Phrasebook, decision: AskPlace) -> Reply:
    """Return the question which of several places of one name is meant, one button each."""
    count = decision.count
    shown = len(decision.places)
    key = "place.which" if count <= shown else "place.which_of_many"
    text = book.say(key, name=decision.said, count=count)
    if not decision.said:
        text = book.say("place.which_again", count=count)
    items = tuple(
        Choice(label, place_value(place))
        for label, place in zip(decision.labels, decision.places, strict=True)
    )
    blocks = (Paragraph(text), Choices(items, open_question=True))
    return Reply(blocks, Outcome(OutcomeFamily.CLARIFY, "which_place"))


def place_blocks(desk: Desk, procedure: Procedure, named: NamedPlace) -> tuple[Block, ...]:
    """Return which office of the place serves, in the terms of the record; never guessed."""
    book, places = desk.book, named.places
    if len(places) > 1:
        text = book.say("place.several", name=named.said, count=len(places))
        return (Paragraph(text),)
    place = places[0]
    text = office_text(book, procedure, place)
    blocks = former_blocks(book, place)
    return (*blocks, Paragraph(text)) if text else blocks


def former_blocks(book: Phrasebook, place: Place) -> tuple[Block, ...]:
    """Return what became of a former place; nothing of one that exists."""
    if place.exists:
        return ()
    none = Paragraph(book.say("place.no_districts", day=date(REFORM)))
    blocks: list[Block] = [none] if place.kind is Kind.FORMER_DISTRICT else []
    return (*blocks, *_became(book, place))


def office_text(book: Phrasebook, procedure: Procedure, place: Place) -> str:
    """Return which office of a place serves; empty: the record does not say so of such a place."""
    texts = (procedure.where, procedure.agency)
    if any(_ANY.search(text) for text in texts):
        return ""
    commune, province = _first(_COMMUNE_OFFICE, texts), _first(_PROVINCE_OFFICE, texts)
    wards = [one for one in place.now if one.kind is Kind.WARD]
    if commune and len(wards) == 1:
        return book.say("place.office", place=wards[0].name, office=f"{commune} {wards[0].name}")
    if commune and wards:
        return book.say("place.office_of_your_ward", office=commune)
    if province and not commune:
        new = place.provinces[0].name
        return book.say("place.office", place=new, office=f"{province} {new}")
    return book.say("place.office_of_your_ward", office=commune) if commune else ""


def _first(pattern: re.Pattern[str], texts: Sequence[str]) -> str:
    found = (match for text in texts if (match := pattern.search(text)))
    match = next(found, None)
    if match is None:
        return ""
    head = next(part for part in match.groups() if part)
    return head[:1].upper() + head[1:]
