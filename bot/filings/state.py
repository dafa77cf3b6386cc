"""How far a citizen is with preparing and filing a dossier. No personal data: keys only."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.procedure import FilingChannel


class FilingStage(StrEnum):
    """Where a guided filing stands. The questions before the list are a `bot.dialogue.Form`."""

    LIST = "list"
    """The papers are being collected and ticked."""
    STEPS = "steps"
    """The filing itself is gone through, step by step."""
    FILED = "filed"
    """The citizen said that she has filed; the dossier code may still be asked for."""


class Milestone(StrEnum):
    """What is counted of guided filings, by procedure and day, of nobody in particular."""

    GUIDED = "guided"
    """The citizen got her own list."""
    STEPPED = "stepped"
    """She began to go through the filing itself."""
    FILED = "filed"
    """She said that she has filed."""
    COMPLETED = "completed"
    """The dossier that she named has its result."""


@dataclass(frozen=True, slots=True)
class Filing:
    """A guided filing in progress."""

    code: str
    """The procedure."""
    answers: tuple[tuple[str, str], ...] = ()
    """Keys of the questions of its table, each with the key of the answer; settled."""
    stage: FilingStage = FilingStage.LIST
    way: FilingChannel | None = None
    """How it is to be filed; None: not chosen yet, then online where that is open."""
    ticked: tuple[str, ...] = ()
    """Keys of papers (`bot.guide.filing.paper_key`) that are at hand, sorted. Those of papers that
    an earlier answer asked for stay, should it be given again."""
    step: str = ""
    """Key of the step that is gone through; empty: none was begun."""
    reached: tuple[Milestone, ...] = ()
    """What was counted already."""
    asides: int = 0
    """How many messages were about something else since; 0: its question is open."""
    slip: str = ""
    """The code of the slip that carries it, as shown; empty: it has none."""
    version: int = 0
    """Of the slip, when it was read or written last."""
    filed_at: float = 0.0
    """When she said last that she has filed, in seconds since 1970; 0: she did not."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What an official saw at the counter."""

    seen: tuple[str, ...]
    """Keys of the papers that were there, sorted."""
    at: float
    """Seconds since 1970."""
