"""Reads the two tables that stand beside the national export: CSV, hostile until parsed.

* Papers that need not be handed in any more: the appendix of Resolution 66.7/2025/NQ-CP, in force
  from 01/01/2026 to 28/02/2027.
* Online levels, as decisions of ministries and provinces state them.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from knowledge.errors import ExportUnreadable, reason_of
from knowledge.importer import DamagedLine
from knowledge.national import CODE
from knowledge.procedure import OnlineLevel, OnlineStatement, ReplacedPaper
from knowledge.text import fold, normalise

RESOLUTION: Final = "66.7/2025/NQ-CP"
RESOLUTION_FROM: Final = "2026-01-01"
RESOLUTION_TO: Final = "2027-02-28"

MOST_BYTES: Final = 20_000_000
"""The longer of the tables takes 0.3 MB."""
LONGEST_CELL: Final = 5_000
"""Characters; the longest cell of the appendix has 1,094."""

PAPERS: Final = ("code", "name", "document_replaced", "database")
LEVELS: Final = ("code", "name", "online_level", "source")
_LEVELS = {"toan trinh": OnlineLevel.FULL, "mot phan": OnlineLevel.PARTIAL}
_FILE_NOTE = re.compile(r"\s*\((?:tệp|ngành)[^()]*\)")
_DECISION = re.compile(
    r"(?:QĐ |Quyết định (?:số )?)?(?P<number>\d+/QĐ-[A-ZĐ]+)"
    r"(?: (?:ngày )?(?P<day>\d{1,2}/\d{1,2}/\d{4}))?(?: (?P<place>[^\d()]+))?"
)
_PROVINCIAL = re.compile(r"/QĐ-(?:UBND|CT)\b")
_DATABASE = re.compile(r"CSDL\s*QG(?: về)?|CSDL(?= [Qq]uốc gia)|CSDL")
_LIST_SIGN = re.compile(r"^(?:[-+*•]|[a-zđ]\))\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a paper, or a level, that the table states for a code."""

    line: int
    code: str
    name: str
    """What the table calls the procedure, which may be one case of it."""
    fact: ReplacedPaper | OnlineStatement


