"""Reads the parts of a guide: a step, a trouble, who cannot file online, how to scan a paper."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from knowledge.conditions_yaml import condition_in
from knowledge.guides import (
    FILLED,
    ClosedOnline,
    Come,
    GuideStep,
    Need,
    Scan,
    Trouble,
    fields_of,
)
from knowledge.procedure import FilingChannel
from knowledge.tables import ALWAYS, Condition
from knowledge.text import fold
from knowledge.yaml_sections import Section

MAX_TITLE_CHARACTERS: Final = 60
MAX_LABEL_CHARACTERS: Final = 40
MAX_STEP_WORDS: Final = 60
"""Half a minute of listening; three short sentences."""
MAX_WHY_WORDS: Final = 40
MAX_COME_WORDS: Final = 30
MAX_SCAN_WORDS: Final = 30
_MAX_SENTENCES: Final = 4

_KEY: Final = re.compile(r"[a-z0-9][a-z0-9\-]{0,15}")
"""Goes into the value of a button, which has 64 bytes, beside the code and an act."""
_SENTENCE: Final = re.compile(r"[.!?](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Written:
    """A step as it stands in a file."""

    step: GuideStep
    line: int
    after: str = ""
    """It stands behind this step; empty: at the beginning, in the common guide in order."""
    instead: bool = False
    """It puts a common step in other words."""
    faqs: tuple[str, ...] = ()
    """Keys of the general questions that say what it says."""


def step(part: Section, troubles: frozenset[str], *, common: bool) -> Written:
    """Return one step of its own; in the common guide sources are demanded, conditions refused."""
    key = checked_key(part)
    ways = frozenset(part.choices("ways", FilingChannel))
    if not ways:
        part.fault("ways", "Thiếu cách nộp. Ghi một hay nhiều trong: online, counter, post.")
    condition = ALWAYS if common else condition_in(part, "if", "if_any", None)
    found = GuideStep(
        key=key,
        title=_title(part, required=True),
        text=_text(part, required=True),
        ways=ways,
        needs=frozenset(part.choices("needs", Need)),
        troubles=_troubles(part, troubles),
        portal=part.flag("portal"),
        papers=part.flag("papers"),
        condition=condition,
    )
    after = "" if common else part.text("after")
    faqs = part.texts("from")
    if common and not faqs:
        part.fault("from", "Thiếu 'from'. Ghi khoá của câu hỏi thường gặp nói những điều này.")
    part.finish()
    return Written(found, part.line, after, faqs=faqs)


def words(part: Section, known: Mapping[str, GuideStep], troubles: frozenset[str]) -> Written:
    """Return a common step in the words of one procedure."""
    key = part.required_text("step")
    common = known.get(key)
    if common is None and key:
        part.fault("step", f"Không có bước chung '{key}'. Chọn: {', '.join(known)}.")
    title, text = _title(part, required=False), _text(part, required=False)
    own = _troubles(part, troubles)
    if not (title or text or own):
        part.fault("step", "Chưa nói khác gì. Ghi 'title', 'text' hoặc 'troubles', hoặc bỏ mục.")
    faqs = part.texts("from")
    part.finish()
    base = common or GuideStep(key, title, text, frozenset())
    found = replace(
        base,
        title=title or base.title,
        text=text or base.text,
        troubles=own or base.troubles,
    )
    return Written(found, part.line, instead=True, faqs=faqs)


def troubles_of(top: Section) -> list[tuple[Trouble, int]]:
    """Return what goes wrong, each with its line."""
    found: dict[str, tuple[Trouble, int]] = {}
    for part in top.sections("troubles"):
        key, label = checked_key(part), part.required_text("label")
        if len(label) > MAX_LABEL_CHARACTERS:
            told = f"Nhãn dài {len(label)} ký tự, tối đa {MAX_LABEL_CHARACTERS}. Viết ngắn lại."
            part.fault("label", told)
        if key in found:
            part.fault("key", f"Khoá '{key}' đã có. Đặt tên khác.")
        trouble = Trouble(key, label, part.required_text("faq"), part.texts("signs"))
        part.finish()
        found[key] = (trouble, part.line)
    return list(found.values())


def way_labels(top: Section) -> Mapping[str, FilingChannel]:
    """Return the folded labels of answers that choose a way of filing."""
    part = top.section("way_labels")
    found: dict[str, FilingChannel] = {}
    if part is None:
        return found
    for way in FilingChannel:
        for label in part.texts(way):
            if found.setdefault(fold(label), way) is not way:
                part.fault(way, f"Nhãn '{label}' đã thuộc cách nộp khác. Giữ một chỗ.")
    part.finish()
    return found


def closed_rule(part: Section) -> tuple[ClosedOnline, int]:
    """Return who cannot file online, with its line."""
    condition = condition_in(part, "if", "if_any", None)
    everybody = part.flag("everybody")
    if (condition == ALWAYS) is not everybody:
        told = "Thiếu 'if': ghi câu hỏi và câu trả lời, ví dụ if: {be: bo-roi}."
        part.fault("if", "Chỉ ghi 'if' hoặc 'everybody'." if everybody else told)
    why = _bounded(part, "why", part.required_text("why"), MAX_WHY_WORDS)
    part.finish()
    return ClosedOnline(condition, why), part.line


def coming(part: Section) -> tuple[Come, int]:
    """Return who comes in person all the same, with its line."""
    condition = condition_in(part, "if", "if_any", None)
    say = _bounded(part, "say", part.required_text("say"), MAX_COME_WORDS)
    part.finish()
    return Come(say, condition), part.line


def scan(part: Section) -> tuple[Scan, int]:
    """Return how a paper is scanned, with its line."""
    paper = part.required_text("paper")
    how = _bounded(part, "how", part.required_text("how"), MAX_SCAN_WORDS)
    part.finish()
    return Scan(paper, how), part.line


def checked_key(part: Section) -> str:
    """Return the key of a step or trouble."""
    key = part.required_text("key")
    if key and not _KEY.fullmatch(key):
        told = f"'{key}' chỉ được gồm chữ thường không dấu, số, gạch nối; dài tối đa 16 ký tự."
        part.fault("key", told)
    return key


def asked_in(conditions: Iterable[Condition]) -> frozenset[tuple[str, str]]:
    """Return every question with every answer that conditions name."""
    return frozenset(
        (question, answer)
        for condition in conditions
        for every in condition.any_of
        for question, wanted in every
        for answer in wanted
    )


def _title(part: Section, *, required: bool) -> str:
    title = part.required_text("title") if required else part.text("title")
    if len(title) > MAX_TITLE_CHARACTERS:
        told = f"Tên bước dài {len(title)} ký tự, tối đa {MAX_TITLE_CHARACTERS}. Viết ngắn lại."
        part.fault("title", told)
    return title


def _text(part: Section, *, required: bool) -> str:
    text = part.required_text("text") if required else part.text("text")
    _bounded(part, "text", text, MAX_STEP_WORDS)
    for name in dict.fromkeys(fields_of(text)):
        if name not in FILLED:
            told = ", ".join(f"{{{one}}}" for one in sorted(FILLED))
            part.fault("text", f"Không có chỗ trống '{{{name}}}'. Chọn: {told}.")
    if len(_SENTENCE.findall(text)) > _MAX_SENTENCES:
        part.fault("text", "Bước có hơn bốn câu. Viết ngắn, hoặc tách làm hai bước.")
    return text


def _bounded(part: Section, key: str, text: str, most: int) -> str:
    count = len(text.split())
    if count > most:
        part.fault(key, f"'{key}' dài {count} từ, tối đa {most}. Viết ngắn lại.")
    return text


def _troubles(part: Section, known: frozenset[str]) -> tuple[str, ...]:
    keys = part.placed_texts("troubles")
    for key in keys.keys() - known:
        part.fault("troubles", f"Không có chỗ vướng '{key}'. Thêm vào vuong-mac.yaml, hoặc xoá.")
    return tuple(keys)
