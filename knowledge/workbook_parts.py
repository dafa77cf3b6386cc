"""The parts of a procedure as rows of their sheets: filing methods, papers, steps, forms.

Each writer returns the rows of one procedure, each reader the parts that its rows hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from knowledge.procedure import (
    Circumstance,
    Fee,
    FilingMethod,
    FormDocument,
    OnlineStatement,
    Paper,
    Procedure,
    ReplacedPaper,
    Step,
    TimeLimit,
)
from knowledge.procedure_yaml import MOST_PAPERS
from knowledge.spreadsheet import Row
from knowledge.workbook_cells import (
    CHANNELS,
    FEES,
    ONLINE,
    UNITS,
    Cell,
    amounts_of,
    cell_of,
    cell_of_amounts,
    chosen,
    day_of,
    digits_of,
    items_of,
    name_of,
    required_choice,
)
from knowledge.workbook_sheets import CODE, NAME, ORDER, SCOPES

MOST_ROWS_OF_ONE: Final = 10_000
"""Higher numbers of order are slips."""

Written = Mapping[str, Cell]


def _needed(row: Row, column: str) -> str:
    row.required_text(column)
    return row.raw_text(column)


def _numbered(one: Procedure, rows: Iterable[Written]) -> Iterable[Written]:
    named = {CODE: one.code, NAME: one.label or one.name}
    return ({**named, ORDER: number, **row} for number, row in enumerate(rows, start=1))


def methods_rows(one: Procedure) -> Iterable[Written]:
    """Return the rows of the filing methods."""
    return _numbered(one, (_method(method) for method in one.methods))


def _method(method: FilingMethod) -> Written:
    time = method.time or TimeLimit("", None)
    return {
        "Cách nộp": name_of(CHANNELS, method.channel),
        "Thời hạn": time.amount,
        "Đơn vị": name_of(UNITS, time.unit),
        "Nói thêm về thời hạn": time.text,
        "Lệ phí": name_of(FEES, method.fee.status),
        "Mức thu": cell_of_amounts(method.fee.amounts),
        "Nói thêm về lệ phí": method.fee.text,
        "Ghi chú": method.note,
    }


def read_method(row: Row) -> FilingMethod:
    """Return the filing method of a row."""
    time = TimeLimit(
        digits_of(row, "Thời hạn"),
        chosen(row, "Đơn vị", UNITS),
        row.raw_text("Nói thêm về thời hạn"),
    )
    return FilingMethod(
        channel=required_choice(row, "Cách nộp", CHANNELS),
        time=None if time == TimeLimit("", None) else time,
        fee=Fee(
            status=required_choice(row, "Lệ phí", FEES),
            amounts=amounts_of(row, "Mức thu"),
            text=row.raw_text("Nói thêm về lệ phí"),
        ),
        note=row.raw_text("Ghi chú"),
    )


def papers_rows(one: Procedure) -> Iterable[Written]:
    """Return the rows of the papers; a circumstance without any has one row for its notes."""
    rows: list[Written] = []
    for number, circumstance in enumerate(one.circumstances, start=1):
        shared: Written = {"Nhóm": number, "Trường hợp": circumstance.title}
        notes: Written = {"Lưu ý của trường hợp": cell_of(circumstance.notes)}
        papers: list[Written] = [_paper(paper) for paper in circumstance.papers] or [{}]
        rows += [
            {**shared, **(notes if first == 0 else {}), **row} for first, row in enumerate(papers)
        ]
    return _numbered(one, rows)


def _paper(paper: Paper) -> Written:
    return {
        "Giấy tờ": paper.name,
        "Bản chính": paper.original,
        "Bản sao": paper.copies,
        "Số mẫu": paper.form,
        "Khi nào cần": paper.when,
        "Ghi chú": paper.note,
    }


def read_papers(rows: Sequence[Row]) -> tuple[Circumstance, ...]:
    """Return the circumstances; rows of one number, or of one title, belong together."""
    groups: dict[tuple[int | None, str], list[Row]] = {}
    for row in rows:
        number, title = (
            row.integer("Nhóm", low=1, high=MOST_ROWS_OF_ONE),
            row.raw_text("Trường hợp"),
        )
        same = (key for key in groups if key[1] == title and number in (None, key[0]))
        groups.setdefault(next(same, (number, title)), []).append(row)
    return tuple(_circumstance(title, held) for (_, title), held in groups.items())


def _circumstance(title: str, rows: Iterable[Row]) -> Circumstance:
    papers: list[Paper] = []
    notes: dict[str, None] = {}
    for row in rows:
        notes |= dict.fromkeys(items_of(row, "Lưu ý của trường hợp"))
        if row.has("Giấy tờ"):
            papers.append(_read_paper(row))
        elif any(row.has(column) for column in ("Số mẫu", "Khi nào cần", "Ghi chú")):
            row.fault("Giấy tờ", "Cột 'Giấy tờ' để trống. Hãy ghi tên giấy tờ.")
    return Circumstance(title, tuple(papers), tuple(notes))


def _read_paper(row: Row) -> Paper:
    original = row.integer("Bản chính", low=0, high=MOST_PAPERS)
    return Paper(
        name=row.raw_text("Giấy tờ"),
        original=1 if original is None else original,
        copies=row.integer("Bản sao", low=0, high=MOST_PAPERS) or 0,
        form=row.raw_text("Số mẫu"),
        when=row.raw_text("Khi nào cần"),
        note=row.raw_text("Ghi chú"),
    )


def steps_rows(one: Procedure) -> Iterable[Written]:
    """Return the rows of the steps."""
    return _numbered(one, ({"Bước": step.text} for step in one.steps))


def forms_rows(one: Procedure) -> Iterable[Written]:
    """Return the rows of the forms."""
    return _numbered(one, ({"Tên mẫu": form.name, "Số mẫu": form.number} for form in one.forms))


def replaced_rows(one: Procedure) -> Iterable[Written]:
    """Return the rows of the papers that need no longer be handed in."""
    return _numbered(
        one,
        (
            {
                "Giấy tờ": paper.paper,
                "Trường hợp": paper.case,
                "Cơ sở dữ liệu": paper.database,
                "Nghị quyết": paper.resolution,
                "Từ ngày": paper.valid_from,
                "Đến hết ngày": paper.valid_to,
            }
            for paper in one.replaced_papers
        ),
    )


def read_replaced(row: Row) -> ReplacedPaper:
    """Return the paper of a row that need no longer be handed in."""
    return ReplacedPaper(
        paper=_needed(row, "Giấy tờ"),
        database=_needed(row, "Cơ sở dữ liệu"),
        resolution=_needed(row, "Nghị quyết"),
        valid_from=day_of(row, "Từ ngày"),
        valid_to=day_of(row, "Đến hết ngày"),
        case=row.raw_text("Trường hợp"),
    )


def statement_rows(one: Procedure) -> Iterable[Written]:
    """Return the rows of what decisions state of filing online."""
    return _numbered(
        one,
        (
            {
                "Mức": name_of(ONLINE, said.level),
                "Quyết định": said.decision,
                "Phạm vi": SCOPES[said.local],
            }
            for said in one.online_levels
        ),
    )


def read_statement(row: Row) -> OnlineStatement:
    """Return the statement of a row."""
    return OnlineStatement(
        level=required_choice(row, "Mức", ONLINE),
        decision=_needed(row, "Quyết định"),
        local=row.choice("Phạm vi", SCOPES) == SCOPES[1],
    )


def read_step(row: Row) -> Step:
    """Return the step of a row."""
    return Step(_needed(row, "Bước"))


def read_form(row: Row) -> FormDocument:
    """Return the form of a row."""
    return FormDocument(_needed(row, "Tên mẫu"), row.raw_text("Số mẫu"))
