"""Proves a guide: every combination of answers leaves a way of filing, with steps not too long.

Papers are not looked at: what hangs on them is taken as missing where a way may run dry, and as
there where texts may grow too long.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from knowledge.guides import MOST_FILLED_WORDS, Guide, GuideStep, Need, fields_of
from knowledge.guides_way import (
    NO_ONLINE_WAY,
    closed_for,
    method_of,
    needs_of,
    open_ways,
    steps_of,
    ways_of,
)
from knowledge.procedure import FilingChannel, Procedure
from knowledge.tables import ALWAYS, Answers, Table
from knowledge.tables_proof import ways

MAX_GUIDE_WORDS: Final = 400
"""Two minutes at 200 words a minute."""
_GENERAL_WORDS: Final = 8
"""Of what is said where the record says nothing."""
_OF_THE_LIST: Final = frozenset({Need.FORM, Need.PAPERS})


def proved(procedure: Procedure, guide: Guide, table: Table | None) -> Iterator[str]:
    """Yield what is wrong with a guide for this procedure, each once."""
    combinations = tuple(_combinations(guide, table))
    yield from _idle(guide, combinations)
    yield from _closed(procedure, guide, combinations)
    yield from _results_only(procedure, guide)
    yield from _not_offered(procedure, guide, table)
    found: dict[str, None] = {}
    for answers in combinations:
        for told in _for_one(procedure, guide, answers):
            found.setdefault(told)
    yield from found


def words_of(procedure: Procedure, way: FilingChannel, steps: Iterable[GuideStep]) -> int:
    """Return how many words are read on a way, titles too, about as the record fills them in."""
    counts = _filled_words(procedure, way)
    total = 0
    for step in steps:
        fields = fields_of(step.text)
        total += len(f"{step.title} {step.text}".split()) + sum(counts[one] - 1 for one in fields)
    return total


def _combinations(guide: Guide, table: Table | None) -> Iterator[Answers]:
    """Yield the answers that may make a difference to the steps."""
    conditions = [one.condition for one in guide.steps]
    conditions += [one.condition for one in guide.closed]
    conditions += [one.condition for one in guide.come]
    if table is None or all(one == ALWAYS for one in conditions):
        yield {}
        return
    yield from ways(table)


def _idle(guide: Guide, combinations: Iterable[Answers]) -> Iterator[str]:
    given = tuple(combinations)
    for step in guide.steps:
        if not any(step.condition.holds(answers) for answers in given):
            yield f"Không ai gặp bước '{step.key}': không cách trả lời nào khớp. Sửa điều kiện."
    for rule in guide.closed:
        if not any(rule.condition.holds(answers) for answers in given):
            yield f"'closed' không áp dụng cho ai: '{rule.why}'. Sửa điều kiện, hoặc xoá."
    for one in guide.come:
        if not any(one.condition.holds(answers) for answers in given):
            yield f"'come' không áp dụng cho ai: '{one.say}'. Sửa điều kiện, hoặc xoá."


def _closed(procedure: Procedure, guide: Guide, combinations: Iterable[Answers]) -> Iterator[str]:
    if not guide.closed:
        return
    if method_of(procedure, FilingChannel.ONLINE) is None:
        yield "Thủ tục không nhận trực tuyến, nên 'closed' thừa. Xoá."
        return
    everybody = any(one.condition == ALWAYS for one in guide.closed)
    if not everybody and all(closed_for(procedure, guide, one) for one in combinations):
        yield "'closed' chặn mọi người, nên không ai nộp trực tuyến được. Sửa điều kiện."


def _results_only(procedure: Procedure, guide: Guide) -> Iterator[str]:
    """Yield ways that bring results only and that the record does not name, or that are all."""
    named = {one.channel for one in procedure.methods}
    for way in sorted(guide.results_only - named):
        yield f"'results_only' ghi '{way}', không phải cách nộp của thủ tục. Xoá."
    if guide.results_only >= named:
        yield "'results_only' không để lại cách nộp nào. Sửa."
    for step in guide.steps:
        if step.ways <= guide.results_only:
            yield f"Không ai gặp bước '{step.key}': cách nộp của nó ở 'results_only'. Xoá bước."


def _not_offered(procedure: Procedure, guide: Guide, table: Table | None) -> Iterator[str]:
    """Yield answers that choose a way of filing which the record does not name."""
    named = {one.channel for one in procedure.methods} - guide.results_only
    for question in table.questions if table else ():
        for option in question.options:
            if ways_of(option, guide.way_labels) - named:
                told = f"Ở bảng, '{option.label}' là cách nộp mà thủ tục không có."
                yield f"{told} Sửa câu trả lời."


def _for_one(procedure: Procedure, guide: Guide, answers: Answers) -> Iterator[str]:
    closed = closed_for(procedure, guide, answers)
    left = open_ways(procedure, online=not closed, results_only=guide.results_only)
    if closed not in {"", NO_ONLINE_WAY} and not left:
        yield f"'closed' không để lại cách nộp nào: '{closed}'. Sửa."
    for way in left:
        if not _steps(procedure, guide, way, answers, listed=False):
            yield f"Cách nộp '{way}' không còn bước nào. Bớt 'leave_out' hoặc điều kiện."
        words = words_of(procedure, way, _steps(procedure, guide, way, answers, listed=True))
        if words > MAX_GUIDE_WORDS:
            told = f"Cách nộp '{way}' dài {words} từ, tối đa {MAX_GUIDE_WORDS}."
            yield f"{told} Rút ngắn các bước."


def _steps(
    procedure: Procedure, guide: Guide, way: FilingChannel, answers: Answers, *, listed: bool
) -> tuple[GuideStep, ...]:
    needs = needs_of(procedure, guide, way, ())
    needs = needs | _OF_THE_LIST if listed else needs - _OF_THE_LIST
    return steps_of(guide, way, needs, answers)


def _filled_words(procedure: Procedure, way: FilingChannel) -> Mapping[str, int]:
    """Return how many words stand in the place of each field."""
    method = method_of(procedure, way)
    fee = method.fee if method else None
    limit = method.time if method else None
    amounts = fee.amounts if fee else ()
    papers = (paper for one in procedure.circumstances for paper in one.papers)
    numbers = {one.number for one in procedure.forms} | {one.form for one in papers}
    texts = {
        "forms": " ".join(numbers - {""}) or " ".join(one.name for one in procedure.forms),
        "fee": " ".join(f"{one.value} đồng {one.purpose}" for one in amounts),
        "time": f"{limit.amount} {'ngày làm việc' if limit.unit else ''} {limit.text}"
        if limit
        else "",
        "agency": procedure.agency,
        "results": " ".join(procedure.results),
        "portal": "dichvucong.gov.vn",
    }
    counts = {field: len(text.split()) or _GENERAL_WORDS for field, text in texts.items()}
    return {
        field: count if field == "time" else min(count, MOST_FILLED_WORDS)
        for field, count in counts.items()
    }
