"""Rules that notice records which cannot be trusted, and prose that was damaged by copying."""

import re
from collections.abc import Iterator

from knowledge.procedure import Procedure
from knowledge.text import fold

_DECISION_TITLE = re.compile(
    r"(?:cong bo|ban hanh|phe duyet) (?:danh muc|quy trinh)\b.*\bthu tuc hanh chinh\b"
)
_LOCAL_DECISION = re.compile(r"/QĐ-UBND\b")
_DISTRICT = re.compile(
    r"(?i:cấp huyện)|(?i:(?:ủy|uỷ) ban nhân dân|UBND) (?:các )?(?:quận|huyện|thị xã)\b"
)
_BROKEN = re.compile(r"(?<!Trung )\btâm Phục vụ\b")
"""The words for the one-stop centre were replaced inside other words (1.001193: "khai tâm")."""
_SHORTEST_COPY = 80
"""Characters of a paragraph whose repetition is no coincidence."""


def suspicion_of(name: str, decision: str, ministry: str) -> str:
    """Return why the record carries another procedure's text; "" where no rule says so.

    A ministry's procedure is published by the ministry: the decision of one province under its
    code means that the province's text was copied over it (3.000243, 3.000284 …).
    """
    if _DECISION_TITLE.match(fold(name)):
        return "Tên là tên một quyết định, không phải tên thủ tục."
    if ministry.startswith("Bộ ") and _LOCAL_DECISION.search(decision):
        return f"Mã của {ministry} nhưng mang nội dung Quyết định {decision} của một tỉnh."
    return ""


def doubts_of(procedure: Procedure) -> Iterator[str]:
    """Yield, in Vietnamese, what in the record's prose is out of date or damaged."""
    prose = "\n".join(_prose(procedure))
    if _DISTRICT.search(prose):
        yield "còn nhắc cấp huyện, đã bỏ từ 01/07/2025"
    if _BROKEN.search(prose):
        yield "lời văn bị hỏng do sao chép ('tâm Phục vụ')"
    steps = [step.text for step in procedure.steps if len(step.text) >= _SHORTEST_COPY]
    if len(set(steps)) < len(steps):
        yield "có bước lặp lại nguyên văn"
    if procedure.suspect:
        yield f"nghi sai nội dung: {procedure.suspect}"


def _prose(procedure: Procedure) -> Iterator[str]:
    yield from (procedure.agency, procedure.where, *procedure.results, *procedure.conditions)
    yield from (step.text for step in procedure.steps)
    for circumstance in procedure.circumstances:
        yield from (circumstance.title, *circumstance.notes)
        yield from (paper.name for paper in circumstance.papers)
