"""What can be decided about what a citizen does, rather than asks."""

from dataclasses import dataclass

from bot.messages import Gesture
from knowledge.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Received:
    """Tell what becomes of a photo, a sticker, an opened chat and the like."""

    gesture: Gesture
    waiting: bool = False
    """A question is open and stays so."""


@dataclass(frozen=True, slots=True)
class AskErasure:
    """Ask once whether everything about the citizen is to be erased."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase everything about the citizen, this turn included."""


@dataclass(frozen=True, slots=True)
class KeepData:
    """Nothing is erased after all."""

    topic: Procedure | None = None
    """What can be gone on with."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Keep what the citizen thinks of an answer."""

    up: bool
    turn: int | None
    """Number of the turn that holds the answer; None: the last one that can be rated."""
    topic: Procedure | None = None
    """What can be looked at otherwise."""


ActDecision = Received | AskErasure | Erase | KeepData | Rate
