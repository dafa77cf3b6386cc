"""Where an answer comes from, and where to read on."""

from urllib.parse import quote

from bot.deciding.labels import short_name
from bot.messages import Link, SourceNote
from bot.phrasebook import Phrasebook
from bot.ports import NationalProfile
from bot.rendering.desk import Desk
from bot.rendering.wording import date
from knowledge.procedure import Procedure

PORTAL_SEARCH = NationalProfile().portal_search
"""The search of the National Public Service Portal."""

PORTAL_HOME = "https://dichvucong.gov.vn"

MAX_KEYWORD_CHARACTERS = 150
"""More is of no use to the portal's search, and long addresses break in messages."""

_AS_OF = ("source.as_of_year", "source.as_of", "source.as_of_day")
"""By the number of hyphens in an ISO date: some sources tell the year of their data only."""


def portal_link(book: Phrasebook) -> Link:
    """Return the link to the portal itself."""
    return Link(book.say("link.portal"), PORTAL_HOME)


def search_link(desk: Desk, words: str) -> Link:
    """Return the link to the search for `words` that the profile names."""
    return Link(desk.book.say("link.search"), search_address(words, desk.profile.portal_search))


def address_of(procedure: Procedure) -> str:
    """Return the procedure's page on the portal, or the portal's search for its name."""
    return procedure.url or search_address(procedure.name)


def search_address(words: str, search: str = PORTAL_SEARCH) -> str:
    """Return the address of the search for `words`."""
    return f"{search}{quote(words[:MAX_KEYWORD_CHARACTERS], safe='')}"


def source_of(desk: Desk, procedure: Procedure) -> SourceNote:
    """Return code, decision, date of the data and link of the record."""
    book, source = desk.book, procedure.source
    decision = (
        book.say("source.decision", decision=source.decision)
        if source.decision
        else book.say("source.no_decision")
    )
    exact = _AS_OF[source.as_of.count("-")]
    as_of = book.say(exact, date=date(source.as_of)) if source.as_of else book.say("source.no_date")
    parts = [part for part in (decision, source.origin, as_of) if part]
    text = book.say(
        "source.text", code=procedure.code, name=short_name(procedure), parts=", ".join(parts)
    )
    return SourceNote(
        code=procedure.code,
        name=procedure.name,
        decision=source.decision,
        as_of=source.as_of,
        url=address_of(procedure),
        text=text,
    )
