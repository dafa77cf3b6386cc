"""What the doctor finds: one line each, with what to do."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Mark(StrEnum):
    """How it is."""

    WELL = "ok"
    OFF = "off"
    """Not used, and that is all right."""
    LOOK = "warning"
    """Works, and should be looked at."""
    WRONG = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    mark: Mark
    area: str
    """E.g. `Telegram`."""
    told: str
    """What is; never a secret."""
    remedy: str = ""
    """What to do about it."""


Look = Callable[[], Awaitable[Sequence[Finding]]]
"""Looks at one area."""

Clock = Callable[[], datetime]
"""This machine's."""


@dataclass(frozen=True, slots=True)
class Area:
    """Makes the findings of one area."""

    name: str

    def well(self, told: str) -> Finding:
        """Return that this is as it should be."""
        return Finding(Mark.WELL, self.name, told)

    def off(self, told: str) -> Finding:
        """Return that this is not used."""
        return Finding(Mark.OFF, self.name, told)

    def look(self, told: str, remedy: str) -> Finding:
        """Return that this should be looked at."""
        return Finding(Mark.LOOK, self.name, told, remedy)

    def wrong(self, told: str, remedy: str = "") -> Finding:
        """Return that this is wrong."""
        return Finding(Mark.WRONG, self.name, told, remedy)
