"""Entries of the FAQ as sheets that officials read and change, and back without loss."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from knowledge.faq import Faq, FaqLink, FaqSource
from knowledge.spreadsheet import Row, Workbook
from knowledge.spreadsheet_writing import SheetLook
from knowledge.workbook_cells import Cell, Sheet, cell_of, day_of, items_of
from knowledge.workbook_sheets import (
    FAQ_LINKS,
    FAQ_LISTS,
    FAQ_SOURCES,
    FAQ_TEXTS,
    FAQS,
    KEY,
    ORDER,
    SOURCE_TEXTS,
)

_MOST_ROWS_OF_ONE: Final = 1_000
_SAYS: Final = "Con số lấy từ đây"


@dataclass(frozen=True, slots=True)
class PlacedFaq:
    """An entry and the row of the sheet "FAQ" that holds it."""

    faq: Faq
    row: Row


def faq_sheets(faqs: Sequence[Faq]) -> tuple[SheetLook, ...]:
    """Return the sheets of `faqs`, in their order."""
    return (
        FAQS.written([_faq(one) for one in faqs]),
        FAQ_SOURCES.written([row for one in faqs for row in _sources(one)]),
        FAQ_LINKS.written([row for one in faqs for row in _links(one)]),
    )


def read_faqs(book: Workbook) -> tuple[PlacedFaq, ...]:
    """Return the entries of a workbook; what is wrong is noted with its cell."""
    heads: dict[str, Row] = {}
    for row in FAQS.rows(book):
        key = row.required_text(KEY)
        first = heads.setdefault(key, row)
        if first is not row and key:
            row.fault(KEY, f"Khoá {key} đã có ở dòng {first.number}. Giữ một dòng.")
    sources = _of_keys(FAQ_SOURCES, book, heads)
    links = _of_keys(FAQ_LINKS, book, heads)
    return tuple(
        PlacedFaq(_read(key, row, sources.get(key, []), links.get(key, [])), row)
        for key, row in heads.items()
        if key
    )


def _of_keys(sheet: Sheet, book: Workbook, heads: Mapping[str, Row]) -> dict[str, list[Row]]:
    """Return the rows of each entry by their number; without one, after the row above."""
    found: dict[str, list[tuple[int, Row]]] = {}
    for row in sheet.rows(book):
        key = row.required_text(KEY)
        if key and key not in heads and not book.is_refused(FAQS.name):
            row.fault(KEY, f"Khoá {key} không có ở trang '{FAQS.name}'. Sửa khoá.")
        placed = found.setdefault(key, [])
        above = placed[-1][0] if placed else 0
        placed.append((row.integer(ORDER, low=1, high=_MOST_ROWS_OF_ONE) or above, row))
    return {
        key: [row for _, row in sorted(placed, key=lambda one: one[0])]
        for key, placed in found.items()
    }


def _faq(one: Faq) -> dict[str, Cell]:
    return {
        KEY: one.key,
        **{column: getattr(one, attribute) for attribute, column in FAQ_TEXTS.items()},
        **{column: cell_of(getattr(one, attribute)) for attribute, column in FAQ_LISTS.items()},
        "Hiệu lực từ": one.valid_from,
        "Hiệu lực đến": one.valid_to,
    }


def _read(key: str, row: Row, sources: Iterable[Row], links: Iterable[Row]) -> Faq:
    texts: dict[str, Any] = {
        attribute: row.raw_text(column) for attribute, column in FAQ_TEXTS.items()
    }
    lists: dict[str, Any] = {
        attribute: items_of(row, column) for attribute, column in FAQ_LISTS.items()
    }
    return Faq(
        key=key,
        links=tuple(
            FaqLink(one.raw_text("Tên liên kết"), one.raw_text("Địa chỉ")) for one in links
        ),
        sources=tuple(_read_source(one) for one in sources),
        valid_from=day_of(row, "Hiệu lực từ"),
        valid_to=day_of(row, "Hiệu lực đến"),
        **texts,
        **lists,
    )


def _sources(one: Faq) -> Iterable[dict[str, Cell]]:
    for number, source in enumerate(one.sources, start=1):
        texts = {column: getattr(source, name) for name, column in SOURCE_TEXTS.items()}
        yield {KEY: one.key, ORDER: number, **texts, _SAYS: cell_of(source.says)}


def _read_source(row: Row) -> FaqSource:
    texts: dict[str, Any] = {
        attribute: row.raw_text(column) for attribute, column in SOURCE_TEXTS.items()
    }
    return FaqSource(says=items_of(row, _SAYS), **texts)


def _links(one: Faq) -> Iterable[dict[str, Cell]]:
    for number, link in enumerate(one.links, start=1):
        yield {KEY: one.key, ORDER: number, "Tên liên kết": link.label, "Địa chỉ": link.url}
