"""Holds tables against their records: what changed in a record makes its table complain."""

from collections.abc import Iterable, Iterator, Mapping

from knowledge.errors import Fault
from knowledge.figures import figures, loose_figures
from knowledge.personal import applying
from knowledge.procedure import Procedure
from knowledge.record_texts import RECORD_PARTS, texts_of
from knowledge.tables import Answers, Rule, Table
from knowledge.tables_proof import MAX_WAYS, Proof, prove
from knowledge.tables_yaml import TableFile


def against_records(files: Iterable[TableFile], records: Iterable[Procedure]) -> Iterator[Fault]:
    """Yield what is wrong in each table, given the records; of equal codes the first counts.

    A table with faults of its own is not proved: read those first.
    """
    by_code: dict[str, Procedure] = {}
    for record in records:
        by_code.setdefault(record.code, record)
    for file in files:
        if file.notebook.faults:
            continue
        procedure = by_code.get(file.table.code)
        if procedure is None:
            told = f"Mã {file.table.code} không có trong dữ liệu. Sửa mã hoặc xoá bảng."
            yield Fault(file.notebook.file, 0, told)
            continue
        yield from _texts(file, procedure)
        yield from _proof(file, procedure)


def _texts(file: TableFile, procedure: Procedure) -> Iterator[Fault]:
    """Yield texts of the record that are not placed, and texts that are not the record's."""
    table, name = file.table, file.notebook.file
    titles = {one.title: None for one in procedure.circumstances if one.title}
    whens = {paper.when: None for one in procedure.circumstances for paper in one.papers}
    whens.pop("", None)
    notes = {note for one in procedure.circumstances for note in one.notes}
    notes |= {paper.note for one in procedure.circumstances for paper in one.papers if paper.note}
    for key, kind, rules, known in (
        ("cases", "trường hợp", table.cases, titles),
        ("whens", "điều kiện 'when'", table.whens, whens),
        ("only", "ghi chú hay điều kiện", table.only, notes | {*procedure.conditions}),
    ):
        line = file.lines[key]
        for rule in rules:
            if rule.text not in known:
                yield Fault(
                    name, line, f"Thủ tục không có {kind} '{rule.text}'. Chép lại cho khớp."
                )
            if rule.text in file.left_open:
                told = f"'{rule.text}' vừa ở '{key}' vừa ở 'left_open'. Giữ một chỗ."
                yield Fault(name, line, told)
    for text, line in file.left_open.items():
        if text not in titles | whens:
            yield Fault(name, line, f"Thủ tục không có '{text}'. Chép lại cho khớp, hoặc xoá.")
    yield from _unplaced(file, titles, "cases", table.cases)
    yield from _unplaced(file, whens, "whens", table.whens)
    yield from _without(file, procedure)
    yield from _explained(file, procedure)


def _unplaced(
    file: TableFile, texts: Mapping[str, None], key: str, rules: Iterable[Rule]
) -> Iterator[Fault]:
    placed = {rule.text for rule in rules} | file.left_open.keys()
    for text in texts:
        if text not in placed:
            told = f"Chưa xếp '{text}' của thủ tục. Ghi vào '{key}', hoặc vào 'left_open'."
            yield Fault(file.notebook.file, file.lines[key], told)


def _without(file: TableFile, procedure: Procedure) -> Iterator[Fault]:
    for rule in file.table.without:
        papers = {
            paper.name
            for one in procedure.circumstances
            for paper in one.papers
            if rule.case in (None, one.title)
        }
        if rule.paper not in papers:
            told = f"Thủ tục không có giấy tờ '{rule.paper}'. Chép lại tên cho khớp."
            yield Fault(file.notebook.file, file.lines["without"], told)


def _explained(file: TableFile, procedure: Procedure) -> Iterator[Fault]:
    """Yield figures that an explanation has and the record has not."""
    told = {one.key: figures(one.explain) for one in file.table.questions if one.explain}
    if not told:
        return
    texts = (text for part in RECORD_PARTS for text in texts_of(procedure, part))
    known = loose_figures(" ; ".join(texts))
    for key, said in told.items():
        for figure in sorted(said - known):
            words = f"Thủ tục không có số '{figure}' của lời giải thích. Bỏ đi, hoặc chép lại."
            yield Fault(file.notebook.file, file.lines[f"?{key}"], words)


def _proof(file: TableFile, procedure: Procedure) -> Iterator[Fault]:
    proof = prove(procedure, file.table, applying)
    questions = file.lines["questions"]
    if proof.too_long:
        told = f"Hơn {MAX_WAYS} cách trả lời. Bớt câu hỏi, hoặc dùng 'only_if'."
        yield Fault(file.notebook.file, questions, told)
        return
    for line, told in _told(file, proof):
        yield Fault(file.notebook.file, line, told)


def _told(file: TableFile, proof: Proof) -> Iterator[tuple[int, str]]:
    questions = file.lines["questions"]
    for answers in proof.empty[:1]:
        yield questions, f"Trả lời {_said(file.table, answers)} thì không còn giấy tờ nào."
    for key in sorted(proof.unasked):
        yield file.lines[f"?{key}"], f"Câu hỏi '{key}' không bao giờ được hỏi. Sửa 'only_if'."
    for key, one, other in sorted(proof.idle):
        if key not in proof.unasked:
            told = (
                f"Ở '{key}', '{one}' và '{other}' luôn cho cùng kết quả. Gộp lại hoặc bỏ câu hỏi."
            )
            yield file.lines[f"?{key}"], told
    for paper in sorted(proof.never, key=lambda one: one.name):
        yield questions, f"Không cách trả lời nào dẫn đến giấy tờ '{paper.name}'. Sửa điều kiện."


def _said(table: Table, answers: Answers) -> str:
    return ", ".join(
        f"'{one.key}: {answers[one.key]}'" for one in table.questions if one.key in answers
    )
