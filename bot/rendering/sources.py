"""Where an answer comes from, and where to read on."""

from urllib.parse import quote

from bot.deciding.labels import short_name
from bot.messages import Link, SourceNote
from bot.phrasebook import Phrasebook
from bot.rendering.wording import date
from knowledge.procedure import Procedure

PORTAL_SEARCH = "https://dichvucong.gov.vn/tim-kiem-thu-tuc-hanh-chinh?keyword="
"""The search of the National Public Service Portal."""

PORTAL_HOME = "https://dichvucong.gov.vn"

MAX_KEYWORD_CHARACTERS = 150
"""More is of no use to the portal's search, and long addresses break in messages."""


def search_link(book: Phrasebook, words: str = "") -> Link:
    """Return the link to the portal's search for `words`; without words to the portal itself."""
    if not words:
        return Link(book.say("link.portal"), PORTAL_HOME)
    return Link(book.say("link.search"), search_address(words))


def address_of(procedure: Procedure) -> str:
    """Return the procedure's page on the portal, or the portal's search for its name."""
    return procedure.url or search_address(procedure.name)


def search_address(words: str) -> str:
    """Return the address of the portal's search for `words`."""
    return f"{PORTAL_SEARCH}{quote(words[:MAX_KEYWORD_CHARACTERS], safe='')}"


def source_of(book: Phrasebook, procedure: Procedure) -> SourceNote:
    """Return code, decision, date of the data and link of the record."""
    source = procedure.source
    decision = (
        book.say("source.decision", decision=source.decision)
        if source.decision
        else book.say("source.no_decision")
    )
    as_of = book.say("source.as_of", date=date(source.as_of)) if source.as_of else ""
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
