"""What can be decided about places and offices."""

from dataclasses import dataclass

from bot.deciding.filing_days import FilingDay
from knowledge.places import Place
from knowledge.procedure import Procedure
from knowledge.province import Office


@dataclass(frozen=True, slots=True)
class Data:
    """Where the names of communes and wards are from."""

    source: str
    as_of: str
    """ISO."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that a citizen names beside what she asks."""

    places: tuple[Place, ...]
    """All that it may be; never empty."""
    said: str
    """As she typed it."""
    data: Data | None = None
    """Where it is known from what became of it."""


@dataclass(frozen=True, slots=True)
class TellPlace:
    """Tell what a place is today, or what it was."""

    place: Place
    before: tuple[Place, ...]
    """The former places that became part of it, or of what a former province is today."""
    data: Data
    topic: Procedure | None = None
    said: str = ""
    """The name as typed; empty: chosen from a list."""


@dataclass(frozen=True, slots=True)
class AskPlace:
    """Several places bear the name: ask which is meant."""

    places: tuple[Place, ...]
    """Those offered as buttons."""
    labels: tuple[str, ...]
    count: int
    """How many bear the name."""
    said: str = ""
    """The name as typed; empty: asked again."""


@dataclass(frozen=True, slots=True)
class TellOffice:
    """Tell where an office is, when it works and how it is reached."""

    offices: tuple[Office, ...]
    """One or more; empty: the profile has none that fits."""
    named: NamedPlace | None = None
    procedure: Procedure | None = None
    """Whose dossiers are taken in; None: none in particular."""
    day: FilingDay | None = None
    """The day that is asked for."""


@dataclass(frozen=True, slots=True)
class AskWard:
    """Several offices fit: ask where the citizen lives."""

    count: int
    procedure: Procedure | None = None


@dataclass(frozen=True, slots=True)
class TellHotline:
    """Tell the number that the province answers."""

    procedure: Procedure | None = None
    """The open topic, which the citizen may go on with."""


@dataclass(frozen=True, slots=True)
class OfficeUnknown:
    """No profile tells offices: say which kind it is, and that its address is not known."""

    named: NamedPlace | None = None
    procedure: Procedure | None = None
    """The open topic, which the citizen may go on with."""


PlaceDecision = TellPlace | AskPlace | TellOffice | TellHotline | AskWard | OfficeUnknown
