"""What can be decided about a guided filing, and what must be found out or kept for it."""

from dataclasses import dataclass
from datetime import datetime

from bot.deciding.form_decisions import Answered
from bot.filings.ports import FilingTerms, Reminder, Slip
from bot.filings.state import Checked, Filing, Milestone
from bot.guide.filing import FilingView, ListedPaper
from knowledge.faq import Faq
from knowledge.guides import GuideStep, Trouble
from knowledge.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Shown:
    """What every reply about a filing is written with."""

    view: FilingView
    terms: FilingTerms
    checked: Checked | None = None
    """What the counter saw, where the filing has a slip and somebody looked."""
    can_remind: bool = False
    """This channel can write to her of itself."""
    in_place: bool = False
    """A press led here from the same list or step: it may be changed rather than sent anew."""
    milestone: Milestone | None = None
    """Reached with this turn, for the first time."""


@dataclass(frozen=True, slots=True)
class TellList:
    """Tell the citizen's own list: everything at once, each paper to be ticked."""

    shown: Shown
    answers: tuple[Answered, ...]
    """In the order asked."""
    first: bool
    """It is shown for the first time: with conditions, fees and times of every way, the office.
    Else only what is ticked, what is missing, and what comes next."""
    changed: bool = False
    """An answer was changed: say that the list is another now."""
    opened: bool = False
    """It came with a slip's code from elsewhere."""
    again: bool = False
    """What was typed says nothing about it: say how to tick by typing."""
    unsure: bool = False
    """As in `AskCircumstance`."""


@dataclass(frozen=True, slots=True)
class AskWhichAnswer:
    """Ask which answer is to be changed; the answers are shown."""

    shown: Shown
    answers: tuple[Answered, ...]
    """At least one."""


@dataclass(frozen=True, slots=True)
class TellStep:
    """Tell one step of filing."""

    shown: Shown
    step: GuideStep
    number: int
    """From 1."""
    of: int
    unready: bool = False
    """Papers that are needed are not ticked: say so once, and go on all the same."""


@dataclass(frozen=True, slots=True)
class AskTrouble:
    """Ask what is wrong at a step: the usual troubles as buttons."""

    shown: Shown
    step: GuideStep
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class TellTrouble:
    """Answer a trouble, and lead back to the step."""

    shown: Shown
    step: GuideStep
    faq: Faq


@dataclass(frozen=True, slots=True)
class TellSlip:
    """Tell the code of the slip, where it is opened, and how it is printed."""

    shown: Shown
    slip: Slip


@dataclass(frozen=True, slots=True)
class NoSuchSlip:
    """The code opens nothing: mistyped, or expired; which is not told."""


@dataclass(frozen=True, slots=True)
class SlipsLocked:
    """Too many wrong codes."""

    until: datetime


@dataclass(frozen=True, slots=True)
class AskWhen:
    """Ask when to remind."""

    shown: Shown
    reminder: Reminder | None
    """The one that is set already."""
    again: bool = False
    """What was typed is no time to come."""


@dataclass(frozen=True, slots=True)
class WillRemind:
    """Say when the reminder comes, or that none comes any more."""

    shown: Shown
    at: datetime | None
    """None: it was forgotten."""
    cannot: bool = False
    """This channel cannot write of itself: say where it can be had, with the slip."""


@dataclass(frozen=True, slots=True)
class AskIfFiled:
    """Ask after the last step whether it is filed: who only reads on has not filed."""

    shown: Shown


@dataclass(frozen=True, slots=True)
class TellFiled:
    """Say what comes after filing: the code, the alerts, the day of the result."""

    shown: Shown
    can_look_up: bool
    """Dossiers can be looked up here: the code is asked for, and the next message may be one."""


@dataclass(frozen=True, slots=True)
class AskStopFiling:
    """Ask whether the filing is to be forgotten with what was ticked."""

    shown: Shown


@dataclass(frozen=True, slots=True)
class FilingEnded:
    """The filing is forgotten."""

    procedure: Procedure


@dataclass(frozen=True, slots=True)
class PutAside:
    """The citizen goes on another time: say that everything is kept, and how it is found again."""

    procedure: Procedure
    shown: Shown | None = None
    """The filing; None: its questions wait, rather than its list or a step."""


@dataclass(frozen=True, slots=True)
class NotClear:
    """Nobody understands the message while a filing waits: say so, and show the way back."""

    procedure: Procedure
    form: bool = False
    """Its questions wait, rather than its list or a step."""


@dataclass(frozen=True, slots=True)
class TellPaper:
    """Tell what one paper of the list is: everything that is known of it."""

    shown: Shown
    paper: ListedPaper


@dataclass(frozen=True, slots=True)
class CannotGuide:
    """There is nothing to guide with: the record holds neither papers nor a way of filing."""

    procedure: Procedure


FilingDecision = (
    TellList
    | AskWhichAnswer
    | TellStep
    | AskTrouble
    | TellTrouble
    | TellSlip
    | NoSuchSlip
    | SlipsLocked
    | AskWhen
    | WillRemind
    | AskIfFiled
    | TellFiled
    | AskStopFiling
    | FilingEnded
    | PutAside
    | NotClear
    | TellPaper
    | CannotGuide
)


@dataclass(frozen=True, slots=True)
class KeepSlip:
    """Errand: keep a filing on its slip, a new one where it has none; then tell `then`."""

    filing: Filing
    then: FilingDecision | None = None
    """None: tell the slip."""


@dataclass(frozen=True, slots=True)
class OpenSlip:
    """Errand: open the slip of a code."""

    code: str


@dataclass(frozen=True, slots=True)
class SetReminder:
    """Errand: remind of a filing; `at` None: forget the reminder."""

    filing: Filing
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ListReminders:
    """Errand: see whether a reminder is set, before asking when."""

    filing: Filing
    again: bool = False
    """As in `AskWhen`."""


@dataclass(frozen=True, slots=True)
class EndFiling:
    """Errand: let go of the slip and the reminder of a filing that is forgotten."""

    filing: Filing


@dataclass(frozen=True, slots=True)
class NoteFiled:
    """The guided filing became this dossier, which was looked up just now."""

    procedure: str
    dossier: str


@dataclass(frozen=True, slots=True)
class FileClosed:
    """Errand: she has filed; forget the reminder, keep it on its slip, then tell `then`."""

    filing: Filing
    then: TellFiled


FilingErrand = KeepSlip | OpenSlip | SetReminder | ListReminders | EndFiling | FileClosed
"""What stands before a reply; `NoteFiled` stands beside the look-up of a dossier."""
