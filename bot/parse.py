"""What a message means."""

from dataclasses import dataclass
from enum import StrEnum


class AskedField(StrEnum):
    """What a citizen can ask of a procedure; several may stand in one message."""

    OVERVIEW = "overview"
    DOCUMENTS = "documents"
    FEE = "fee"
    TIME = "time"
    STEPS = "steps"
    AGENCY = "agency"
    WHERE = "where"
    ONLINE = "online"
    METHODS = "methods"
    CONDITIONS = "conditions"
    LEGAL_BASIS = "legal_basis"
    RESULT = "result"
    FORMS = "forms"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class Entity:
    """A span of the message. `start` and `end` are offsets into `Parse.text`."""

    kind: str
    """asked (the field stands in `value`), procedure, place, procedure_code, dossier_code (its one
    spelling stands in `value`) or nearly_dossier_code (its readings do, with blanks between)."""
    start: int
    end: int
    text: str
    value: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Parse:
    """The meaning of one message as the language model reads it."""

    text: str
    """The text that was read: as typed, but keys and slips in the form in which they were meant.
    Offsets of entities point into it; the citizen never sees it."""
    intent: str
    confidence: float
    """0 to 1."""
    entities: tuple[Entity, ...] = ()
    asked: tuple[AskedField, ...] = ()
    """In the order of the message, without repetition; empty: the message names no field."""
    intents: tuple[tuple[str, float], ...] = ()
    """The ranking, best first."""
    typed: str = ""
    """The text as typed (NFC, control characters removed): what is quoted and linked."""
