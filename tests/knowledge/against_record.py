"""Holds one procedure of ours against the official record of its code."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge.figures import figures, long_sentences, loose_figures, runs, shared_run
from knowledge.national_dates import as_of_of
from knowledge.national_law import decision_number
from knowledge.national_values import amount_of, channel_of, level_of, time_limit_of
from knowledge.procedure import FeeStatus, FilingMethod, OnlineLevel, Procedure, TimeLimit
from knowledge.text import fold, normalise
from tests.knowledge.records import Records

RESOLUTION_FIGURES = figures("66.7/2025/NQ-CP 2026-01-01 2027-02-28")
"""Resolution 66.7/2025/NQ-CP and the days between which it is in force."""
_LEVELS = {"toan trinh": OnlineLevel.FULL, "mot phan": OnlineLevel.PARTIAL}


def differences_from_record(ours: Procedure, records: Records) -> Iterator[str]:
    """Yield, in Vietnamese, everything in which `ours` says more or else than the record."""
    record = records.procedures.get(ours.code)
    if record is None:
        yield f"Dữ liệu không có mã {ours.code}."
        return
    yield from _plain_facts(ours, record)
    yield from _methods(ours, record)
    yield from _figures(ours, records.texts(ours.code))
    yield from _wording(ours, records.texts(ours.code))
    yield from _legal_basis(ours, records.texts(ours.code))
    yield from _online_level(ours, record, records)
    yield from _replaced_papers(ours, records)
    yield from _codes(ours, records)


def _same(one: str, other: str) -> bool:
    return " ".join(normalise(one).split()) == " ".join(normalise(other).split())


def _plain_facts(ours: Procedure, record: Mapping[str, Any]) -> Iterator[str]:
    for key, value in (
        ("name", ours.name),
        ("field", ours.field),
        ("url", ours.url),
    ):
        if not _same(value, record.get(key, "")):
            yield f"'{key}' là '{value}', hồ sơ gốc ghi '{record.get(key, '')}'."
    decision = record.get("decision", "")
    if not _same(ours.source.decision, decision.removeprefix("Quyết định số ")):
        yield f"'decision' là '{ours.source.decision}', hồ sơ gốc ghi '{decision}'."
    decision = decision_number(record.get("decision", ""))
    if ours.source.decision != decision:
        yield f"'decision' là '{ours.source.decision}', hồ sơ gốc ghi '{decision}'."
    as_of = as_of_of(record["source"])
    if ours.source.as_of != as_of:
        yield f"'as_of' là '{ours.source.as_of}', nguồn của hồ sơ gốc là '{as_of}'."
    levels = {level_of(level) for level in record["agency_level"]}
    if set(ours.levels) != levels:
        yield f"'levels' là {sorted(ours.levels)}, hồ sơ gốc ghi {record['agency_level']}."


def _methods(ours: Procedure, record: Mapping[str, Any]) -> Iterator[str]:
    published = record["methods"]
    channels = {channel_of(method["method"]) for method in published}
    if {method.channel for method in ours.methods} != channels:
        named = sorted(channel for channel in channels if channel)
        yield f"'methods' phải có đúng các cách nộp {named}."
    for method in ours.methods:
        same = [one for one in published if channel_of(one["method"]) is method.channel]
        if not any(_time_fits(method.time, one) for one in same):
            times = sorted({one["time"] for one in same})
            yield f"{method.channel}: 'time' không khớp hồ sơ gốc: {times}."
        faults = [list(_fee_faults(method, one)) for one in same]
        if faults and all(faults):
            yield min(faults, key=len)[0]


def _time_fits(ours: TimeLimit | None, published: Mapping[str, Any]) -> bool:
    theirs = time_limit_of(published["time"])
    if theirs is None:
        return ours is None
    if not theirs.amount:  # in words: its figures are checked with all others
        return ours is None or not ours.amount
    return ours is not None and (ours.amount, ours.unit) == (theirs.amount, theirs.unit)


def _fee_status(published: Mapping[str, Any]) -> FeeStatus:
    if "fee" in published:
        free = fold(published["fee"]) == "mien phi"
        return FeeStatus.FREE if free else FeeStatus.SEE_TEXT
    if published["fee_status"] == "amount" and published["fee_suspicious"]:
        return FeeStatus.SEE_TEXT
    return FeeStatus(published["fee_status"] or "not_published")


def _fee_faults(ours: FilingMethod, published: Mapping[str, Any]) -> Iterator[str]:
    status = _fee_status(published)
    if ours.fee.status is not status:
        yield f"{ours.channel}: 'status' là {ours.fee.status}, hồ sơ gốc là {status}."
        return
    fees = published.get("fees", [])
    values = {amount.value for amount in ours.fee.amounts}
    stated = {amount.value for fee in fees if (amount := amount_of(fee["amount"]))}
    if status is FeeStatus.AMOUNT and not stated <= values:
        yield f"{ours.channel}: thiếu mức {sorted(stated - values)} của hồ sơ gốc."
    written = loose_figures(" ; ".join(fee["text"] for fee in fees))
    if status is FeeStatus.AMOUNT:
        written |= {str(value) for value in stated}
    unknown = sorted(value for value in values if str(value) not in written)
    if unknown:
        yield f"{ours.channel}: hồ sơ gốc không có mức {unknown} cho cách nộp này."


def our_texts(ours: Procedure) -> Iterator[str]:
    """Yield every text of ours that states facts (not names people use, not the official name)."""
    yield from (ours.label, ours.summary, *ours.who, ours.agency, ours.where)
    for method in ours.methods:
        yield from (method.note, method.fee.text, *(sum_.purpose for sum_ in method.fee.amounts))
        if method.time is not None:
            yield method.time.text
    for circumstance in ours.circumstances:
        yield from (circumstance.title, *circumstance.notes)
        for paper in circumstance.papers:
            yield from (paper.name, paper.form, paper.when, paper.note)
    yield from (step.text for step in ours.steps)
    yield from (*ours.conditions, *ours.results)
    for form in ours.forms:
        yield from (form.name, form.number)


def _figures(ours: Procedure, theirs: Iterable[str]) -> Iterator[str]:
    known = loose_figures(" ; ".join(theirs)) | RESOLUTION_FIGURES
    for text in our_texts(ours):
        for figure in sorted(figures(text) - known):
            yield f"Số '{figure}' không có trong hồ sơ gốc: '{text}'."
    quantities = {
        quantity
        for circumstance in ours.circumstances
        for paper in circumstance.papers
        for quantity in (paper.original, paper.copies)
    }
    for quantity in sorted(quantities):
        if quantity > 1 and str(quantity) not in known:
            yield f"Số bản '{quantity}' không có trong hồ sơ gốc."


def _wording(ours: Procedure, theirs: Iterable[str]) -> Iterator[str]:
    official = frozenset(run for text in theirs for run in runs(text)) - set(runs(ours.name))
    for text in our_texts(ours):
        copied = shared_run(text, official)
        if copied:
            yield f"Mười hai từ giống hệt hồ sơ gốc: '{copied}'. Viết lại bằng lời của mình."
        for sentence in long_sentences(text):
            yield f"Câu dài {len(sentence.split())} từ, rút còn 25: '{sentence}'."


def _legal_basis(ours: Procedure, theirs: Iterable[str]) -> Iterator[str]:
    written = re.sub(r"\s", "", normalise(" ; ".join(theirs))).upper()
    for number in ours.legal_basis:
        if re.sub(r"\s", "", number).upper() not in written:
            yield f"Văn bản '{number}' không có trong hồ sơ gốc."


def _online_level(ours: Procedure, record: Mapping[str, Any], records: Records) -> Iterator[str]:
    if ours.online_level is None:
        return
    rows = records.online_levels.get(ours.code, [])
    stated = {_LEVELS.get(fold(row["online_level"])): row["source"] for row in rows}
    stated.setdefault(_LEVELS.get(fold(record["online_level"])), record["source"])
    if ours.online_level not in stated:
        yield f"'online_level' {ours.online_level} không có trong dữ liệu."
        return
    sources = [
        row["source"] for row in rows if _LEVELS.get(fold(row["online_level"])) is ours.online_level
    ]
    known = loose_figures(" ; ".join([*sources, record.get("decision", ""), record["source"]]))
    for figure in sorted(figures(ours.online_level_source) - known):
        yield f"'online_level_source' có '{figure}', dữ liệu không ghi: {sources}."


def _replaced_papers(ours: Procedure, records: Records) -> Iterator[str]:
    rows = records.replaced_papers.get(ours.code, [])
    for paper in ours.replaced_papers:
        if not any(_alike(paper.paper, row["document_replaced"]) for row in rows):
            listed = sorted({row["document_replaced"] for row in rows})
            yield f"Phụ lục không thay '{paper.paper}' cho mã này, chỉ có {listed}."
        elif not any(_alike(paper.database, row["database"]) for row in rows):
            listed = sorted({row["database"] for row in rows})
            yield f"Phụ lục không ghi '{paper.database}', chỉ có {listed}."
        if not figures(f"{paper.resolution} {paper.valid_from} {paper.valid_to}") <= (
            RESOLUTION_FIGURES
        ):
            yield f"'{paper.paper}': nghị quyết hoặc ngày hiệu lực không phải của 66.7/2025/NQ-CP."


def _alike(one: str, other: str) -> bool:
    """Tell whether most words of `one` are in `other`: ours may be shorter and plainer."""
    words, theirs = (set(re.findall(r"\w+", _spelled_out(text))) for text in (one, other))
    return len(words & theirs) >= 0.6 * len(words)


def _spelled_out(text: str) -> str:
    """Return the folded text with the abbreviations of the appendix written out."""
    plain = fold(text).replace("csdlqg", "csdl quoc gia")
    return plain.replace("csdl", "co so du lieu").replace("qsdd", "quyen su dung dat")


def _codes(ours: Procedure, records: Records) -> Iterator[str]:
    """A code of the data that another one replaced would be a slip; newer codes are not in it."""
    for code in ours.former_codes:
        if code in records.procedures:
            yield f"'former_codes' {code} vẫn còn trong dữ liệu: đó là một thủ tục khác."
