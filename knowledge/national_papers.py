"""Reads the documents of a national record: papers by circumstance, notes apart, forms cleaned.

The export's items come unordered, notes stand among papers with quantities 0/0, and the name of
the form's file is glued to the paper's name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.national_law import ISSUERS
from knowledge.procedure import Circumstance, FormDocument, Paper
from knowledge.shapes import a_count, a_list, a_mapping, a_text
from knowledge.text import fold

HIGHEST_QUANTITY = 20
"""Above it the export has glued the last digits of the name to the quantity ("2026" + "1")."""
LONGEST_FILE_NAME = 110
"""Characters of a file name: a longer tail is part of the paper's name."""

_ISSUED = tuple(f"-{issuer}" for issuer in ISSUERS)
_END = '.,;:)”"]'
"""Signs that end a cell."""
_BULLET = re.compile(r"^(?:[-+*•–;,.]+\s*)+")
_JUST_NOTES = re.compile(r"luu y\W*")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf|odt|zip|rar|jpe?g|png)\s*$", re.IGNORECASE)
_FILE_WORD = re.compile(
    r"(?:mau|phu luc|pl|to khai|don|phieu|bieu|giay|van ban|bao cao|danh sach|thong tu|tt|nd)"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})[.,;)]*")
"""The end of a date that the export took for the beginning of a file name."""
_NUMBER = re.compile(
    r"\b[Mm]ẫu(?: (?:đơn|số|tờ khai))*[: ]+"
    r"(?P<number>[A-ZĐ]{1,5}[-.]?\d{1,3}[a-zđ]?\b|\d{1,3}[a-zđ]?\b)"
)
_CODED = re.compile(
    r"(?<![^\W\d_])(?!TT|ND|NĐ|QD|QĐ|NQ|PL)(?P<number>[A-ZĐ]{2,4}\d{1,2}[a-zđ]?|TP-[A-Z]+-\d+)(?![^\W_])"
)


@dataclass(slots=True)
class Papers:
    """What the documents of one record say."""

    circumstances: tuple[Circumstance, ...] = ()
    forms: tuple[FormDocument, ...] = ()
    doubts: list[str] = field(default_factory=list)
    """What had to be repaired, in Vietnamese."""


@dataclass(slots=True)
class _Group:
    papers: list[Paper] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def papers_of(documents: Iterable[object]) -> Papers:
    """Return the papers of the record's `documents`.

    Raises:
        RecordDamaged: a part has another shape than the export's.
    """
    found = Papers()
    groups: dict[str, _Group] = {}
    forms: dict[FormDocument, None] = {}
    for document in documents:
        case = a_mapping(document, "documents")
        group = groups.setdefault(_title(a_text(case, "case")), _Group())
        for item in a_list(case, "items"):
            _read_item(a_mapping(item, "items"), group, forms, found.doubts)
        group.notes += _note(a_text(case, "untabled"))
    found.circumstances = tuple(_circumstances(groups))
    found.forms = tuple(forms)
    return found


def _circumstances(groups: Mapping[str, _Group]) -> Iterator[Circumstance]:
    for title, group in groups.items():
        # The export's order is none: what has to be filled in comes first.
        papers = sorted(dict.fromkeys(group.papers), key=lambda paper: not paper.form)
        notes = tuple(dict.fromkeys(group.notes))
        if papers or notes:
            yield Circumstance(title=title, papers=tuple(papers), notes=notes)


def _title(text: str) -> str:
    title = _BULLET.sub("", text).rstrip(" :")
    return "" if _JUST_NOTES.fullmatch(fold(title)) else title


def _note(text: str) -> list[str]:
    note = _BULLET.sub("", text)
    return [note] if any(sign.isalnum() for sign in note) else []


