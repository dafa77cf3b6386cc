"""What a reply is made of, the same for every channel."""

from dataclasses import dataclass
from enum import StrEnum


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
    """Absolute, or a path of this server ("/phieu/K7Q2MX"), which only the web page can show:
    where its own address is not known, other channels leave the link out."""


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


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing that is at hand or not."""

    text: str
    """What it is, and how many of it: "Giấy chứng sinh: 1 bản chính"."""
    ticked: bool
    value: str
    """Of the button that changes it; comes back in IncomingMessage.choice; ≤ 64 bytes."""
    notes: tuple[str, ...] = ()
    """What belongs to it: "Chỉ khi…", "Chụp rõ bốn góc…"."""
    seen: bool = False
    """An official saw it at the counter."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list whose items can be ticked: by a press, or by typing their numbers, from 1."""

    title: str
    items: tuple[CheckItem, ...]
    """Not empty. A reply holds one checklist at most, and no open question beside it."""


Block = Heading | Paragraph | FactList | Choices | Link | StatusCard | Picture | Checklist
