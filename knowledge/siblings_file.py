"""Reads `content/siblings/<group>.yaml`, and finds what is wrong in the groups with its line.

The format is told in `knowledge/content/siblings/README.md`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.content import SHIPPED
from knowledge.errors import ContentFaulty, Fault
from knowledge.siblings import Case, SiblingGroup, Siblings
from knowledge.text import fold, syllables
from knowledge.yaml_sections import Notebook, Section, read_section

FOLDER = "siblings"
MAX_LABEL_CHARACTERS = 40
MAX_QUESTION_CHARACTERS = 100
"""Two lines on a telephone."""
LEAST_CASES, MAX_CASES = 2, 8

_KEY = re.compile(r"[a-z0-9][a-z0-9\-]{1,23}")
"""Goes into the value of a button, which has 64 bytes."""
_CODE = re.compile(r"\d\.\d{6}")


@dataclass(frozen=True, slots=True)
class GroupFile:
    """One file and its group; faulty parts of it are left empty."""

    notebook: Notebook
    group: SiblingGroup
    lines: tuple[int, ...]
    """Of the cases."""
    imported: Mapping[str, int] = field(default_factory=dict)
    """Codes that only an import brings, with their line."""


def load_siblings(folder: Path = SHIPPED) -> Siblings:
    """Return the groups of a content folder.

    Raises:
        ContentFaulty: with every fault of every file.
    """
    files, faults = read_siblings(folder)
    if faults:
        raise ContentFaulty(faults)
    return Siblings(file.group for file in files)


def read_siblings(folder: Path = SHIPPED) -> tuple[tuple[GroupFile, ...], tuple[Fault, ...]]:
    """Read `folder/siblings/*.yaml`; never raises, all faults are in the answer."""
    paths = sorted((folder / FOLDER).glob("*.yaml"))
    files = [_read_file(path, f"{folder.name}/{FOLDER}/{path.name}") for path in paths]
    _compare(files)
    faults = (fault for file in files for fault in file.notebook.faults)
    return tuple(files), tuple(sorted(set(faults)))


def unknown_codes(
    files: tuple[GroupFile, ...], ours: frozenset[str], imported: frozenset[str]
) -> Iterator[Fault]:
    """Yield codes that are neither ours nor noted as imported, and notes that are wrong.

    Args:
        files: the groups.
        ours: codes of the content.
        imported: codes of the import; empty: nothing was imported.
    """
    for file in files:
        for case, line in zip(file.group.cases, file.lines, strict=True):
            if case.code and case.code not in ours | imported | file.imported.keys():
                told = f"Mã {case.code} không có trong nội dung. Ghi vào 'imported' hoặc sửa mã."
                yield Fault(file.notebook.file, line, told)
        codes = {case.code for case in file.group.cases}
        for code, line in file.imported.items():
            if code in ours or code not in codes:
                told = f"'imported' ghi {code}, mã này đã có hoặc không dùng ở đây. Xoá đi."
                yield Fault(file.notebook.file, line, told)


def _read_file(path: Path, shown: str) -> GroupFile:
    notebook = Notebook(shown)
    if not _KEY.fullmatch(path.stem):
        notebook.note(0, "Tên tệp chỉ gồm chữ thường không dấu, số, gạch nối; dài 2 đến 24 ký tự.")
    top = read_section(path, notebook)
    if top is None:
        return GroupFile(notebook, SiblingGroup(path.stem, "", ()), ())
    question = top.required_text("question")
    parts = top.sections("choices")
    cases = tuple(_case(part) for part in parts)
    usual = top.text("usual")
    imported = dict.fromkeys(top.texts("imported"), top.line_of("imported"))
    top.finish()
    _check_question(top, question)
    if not LEAST_CASES <= len(cases) <= MAX_CASES:
        top.fault("choices", f"Cần từ {LEAST_CASES} đến {MAX_CASES} mục, ở đây có {len(cases)}.")
    if usual and usual not in {case.code for case in cases}:
        top.fault("usual", f"'{usual}' không phải mã của một mục ở đây. Sửa hoặc bỏ 'usual'.")
    _check_labels(parts, cases)
    lines = tuple(part.line for part in parts)
    group = SiblingGroup(path.stem, question, cases, usual)
    return GroupFile(notebook, group, lines, imported)


def _case(part: Section) -> Case:
    case = Case(
        label=part.required_text("label"),
        code=part.text("code"),
        then=part.text("then"),
        signs=part.texts("signs"),
    )
    part.finish()
    if bool(case.code) == bool(case.then):
        part.fault("label", "Mỗi mục có đúng một trong hai khoá: 'code' hoặc 'then'.")
    if case.code and not _CODE.fullmatch(case.code):
        part.fault("code", f"'{case.code}' không phải mã thủ tục. Viết dạng \"1.004222\".")
    if len(case.label) > MAX_LABEL_CHARACTERS:
        told = f"Nhãn dài {len(case.label)} ký tự, tối đa {MAX_LABEL_CHARACTERS}. Viết ngắn lại."
        part.fault("label", told)
    return case


def _check_question(top: Section, question: str) -> None:
    if question and not question.endswith("?"):
        top.fault("question", "Câu hỏi phải kết thúc bằng dấu hỏi.")
    if question and question[0] != question[0].upper():
        top.fault("question", "Câu hỏi phải bắt đầu bằng chữ hoa.")
    if len(question) > MAX_QUESTION_CHARACTERS:
        told = f"Câu hỏi dài {len(question)} ký tự, tối đa {MAX_QUESTION_CHARACTERS}. Viết ngắn."
        top.fault("question", told)


def _check_labels(parts: list[Section], cases: tuple[Case, ...]) -> None:
    """Note labels and signs that two cases of a group share."""
    first: dict[str, int] = {}
    for part, case in zip(parts, cases, strict=True):
        for key, text in (("label", case.label), *(("signs", sign) for sign in case.signs)):
            said = " ".join(syllables(text)) if key == "signs" else f"= {fold(text)}"
            line = first.setdefault(said, part.line)
            if line != part.line:
                part.fault(key, f"'{text}' đã có ở dòng {line}. Hai mục phải khác nhau.")


def _compare(files: list[GroupFile]) -> None:
    """Note codes and groups that stand twice, groups that are missing, and too deep nesting."""
    keys = {file.group.key: file for file in files}
    codes: dict[str, str] = {}
    for file in files:
        for case, line in zip(file.group.cases, file.lines, strict=True):
            place = f"{file.notebook.file}:{line}"
            first = codes.setdefault(case.target, place)
            if first != place:
                file.notebook.note(line, f"'{case.target}' đã có ở {first}. Giữ một chỗ.")
            after = keys.get(case.then)
            if case.then and (after is None or any(one.then for one in after.group.cases)):
                told = f"Không có nhóm '{case.then}', hoặc nhóm ấy lại hỏi tiếp. Hỏi hai lần là đủ."
                file.notebook.note(line, told)
