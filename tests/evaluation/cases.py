"""What one question of an evaluation is, and what counts as right for it."""

from dataclasses import dataclass, replace
from typing import Final

from knowledge.text import strip_accents, syllables

ACCENTED: Final = "accented"
UNACCENTED: Final = "unaccented"
HALF: Final = "half"
TYPED: Final = "typed"
LONG: Final = "long"
TWO_QUESTIONS: Final = "two_questions"
SYSTEM: Final = "system"
OUT_OF_SCOPE: Final = "out_of_scope"
FOLLOW_UP: Final = "follow_up"
NO_RECORD: Final = "no_record"

SLICES: Final = {
    ACCENTED: "accented",
    UNACCENTED: "unaccented",
    HALF: "half accented",
    TYPED: "typed carelessly",
    LONG: "long",
    TWO_QUESTIONS: "two questions",
    SYSTEM: "system",
    OUT_OF_SCOPE: "out of scope",
    NO_RECORD: "in scope, no record",
    FOLLOW_UP: "follow-up in a dialogue",
    "field_carried": "… field carried over",
    "procedure_carried": "… procedure carried over",
    "both_changed": "… both changed",
    "correction": "… corrected",
    "return": "… back to a procedure",
    "small_talk": "… small talk between",
    "choice": "… chosen from a list",
    "two_procedures": "… two procedures",
    "regional": "… regional words",
    "teencode": "… teencode",
    "telex": "… Telex residues",
    "typo": "… slips",
    "voice": "… dictated",
    "caps": "… in capitals",
    "spaced": "… code with spaces",
    "dashes": "… code with other dashes",
    "slip": "… mistyped code",
}
"""Slices of the table, in its order, and how it shows them; dots: part of another."""

_WAYS: Final = frozenset({ACCENTED, UNACCENTED, HALF})
"""An author who tells one of these has looked; otherwise it is counted."""
_NOISY: Final = frozenset({"teencode", "telex", "typo"})

OUTSIDE_INTENTS: Final = frozenset({"out_of_scope", "other_language", "insult"})
"""What no procedure may ever be answered to."""
PROCEDURE_INTENTS: Final = frozenset({"ask_procedure", "correct"})
"""What is neither outside nor about the service itself."""

_LONG = 25
"""Syllables of a long message."""
_HALF = 0.5
"""Share of syllables with an accent below which some are missing: Vietnamese has three of four."""
_ENOUGH = 5
"""Syllables from which on that share means something."""


@dataclass(frozen=True, slots=True)
class Case:
    """One message, with those before it, and what is right; what is None or empty is not judged."""

    id: str
    source: str
    """The set it belongs to, as the table shows it."""
    turns: tuple[str, ...]
    """The dialogue; the last message is judged."""
    intents: frozenset[str] = frozenset()
    """Any of these is right."""
    asked: tuple[frozenset[str], ...] = ()
    """Any of these sets of fields is right; an empty set: no field is named."""
    codes: frozenset[str] | None = None
    """Any of these procedures is right; empty: none is."""
    several: tuple[frozenset[str], ...] = ()
    """The message names several procedures: one of each set is right."""
    dossier_code: str = ""
    """In its one spelling."""
    nearly: bool = False
    """There is a mistyped dossier code: it must be asked back, not taken."""
    tags: frozenset[str] = frozenset()
    """Slices that its author named."""
    blind: bool = False
    """Only totals may be shown."""

    @property
    def text(self) -> str:
        """The message that is judged."""
        return self.turns[-1]

    @property
    def accepted(self) -> frozenset[str]:
        """Every procedure that is right to begin with."""
        return frozenset().union(*self.several) if self.several else self.codes or frozenset()

    @property
    def no_record(self) -> bool:
        """Tell whether it is a matter for the desk that no record answers."""
        return self.codes == frozenset() and bool(self.intents & PROCEDURE_INTENTS)

    @property
    def outside(self) -> bool:
        """Tell whether the desk has nothing to do with it."""
        if self.accepted or self.no_record:
            return False
        return self.codes is not None or (bool(self.intents) and self.intents <= OUTSIDE_INTENTS)

    @property
    def system(self) -> bool:
        """Tell whether it is about the service itself: dossiers, a human, greetings and so on."""
        return bool(self.intents) and not self.intents & (OUTSIDE_INTENTS | PROCEDURE_INTENTS)

    @property
    def accented(self) -> bool:
        """Tell whether the message has any accent."""
        return strip_accents(self.text) != self.text

    @property
    def slices(self) -> frozenset[str]:
        """Every slice of the table it counts in."""
        told = {
            TYPED: bool(self.tags & _NOISY),
            LONG: len(syllables(self.text)) >= _LONG,
            TWO_QUESTIONS: bool(self.several) or any(len(fields) > 1 for fields in self.asked),
            SYSTEM: self.system,
            OUT_OF_SCOPE: self.outside,
            NO_RECORD: self.no_record,
            FOLLOW_UP: len(self.turns) > 1,
        }
        way = self.tags & _WAYS or {self._way()}
        return self.tags | way | {name for name, holds in told.items() if holds}

    def _way(self) -> str:
        words = syllables(self.text)
        marked = sum(strip_accents(word) != word for word in words)
        if not marked:
            return UNACCENTED
        return HALF if len(words) >= _ENOUGH and marked < _HALF * len(words) else ACCENTED

    def retyped(self, mark: str, turns: tuple[str, ...]) -> "Case":
        """Return the same case with its messages typed in another way."""
        return replace(self, id=f"{self.id}~{mark}", turns=turns)
