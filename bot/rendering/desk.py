"""What every reply is written with: the sentences, the province's profile and the day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.deciding.place_found import GazetteerOf, no_gazetteer
from bot.held import NOTHING_HELD, Held
from bot.phrasebook import Phrasebook
from bot.ports import Profile
from knowledge.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Desk:
    """The same for every decision of one turn; pure, so that a day can be set in tests."""

    book: Phrasebook
    profile: Profile
    today: date
    """The day in Vietnam on which the message is answered."""
    calendar: Callable[[], WorkCalendar]
    """The working days; reading them takes half a second, so only when somebody asks."""
    held: Held = NOTHING_HELD
    """What waits to be confirmed and is not answered."""
    gazetteer: GazetteerOf = no_gazetteer
    """All places; reading them takes a third of a second, so only when one may be meant."""
    kept_days: int | None = None
    """Days after the last message until a conversation is erased; None: nothing outlives it."""
    dossier_days: int | None = None
    """Days after the last news of a dossier until it is erased, with those who follow it."""
    site: str = ""
    """The address of this server, without a slash at its end; empty: it is not known, and links to
    it are paths, which only the web page shows."""
