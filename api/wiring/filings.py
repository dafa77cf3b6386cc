"""Counts of guided filings, from settings to a table; and the desk that keeps filings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.filing_desk.desk import FilingShelf, SlipDesk
from api.settings import Settings
from api.wiring.build import now, open_database, terminal_library
from api.wiring.dossiers.key import open_factor_key
from bot.deciding.labels import short_name
from bot.filings.ports import FilingTerms
from bot.filings.state import Milestone

if TYPE_CHECKING:
    from api.store.database import Database
    from bot.dossiers.ports import DossierBook
    from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class FilingCounts:
    """How far guided filings of one procedure came."""

    procedure: str
    """Its code."""
    name: str
    """Empty: the library does not know it any more."""
    reached: dict[Milestone, int]
    """All of `Milestone`."""


async def filing_counts(
    settings: Settings, first: date | None, last: date | None, procedure: str
) -> list[FilingCounts]:
    """Return counts by procedure, those guided most first; none where nothing was counted.

    Args:
        settings: which database.
        first: a day in Vietnam, included; None: from the beginning.
        last: likewise; None: up to now.
        procedure: its code; empty: all.

    Raises:
        CannotStart: the database or the library cannot be opened.
        StoreUnavailable: the database cannot be read.
    """
    from api.store.filings.counts import SqlFilingCounts  # noqa: PLC0415 - SQL costs half a second

    if not settings.has_database():
        return []
    async with open_database(settings) as database:
        totals = await SqlFilingCounts(database).totals(first, last, procedure)
    if not totals:
        return []
    library = await terminal_library(settings, (), lambda _line: None)
    counts: dict[str, dict[Milestone, int]] = {}
    for one in totals:
        counts.setdefault(one.procedure, dict.fromkeys(Milestone, 0))[one.milestone] = one.filings
    found = [FilingCounts(code, _name(library, code), reached) for code, reached in counts.items()]
    return sorted(found, key=lambda one: (-one.reached[Milestone.GUIDED], one.procedure))


def filing_desk(
    settings: Settings,
    database: "Database",
    book: "DossierBook",
    terms: Callable[[], FilingTerms],
) -> SlipDesk:
    """Return the desk that keeps slips and reminders.

    Args:
        settings: where the key is.
        database: open, with all tables.
        book: the dossiers.
        terms: `FilingBoard.terms`.

    Raises:
        CannotStart: the key is damaged.
    """
    from api.store.dossiers.tries import SqlTries  # noqa: PLC0415 - as above
    from api.store.filings.guided import SqlGuidedDossiers  # noqa: PLC0415
    from api.store.filings.reminders import SqlReminders  # noqa: PLC0415
    from api.store.filings.slips import SqlSlips  # noqa: PLC0415

    shelf = FilingShelf(
        SqlSlips(database),
        SqlReminders(database),
        SqlGuidedDossiers(database),
        SqlTries(database),
        book,
    )
    return SlipDesk(shelf, open_factor_key(settings), terms, now)


def _name(library: "Library", code: str) -> str:
    procedure = library.get(code)
    return short_name(procedure) if procedure is not None else ""
