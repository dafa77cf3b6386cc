"""Makes a Procedure of one record of the national export.

The export's own mistakes ("traps") are handled here and in the modules beside; each has a test in
`tests/knowledge/test_national_traps.py`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from knowledge.errors import RecordDamaged
from knowledge.national_dates import as_of_of
from knowledge.national_law import decision_number, legal_numbers
from knowledge.national_methods import methods_of
from knowledge.national_papers import papers_of
from knowledge.national_values import level_of
from knowledge.procedure import Level, OnlineLevel, Procedure, Source, Step
from knowledge.shapes import a_list, a_mapping, a_text, lines_of, texts_of
from knowledge.suspicion import doubts_of, suspicion_of
from knowledge.text import fold

CODE = re.compile(r"\d\.\d{6}")
_ONLINE = {"toan trinh": OnlineLevel.FULL, "mot phan": OnlineLevel.PARTIAL}
_ORIGINS = {
    "csdl.dichvucong.gov.vn": "Cơ sở dữ liệu quốc gia về thủ tục hành chính",
    "dichvucong.gov.vn": "Cổng Dịch vụ công quốc gia",
    "sổ tay điện tử": "Sổ tay điện tử thủ tục hành chính cấp xã",
}
"""What the export's `source` contains, and who that is; the first that fits counts."""
_STEP = re.compile(
    r"(?:^|\n|(?<=[.;:)]))[ \t]*(?:[-+*•]|\w\))?[ \t]*Bước[ \t]*\d+[ \t]*[:.)–-]*[ \t]*"
)
_NUMBER = re.compile(r"^\d{1,2}[.)]\s+")
"""A number before a step; steps are numbered when they are shown."""
_NONE = re.compile(r"khong(?: co| quy dinh| yeu cau)?(?: yeu cau| dieu kien)?\W*")
_LETTERED = re.compile(r"[a-zđ]\d?[.)]")
"""A sign of a list: "a)", "b1)"."""
_BULLET = re.compile(r"^(?:[-+*•–]+\s*)+")


@dataclass(frozen=True, slots=True)
class Record:
    """A record as read, and what had to be doubted in it."""

    procedure: Procedure
    doubts: tuple[str, ...]
    """In Vietnamese, for the official who imports."""


def read_record(value: object, as_of: str = "") -> Record:
    """Return the record of one line of the export, parsed from JSON.

    Args:
        value: what the line holds, of any shape.
        as_of: the date of the data where the record's `source` tells none.

    Raises:
        RecordDamaged: the line is no record; the message says which part.
    """
    record = a_mapping(value, "dòng")
    methods = methods_of(a_list(record, "methods"))
    papers = papers_of(a_list(record, "documents"))
    online = _ONLINE.get(fold(a_text(record, "online_level")))
    source = _source(record, as_of)
    procedure = Procedure(
        code=_code(record),
        name=_name(record),
        field=a_text(record, "field"),
        levels=tuple(_levels(record)),
        source=source,
        who=texts_of(record, "subjects"),
        agency=a_text(record, "executing_agency") or a_text(record, "competent_agency"),
        where=a_text(record, "receiving_address"),
        methods=methods.methods,
        circumstances=papers.circumstances,
        steps=tuple(_steps(lines_of(record, "steps"))),
        conditions=tuple(_conditions(lines_of(record, "requirements"))),
        results=tuple(_results(record)),
        legal_basis=legal_numbers(texts_of(record, "legal_refs"), a_text(record, "legal_raw")),
        forms=papers.forms,
        online_level=online,
        online_level_source=source.origin if online else "",
        url=trusted_url(a_text(record, "url")),
        suspect=suspicion_of(a_text(record, "name"), source.decision, a_text(record, "ministry")),
    )
    doubts = (*methods.doubts, *papers.doubts, *doubts_of(procedure))
    return Record(procedure, tuple(dict.fromkeys(doubts)))


def _code(record: Mapping[str, object]) -> str:
    code = a_text(record, "code")
    if not CODE.fullmatch(code):
        raise RecordDamaged(f"'code' là '{code[:30]}', phải có dạng 1.004222")
    return code


def _name(record: Mapping[str, object]) -> str:
    name = a_text(record, "name")
    if not name:
        raise RecordDamaged("thiếu 'name'")
    return name


def _levels(record: Mapping[str, object]) -> Iterator[Level]:
    for named in texts_of(record, "agency_level"):
        level = level_of(named)
        if level is None:
            raise RecordDamaged(f"không biết cấp '{named}'")
        yield level


def _source(record: Mapping[str, object], as_of: str) -> Source:
    told = a_text(record, "source")
    known = (name for marker, name in _ORIGINS.items() if marker in told)
    return Source(
        decision=decision_number(a_text(record, "decision")),
        origin=next(known, told[:120]),
        as_of=as_of_of(told) or as_of,
    )


def trusted_url(url: str) -> str:
    """Return `url` if it is a page of the government over https; else ""."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    trusted = host == "gov.vn" or host.endswith(".gov.vn")
    return url if parts.scheme == "https" and trusted and " " not in url else ""


def _steps(lines: Iterable[str]) -> Iterator[Step]:
    """Cut the prose at "Bước n"; where it has none, every line is a step, under its heading."""
    text = "\n".join(lines)
    parts: Iterator[str]
    if _STEP.search(text):
        parts = (part for part in _STEP.split(text) if "\n" in part or not _is_heading(part))
    else:
        parts = _under_headings(_points(_unwrapped(text.splitlines())))
    for part in parts:
        step = _NUMBER.sub("", _BULLET.sub("", part.strip()))
        if step:
            yield Step(step)


def _under_headings(points: Iterable[str]) -> Iterator[str]:
    heading = ""
    for point in points:
        if _is_heading(point):
            heading = f"{heading}{point}\n"
        else:
            yield f"{heading}{point}"
            heading = ""


def _is_heading(line: str) -> bool:
    return line.rstrip().endswith(":")


def _unwrapped(lines: Iterable[str]) -> Iterator[str]:
    """Join what was broken in the middle of a sentence: "trong 05 ngày" + "làm việc"."""
    whole = ""
    for line in map(str.strip, lines):
        if whole and _goes_on(whole, line):
            whole = f"{whole} {line}"
            continue
        if whole:
            yield whole
        whole = line
    if whole:
        yield whole


def _goes_on(before: str, line: str) -> bool:
    return line[:1].islower() and before[-1] not in ".;:" and not _LETTERED.match(line)


def _points(lines: Iterable[str]) -> Iterator[str]:
    seen = set()
    for line in lines:
        point = _BULLET.sub("", line)
        if point and point not in seen:
            seen.add(point)
            yield point


def _conditions(lines: Iterable[str]) -> Iterator[str]:
    return (point for point in _points(_unwrapped(lines)) if not _NONE.fullmatch(fold(point)))


def _results(record: Mapping[str, object]) -> Iterator[str]:
    found = (a_text(a_mapping(one, "results"), "name") for one in a_list(record, "results"))
    yield from dict.fromkeys(filter(None, (_BULLET.sub("", name) for name in found)))
