"""Step two of the road: what the library holds for a message, gathered before deciding."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.deciding.candidates import Mentions, others, search
from bot.deciding.decisions import Unread
from bot.dialogue import Dialogue
from bot.parse import AskedField, Parse
from bot.ports import Library
from knowledge.procedure import Procedure

_PRESS = re.compile(r"(ask|more):([\w.\-]{1,24})(?::([a-z_,]+))?")
_FIELDS = frozenset(field.value for field in AskedField)
NONE_VALUE = "none"
"""The value of the button "none of them"."""

MAX_VALUE_BYTES = 64
"""What Telegram carries in a button."""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button."""

    code: str
    """Empty: none of the procedures offered."""
    fields: tuple[AskedField, ...]
    """Empty: what the open question was about."""
    detail: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What the library holds for one message."""

    mentions: Mentions = ()
    """For each procedure that the message names, what fits it, best first."""
    topic: Procedure | None = None
    offered: tuple[Procedure, ...] = ()
    """The procedures of the open question, in its order; those still known."""
    typed_code: str = ""
    by_code: tuple[Procedure, ...] = ()
    """What the typed code (or the pressed button) means today, or what it replaced."""
    twins: Mapping[str, tuple[Procedure, ...]] = field(default_factory=dict)
    """The other levels of the topic, the offered and the typed procedures."""
    ranked: tuple[str, ...] = ()
    """Codes in the order of the search, at most ten."""


def read_press(value: str) -> Press | Unread:
    """Read the value of a button.

    >>> read_press("ask:1.004222:fee")
    Press(code='1.004222', fields=(<AskedField.FEE: 'fee'>,), detail=False)
    """
    if value == NONE_VALUE:
        return Press("", (), detail=False)
    match = _PRESS.fullmatch(value)
    if match is None:
        return Unread.BROKEN_BUTTON
    names = match[3].split(",") if match[3] else []
    if any(name not in _FIELDS for name in names):
        return Unread.BROKEN_BUTTON
    return Press(match[2], tuple(AskedField(name) for name in names), match[1] == "more")


def press_value(code: str, fields: Sequence[AskedField], *, detail: bool = False) -> str:
    """Return the value of a button that asks `fields` of the procedure `code`.

    As many fields as fit into MAX_VALUE_BYTES, in their order.
    """
    value = f"{'more' if detail else 'ask'}:{code}"
    for position, name in enumerate(fields):
        longer = f"{value}{',' if position else ':'}{name}"
        if len(longer.encode()) > MAX_VALUE_BYTES:
            break
        value = longer
    return value


def look_up(library: Library, dialogue: Dialogue, said: Parse | Press | Unread) -> Found:
    """Gather everything the library holds for this message and this conversation."""
    offered = _known(library, dialogue.open_question.codes if dialogue.open_question else ())
    topic = library.get(dialogue.topic) if dialogue.topic else None
    typed = _typed_code(said)
    mentions, ranked = (
        search(library, said, alone=topic is None) if isinstance(said, Parse) else ((), ())
    )
    by_code = tuple(library.resolve(typed) or library.predecessors(typed)) if typed else ()
    known = (*offered, *by_code, *((topic,) if topic else ()))
    return Found(
        mentions=mentions,
        topic=topic,
        offered=offered,
        typed_code=typed,
        by_code=by_code,
        twins={known_one.code: others(library, known_one) for known_one in known},
        ranked=ranked,
    )


def _typed_code(said: Parse | Press | Unread) -> str:
    if isinstance(said, Press):
        return said.code
    if isinstance(said, Unread):
        return ""
    return next((entity.text for entity in said.entities if entity.kind == "procedure_code"), "")


def _known(library: Library, codes: Iterable[str]) -> tuple[Procedure, ...]:
    return tuple(procedure for code in codes if (procedure := library.get(code)) is not None)
