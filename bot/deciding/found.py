"""Step two of the road: what the library holds for a message, gathered before deciding."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.deciding.decisions import Unread
from bot.deciding.words import is_called, words_named, words_said
from bot.dialogue import Dialogue
from bot.parse import AskedField, Parse
from bot.ports import Library, Match
from knowledge.procedure import Level, Procedure
from knowledge.text import fold

_LEVEL_WORDS = {
    Level.COMMUNE: ("cap xa", "o xa", "o phuong", "ubnd xa", "ubnd phuong"),
    Level.PROVINCE: ("cap tinh", "len tinh", "o tinh", "so tu phap", "cong an tinh"),
    Level.MINISTRY: ("cap bo", "trung uong", "o bo"),
}
_PRESS = re.compile(r"(ask|more):([\w.\-]{1,24})(?::([a-z_,]+))?")
_FIELDS = frozenset(field.value for field in AskedField)
WEAK = 0.5
"""A whole message that finds nothing better tells a story around the name."""

MAX_VALUE_BYTES = 64
"""What Telegram carries in a button."""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button."""

    code: str
    fields: tuple[AskedField, ...]
    """Empty: what the open question was about."""
    detail: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure that fits, standing for its level twins."""

    procedure: Procedure
    score: float
    """0 to 1."""
    twins: tuple[Procedure, ...] = ()
    """The same procedure at other levels, nearest to the citizen first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the library holds for one message."""

    mentions: tuple[tuple[Candidate, ...], ...] = ()
    """For each procedure that the message names, what fits it, best first."""
    topic: Procedure | None = None
    offered: tuple[Procedure, ...] = ()
    """The procedures of the open question, in its order; those still known."""
    typed_code: str = ""
    by_code: tuple[Procedure, ...] = ()
    """What the typed code (or the pressed button) means today."""
    twins: Mapping[str, tuple[Procedure, ...]] = field(default_factory=dict)
    """The other levels of the topic, the offered and the typed procedures."""
    ranked: tuple[str, ...] = ()
    """Codes in the order of the search, at most ten."""


def read_press(value: str) -> Press | Unread:
    """Read the value of a button.

    >>> read_press("ask:1.004222:fee")
    Press(code='1.004222', fields=(<AskedField.FEE: 'fee'>,), detail=False)
    """
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
        _search(library, said, alone=topic is None) if isinstance(said, Parse) else ((), ())
    )
    by_code = tuple(library.resolve(typed)) if typed else ()
    known = (*offered, *by_code, *((topic,) if topic else ()))
    return Found(
        mentions=mentions,
        topic=topic,
        offered=offered,
        typed_code=typed,
        by_code=by_code,
        twins={known_one.code: _others(library, known_one) for known_one in known},
        ranked=ranked,
    )


def _typed_code(said: Parse | Press | Unread) -> str:
    if isinstance(said, Press):
        return said.code
    if isinstance(said, Unread):
        return ""
    return next((entity.text for entity in said.entities if entity.kind == "procedure_code"), "")


def _search(
    library: Library, parse: Parse, *, alone: bool
) -> tuple[tuple[tuple[Candidate, ...], ...], tuple[str, ...]]:
    level = _named_level(parse.text)
    results = _results(library, parse, alone=alone)
    ranked = dict.fromkeys(match.procedure.code for result in results for match in result)
    return tuple(_fold_twins(library, result, level) for result in results), tuple(ranked)[:10]


def _results(library: Library, parse: Parse, *, alone: bool) -> list[Sequence[Match]]:
    """Search for the whole message, or for each of several procedures that it names.

    The whole comes first: the model may mark half a name ("đăng ký kết hôn" of "đăng ký kết hôn
    lưu động") or one name in two pieces. The named parts count where the whole finds little, or
    where it finds one of several that were named. In the middle of a topic (not `alone`) they
    count only in a correction: there the model marks papers and places of the topic too.
    """
    said = words_said(parse)
    whole = library.search(said, limit=10) if said else ()
    if whole and (is_called(whole[0].procedure, said) or not (alone or parse.intent == "correct")):
        return [whole]
    named = [library.search(words, limit=10) for words in words_named(parse)]
    named = [result for result in named if _best_score(result) >= WEAK]
    if _best_score(whole) < WEAK:
        return named or ([whole] if whole else [])
    tops = {result[0].procedure.code for result in named}
    if len(tops) > 1 and whole[0].procedure.code in tops:
        return named
    return [whole]


def _best_score(result: Sequence[Match]) -> float:
    return result[0].score if result else 0.0


def _fold_twins(
    library: Library, matches: Iterable[Match], level: Level | None
) -> tuple[Candidate, ...]:
    candidates: list[Candidate] = []
    seen: set[str] = set()
    for match in matches:
        if match.procedure.code in seen:
            continue
        family = (match.procedure, *_others(library, match.procedure))
        family = tuple(sorted(family, key=_distance))
        nearest = next((twin for twin in family if level in twin.levels), family[0])
        seen.update(twin.code for twin in family)
        others = tuple(twin for twin in family if twin.code != nearest.code)
        candidates.append(Candidate(nearest, match.score, others))
    return tuple(candidates)


def _named_level(text: str) -> Level | None:
    folded = fold(text)
    for level, words in _LEVEL_WORDS.items():
        if any(word in folded for word in words):
            return level
    return None


def _others(library: Library, procedure: Procedure) -> tuple[Procedure, ...]:
    return tuple(twin for twin in library.twins(procedure.code) if twin.code != procedure.code)


def _distance(procedure: Procedure) -> int:
    """Return how far the deciding level is from the citizen."""
    order = tuple(Level)
    return min((order.index(level) for level in procedure.levels), default=len(order))


def _known(library: Library, codes: Iterable[str]) -> tuple[Procedure, ...]:
    return tuple(procedure for code in codes if (procedure := library.get(code)) is not None)
