"""Holds guides against records, tables and general questions: what they name, what they say.

What a guide holds for every combination of answers is proved in `knowledge.guides_proof`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.errors import Fault
from knowledge.faq import Faq
from knowledge.figures import figures, loose_figures
from knowledge.guides import FILLED
from knowledge.guides_parts import Written, asked_in
from knowledge.guides_proof import proved
from knowledge.guides_yaml import GuideFile, GuideFiles
from knowledge.procedure import FilingChannel, Procedure
from knowledge.record_texts import RECORD_PARTS, texts_of
from knowledge.tables import Condition, Table
from knowledge.tables_generic import derive


@dataclass(frozen=True, slots=True)
class Known:
    """What guides are held against, each by its code or key."""

    records: Mapping[str, Procedure]
    tables: Mapping[str, Table]
    faqs: Mapping[str, Faq]

    @classmethod
    def of(
        cls, records: Iterable[Procedure], tables: Iterable[Table], faqs: Iterable[Faq]
    ) -> "Known":
        """Sort everything by code and key; of equal codes the first record counts."""
        by_code: dict[str, Procedure] = {}
        for record in records:
            by_code.setdefault(record.code, record)
        return cls(by_code, {one.code: one for one in tables}, {one.key: one for one in faqs})


def check_guides(files: GuideFiles, known: Known) -> Iterator[Fault]:
    """Yield what is wrong in each guide.

    A file with faults of its own is not held against anything: read those first.
    """
    yield from _troubles(files, known.faqs)
    if files.common and not files.common.notebook.faults:
        yield from _common(files.common, files, known)
    for file in files.own:
        if not file.notebook.faults:
            yield from _own(file, known)


def _troubles(files: GuideFiles, faqs: Collection[str]) -> Iterator[Fault]:
    for trouble in files.guides.troubles.values():
        if trouble.faq not in faqs and files.troubles and trouble.faq:
            told = f"'{trouble.key}' dẫn tới câu hỏi thường gặp '{trouble.faq}', không có. Sửa."
            yield Fault(files.troubles.file, files.trouble_lines[trouble.key], told)


def _common(file: GuideFile, files: GuideFiles, known: Known) -> Iterator[Fault]:
    name = file.notebook.file
    for written in file.written:
        said = _said_by(written, known.faqs)
        yield from _sources(name, written, known.faqs)
        yield from _figures(name, written.line, (written.step.title, written.step.text), said)
    for way in FilingChannel:
        if not any(way in one.ways and not one.needs for one in file.guide.steps):
            told = f"Cách nộp '{way}' cần ít nhất một bước không có 'needs', để không là ngõ cụt."
            yield Fault(name, file.lines["steps"], told)
    for procedure in known.records.values():
        # An imported record may name no way of filing, or be in doubt: nobody is guided by it then.
        led = procedure.ours or (procedure.methods and not procedure.suspect)
        if led and procedure.code not in files.guides.own:
            guide = files.guides.of(procedure.code)
            table = known.tables.get(procedure.code) or derive(procedure)
            for told in proved(procedure, guide, table):
                yield Fault(name, file.lines["steps"], f"Thủ tục {procedure.code}: {told}")


def _own(file: GuideFile, known: Known) -> Iterator[Fault]:
    name, guide = file.notebook.file, file.guide
    procedure = known.records.get(guide.code)
    if procedure is None:
        told = f"Mã {guide.code} không có trong dữ liệu. Sửa mã hoặc xoá tệp."
        yield Fault(name, file.lines["code"], told)
        return
    own = _figures_of(procedure)
    for written in file.written:
        said = own | _said_by(written, known.faqs)
        yield from _sources(name, written, known.faqs)
        yield from _figures(name, written.line, (written.step.title, written.step.text), said)
    for text, line in _told(file):
        yield from _figures(name, line, (text,), own)
    yield from _scans(file, procedure, own)
    unknown = [*_conditions(file, known.tables.get(guide.code))]
    yield from unknown
    if not unknown:
        for told in proved(procedure, guide, known.tables.get(guide.code)):
            yield Fault(name, file.lines["steps"], told)


def _sources(name: str, written: Written, faqs: Collection[str]) -> Iterator[Fault]:
    for key in written.faqs:
        if key not in faqs:
            told = f"'from' ghi '{key}', không có câu hỏi thường gặp nào như vậy. Sửa."
            yield Fault(name, written.line, told)


def _said_by(written: Written, faqs: Mapping[str, Faq]) -> frozenset[str]:
    """Return the figures of the general questions that a step leans on."""
    found: frozenset[str] = frozenset()
    for faq in (faqs[key] for key in written.faqs if key in faqs):
        found |= loose_figures(" ; ".join((faq.question, *faq.answer, *faq.steps)))
    return found


def _figures_of(procedure: Procedure) -> frozenset[str]:
    texts = (text for part in RECORD_PARTS for text in texts_of(procedure, part))
    return loose_figures(" ; ".join(texts))


def _figures(name: str, line: int, texts: Iterable[str], said: Collection[str]) -> Iterator[Fault]:
    for text in texts:
        for figure in sorted(figures(_without_fields(text))):
            if figure not in said:
                told = f"Số '{figure}' không có trong thủ tục hay câu hỏi ở 'from'. Sửa hoặc bỏ."
                yield Fault(name, line, told)


def _without_fields(text: str) -> str:
    for field in FILLED:
        text = text.replace(f"{{{field}}}", " ")
    return text


def _scans(file: GuideFile, procedure: Procedure, said: Collection[str]) -> Iterator[Fault]:
    name = file.notebook.file
    papers = {paper.name for one in procedure.circumstances for paper in one.papers}
    for scan, line in zip(file.guide.scans, file.scan_lines, strict=True):
        if scan.paper not in papers:
            told = f"Thủ tục không có giấy tờ '{scan.paper}'. Chép lại tên cho khớp."
            yield Fault(name, line, told)
        yield from _figures(name, line, (scan.how,), said)


def _conditions(file: GuideFile, table: Table | None) -> Iterator[Fault]:
    """Yield conditions on what nobody asks; a derived table is nothing to lean on."""
    answers = {
        (question.key, option)
        for question in (table.questions if table else ())
        for option in (one.key for one in question.options)
    }
    questions = {question for question, _ in answers}
    for line, condition in _placed(file):
        for question, answer in sorted(asked_in((condition,)) - answers):
            if table is None:
                told = "Thủ tục chưa có bảng quyết định, nên chưa đặt điều kiện được."
            elif question not in questions:
                told = f"Bảng không có câu hỏi '{question}'. Chọn: {', '.join(sorted(questions))}."
            else:
                told = f"Ở bảng, '{question}' không có câu trả lời '{answer}'. Sửa."
            yield Fault(file.notebook.file, line, told)


def _told(file: GuideFile) -> Iterator[tuple[str, int]]:
    """Yield what the list says first, with its line."""
    guide = file.guide
    yield from zip((one.why for one in guide.closed), file.closed_lines, strict=True)
    yield from zip((one.say for one in guide.come), file.come_lines, strict=True)


def _placed(file: GuideFile) -> Iterator[tuple[int, Condition]]:
    for written in file.written:
        yield written.line, written.step.condition
    for rule, line in zip(file.guide.closed, file.closed_lines, strict=True):
        yield line, rule.condition
    for told, line in zip(file.guide.come, file.come_lines, strict=True):
        yield line, told.condition
