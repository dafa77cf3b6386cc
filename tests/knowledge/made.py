"""Records of every shape that their types allow, for tests over all of them."""

from collections.abc import Hashable
from dataclasses import fields
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints
from unicodedata import normalize

from hypothesis import strategies as st

from knowledge.faq import Faq
from knowledge.procedure import Level, Paper, Procedure, TimeLimit

_SIGNS = st.sampled_from(["\n", "\\", "\\n", "=", "+", "-", "@", "'", "0", ":", "_x0041_", "ế"])
_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"])
TEXTS = (
    st.lists(_CHARACTERS | _SIGNS, max_size=12)
    .map(lambda parts: normalize("NFC", "".join(parts)).strip())
    .filter(lambda text: text == normalize("NFC", text).strip())
)
"""As records hold them: NFC, no blanks around them; line breaks and signs of formulas inside."""
SAID = TEXTS.filter(bool)
DAYS = st.just("") | st.dates().map(lambda day: day.isoformat())
_SPECIAL: dict[tuple[type, str], st.SearchStrategy[Any]] = {
    (Procedure, "levels"): st.lists(st.sampled_from(Level), unique=True).map(tuple),
    (Procedure, "popularity"): st.integers(0, 5),
    (Procedure, "code"): st.from_regex(r"[0-9]\.[0-9]{6}", fullmatch=True),
    (Paper, "original"): st.integers(0, 99),
    (Paper, "copies"): st.integers(0, 99),
    (Faq, "key"): st.from_regex(r"[a-z0-9]{1,9}", fullmatch=True),
}
_NEEDED = {"name", "paper", "database", "resolution", "decision"}
"""Texts that no part is without."""


def made(kind: type) -> st.SearchStrategy[Any]:
    """Return every value of a dataclass, each field included: a new one is never forgotten."""
    hints = get_type_hints(kind)
    parts = {field.name: _field(kind, field.name, hints[field.name]) for field in fields(kind)}
    found = st.builds(kind, **parts)
    return found.filter(lambda one: one != TimeLimit("", None)) if kind is TimeLimit else found


def _field(kind: type, name: str, hint: Any) -> st.SearchStrategy[Any]:
    if (kind, name) in _SPECIAL:
        return _SPECIAL[kind, name]
    if name in {"valid_from", "valid_to"}:
        return DAYS
    if hint is str and kind.__name__ in {"Step", "FormDocument", "ReplacedPaper", "Paper"}:
        return SAID if name in _NEEDED | {"text"} else TEXTS
    if hint is str and kind.__name__ == "OnlineStatement":
        return SAID
    return _of(hint)


def _of(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is tuple:
        (inner, _) = get_args(hint)
        items = SAID if inner is str else _of(inner)
        return st.lists(items, max_size=3, unique=True).map(tuple)
    if get_origin(hint) is UnionType:
        (inner,) = (one for one in get_args(hint) if one is not NoneType)
        return st.none() | _of(inner)
    plain = {str: TEXTS, int: st.integers(0, 10**12), bool: st.booleans()}.get(hint)
    if plain is not None:
        return plain
    return st.sampled_from(hint) if issubclass(hint, Enum) else made(hint)


def by_key(records: list[Any], key: str) -> list[Any]:
    """Return the records without those whose key an earlier one has."""
    first: dict[Hashable, Any] = {}
    for record in records:
        first.setdefault(getattr(record, key), record)
    return list(first.values())
