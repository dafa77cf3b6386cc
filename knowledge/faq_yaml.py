"""Reads `content/faq/<topic>/<key>.yaml`, and finds everything that is wrong in a file by itself.

The format is told in `knowledge/content/faq/README.md`. What entries must not share with each
other and with procedures is found by `knowledge.faq_check`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.content import SHIPPED
from knowledge.errors import ContentFaulty, Fault
from knowledge.faq import Faq, FaqLink, FaqSource
from knowledge.faq_finder import FaqContent
from knowledge.figures import figures, long_sentences, loose_figures
from knowledge.procedure_yaml import codes_under
from knowledge.record_texts import RECORD_PARTS
from knowledge.synonyms import Vocabulary
from knowledge.synonyms_file import read_vocabulary
from knowledge.yaml_sections import Notebook, Section, read_section

FOLDER = "faq"
WORDS = "words.yaml"
"""Words of general questions, beside the topics; see `knowledge.synonyms_file`."""

LONGEST_KEY = 60
"""Behind "faq:" in the value of a button, which has 64 bytes."""
LONGEST_QUESTION = 90
LONGEST_LABEL = 40
FEWEST_ASKED = 6
"""Fewer ways to ask did not find procedures either."""
LONGEST_ASKED = 90
MOST_PARAGRAPHS = 4
_TOPIC_AND_FILE = 2
"""Parts of a path below the folder."""

_KEY = re.compile(rf"[a-z0-9][a-z0-9-]{{1,{LONGEST_KEY - 1}}}")
_MONTH = re.compile(r"20\d{2}-(?:0[1-9]|1[0-2])")
_PAGE = re.compile(r"https://(?:[a-z0-9-]+\.)*[a-z0-9-]+\.gov\.vn(?:[/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class FaqFile:
    """One file and its entry; faulty parts of it are left empty."""

    file: str
    """As people name it: "content/faq/vneid/quen-mat-khau.yaml"."""
    faq: Faq
    lines: dict[str, int]
    """Lines of the keys that are compared with other files, and of each of `asked`."""


def load_faqs(folder: Path = SHIPPED) -> tuple[Faq, ...]:
    """Return the entries of a content folder, by key; a folder without them has none.

    Raises:
        ContentFaulty: with every fault of every file.
    """
    files, faults = read_faqs(folder)
    if faults:
        raise ContentFaulty(faults)
    return tuple(sorted((file.faq for file in files), key=lambda faq: faq.key))


def load_faq_content(folder: Path = SHIPPED) -> FaqContent:
    """Return the entries of a content folder with their words; either may be missing.

    Raises:
        ContentFaulty: with every fault of the entries, or of the words.
    """
    words, faults = read_faq_words(folder)
    if faults:
        raise ContentFaulty(faults)
    return FaqContent(load_faqs(folder), words)


def read_faq_words(folder: Path = SHIPPED) -> tuple[Vocabulary, tuple[Fault, ...]]:
    """Read the words of the entries; a folder without them has none. Never raises."""
    path = folder / FOLDER / WORDS
    return read_vocabulary(path) if path.is_file() else (Vocabulary(), ())


def read_faqs(folder: Path = SHIPPED) -> tuple[tuple[FaqFile, ...], tuple[Fault, ...]]:
    """Read `folder/faq/<topic>/*.yaml`; never raises, all faults are in the answer, sorted."""
    root = folder / FOLDER
    files: list[FaqFile] = []
    faults: list[Fault] = []
    for path in sorted(one for one in root.rglob("*") if one.is_file()):
        place = path.relative_to(root)
        notebook = Notebook(f"{folder.name}/{FOLDER}/{place.as_posix()}")
        if path.suffix == ".yaml" and len(place.parts) == _TOPIC_AND_FILE:
            files += _read_file(path, notebook)
        elif path.suffix != ".md" and place.as_posix() != WORDS:
            notebook.note(0, "Tệp ở đây phải là faq/<chủ đề>/<khoá>.yaml. Chuyển hoặc đổi tên.")
        faults += notebook.faults
    faults += _keys_twice(files)
    return tuple(files), tuple(sorted(set(faults)))


def _keys_twice(files: Iterable[FaqFile]) -> list[Fault]:
    first: dict[str, str] = {}
    return [
        Fault(file.file, file.lines["key"], f"Khoá '{file.faq.key}' đã có ở {first[file.faq.key]}.")
        for file in files
        if first.setdefault(file.faq.key, file.file) != file.file
    ]


def _read_file(path: Path, notebook: Notebook) -> list[FaqFile]:
    top = read_section(path, notebook)
    if top is None:
        return []
    faq = _read(top, path.parent.name)
    if faq.key and faq.key != path.stem:
        top.fault("key", f"Khoá '{faq.key}' khác tên tệp '{path.name}'. Sửa cho khớp.")
    _check_figures(top, faq)
    keys = ("key", "question", "label", "asked", "procedures", "related", "sources", "until")
    lines = {key: top.line_of(key) for key in keys}
    asked = top.placed_texts("asked") if not notebook.faults else {}
    top.finish()
    return [FaqFile(notebook.file, faq, {**asked, **lines})]


def _read(top: Section, topic: str) -> Faq:
    top.require(("asked", "answer", "sources"))
    asked = _bounded(top, "asked", FEWEST_ASKED, None)
    for text in asked:
        if len(text) > LONGEST_ASKED:
            top.fault("asked", f"'{text}' dài quá {LONGEST_ASKED} ký tự. Viết ngắn lại.")
    return Faq(
        key=_shaped(
            top, "key", _KEY, "chỉ gồm chữ thường không dấu, số, gạch nối, tối đa 60 ký tự"
        ),
        topic=topic,
        question=_question(top),
        label=_short(top, "label", LONGEST_LABEL),
        asked=asked,
        answer=_plain(top, "answer", _bounded(top, "answer", 1, MOST_PARAGRAPHS)),
        steps=_plain(top, "steps", top.texts("steps")),
        links=tuple(_link(part) for part in top.sections("links")),
        procedures=codes_under(top, "procedures"),
        related=top.texts("related"),
        sources=_sources(top),
        valid_from=_day(top, "valid_from"),
        valid_to=_day(top, "valid_to"),
        until=top.texts("until"),
    )


def _question(top: Section) -> str:
    question = _short(top, "question", LONGEST_QUESTION)
    if question and not question.endswith("?"):
        top.fault("question", "Câu hỏi phải kết thúc bằng dấu hỏi.")
    return question


def _short(top: Section, key: str, most: int) -> str:
    text = top.required_text(key)
    if len(text) > most:
        top.fault(key, f"'{key}' dài {len(text)} ký tự, tối đa {most}. Viết ngắn lại.")
    return text


def _shaped(top: Section, key: str, shape: re.Pattern[str], told: str) -> str:
    text = top.required_text(key)
    if text and not shape.fullmatch(text):
        top.fault(key, f"'{key}' là '{text}', phải {told}. Sửa lại.")
    return text


def _bounded(top: Section, key: str, fewest: int, most: int | None) -> tuple[str, ...]:
    texts = top.texts(key)
    if len(texts) < fewest:
        top.fault(key, f"'{key}' có {len(texts)} mục, cần ít nhất {fewest}. Viết thêm.")
    if most is not None and len(texts) > most:
        top.fault(key, f"'{key}' có {len(texts)} mục, tối đa {most}. Gộp hoặc bỏ bớt.")
    return texts


def _plain(top: Section, key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    for text in texts:
        for sentence in long_sentences(text):
            top.fault(key, f"Câu dài {len(sentence.split())} từ, rút còn 25: '{sentence}'.")
    return texts


def _day(top: Section, key: str) -> str:
    text = top.text(key)
    try:
        right = not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        right = False
    if right:
        return text
    top.fault(key, f"'{key}' là '{text}', không phải ngày. Viết dạng \"2026-07-01\".")
    return ""


def _link(part: Section) -> FaqLink:
    label = part.required_text("label")
    url = _shaped(part, "url", _PAGE, _GOVERNMENT)
    part.finish()
    return FaqLink(label, url)


_GOVERNMENT = "là trang của cơ quan nhà nước: https://….gov.vn/…"


def _sources(top: Section) -> tuple[FaqSource, ...]:
    parts = top.sections("sources")
    if not parts:
        top.fault("sources", "Chưa có nguồn nào. Ghi văn bản, mã thủ tục hoặc trang của nhà nước.")
    return tuple(_source(part) for part in parts)


def _source(part: Section) -> FaqSource:
    kinds = [kind for kind in _SOURCE_KINDS if part.has(kind)]
    if len(kinds) != 1:
        part.fault("title", "Mỗi nguồn ghi đúng một trong ba khoá: document, code, page.")
        return FaqSource()
    source = _SOURCE_KINDS[kinds[0]](part)
    part.finish()
    return source


def _document(part: Section) -> FaqSource:
    return FaqSource(
        document=part.required_text("document"),
        title=part.required_text("title"),
        article=part.text("article"),
        says=part.texts("says"),
        read=_month(part),
    )


def _page(part: Section) -> FaqSource:
    return FaqSource(
        page=_shaped(part, "page", _PAGE, _GOVERNMENT),
        title=part.required_text("title"),
        says=part.texts("says"),
        read=_month(part),
    )


def _record(part: Section) -> FaqSource:
    code, field = part.required_text("code"), part.required_text("field")
    if field and field not in RECORD_PARTS:
        part.fault("field", f"'{field}' không phải một mục. Chọn: {', '.join(RECORD_PARTS)}.")
    return FaqSource(code=code, field=field, says=part.texts("says"), read=part.text("read"))


def _month(part: Section) -> str:
    return _shaped(part, "read", _MONTH, 'ghi tháng đã đọc, dạng "2026-11"')


_SOURCE_KINDS: dict[str, Callable[[Section], FaqSource]] = {
    "document": _document,
    "code": _record,
    "page": _page,
}


def _check_figures(top: Section, faq: Faq) -> None:
    """Note figures that no source says; the number of a document that is a source is known."""
    known: frozenset[str] = frozenset()
    for source in faq.sources:
        known |= figures(" ; ".join((*source.says, source.article)))
        known |= loose_figures(source.document) | {source.code}
    for key, texts in (
        ("question", (faq.question,)),
        ("answer", faq.answer),
        ("steps", faq.steps),
    ):
        for text in texts:
            for figure in sorted(figures(text) - known):
                told = f"Số '{figure}' không có trong 'says' của nguồn nào: '{text}'."
                top.fault(key, f"{told} Ghi nguồn, hoặc bỏ số.")
