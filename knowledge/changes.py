"""What an import changes in what citizens are told: field by field, with the old and the new value.

Compared is what is answered (our entries over imported records), not the files; what a record says
otherwise behind our words is found by `knowledge.unfollowed`. What differs only in case, blanks or
punctuation is the same.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.facts import FIELDS, Fact, facts_of
from knowledge.procedure import Procedure
from knowledge.text import syllables

SHORT: Final = 140
"""Characters of a value that one line of a list shows."""
_COUNTING: Final = re.compile(r"\d+(?:[.,/-]\d+)*|[%<>≤≥+]")
_BEFORE: Final = 30
"""Characters of what did not change that are shown before what did."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is told otherwise after an import."""

    code: str
    field: str
    """A key of `knowledge.facts.FIELDS`."""
    part: str
    """What of the field, e.g. "nộp trực tiếp"; empty: all of it."""
    old: tuple[str, ...]
    """What is no longer said; empty: nothing was said, or all of it still is."""
    new: tuple[str, ...]
    """What is said now and was not; old and new empty: only the order changed."""

    def message(self, limit: int | None = SHORT) -> str:
        """Return the change as an official reads it, values cut to `limit` characters.

        >>> Change("1", "fee", "nộp trực tiếp", ("20.000 đồng",), ("25.000 đồng",)).message()
        'Lệ phí, nộp trực tiếp: 20.000 đồng → 25.000 đồng'
        """
        title = f"{FIELDS[self.field]}, {self.part}" if self.part else FIELDS[self.field]
        return f"{title}: {self._values(limit)}"

    def _values(self, limit: int | None) -> str:
        if not (self.old or self.new):
            return "thứ tự thay đổi"
        if len(self.old) <= 1 and len(self.new) <= 1:
            old, new = "".join(self.old), "".join(self.new)
            start = _same_start(old, new) if limit else 0
            return f"{_cut(old, limit, start)} → {_cut(new, limit, start)}"
        gone = [f"bỏ “{_cut(text, limit)}”" for text in self.old]
        added = [f"thêm “{_cut(text, limit)}”" for text in self.new]
        return "; ".join(gone + added)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A value that an import changes in a record, but not in what our entry answers for it."""

    change: Change
    """Between the two records as they were imported."""
    before: str
    """The field in the earlier record, whole."""
    after: str
    """The field in the new record, whole."""
    followed: bool = False
    """Our entry says already what the new record says."""

    def message(self, limit: int | None = SHORT) -> str:
        """Return it as an official reads it, values cut to `limit` characters.

        >>> Hidden(Change("1", "where", "", ("Xã",), ("Tỉnh",)), "Xã", "Tỉnh").message()
        'bản nhập đổi, bản biên soạn chưa theo: Nơi nộp: Xã → Tỉnh'
        """
        return f"bản nhập đổi, bản biên soạn chưa theo: {self.change.message(limit)}"


@dataclass(frozen=True, slots=True)
class Changes:
    """How what is answered differs, by codes in order."""

    new: tuple[str, ...] = ()
    """Codes of which nothing was answered before."""
    removed: tuple[str, ...] = ()
    """Codes of which nothing is answered any more."""
    changed: tuple[Change, ...] = ()
    """Of the codes on both sides, each in the order of `FIELDS`."""
    hidden: tuple[Hidden, ...] = ()
    """What changed in imported records behind our entries, by codes, in the order of `FIELDS`."""

    @property
    def unfollowed(self) -> tuple[Hidden, ...]:
        """What our entries have yet to follow."""
        return tuple(one for one in self.hidden if not one.followed)

    @property
    def every(self) -> tuple[Change, ...]:
        """Every value that is no longer so, whether our entries followed or have yet to."""
        return (*self.changed, *(one.change for one in self.unfollowed))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes with changes, in order."""
        return tuple(dict.fromkeys(change.code for change in self.changed))

    def __bool__(self) -> bool:
        return bool(self.new or self.removed or self.every)


def changes_between(before: Mapping[str, Procedure], after: Mapping[str, Procedure]) -> Changes:
    """Compare what was answered with what will be, by code; both may leave out equal records."""
    known, kept = _answered(before), _answered(after)
    both = sorted(known & kept)
    return Changes(
        new=tuple(sorted(kept - known)),
        removed=tuple(sorted(known - kept)),
        changed=tuple(change for code in both for change in changes_of(before[code], after[code])),
    )


def _answered(procedures: Mapping[str, Procedure]) -> set[str]:
    return {code for code, procedure in procedures.items() if not procedure.suspect}


def changes_of(before: Procedure, after: Procedure) -> tuple[Change, ...]:
    """Return what `after` tells otherwise than `before`, in the order of `FIELDS`."""
    old, new = facts_of(before), facts_of(after)
    return tuple(
        change
        for field in FIELDS
        for change in _of_field(after.code, field, old.get(field, ()), new.get(field, ()))
    )


def _of_field(code: str, field: str, old: Sequence[Fact], new: Sequence[Fact]) -> Iterator[Change]:
    parts = dict.fromkeys(fact.part for fact in (*old, *new))
    for part in parts:
        was = [fact.text for fact in old if fact.part == part]
        now = [fact.text for fact in new if fact.part == part]
        if was == now:
            continue
        gone, added = _apart(was, now)
        if gone or added or (field == "steps" and _moved(was, now)):
            yield Change(code, field, part, gone, added)


def _apart(was: Sequence[str], now: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts of each side that the other one lacks, as often as they stand there."""
    gone, added = _lacking(was, now, str), _lacking(now, was, str)
    return _lacking(gone, added, _key), _lacking(added, gone, _key)


def _lacking(
    texts: Iterable[str], others: Iterable[str], key: Callable[[str], Hashable]
) -> tuple[str, ...]:
    left = Counter(map(key, others))
    lacking = []
    for text in texts:
        same = key(text)
        if left[same]:
            left[same] -= 1
        else:
            lacking.append(text)
    return tuple(lacking)


def _moved(was: Iterable[str], now: Iterable[str]) -> bool:
    return [_key(text) for text in was] != [_key(text) for text in now]


def _key(text: str) -> Hashable:
    """Return what two texts share that say the same: words, numbers, and signs that count."""
    return (syllables(text), tuple(_COUNTING.findall(text)))


def _same_start(old: str, new: str) -> int:
    """Return where what did not change may be left out, so that the difference is seen."""
    pairs = zip(old, new, strict=False)
    same = next((place for place, (one, other) in enumerate(pairs) if one != other), 0)
    longest = max(len(old), len(new))
    return max(0, same - _BEFORE) if longest > SHORT else 0


def _cut(text: str, limit: int | None, start: int = 0) -> str:
    if not text:
        return "không có"
    flat = " ".join(text.split()) if not start else " ".join(text[start:].split())
    shown = f"… {flat}" if start else flat
    return shown if limit is None or len(shown) <= limit else f"{shown[: limit - 1].rstrip()}…"
