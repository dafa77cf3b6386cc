"""What can be decided about dossiers, and the errands that find it out."""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.deciding.dossier_doubts import Doubt
from bot.deciding.dossier_matters import Matter
from bot.dossiers.ports import Found, Remembered, Sample, Terms
from bot.dossiers.status import FactorKind
from knowledge.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is told where nothing is found that the message can mean of a dossier.

    What can be told includes all of this, so that only `dossier_lists.Instead` can hold it.
    """


@dataclass(frozen=True, slots=True)
class LookUpDossier:
    """Errand: look up by code and factor."""

    code: str
    factor: str
    """Four digits; empty where the code alone is enough."""
    about: Matter


@dataclass(frozen=True, slots=True)
class ReopenDossier:
    """Errand: look up again what was proved moments before, or is remembered."""

    code: str
    about: Matter
    brief: bool = False
    """Only what was asked is told: how it stands was told a moment ago."""
    otherwise: Otherwise | None = None
    """Where its state says that the message means something else."""


@dataclass(frozen=True, slots=True)
class ListDossiers:
    """Errand: which dossiers are remembered."""

    about: Matter
    code: str = ""
    """If this one is among them it is reopened; else its factor is asked for."""
    which: "Which | None" = None
    """In words, if that is known."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which of the remembered dossiers is meant."""

    position: int = 0
    """Counted from 1 in the order of the list; 0: not told."""
    but: str = ""
    """Another one than this code."""
    talked: str = ""
    """Of several the citizen chooses, though this one was told last."""
    told_after: float | None = None
    """The one of which something was told since (seconds since 1970), else the only one that is
    followed; if it is neither, `otherwise`."""
    otherwise: Otherwise | None = None
    sure: bool = True
    """A dossier is meant, whatever its state."""


@dataclass(frozen=True, slots=True)
class RememberDossier:
    """Errand: keep that the citizen agreed."""

    code: str
    follow: bool
    seen_at: float = field(default=0.0, compare=False)
    """When she asked for what she saw, in seconds since 1970; 0: nobody knows."""


@dataclass(frozen=True, slots=True)
class ForgetDossier:
    """Errand: tell of changes no more; `entirely`: and remember it no longer."""

    code: str
    """Empty: all of them."""
    entirely: bool
    otherwise: Otherwise | None = None
    """Where none is followed."""


@dataclass(frozen=True, slots=True)
class HandOverDossier:
    """Errand: get a word with which the dossier is opened on another channel."""

    code: str


@dataclass(frozen=True, slots=True)
class RedeemWord:
    """Errand: open the dossier that a word stands for."""

    word: str


Errand = (
    LookUpDossier
    | ReopenDossier
    | ListDossiers
    | RememberDossier
    | ForgetDossier
    | HandOverDossier
    | RedeemWord
)


@dataclass(frozen=True, slots=True)
class AskDossierCode:
    """Ask for the code, with an example and a picture of where it stands."""

    about: Matter
    remembered: tuple[Remembered, ...] = ()
    """Offered as buttons."""
    samples: tuple[Sample, ...] = ()
    again: bool = False
    """It was asked for a moment ago, and none came."""
    lost: bool = False
    """The citizen does not know the code: say where it stands, and who can tell it; `again`: that
    was said a moment ago."""
    why: bool = False
    """Say why it is needed."""
    no_news: bool = False
    """To be told of changes is wanted, and nothing here can: say so."""


@dataclass(frozen=True, slots=True)
class AskFactor:
    """Ask for the four digits that prove whose dossier it is; the code is shown as it was read."""

    code: str
    factors: tuple[FactorKind, ...]
    samples: tuple[Sample, ...] = ()
    again: bool = False
    """What came was no four digits; with a doubt: it was answered a moment ago."""
    doubt: Doubt | None = None
    not_yet: date | None = None
    """The day in the code, where it has not come yet."""


@dataclass(frozen=True, slots=True)
class TellDossier:
    """Tell how a dossier stands, and what to do now."""

    found: Found
    about: Matter
    terms: Terms
    can_follow: bool
    """The channel can tell of changes, or another one can."""
    away: bool = False
    """The source does not answer: this is what was known last."""
    procedure: Procedure | None = None
    """Its record, where we have it."""


@dataclass(frozen=True, slots=True)
class TellBriefly:
    """Answer one question about a dossier of which the rest is known."""

    told: TellDossier


@dataclass(frozen=True, slots=True)
class TellHistory:
    """Tell every step of a dossier."""

    found: Found


@dataclass(frozen=True, slots=True)
class NoDossier:
    """Nothing has this code and this factor; which is wrong is not known here either."""

    code: str
    factors: tuple[FactorKind, ...]
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True)
class DossiersLocked:
    """Too many wrong attempts."""

    until: datetime


@dataclass(frozen=True, slots=True)
class DossierAway:
    """The source does not answer, and nothing is known from before."""


@dataclass(frozen=True, slots=True)
class AskConsent:
    """Ask whether a dossier may be remembered, or changes may be told; say what is kept."""

    code: str
    follow: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """Consent was kept."""

    code: str
    follow: bool


@dataclass(frozen=True, slots=True)
class NotAgreed:
    """Nothing is kept."""

    code: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """No more is told, or nothing is remembered."""

    code: str
    """Empty: of all."""
    entirely: bool
    ended: tuple[Remembered, ...] = ()
    """Those that were followed, or, `entirely`, remembered, and are no longer."""
    kept: tuple[Remembered, ...] = ()
    """Those of `ended` that stay remembered."""
    others: tuple[Remembered, ...] = ()
    """Those that are still followed, or, `entirely`, still remembered."""


@dataclass(frozen=True, slots=True)
class GoOnElsewhere:
    """This channel cannot tell of changes: offer to go on where it can be done."""

    word: str
    telegram_link: str
    zalo: bool
    zalo_link: str = ""


@dataclass(frozen=True, slots=True)
class WordSpent:
    """A word that opens nothing: mistyped, used, or too old."""


@dataclass(frozen=True, slots=True)
class NotInGroups:
    """Others would read it: look-ups are for a private chat."""


DossierDecision = (
    AskDossierCode
    | AskFactor
    | TellDossier
    | TellBriefly
    | TellHistory
    | NoDossier
    | DossiersLocked
    | DossierAway
    | AskConsent
    | Agreed
    | NotAgreed
    | Forgotten
    | GoOnElsewhere
    | WordSpent
    | NotInGroups
)


@dataclass(frozen=True, slots=True)
class OneOfSeveral:
    """A message named several dossiers: the first is dealt with, the others are offered."""

    decision: DossierDecision
    others: tuple[str, ...]
    """Their codes, at least one."""
