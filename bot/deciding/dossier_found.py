"""What is known beside a message when dossiers are talked of, and what a message says of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.deciding.dossier_values import OpenedWord, PressedDossier
from bot.dossiers.codes import day_of
from bot.dossiers.ports import Terms
from knowledge.procedure import Procedure
from knowledge.work_calendar import VIETNAM


@dataclass(frozen=True, slots=True)
class GivenFactor:
    """The answer to the question for four digits."""

    digits: str = field(repr=False)
    """Empty: what came are no four digits."""
    is_year: bool = False
    """… but a year of birth, which is not asked for."""


DossierSaid = PressedDossier | OpenedWord | GivenFactor
"""What a message says of a dossier without asking the language model."""


RecordOf = Callable[[str], Procedure | None]
"""Returns the record of a procedure's code."""


def no_record(_code: str) -> Procedure | None:
    """Return None: where no library is at hand."""
    return None


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a message about a dossier comes from, and how dossiers can be looked up there."""

    terms: Terms = Terms()  # noqa: RUF009 - frozen
    is_group: bool = False
    """Others read along: nothing is looked up."""
    can_be_told_later: bool = False
    """The channel itself can tell of changes."""
    at: float = 0.0
    """When the message was sent, in seconds since 1970."""
    factor: str = field(default="", repr=False)
    """Four digits that were typed beside a code; the text does not hold them any more."""
    record_of: RecordOf = no_record

    @property
    def can_follow(self) -> bool:
        """Whether changes can be told, here or elsewhere."""
        return self.can_be_told_later or bool(self.terms.telegram_link) or self.terms.zalo

    def not_yet(self, code: str) -> date | None:
        """Return the day in a code where it has not come yet: then the code is mistyped."""
        day, today = day_of(code), datetime.fromtimestamp(self.at, VIETNAM).date()
        return day if self.at and day is not None and day > today else None