@dataclass(slots=True)
class SideTable:
    """A table as read."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    """By code, in their order."""
    read: int = 0
    damaged: list[DamagedLine] = field(default_factory=list)


def is_side_table(path: Path) -> bool:
    """Tell whether a file is to be read as one of the tables: by its name alone.

    >>> is_side_table(Path("online_level.CSV")), is_side_table(Path("export.jsonl.gz"))
    (True, False)
    """
    return path.suffix.lower() == ".csv"


def read_side_table(path: Path) -> SideTable:
    """Return the table; its kind is told by its header, rows that are none are told and skipped.

    Raises:
        ExportUnreadable: the file cannot be read, is no UTF-8, too large, has another header or
            not one good row.
    """
    rows = _rows(path)
    header = tuple(cell.strip() for cell in next(rows, (0, ()))[1])
    read = _reader_of(path, header)
    table = SideTable()
    for number, cells in rows:
        if len(cells) != len(header):
            reason = f"có {len(cells)} cột, phải có {len(header)}"
            table.damaged.append(DamagedLine(number, f"{reason}. Đã bỏ qua dòng này."))
            continue
        values = {key: normalise(cell) for key, cell in zip(header, cells, strict=True)}
        try:
            row = Row(number, _code(values), values["name"], read(values))
        except ValueError as error:
            table.damaged.append(DamagedLine(number, f"{error}. Đã bỏ qua dòng này."))
            continue
        table.read += 1
        table.rows.setdefault(row.code, []).append(row)
    if not table.read:
        raise ExportUnreadable(f"'{path.name}' không có dòng nào đọc được. Chọn lại tệp.")
    return table


def _rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ExportUnreadable(
            f"Không đọc được '{path}' ({reason_of(error)}). Kiểm tra đường dẫn và quyền đọc."
        ) from error
    if len(raw) > MOST_BYTES:
        raise ExportUnreadable(f"'{path.name}' lớn hơn {MOST_BYTES // 10**6} MB. Chọn lại tệp.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ExportUnreadable(
            f"'{path.name}', dòng {line}: không phải UTF-8. Lưu lại tệp dạng CSV UTF-8."
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise ExportUnreadable(
            f"'{path.name}', dòng {reader.line_num}: không phải CSV. Lưu lại tệp dạng CSV UTF-8."
        ) from error


def _reader_of(
    path: Path, header: Sequence[str]
) -> Callable[[Mapping[str, str]], ReplacedPaper | OnlineStatement]:
    if len(set(header)) < len(header):
        raise ExportUnreadable(f"'{path.name}': hai cột cùng tên. Xoá bớt một cột.")
    for marker, wanted, read in (
        ("document_replaced", PAPERS, _paper),
        ("online_level", LEVELS, _level),
    ):
        if marker in header:
            if missing := [key for key in wanted if key not in header]:
                raise ExportUnreadable(f"'{path.name}': thiếu cột {', '.join(missing)}. Thêm cột.")
            return read
    raise ExportUnreadable(
        f"'{path.name}': dòng đầu phải là tên cột, có {', '.join(PAPERS)} (giấy tờ thay bằng dữ "
        f"liệu) hoặc {', '.join(LEVELS)} (mức trực tuyến). Sửa dòng đầu hoặc chọn lại tệp."
    )


def _code(values: Mapping[str, str]) -> str:
    code = values["code"]
    if not CODE.fullmatch(code):
        raise ValueError(f"'code' là '{code[:30]}', phải có dạng 1.004222")
    return code


def _cell(values: Mapping[str, str], key: str) -> str:
    text = " ".join(values[key].split())
    if not text:
        raise ValueError(f"'{key}' để trống")
    if len(text) > LONGEST_CELL:
        raise ValueError(f"'{key}' dài {len(text)} ký tự, tối đa {LONGEST_CELL}")
    return text


def _paper(values: Mapping[str, str]) -> ReplacedPaper:
    return ReplacedPaper(
        paper=_LIST_SIGN.sub("", _cell(values, "document_replaced")).rstrip(" ;,."),
        database=database_name(_cell(values, "database")),
        resolution=RESOLUTION,
        valid_from=RESOLUTION_FROM,
        valid_to=RESOLUTION_TO,
    )


def database_name(text: str) -> str:
    """Return the name of a database without the abbreviations of the appendix.

    >>> database_name("CSDLQG về đất đai"), database_name("CSDL hộ tịch điện tử")
    ('Cơ sở dữ liệu quốc gia về đất đai', 'Cơ sở dữ liệu hộ tịch điện tử')
    """
    return _DATABASE.sub(_spelled_out, text)


def _spelled_out(match: re.Match[str]) -> str:
    national = "QG" in match.group()
    about = " về" if match.group().endswith("về") else ""
    return f"Cơ sở dữ liệu{' quốc gia' if national else ''}{about}"


def _level(values: Mapping[str, str]) -> OnlineStatement:
    named = _cell(values, "online_level")
    level = _LEVELS.get(fold(named))
    if level is None:
        raise ValueError(f"'online_level' là '{named[:30]}', phải là toàn trình hoặc một phần")
    decision = decision_text(_cell(values, "source"))
    return OnlineStatement(level, decision, local=_PROVINCIAL.search(decision) is not None)


def decision_text(source: str) -> str:
    """Return the decision as it is told, without the notes of who collected it.

    >>> decision_text("QĐ 2808/QĐ-UBND 19/11/2025 Đồng Nai (ngành Xây dựng)")
    'Quyết định 2808/QĐ-UBND ngày 19/11/2025 (Đồng Nai)'
    >>> decision_text("3771/QĐ-UBND (tệp dc1e1584661e6162)")
    'Quyết định 3771/QĐ-UBND'
    """
    told = _FILE_NOTE.sub("", source).strip()
    match = _DECISION.fullmatch(told)
    if match is None:
        return told
    day = f" ngày {match['day']}" if match["day"] else ""
    place = f" ({match['place'].strip()})" if match["place"] else ""
    return f"Quyết định {match['number']}{day}{place}"
