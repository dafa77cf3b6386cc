"""What can be decided about the procedures that are filed online."""

from dataclasses import dataclass

from knowledge.online_services import Counts, Stated
from knowledge.procedure import Level, Procedure
from knowledge.service_fields import ServiceField


@dataclass(frozen=True, slots=True)
class ServicesAsked:
    """Which services somebody wants to see; nothing set: all that can be filed online."""

    field: str = ""
    """Key of a `ServiceField`."""
    level: Level | None = None
    stated: Stated | None = None
    """FULL or PARTIAL, where toàn trình or một phần is asked for."""


@dataclass(frozen=True, slots=True)
class TellOnlineServices:
    """Tell how many procedures are filed online, which ones, and where the whole list is."""

    asked: ServicesAsked
    field: ServiceField | None
    """None: all fields."""
    counts: Counts
    """Of the field and the level."""
    popular: tuple[Procedure, ...]
    """What many need by our judgement, at most MOST_SHOWN; offered as buttons."""
    offered: tuple[tuple[ServiceField, int], ...] = ()
    """Fields to choose from, and how many of their procedures are filed online."""
    said: str = ""
    """The words in which a field was looked for in vain; empty: none was."""
    old_word: bool = False
    """She said "mức độ 4", now "toàn trình"."""
    origins: tuple[tuple[str, str], ...] = ()
    """Who published the records, and the dates of the data; the most frequent first."""