def _read_item(
    item: Mapping[str, Any], group: _Group, forms: dict[FormDocument, None], doubts: list[str]
) -> None:
    name, original, copies = _quantities(item, doubts)
    if original == 0 and copies == 0:
        group.notes += _note(name)
        return
    name, file = _without_file(name, a_text(item, "form"))
    number = form_number(name, file)
    paper = _BULLET.sub("", name).rstrip(" ;:,") or file
    if not paper:
        doubts.append("một giấy tờ không có tên đã bỏ qua")
        return
    group.papers.append(Paper(name=paper, original=original, copies=copies, form=number))
    if file:
        forms[FormDocument(name=paper, number=number)] = None


def _quantities(item: Mapping[str, Any], doubts: list[str]) -> tuple[str, int, int]:
    """Return name, originals, copies; digits of the name that stand in a quantity go back."""
    name = a_text(item, "name")
    counts = [a_count(item, "original"), a_count(item, "copy")]
    for place, count in enumerate(counts):
        if count > HIGHEST_QUANTITY:
            rest, counts[place] = divmod(count, 10)
            name = f"{name}{rest}"
            doubts.append(f"số lượng {count} dính với tên giấy tờ, đọc là {counts[place]}")
    return name, counts[0], counts[1]


def _without_file(name: str, form: str) -> tuple[str, str]:
    """Return the paper's name and the form's file name, which the export has run together.

    >>> _without_file("Phiếu đề nghị (Mẫu DC02)Mẫu DC02 Phiếu đề nghị về căn", "cước.doc")
    ('Phiếu đề nghị (Mẫu DC02)', 'Mẫu DC02 Phiếu đề nghị về căn cước.doc')
    >>> _without_file("Báo cáo theo Nghị định ngày 27/12/", "2021.Mus09.docx")
    ('Báo cáo theo Nghị định ngày 27/12/2021', 'Mus09.docx')
    >>> _without_file("Đơn theo Nghị định số 43/2026/NĐ-CPĐơn đăng", "ký.docx")
    ('Đơn theo Nghị định số 43/2026/NĐ-CP', 'Đơn đăng ký.docx')
    >>> _without_file("Tờ khai đề nghị", "Mẫu số 02")
    ('Tờ khai đề nghị', 'Mẫu số 02')
    """
    if not _FILE.search(form):
        return name, form
    year = _YEAR.match(form) if name.endswith("/") else None
    if year:
        name, form = f"{name}{year['year']}", form[year.end() :]
    first = max(1, len(name) - LONGEST_FILE_NAME)
    near = [place for place in range(first, len(name)) if _is_seam(name, place)]
    named = [place for place in near if _FILE_WORD.match(fold(name[place:]))]
    if not near:
        return name, form
    cut = named[0] if named else near[-1]
    between = "" if form.startswith(".") else " "
    return name[:cut].rstrip(), f"{name[cut:]}{between}{form}"


def _is_seam(name: str, place: int) -> bool:
    """Tell whether two cells were run together at `place`: no blank before a capital."""
    before, here = name[place - 1], name[place]
    if name[place - 3 : place + 2] == "VNeID":
        return False
    if before.isupper() and name.startswith(("Mẫu", "Mau", "Phụ lục", "Phu luc"), place):
        return True
    if here.isupper() and name.endswith(_ISSUED, 0, place):
        return True
    return (here.isupper() and (before.islower() or before.isdigit() or before in _END)) or (
        here.isdigit() and before in ";)"
    )


def form_number(name: str, file: str) -> str:
    """Return the number of the form that a paper is filled in on; "" where none is named.

    >>> form_number("Tờ khai thay đổi thông tin cư trú (mẫu CT01 ban hành kèm theo Thông tư)", "")
    'CT01'
    >>> form_number("Đơn đề nghị theo Mẫu số 08 Phụ lục II", "Mus08.docx")
    'Mẫu số 08'
    """
    match = _NUMBER.search(name) or _NUMBER.search(file) or _CODED.search(file)
    if match is None:
        return ""
    number = match["number"]
    return f"Mẫu số {number}" if number[0].isdigit() else number
