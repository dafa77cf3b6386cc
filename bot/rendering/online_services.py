"""Which services are filed online: how many, which ones many need, where the list is."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from bot.deciding.found import press_value
from bot.deciding.labels import labels_of
from bot.deciding.service_decisions import ServicesAsked, TellOnlineServices
from bot.deciding.service_found import services_value
from bot.messages import (
    Block,
    Choice,
    Choices,
    FactList,
    Link,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
    SourceNote,
)
from bot.parse import AskedField
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.wording import date
from knowledge.online_services import Stated
from knowledge.procedure import Level

PAGE: Final = "/dich-vu"
"""The public list on our own server."""

MOST_ORIGINS: Final = 2
"""Further ones publish a handful of records."""

MAX_LABEL_CHARACTERS: Final = 60

_GROUPS: Final = {
    Stated.FULL: "services.full",
    Stated.PARTIAL: "services.partial",
    Stated.DIFFERS: "services.differs",
    Stated.UNSTATED: "services.unstated",
    Stated.NOT_NAMED: "services.not_named",
    Stated.UNKNOWN: "services.unknown",
}
_LEVELS: Final = {
    Level.COMMUNE: "services.level_commune",
    Level.PROVINCE: "services.level_province",
    Level.MINISTRY: "services.level_ministry",
    Level.OTHER: "services.level_other",
}
_POPULAR: Final = {
    None: "services.popular",
    Stated.FULL: "services.popular_full",
    Stated.PARTIAL: "services.popular_partial",
}


def render_services(desk: Desk, decision: TellOnlineServices) -> Reply:
    """Return counts, what toàn trình means, what to choose from, and the link to the list."""
    book = desk.book
    blocks: list[Block] = []
    if decision.old_word:
        blocks.append(Paragraph(book.say("online.old_word")))
    blocks.append(Paragraph(_opening(book, decision)))
    if decision.counts.total:
        blocks.append(FactList(book.say("services.groups"), tuple(_groups(book, decision))))
        blocks.append(Paragraph(book.say("services.meaning")))
    blocks += _buttons(book, decision)
    blocks.append(Link(book.say("services.page"), desk.site + page_address(decision.asked)))
    return Reply(
        tuple(blocks),
        Outcome(OutcomeFamily.GUIDED, "online_services"),
        sources=_sources(book, decision),
        candidates=tuple(one.code for one in decision.popular),
    )


def page_address(asked: ServicesAsked) -> str:
    """Return the path of the page that lists what is asked for.

    >>> page_address(ServicesAsked("ho-tich", Level.COMMUNE, Stated.FULL))
    '/dich-vu?linh-vuc=ho-tich&cap=commune&muc=full'
    """
    stated = asked.stated.value if asked.stated else "online"
    level = asked.level.value if asked.level else ""
    given = (("linh-vuc", asked.field), ("cap", level), ("muc", stated))
    return f"{PAGE}?{urlencode([pair for pair in given if pair[1]])}"


def _opening(book: Phrasebook, decision: TellOnlineServices) -> str:
    if decision.said:
        return book.say("services.unknown_field", said=decision.said)
    if decision.offered:
        return book.say("services.which_field")
    if not decision.counts.total:
        return book.say("services.none")
    return _counted(book, decision)


def _counted(book: Phrasebook, decision: TellOnlineServices) -> str:
    field, level = decision.field, decision.asked.level
    counted = {"total": number(decision.counts.total), "online": number(decision.counts.online)}
    name = book.say(_LEVELS[level]) if level else ""
    if field and level:
        return book.say("services.of_field_and_level", field=field.name, level=name, **counted)
    if field:
        return book.say("services.of_field", field=field.name, **counted)
    if level:
        return book.say("services.of_level", level=name[:1].upper() + name[1:], **counted)
    return book.say("services.all", **counted)


def _groups(book: Phrasebook, decision: TellOnlineServices) -> Iterator[str]:
    """Yield a line for each group that has any, and always how many are known to be toàn trình."""
    for group, key in _GROUPS.items():
        count = decision.counts.groups[group]
        if count or group is Stated.FULL:
            yield book.say(key, count=number(count))


def _buttons(book: Phrasebook, decision: TellOnlineServices) -> Iterator[Block]:
    if decision.popular:
        yield Paragraph(book.say(_POPULAR[decision.asked.stated]))
        values = (press_value(one.code, (AskedField.ONLINE,)) for one in decision.popular)
        yield Choices(tuple(map(Choice, labels_of(decision.popular), values)))
    if decision.offered:
        yield Choices(tuple(_fields(book, decision)))


def _fields(book: Phrasebook, decision: TellOnlineServices) -> Iterator[Choice]:
    for field, count in decision.offered:
        name = field.name
        if len(name) > MAX_LABEL_CHARACTERS:
            name = name[: MAX_LABEL_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(" ,;(") + "…"
        asked = ServicesAsked(field.key, decision.asked.level, decision.asked.stated)
        label = book.say("services.field_count", field=name, count=number(count))
        yield Choice(label, services_value(asked))


def _sources(book: Phrasebook, decision: TellOnlineServices) -> tuple[SourceNote, ...]:
    dated = [(origin, as_of) for origin, as_of in decision.origins if origin and as_of]
    if not dated:
        return ()
    told = "; ".join(
        book.say("services.origin", origin=origin, date=date(as_of))
        for origin, as_of in dated[:MOST_ORIGINS]
    )
    text = book.say("services.source", origins=told)
    return (SourceNote("", book.say("services.name"), "", dated[0][1], "", text),)


def number(count: int) -> str:
    """Return a count as it is written in Vietnam.

    >>> number(2838)
    '2.838'
    """
    return f"{count:,}".replace(",", ".")
