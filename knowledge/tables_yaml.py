"""Reads `content/tables/<field>/<code>.yaml`, and finds what is wrong in a table with its line.

The format is told in `knowledge/content/tables/README.md`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.conditions_yaml import Asked, condition_in
from knowledge.content import SHIPPED
from knowledge.errors import ContentFaulty, Fault
from knowledge.tables import Condition, Option, Question, Rule, Table, Without
from knowledge.text import fold
from knowledge.yaml_sections import Notebook, Section, read_section

FOLDER = "tables"
MAX_LABEL_CHARACTERS = 40
MAX_QUESTION_CHARACTERS = 120
"""Two lines on a telephone."""
MAX_EXPLAIN_CHARACTERS = 200
MAX_QUESTIONS = 6
LEAST_OPTIONS, MAX_OPTIONS = 2, 8

_KEY = re.compile(r"[a-z0-9][a-z0-9\-]{0,15}")
"""Goes into the value of a button, which has 64 bytes, beside the code and another key."""

Signs = Mapping[str, tuple[str, ...]]
"""What people say instead of a label, by the folded label."""

SIGNS = "signs.yaml"
"""The file of the labels that stand in many tables."""


@dataclass(slots=True)
class TableFile:
    """One file and its table; faulty parts of it are left empty."""

    notebook: Notebook
    table: Table
    left_open: dict[str, int] = field(default_factory=dict)
    """Cases and `when` that nobody can answer, with their lines."""
    lines: dict[str, int] = field(default_factory=dict)
    """Of the top keys, and of the questions by "?key"."""


def load_tables(folder: Path = SHIPPED) -> Mapping[str, Table]:
    """Return the tables of a content folder by the code of their procedure.

    Raises:
        ContentFaulty: with every fault of every file.
    """
    files, faults = read_tables(folder)
    if faults:
        raise ContentFaulty(faults)
    return {file.table.code: file.table for file in files}


def read_tables(folder: Path = SHIPPED) -> tuple[tuple[TableFile, ...], tuple[Fault, ...]]:
    """Read `folder/tables/**/*.yaml`; never raises, all faults are in the answer."""
    root = folder / FOLDER
    common, sign_faults = _read_signs(root / SIGNS, f"{folder.name}/{FOLDER}/{SIGNS}")
    files = [
        read_table(path, f"{folder.name}/{FOLDER}/{path.relative_to(root).as_posix()}", common)
        for path in sorted(root.rglob("*.yaml"))
        if path != root / SIGNS
    ]
    first: dict[str, str] = {}
    for file in files:
        owner = first.setdefault(file.table.code, file.notebook.file)
        if file.table.code and owner != file.notebook.file:
            file.notebook.note(0, f"Mã {file.table.code} đã có bảng ở {owner}. Giữ một tệp.")
    faults = (fault for file in files for fault in file.notebook.faults)
    return tuple(files), tuple(sorted({*faults, *sign_faults}))


def _read_signs(path: Path, shown: str) -> tuple[Signs, list[Fault]]:
    """Read `answers: {label: [what people say]}`; no such file: no common signs."""
    notebook = Notebook(shown)
    top = read_section(path, notebook) if path.is_file() else None
    if top is None:
        return {}, notebook.faults
    answers = top.section("answers")
    top.finish()
    names = answers.names() if answers else ()
    return {fold(name): answers.texts(name) for name in names if answers}, notebook.faults


def read_table(path: Path, shown: str, common: Signs) -> TableFile:
    """Read one file; `shown` is its name in faults."""
    notebook = Notebook(shown)
    top = read_section(path, notebook)
    if top is None:
        return TableFile(notebook, Table(path.stem, ()))
    code = top.required_text("code")
    if code and code != path.stem:
        top.fault("code", f"Mã '{code}' khác tên tệp '{path.name}'. Sửa cho khớp.")
    lines: dict[str, int] = {}
    asked: Asked = {}
    parts = top.sections("questions")
    questions = tuple(_question(part, asked, lines, common) for part in parts)
    if not 1 <= len(questions) <= MAX_QUESTIONS:
        told = f"Cần từ 1 đến {MAX_QUESTIONS} câu hỏi, ở đây có {len(questions)}."
        top.fault("questions", told)
    table = Table(
        code=code,
        questions=questions,
        cases=_rules(top, "cases", "case", asked),
        whens=_rules(top, "whens", "when", asked),
        without=tuple(_without(part, asked) for part in top.sections("without")),
        only=_rules(top, "only", "text", asked),
    )
    left_open = top.placed_texts("left_open")
    top.finish()
    lines |= {key: top.line_of(key) for key in ("cases", "whens", "without", "only", "questions")}
    return TableFile(notebook, table, left_open, lines)


def _question(part: Section, asked: Asked, lines: dict[str, int], common: Signs) -> Question:
    key = part.required_text("key")
    text = part.required_text("ask")
    explain = part.text("explain")
    only_if = condition_in(part, "only_if", "only_if_any", asked)
    answers = part.section("answers")
    options = _with_signs(part, _options(answers) if answers else (), common)
    part.finish()
    _check_key(part, "key", key)
    if key in asked:
        part.fault("key", f"Câu hỏi '{key}' đã có. Đặt tên khác.")
    if text and not text.endswith("?"):
        part.fault("ask", "Câu hỏi phải kết thúc bằng dấu hỏi.")
    if len(text) > MAX_QUESTION_CHARACTERS:
        told = f"Câu hỏi dài {len(text)} ký tự, tối đa {MAX_QUESTION_CHARACTERS}. Viết ngắn."
        part.fault("ask", told)
    if len(explain) > MAX_EXPLAIN_CHARACTERS:
        told = f"Lời giải thích dài {len(explain)} ký tự, tối đa {MAX_EXPLAIN_CHARACTERS}."
        part.fault("explain", f"{told} Viết ngắn.")
    if not LEAST_OPTIONS <= len(options) <= MAX_OPTIONS:
        told = f"Cần từ {LEAST_OPTIONS} đến {MAX_OPTIONS} câu trả lời, ở đây có {len(options)}."
        part.fault("answers", told)
    asked[key] = {one.key: one.label for one in options}
    lines[f"?{key}"] = part.line
    return Question(key, text, options, only_if, explain=explain)


def _options(answers: Section) -> tuple[Option, ...]:
    options = tuple(Option(key, answers.required_text(key)) for key in answers.names())
    first: dict[str, str] = {}
    for one in options:
        _check_key(answers, one.key, one.key)
        if first.setdefault(fold(one.label), one.key) != one.key:
            answers.fault(one.key, f"Nhãn '{one.label}' đã có. Hai câu trả lời phải khác nhau.")
        if len(one.label) > MAX_LABEL_CHARACTERS:
            told = f"Nhãn dài {len(one.label)} ký tự, tối đa {MAX_LABEL_CHARACTERS}. Viết ngắn lại."
            answers.fault(one.key, told)
    return options


def _with_signs(part: Section, options: tuple[Option, ...], common: Signs) -> tuple[Option, ...]:
    """Return the options with their own signs, else with those that people say for such a label."""
    own = part.section("signs")
    known = {one.key for one in options}
    first: dict[str, str] = {}
    found = []
    for name in own.names() if own else ():
        if own and name not in known:
            own.fault(name, f"Không có câu trả lời '{name}'. Chọn: {', '.join(known)}.")
    for one in options:
        signs = (own.texts(one.key) if own else ()) or common.get(fold(one.label), ())
        for sign in signs:
            if first.setdefault(fold(sign), one.key) != one.key:
                told = f"'{sign}' đã thuộc câu trả lời khác. Sửa 'signs' ở đây hoặc {SIGNS}."
                part.fault("signs", told)
        found.append(replace(one, signs=signs))
    return tuple(found)


def _check_key(part: Section, place: str, key: str) -> None:
    if key and not _KEY.fullmatch(key):
        told = f"'{key}' chỉ được gồm chữ thường không dấu, số, gạch nối; dài tối đa 16 ký tự."
        part.fault(place, told)


def _rules(top: Section, key: str, name: str, asked: Asked) -> tuple[Rule, ...]:
    rules = []
    for part in top.sections(key):
        rules.append(Rule(part.required_text(name), _required_condition(part, asked)))
        part.finish()
    texts = [rule.text for rule in rules]
    for text in dict.fromkeys(texts):
        if texts.count(text) > 1:
            top.fault(key, f"'{text}' đứng hai lần trong '{key}'. Gộp lại bằng 'if_any'.")
    return tuple(rules)


def _without(part: Section, asked: Asked) -> Without:
    case = part.text("case") if part.has("case") else None
    found = Without(part.required_text("paper"), _required_condition(part, asked), case)
    part.finish()
    return found


def _required_condition(part: Section, asked: Asked) -> Condition:
    if not part.has("if") and not part.has("if_any"):
        part.fault("if", "Thiếu 'if': ghi câu hỏi và câu trả lời, ví dụ if: {noi-nop: quay}.")
    return condition_in(part, "if", "if_any", asked)
