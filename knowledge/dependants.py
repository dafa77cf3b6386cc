"""What people wrote that depends on a value which an import changed: with file and line.

A text depends on a value of a procedure when it says the value where it speaks of that procedure;
a general question when its source names code and field; a form when its papers or conditions
changed. Texts are searched as they stand, so no format has to be known.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from knowledge.changes import Change
from knowledge.facts import SUMMARY
from knowledge.faq import Faq, FaqSource
from knowledge.figures import figures
from knowledge.holds import Touched
from knowledge.values import (
    holds_value,
    is_distinct,
    lost_figures,
    lost_values,
    says_otherwise,
)

_CODE: Final = re.compile(r"(?<![\d.])\d\.\d{6}(?![\d.])")
_TOP: Final = re.compile(r"[^\s#]")
"""A line that begins an entry of a file: nothing stands before it."""
_SHOWN: Final = 100
"""Characters of a line that are shown."""
_COVERED: Final = {
    "methods": frozenset({"methods", "fee", "time"}),
    "online": frozenset({"online", "methods", "fee", "time", "steps"}),
    "where": frozenset({"where", "agency"}),
}
"""Fields of a record that a source names, and what stands in them beside themselves."""
_IN_FIGURES: Final = frozenset({"fee", "time"})
"""Fields of which an entry without figures says only whether there is something to pay or wait."""
_IN_TABLES: Final = frozenset({"documents", "conditions", "forms"})


class Kind(StrEnum):
    """What kind of text it is, as an official reads it."""

    FAQ = "câu hỏi thường gặp"
    PROCEDURE = "bản biên soạn"
    TABLE = "bảng hỏi giấy tờ"
    GUIDE = "hướng dẫn nộp từng bước"
    SAYING = "cách gọi"
    SIBLING = "câu hỏi phân biệt"
    PHRASE = "câu chữ của trợ lý"
    GOLDEN = "hội thoại mẫu"


_OF_ONE_CODE: Final = frozenset({Kind.PROCEDURE, Kind.TABLE, Kind.GUIDE, Kind.FAQ})
"""A file is one entry."""
_WITHOUT_CODE: Final = frozenset({Kind.PHRASE})
"""Speaks of no procedure: only sums, dates, legal numbers and forms are looked for."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file that people write."""

    kind: Kind
    file: str
    """As people name it."""
    stem: str
    """Its name without ending: the code or the key."""
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Dependant:
    """A line that depends on a value that changed."""

    file: str
    line: int
    """From 1."""
    kind: Kind
    code: str
    field: str
    value: str
    """What it says that is no longer so; empty: it depends on the field as a whole."""
    text: str
    """The line, cut."""

    def message(self) -> str:
        """Return it as an official reads it; file and line first, so that editors make a link."""
        value = f"“{self.value}”, " if self.value else ""
        return f"{self.file}:{self.line}: {self.kind}, {value}mã {self.code}: {self.text}"


@dataclass(frozen=True, slots=True)
class _Block:
    """One entry of a file, from its first line."""

    text: Text
    start: int
    lines: tuple[str, ...]


def touched_entries(changes: Iterable[Change], faqs: Iterable[Faq]) -> Iterator[Touched]:
    """Yield the general questions that take a changed value from a record, with the change."""
    of_code = defaultdict(list)
    for change in changes:
        of_code[change.code].append(change)
    for faq in faqs:
        for source in faq.sources:
            for change in of_code.get(source.code, ()):
                if _takes(source, change):
                    yield Touched(faq.key, change)


def _takes(source: FaqSource, change: Change) -> bool:
    covered = _COVERED.get(source.field, frozenset({source.field}))
    if source.field != SUMMARY and change.field not in covered:
        return False
    if not source.says:
        return change.field not in _IN_FIGURES or says_otherwise(change)
    said = "\n".join(source.says)
    return any(holds_value(said, value) for value in lost_figures(change))


def dependants(changes: Sequence[Change], texts: Iterable[Text]) -> tuple[Dependant, ...]:
    """Return every line that says a value which changed, sorted by file and line."""
    everything = tuple(texts)
    blocks = _by_code(everything)
    found = {
        (one.file, one.line, one.code): one
        for change in reversed(changes)
        for block in blocks.get(change.code, ())
        for one in _in_block(change, block)
    }
    for one in _in_phrases(changes, everything):
        found.setdefault((one.file, one.line, ""), one)
    return tuple(sorted(found.values()))


def _by_code(texts: Iterable[Text]) -> dict[str, list[_Block]]:
    found = defaultdict(list)
    for text in texts:
        if text.kind in _WITHOUT_CODE:
            continue
        for block in _blocks(text):
            for code in _codes(block):
                found[code].append(block)
    return found


def _codes(block: _Block) -> set[str]:
    if block.text.kind is Kind.PROCEDURE:  # names other codes beside its own
        return {block.text.stem}
    return {block.text.stem, *_CODE.findall("\n".join(block.lines))}


def _blocks(text: Text) -> Iterator[_Block]:
    if text.kind in _OF_ONE_CODE:
        yield _Block(text, 1, text.lines)
        return
    starts = [place for place, line in enumerate(text.lines) if _TOP.match(line)]
    for start, end in zip(starts, [*starts[1:], len(text.lines)], strict=True):
        yield _Block(text, start + 1, text.lines[start:end])


def _in_block(change: Change, block: _Block) -> Iterator[Dependant]:
    values = sorted(lost_values(change), key=len, reverse=True)
    found = False
    for place, line in enumerate(block.lines):
        value = next((one for one in values if holds_value(line, one)), "")
        expected = block.text.kind is Kind.GOLDEN and f"answered_{change.field}" in line
        if value or (expected and change.code in line):
            found = True
            yield _dependant(change, block.text, block.start + place, value)
    if not found and block.text.kind is Kind.TABLE and change.field in _IN_TABLES:
        yield _dependant(change, block.text, block.start, "")


def _in_phrases(changes: Iterable[Change], texts: Iterable[Text]) -> Iterator[Dependant]:
    lost: dict[str, Change] = {}
    for change in changes:
        for value in lost_figures(change):
            if is_distinct(value):
                lost.setdefault(value, change)
    for text in texts:
        if text.kind not in _WITHOUT_CODE or not lost:
            continue
        for number, line in enumerate(text.lines, start=1):
            for value in sorted(figures(line) & lost.keys()):
                yield _dependant(lost[value], text, number, value)


def _dependant(change: Change, text: Text, number: int, value: str) -> Dependant:
    line = text.lines[number - 1].strip() if text.lines else ""
    shown = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    return Dependant(text.file, number, text.kind, change.code, change.field, value, shown)
