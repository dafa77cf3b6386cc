"""What a workbook changes in a content folder: which files, whether they pass, writing them.

Files are written all or none. What they held before is kept beside, so that it can be put back.
"""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.check import check
from knowledge.content import ContentFile, read_procedures
from knowledge.content_writing import faq_yaml, procedure_yaml
from knowledge.errors import ContentFaulty, Fault
from knowledge.faq import Faq
from knowledge.faq_yaml import FaqFile, read_faqs
from knowledge.procedure import Procedure
from knowledge.procedure_yaml import CODE
from knowledge.text import strip_accents, syllables
from knowledge.workbook import Contents
from knowledge.workbook_sheets import CODE as CODE_COLUMN
from knowledge.workbook_sheets import KEY

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
"""What may become a file or a folder: a cell never leads out of the content."""

_DEPTH: Final = 2
"""Parts before the file name: the content folder and the kind."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One file to write."""

    path: str
    """Below the content folder."""
    text: str
    place: str
    """Where it stands in the workbook, e.g. "Thủ tục!A12"."""
    before: Procedure | Faq | None
    """None: the file is new."""
    after: Procedure | Faq


def edits_of(contents: Contents, folder: Path, workbook: str) -> tuple[Edit, ...]:
    """Return the files that differ from a workbook; imported records are not looked at.

    Args:
        contents: what the workbook holds.
        folder: the content folder.
        workbook: the name of the file, for faults.

    Raises:
        ContentFaulty: a code, key or topic cannot be the name of a file.
    """
    faults: list[Fault] = []
    edits = [
        *_procedures(contents, folder, workbook, faults),
        *_faqs(contents, folder, workbook, faults),
    ]
    if faults:
        raise ContentFaulty(faults)
    return tuple(edits)


def check_edits(
    edits: Sequence[Edit],
    contents: Contents,
    folder: Path,
    imported: Iterable[Procedure],
    workbook: str,
) -> None:
    """Try the edits on a copy of the folder.

    Raises:
        ContentFaulty: with every fault that the edits bring; those of a record in the workbook
            with its row there. A fault that the folder has already keeps nobody from editing.
    """
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / folder.name
        shutil.copytree(folder, copy)
        for edit in edits:
            _write(copy / edit.path, edit.text)
        records = tuple(imported)
        found = check(copy, None, records)
    had = (
        {(fault.file, fault.message) for fault in check(folder, None, records)} if found else set()
    )
    found = tuple(fault for fault in found if (fault.file, fault.message) not in had)
    rows = _rows(contents)
    faults = [
        Fault(workbook, 0, f"{row}: {fault.message}") if (row := rows.get(_whose(fault))) else fault
        for fault in found
    ]
    if faults:
        raise ContentFaulty(faults)


def _rows(contents: Contents) -> dict[tuple[str, str], str]:
    """Return the places in the workbook by kind of content and key."""
    procedures = {
        ("procedures", one.procedure.code): one.row.place(CODE_COLUMN)
        for one in contents.procedures
    }
    return procedures | {("faq", one.faq.key): one.row.place(KEY) for one in contents.faqs}


def _whose(fault: Fault) -> tuple[str, str]:
    path = Path(fault.file)
    return (path.parts[1] if len(path.parts) > _DEPTH else "", path.stem)


def write_edits(edits: Sequence[Edit], folder: Path, kept: Path) -> None:
    """Write the files; what they held is copied to `kept` first.

    Raises:
        OSError: something cannot be written; the folder is as it was.
    """
    for edit in edits:
        old = folder / edit.path
        if old.exists():
            (kept / edit.path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(old, kept / edit.path)
    written: list[Edit] = []
    try:
        for edit in edits:
            written.append(edit)
            _write(folder / edit.path, edit.text)
    except OSError:
        _put_back(written, folder, kept)
        raise


def _put_back(edits: Iterable[Edit], folder: Path, kept: Path) -> None:
    for edit in edits:
        if (kept / edit.path).exists():
            shutil.copy2(kept / edit.path, folder / edit.path)
        else:
            (folder / edit.path).unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.part")
    try:
        fresh.write_text(text, "utf-8")
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _procedures(
    contents: Contents, folder: Path, workbook: str, faults: list[Fault]
) -> Iterator[Edit]:
    reading = read_procedures(folder)
    files = {file.procedure.code: file for file in reading.files if file.procedure}
    homes = _homes(reading.files)
    for placed in contents.procedures:
        one, place = placed.procedure, placed.row.place(CODE_COLUMN)
        held = files.get(one.code)
        before = held.procedure if held else None
        if not one.ours or one == before:
            continue
        if not CODE.fullmatch(one.code):
            told = f"{place}: Mã '{one.code}' không đúng dạng 1.004222. Sửa mã."
            faults.append(Fault(workbook, 0, told))
            continue
        home = homes.get(one.field) or _slug(one.field)
        path = _below(held.file, folder) if held else f"procedures/{home}/{one.code}.yaml"
        yield Edit(path, procedure_yaml(one), place, before, one)


def _faqs(contents: Contents, folder: Path, workbook: str, faults: list[Fault]) -> Iterator[Edit]:
    files: Mapping[str, FaqFile] = {file.faq.key: file for file in read_faqs(folder)[0]}
    for placed in contents.faqs:
        one, place = placed.faq, placed.row.place(KEY)
        held = files.get(one.key)
        before = held.faq if held else None
        if one == before:
            continue
        if not (_NAME.fullmatch(one.key) and _NAME.fullmatch(one.topic)):
            told = (
                f"{place}: 'Khoá' và 'Chủ đề' chỉ gồm chữ thường không dấu, số, gạch nối, "
                f"tối đa 60 ký tự; ở đây là '{one.key}' và '{one.topic}'. Sửa lại."
            )
            faults.append(Fault(workbook, 0, told))
        elif before and before.topic != one.topic:
            told = f"{place}: Chủ đề của '{one.key}' là '{before.topic}'. Giữ nguyên chủ đề."
            faults.append(Fault(workbook, 0, told))
        else:
            yield Edit(f"faq/{one.topic}/{one.key}.yaml", faq_yaml(one), place, before, one)


def _homes(files: Iterable[ContentFile]) -> dict[str, str]:
    """Return the folder of each field: where most of its procedures are."""
    counted: dict[str, Counter[str]] = {}
    for file in files:
        if file.procedure:
            counted.setdefault(file.procedure.field, Counter())[Path(file.file).parent.name] += 1
    return {field: homes.most_common(1)[0][0] for field, homes in counted.items()}


def _below(file: str, folder: Path) -> str:
    return Path(file).relative_to(folder.name).as_posix()


def _slug(field: str) -> str:
    bare = strip_accents(" ".join(syllables(field)))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:60] or "khac"
