"""Procedures as sheets that officials read and change, and back without loss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.procedure import Procedure, Source
from knowledge.spreadsheet import Row, Workbook
from knowledge.spreadsheet_writing import SheetLook
from knowledge.workbook_cells import (
    LEVELS,
    ONLINE,
    cell_of,
    chosen,
    day_of,
    items_of,
    name_of,
)
from knowledge.workbook_parts import (
    MOST_ROWS_OF_ONE,
    Written,
    forms_rows,
    methods_rows,
    papers_rows,
    read_form,
    read_method,
    read_papers,
    read_replaced,
    read_statement,
    read_step,
    replaced_rows,
    statement_rows,
    steps_rows,
)
from knowledge.workbook_sheets import (
    CODE,
    FORMS,
    KINDS,
    LEVEL_COLUMNS,
    LISTS,
    METHODS,
    ORDER,
    OURS,
    PAPERS,
    PROCEDURES,
    REPLACED,
    STATEMENTS,
    STEPS,
    TEXTS,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A procedure and the row of the sheet "Thủ tục" that holds it."""

    procedure: Procedure
    row: Row


def procedure_sheets(procedures: Sequence[Procedure]) -> tuple[SheetLook, ...]:
    """Return the sheets of `procedures`, in their order."""
    return (
        PROCEDURES.written([_procedure(one) for one in procedures]),
        METHODS.written([row for one in procedures for row in methods_rows(one)]),
        PAPERS.written([row for one in procedures for row in papers_rows(one)]),
        STEPS.written([row for one in procedures for row in steps_rows(one)]),
        FORMS.written([row for one in procedures for row in forms_rows(one)]),
        REPLACED.written([row for one in procedures for row in replaced_rows(one)]),
        STATEMENTS.written([row for one in procedures for row in statement_rows(one)]),
    )


def read_procedures(book: Workbook) -> tuple[Placed, ...]:
    """Return the procedures of a workbook; what is wrong is noted with its cell."""
    heads: dict[str, Row] = {}
    for row in PROCEDURES.rows(book):
        code = row.required_text(CODE)
        first = heads.setdefault(code, row)
        if first is not row and code:
            row.fault(CODE, f"Mã {code} đã có ở dòng {first.number}. Giữ một dòng.")
    parts = _Parts(book, heads)
    return tuple(Placed(_read(code, row, parts), row) for code, row in heads.items() if code)


class _Parts:
    """The rows of the other sheets by the code of their procedure."""

    def __init__(self, book: Workbook, heads: Mapping[str, Row]) -> None:
        self._rows: dict[str, dict[str, list[Row]]] = {}
        for sheet in (METHODS, PAPERS, STEPS, FORMS, REPLACED, STATEMENTS):
            by_code: dict[str, list[Row]] = {}
            for row in sheet.rows(book):
                code = row.required_text(CODE)
                if code and code not in heads and not book.is_refused(PROCEDURES.name):
                    row.fault(CODE, f"Mã {code} không có ở trang '{PROCEDURES.name}'. Sửa mã.")
                by_code.setdefault(code, []).append(row)
            self._rows[sheet.name] = by_code

    def of(self, sheet: str, code: str) -> list[Row]:
        """Return the rows of a procedure by their number; without one, after the row above."""
        placed: list[tuple[int, Row]] = []
        last = 0
        for row in self._rows[sheet].get(code, ()):
            last = row.integer(ORDER, low=1, high=MOST_ROWS_OF_ONE) or last
            placed.append((last, row))
        return [row for _, row in sorted(placed, key=lambda one: one[0])]


def _procedure(one: Procedure) -> Written:
    levels = dict(
        zip(LEVEL_COLUMNS, (name_of(LEVELS, level) for level in one.levels), strict=False)
    )
    return {
        CODE: one.code,
        **{column: getattr(one, attribute) for attribute, column in TEXTS.items()},
        **{column: cell_of(getattr(one, attribute)) for attribute, column in LISTS.items()},
        **levels,
        "Mức trực tuyến": name_of(ONLINE, one.online_level),
        "Mức hay hỏi": one.popularity,
        "Quyết định công bố": one.source.decision,
        "Nơi công bố": one.source.origin,
        "Ngày dữ liệu": one.source.as_of,
        "Hiệu lực từ": one.valid_from,
        "Hiệu lực đến": one.valid_to,
        "Loại": OURS if one.ours else KINDS[1],
    }


def _read(code: str, row: Row, parts: _Parts) -> Procedure:
    levels = (chosen(row, column, LEVELS) for column in LEVEL_COLUMNS)
    row.required_text("Loại")
    texts: dict[str, Any] = {attribute: row.raw_text(column) for attribute, column in TEXTS.items()}
    lists: dict[str, Any] = {
        attribute: items_of(row, column) for attribute, column in LISTS.items()
    }
    return Procedure(
        code=code,
        levels=tuple(dict.fromkeys(level for level in levels if level is not None)),
        source=Source(
            decision=row.raw_text("Quyết định công bố"),
            origin=row.raw_text("Nơi công bố"),
            as_of=row.raw_text("Ngày dữ liệu"),
        ),
        methods=tuple(map(read_method, parts.of(METHODS.name, code))),
        circumstances=read_papers(parts.of(PAPERS.name, code)),
        replaced_papers=tuple(map(read_replaced, parts.of(REPLACED.name, code))),
        steps=tuple(map(read_step, parts.of(STEPS.name, code))),
        forms=tuple(map(read_form, parts.of(FORMS.name, code))),
        online_levels=tuple(map(read_statement, parts.of(STATEMENTS.name, code))),
        online_level=chosen(row, "Mức trực tuyến", ONLINE),
        popularity=row.integer("Mức hay hỏi", low=0, high=5) or 0,
        ours=row.choice("Loại", KINDS) == OURS,
        valid_from=day_of(row, "Hiệu lực từ"),
        valid_to=day_of(row, "Hiệu lực đến"),
        **texts,
        **lists,
    )
