"""What goes in and out of a conversation, the same for every channel."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from typing_extensions import override

from bot.blocks import (
    Block,
    CheckItem,
    Checklist,
    Choice,
    Choices,
    Fact,
    FactList,
    Heading,
    Link,
    Paragraph,
    Picture,
    StatusCard,
    Tone,
)

__all__ = [
    "Block",
    "CheckItem",
    "Checklist",
    "Choice",
    "Choices",
    "Fact",
    "FactList",
    "Heading",
    "Link",
    "Paragraph",
    "Picture",
    "StatusCard",
    "Tone",
]
"""The blocks of a reply, which are imported with it."""

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

CHECKLIST = "checklist"
"""Kind of a list of papers that can be ticked."""

FILING_STEP = "filing_step"
"""Kind of one step of filing."""

ERASED = "erased"
"""Kind of the one reply of which nothing is kept."""

RATED_UP, RATED_DOWN = "rated_up", "rated_down"
"""Kinds of the thanks for a rating."""


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
    in_place: bool = False
    """It shows in a new state what the pressed button belongs to: a channel that can changes that
    message instead of sending another."""
    milestone: str = ""
    """A `bot.filings.state.Milestone` that this turn reaches, counted with it; empty: none."""

    @property
    def buttons(self) -> tuple[Choice, ...]:
        """All buttons as they are numbered where a channel shows none.

        The items of a checklist come first, so that each has the number it is shown with, then
        the choices of an open question, then the others.
        """
        checks = [block for block in self.blocks if isinstance(block, Checklist)]
        menus = [block for block in self.blocks if isinstance(block, Choices)]
        menus.sort(key=lambda menu: not menu.open_question)
        ticks = [Choice(item.text, item.value) for check in checks for item in check.items]
        return (*ticks, *(choice for menu in menus for choice in menu.items))


RATABLE = frozenset({OutcomeFamily.ANSWERED, OutcomeFamily.GUIDED, OutcomeFamily.LOOKED_UP})
"""Families of replies that answer."""


_GONE_THROUGH = frozenset({CHECKLIST, FILING_STEP})
"""Kinds of replies that come again and again on one way: thumbs under each would be in it."""


def is_ratable(reply: Reply) -> bool:
    """Tell whether 👍 and 👎 belong under the reply: it answers, rather than asks or chats."""
    return reply.outcome.family in RATABLE and reply.outcome.kind not in _GONE_THROUGH
