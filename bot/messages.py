"""What goes in and out of a conversation, the same for every channel."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from typing_extensions import override

NUMBERED = frozenset({"zalo_bot", "zalo_oa"})
"""Channels where choices are shown with numbers: always, or where there are too many buttons."""

TOLD_LATER = frozenset({"telegram", "zalo_bot", "zalo_oa"})
"""Channels where a person can be written to when something changes; a page is closed by then."""

WITH_GROUPS = frozenset({"telegram"})
"""Channels where the id of a group is negative (core.telegram.org/bots/api, Chat)."""


@dataclass(frozen=True, slots=True)
class ConversationKey:
    """One person on one channel. `user_id` is a string on every channel, never a number."""

    channel: str
    user_id: str

    @property
    def sees_numbers(self) -> bool:
        """Whether a typed number may mean any of the choices shown last."""
        return self.channel in NUMBERED

    @property
    def can_be_told_later(self) -> bool:
        """Whether she can be written to when a dossier changes."""
        return self.channel in TOLD_LATER and not self.is_group

    @property
    def is_group(self) -> bool:
        """Whether several people read along."""
        return self.channel in WITH_GROUPS and self.user_id.startswith("-")


class Gesture(StrEnum):
    """What a citizen does that is neither typed words nor a pressed choice."""

    START = "start"
    """Opens the conversation: /start, follows the account, opens the chat."""
    HELP = "help"
    CANCEL = "cancel"
    DOSSIERS = "dossiers"
    """Wants to know about dossiers: /hoso."""
    ERASE = "erase"
    """Wants her data erased: /xoadulieu; asked back before it is done."""
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    EDITED = "edited"
    """Changed a message that was sent before."""
    UNSUPPORTED = "unsupported"
    """Something that the platform does not pass on."""
    UNKNOWN_COMMAND = "unknown_command"
    """A word behind a slash that is no command here: /abc."""


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message as it arrived: `text` was typed, `choice` was pressed, or `gesture` was made."""

    conversation: ConversationKey
    event_id: str
    """Unique within the channel: the same id is the same message, sent again."""
    sent_at: datetime
    """Aware."""
    text: str = ""
    choice: str = ""
    """The `value` of the pressed Choice; empty: the message was typed."""
    gesture: Gesture | None = None
    address: str = field(default="", repr=False)
    """The block of network addresses it came from; empty: the platform does not tell it."""
    in_group: bool = False
    """Others read along; where the platform's id tells it too, `ConversationKey.is_group` does."""


class OutcomeFamily(StrEnum):
    """What staff pages count by."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    GUIDED = "guided"
    LOOKED_UP = "looked_up"
    HANDED_OVER = "handed_over"
    UNANSWERED = "unanswered"
    REFUSED = "refused"
    SMALL_TALK = "small_talk"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a turn ended; written `family_kind`, e.g. `clarify_which_procedure`."""

    family: OutcomeFamily
    kind: str

    @override
    def __str__(self) -> str:
        """Return family and kind joined, as logs and tables show it."""
        return f"{self.family}_{self.kind}"


WHICH_FAQ = "which_faq"
"""Kind of the question which general question is meant."""

WHICH_DOSSIER = "which_dossier"
"""Kind of the question for a dossier code."""

CONFIRM_CODE = "dossier_code"
"""Kind of the question how a dossier code was read."""

ASKED_FACTOR = "dossier_factor"
"""Kind of the question for the four digits that prove whose a dossier is."""

FOLLOWED = "dossier_followed"
"""Kind of the reply to whoever agreed just now to be told of a dossier."""

ERASED = "erased"
"""Kind of the one reply of which nothing is kept."""

RATED_UP, RATED_DOWN = "rated_up", "rated_down"
"""Kinds of the thanks for a rating."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; no markup of any channel."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of the procedure that the next blocks are about."""

    text: str


@dataclass(frozen=True, slots=True)
class FactList:
    """A titled list. `ordered`: numbered steps."""

    title: str
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `value` comes back in IncomingMessage.choice; ≤ 64 bytes in UTF-8."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Buttons, or a numbered menu where a channel has none."""

    items: tuple[Choice, ...]
    open_question: bool = False
    """A typed number chooses too."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its label."""

    label: str
    url: str


class Tone(StrEnum):
    """What a status means to the citizen; channels that have colours show it by one."""

    WAITING = "waiting"
    """The office is at work, nothing is to be done."""
    ACT = "act"
    """The citizen has to do something."""
    LATE = "late"
    GOOD = "good"
    """The result is there."""
    ENDED = "ended"
    """It goes no further."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and what it is."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class StatusCard:
    """How something stands that takes its time."""

    title: str
    state: str
    """In words; never empty."""
    tone: Tone
    facts: tuple[Fact, ...] = ()
    progress: str = ""
    """How far it has come, in words; empty: not known."""
    day: int | None = None
    """Days used so far, for a bar; None: no bar is shown."""
    of: int | None = None
    """Days there are, more than 0; None with `day`."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One of our own pictures; where none can be shown, `alt` says the same."""

    name: str
    """Without its ending; `api/page/static` holds it as SVG and as PNG."""
    alt: str


Block = Heading | Paragraph | FactList | Choices | Link | StatusCard | Picture


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where an answer's facts come from; every answer ends with one."""

    code: str
    """Of the record; empty: a legal document or a page of the government."""
    name: str
    decision: str
    as_of: str
    url: str
    text: str = ""
    """The whole note in one sentence, as every channel shows it; the link stands apart in `url`."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the citizen gets."""

    blocks: tuple[Block, ...]
    outcome: Outcome
    sources: tuple[SourceNote, ...] = ()
    procedure: str | None = None
    """Code of the procedure the reply is about."""
    candidates: tuple[str, ...] = ()
    """Codes that were considered, best first, at most ten."""
    faq: str = ""
    """Key of the general question that the reply answers; empty: none."""
    afterwards: str = ""
    """What stays of it in the log once it is read; empty: all. Set where it tells of a dossier."""

    @property
    def buttons(self) -> tuple[Choice, ...]:
        """All buttons as they are numbered where a channel shows none: an open question's first."""
        menus = [block for block in self.blocks if isinstance(block, Choices)]
        menus.sort(key=lambda menu: not menu.open_question)
        return tuple(choice for menu in menus for choice in menu.items)


RATABLE = frozenset({OutcomeFamily.ANSWERED, OutcomeFamily.GUIDED, OutcomeFamily.LOOKED_UP})
"""Families of replies that answer."""


def is_ratable(reply: Reply) -> bool:
    """Tell whether 👍 and 👎 belong under the reply: it answers, rather than asks or chats."""
    return reply.outcome.family in RATABLE
