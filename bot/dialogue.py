"""What a conversation remembers between two messages."""

from dataclasses import dataclass
from enum import StrEnum

from bot.filings.state import Filing
from bot.parse import AskedField
from knowledge.procedure import FilingChannel


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question the bot asked; a number, a word of a label or the button answers it."""

    codes: tuple[str, ...]
    """The procedures offered, in the order shown; "@key" leads to the question of that group."""
    labels: tuple[str, ...]
    """Their labels as shown."""
    asked: tuple[AskedField, ...]
    """What the citizen wanted to know: answered as soon as the procedure is chosen."""
    none_offered: bool = False
    """One more button, "none of them", stands behind the procedures."""
    group: str = ""
    """Key of the siblings whose cases are offered; the last button then says "not sure"."""


@dataclass(frozen=True, slots=True)
class DossierQuestion:
    """The question whether a mistyped dossier code was read rightly; it waits for one message."""

    codes: tuple[str, ...]
    """The readings offered, in the order shown."""
    about: str
    """The intent of the message with the code: what is wanted of the dossier."""


class DossierStage(StrEnum):
    """How far a look-up is."""

    CODE = "code"
    """The code was asked for."""
    FACTOR = "factor"
    """The four digits were asked for that prove whose dossier it is."""
    OPEN = "open"
    """It was proved whose dossier it is, or the citizen agreed before that it is remembered."""
    CONSENT = "consent"
    """… and it was asked whether it may be remembered, or changes may be told."""


@dataclass(frozen=True, slots=True)
class DossierTalk:
    """A look-up in progress, or the dossier that was looked up last. Digits are never kept."""

    stage: DossierStage
    code: str = ""
    """Empty: it is asked for."""
    about: str = "status"
    """What is wanted of it: a `Matter`."""
    follow: bool = False
    """What consent was asked for: to tell of changes; else to remember it."""
    asides: int = 0
    """How many messages were about something else since."""
    since: float = 0.0
    """When it was asked for, or proved, in seconds since 1970."""
    unproved: bool = False
    """It was opened where the code alone was enough: that proves nothing where digits are asked."""


@dataclass(frozen=True, slots=True)
class Form:
    """Questions that lead to the citizen's own list of papers, in progress."""

    code: str
    """The procedure whose papers are wanted."""
    answers: tuple[tuple[str, str], ...] = ()
    """Keys of questions, each with the key of the answer; never what was typed."""
    asides: int = 0
    """How many messages were about something else since; 0: its question is open."""
    way: FilingChannel | None = None
    """How it is to be filed, where the citizen said so before; None: she did not."""
    changing: str = ""
    """The question whose answer is changed in a finished list; empty: it is gone through."""
    explained: str = ""
    """The question that was explained to who was not sure; not sure again, that is her answer."""


@dataclass(frozen=True, slots=True)
class StopQuestion:
    """The question whether a guided filing is to be forgotten; it waits for one message."""

    instead: str = ""
    """Value of the button that began another filing, or opened one; empty: nothing follows."""


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """The question which of several places is meant, or where the citizen lives."""

    keys: tuple[str, ...] = ()
    """`Place.key` of those that bear the name, the ones offered first."""
    named: str = ""
    """`Place.key` of the place named beside a question that was asked back."""
    office: bool = False
    """It was asked in which ward the citizen lives, so that its office can be told."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The buttons beside the last reply's question; typing one does what pressing does."""

    first: int
    """The number of the first, where a channel shows no buttons; an open question's come before."""
    labels: tuple[str, ...]
    values: tuple[str, ...]
    """What each button says when it is pressed."""

    @property
    def last(self) -> int:
        """The greatest number shown."""
        return self.first - 1 + len(self.values)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The state of one conversation; a new conversation is `Dialogue()`."""

    topic: str | None = None
    """Code of the procedure being talked about."""
    asked: tuple[AskedField, ...] = ()
    """The fields asked for last: carried over to "thế còn xoá thường trú?"."""
    open_question: OpenQuestion | None = None
    misses: int = 0
    """How many turns in a row were not understood."""
    dossier: DossierQuestion | None = None
    dossier_talk: DossierTalk | None = None
    form: Form | None = None
    filing: Filing | None = None
    """The guided filing in progress; at most one."""
    stopping: StopQuestion | None = None
    place: PlaceChoice | None = None
    """Waits for one message."""
    menu: Menu | None = None
    erasing: bool = False
    """It was asked whether everything is to be erased; waits for one message."""
    notice: int = 0
    """Which version of the note on what is kept was told; 0: none."""
    answered_at: float = 0.0
    """When the message answered last was sent, in seconds since 1970; 0: not known."""
