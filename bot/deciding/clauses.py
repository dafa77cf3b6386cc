"""The clauses of a message that asks about several things, each with its own asking words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.deciding.words import says_something, telling_words
from bot.parse import AskedField, Entity, Parse
from knowledge.procedure import Procedure
from knowledge.text import fold

MOST = 4
"""Clauses that are searched for; more name no more procedures, they tell a story."""

_WITH = r"(?:với|voi)(?! (?:lại )?(?:người|nguoi|chồng|vợ|vo|bạn|ban|ai|bên|ben|nước|nuoc|nhau)\b)"
_BORDER = re.compile(
    r"\s*[;,+&?!\n]+\s*|\.(?=\s)\s*|\s+(?:và|va|cùng|cung|lẫn|lan|kèm|kem|rồi|roi|còn|cũng như"
    r"|ngoài ra|ngoai ra|đồng thời|dong thoi|tiện thể|tien the|sau đó|sau do"
    rf"|{_WITH})(?: (?:lại|với|voi|cả|ca|thêm|them|còn))?\s+",
    re.IGNORECASE,
)
"""Between two clauses; unaccented "con" is "còn" only behind asking words, else a child."""
_THEN = re.compile(r"\s+(?P<con>con)\s+", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:còn|và|va|với|voi|thì|thi|rồi|roi|cả|ca|luôn|thêm|them)\s+", re.IGNORECASE
)
_TRAILING = re.compile(
    r"(?:\s+(?:thì|thi|là|la|với|voi|cần|can|phải|phai|hết|het))+$", re.IGNORECASE
)

_VERB = re.compile(
    r"^(?:(?:cho|em|toi|minh|chau|hoi|muon|can|xin|minh|a|ad|oi|ban|giup|thu tuc|ve) )*"
    r"(?P<verb>dang ky lai|dang ky|cap lai|cap doi|cap|doi|bi mat|lam mat|mat|lam lai|lam|gia han"
    r"|xoa dang ky|xoa|chung thuc|cong chung|sao y|khai bao|huy|sang ten|thay doi|cham dut) "
)
"""What is done (folded), which a second clause leaves out: "cấp lại căn cước và bằng lái xe"."""
_HAS_VERB = re.compile(
    r"\b(?:dang ky|cap|doi|mat|lam|gia han|xoa|chung thuc|cong chung|sao y|khai|bao|huy|sang ten"
    r"|thay|cham dut|nhap|tach|xin|xac nhan|mo|ket hon|nhan|rut|huong|nop|thi|sua|tra|giai)\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that can name a procedure."""

    words: str
    """Without asking words; with the verb of the first clause where it leaves it out."""
    asked: tuple[AskedField, ...] = ()
    """What is asked in it, or behind it before the next one that names something."""


def clauses_of(parse: Parse) -> tuple[Clause, ...]:
    """Return the clauses of a message that can name a procedure, in its order.

    >>> [one.words for one in clauses_of(Parse("khai tử, còn đổi bằng lái", "ask_procedure", 1))]
    ['khai tử', 'đổi bằng lái']
    """
    asked = [entity for entity in parse.entities if entity.kind == "asked"]
    clauses: list[Clause] = []
    waiting: tuple[AskedField, ...] = ()
    for start, end in _pieces(parse.text, asked):
        inside = [one for one in asked if start <= one.start < end]
        fields = tuple(dict.fromkeys(AskedField(one.value) for one in inside))
        words = _words(parse, start, end)
        if telling_words(words) and says_something(words):
            clauses.append(Clause(words, waiting + fields))
            waiting = ()
        elif clauses:
            clauses[-1] = replace(clauses[-1], asked=clauses[-1].asked + fields)
        else:
            waiting += fields
    return _with_verb(clauses[:MOST])


def covers(procedure: Procedure, clauses: Sequence[Clause]) -> bool:
    """Tell whether the official name of `procedure` holds what is told by each clause alone.

    "Khai sinh kết hợp nhận cha, mẹ, con" is one procedure, however many commas it has. Other
    names do not count: people name one thing by the others that go with it.
    """
    told = [telling_words(clause.words) for clause in clauses]
    own = [
        words - frozenset().union(*(other for at, other in enumerate(told) if at != place))
        for place, words in enumerate(told)
    ]
    name = telling_words(procedure.name)
    return all(words and 2 * len(words & name) >= len(words) for words in own)


def shared(parts: Iterable[tuple[AskedField, ...]]) -> tuple[tuple[AskedField, ...], ...]:
    """Return what is asked of each: its own, or else what the next one that asks anything asks.

    Empty for all where only one clause asks: it asks for all of them.
    """
    own = list(parts)
    if sum(bool(fields) for fields in own) < 2:  # noqa: PLR2004 - one clause that asks, or none
        return ((),) * len(own)
    filled = []
    for at, fields in enumerate(own):
        after = [*own[at:], *reversed(own[:at])]
        filled.append(fields or next(one for one in after if one))
    return tuple(tuple(dict.fromkeys(fields)) for fields in filled)


def _pieces(text: str, asked: Sequence[Entity]) -> Iterable[tuple[int, int]]:
    """Yield start and end of what stands between the borders; asking words are never cut."""
    borders = [*_BORDER.finditer(text), *_spoken_then(text, asked)]
    start = 0
    for border in sorted(borders, key=lambda one: one.start()):
        if border.start() < start or any(_cuts(border, one) for one in asked):
            continue
        yield start, border.start()
        start = border.end()
    yield start, len(text)


def _spoken_then(text: str, asked: Sequence[Entity]) -> list[re.Match[str]]:
    """Return "con" behind asking words; the model may take it for the last of them."""
    ends = {entity.end for entity in asked}
    return [one for one in _THEN.finditer(text) if {one.start(), one.end("con")} & ends]


def _cuts(border: re.Match[str], entity: Entity) -> bool:
    return entity.start < border.start() and border.end() < entity.end


def _words(parse: Parse, start: int, end: int) -> str:
    rest = list(parse.text)
    for entity in parse.entities:
        if entity.kind in {"asked", "dossier_code", "procedure_code"}:
            rest[entity.start : entity.end] = " " * (entity.end - entity.start)
    return _TRAILING.sub("", _LEADING.sub("", " ".join("".join(rest[start:end]).split())))


def _with_verb(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return the clauses, each with a verb: the one of the first where it has none."""
    if not clauses:
        return ()
    first = clauses[0].words
    folded = fold(first)
    match = _VERB.match(folded) if len(folded) == len(first) else None
    verb = first[match.start("verb") : match.end("verb")] if match else ""
    bare = [bool(verb) and not _HAS_VERB.search(fold(one.words)) for one in clauses[1:]]
    rest = (
        replace(one, words=f"{verb} {one.words}") if without else one
        for one, without in zip(clauses[1:], bare, strict=True)
    )
    return (clauses[0], *rest)
