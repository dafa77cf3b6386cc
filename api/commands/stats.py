"""`motcua knowledge stats`: how much is known, field by field."""

import asyncio
import json
import sys
from collections.abc import Iterable
from dataclasses import fields
from typing import Annotated, Final

import typer

from api.commands.terminal import Exports, say
from api.settings import load_settings
from api.wiring.counting import Stats, knowledge_stats
from knowledge.coverage import Coverage

AsJson = Annotated[bool, typer.Option("--json", help="In một đối tượng JSON cho máy đọc.")]

_NAMES: Final = {
    "commune": "cấp xã",
    "province": "cấp tỉnh",
    "ministry": "cấp bộ",
    "other": "cơ quan khác",
    "free": "Cổng ghi miễn phí",
    "amount": "có mức thu",
    "see_text": "xem nội dung ghi kèm",
    "not_published": "chưa công bố",
    "full": "toàn trình",
    "partial": "một phần",
    "label": "tên ngắn",
    "aliases": "tên người dân gọi",
    "summary": "tóm tắt",
    "time": "thời hạn",
    "fee": "lệ phí",
    "papers": "giấy tờ",
    "steps": "các bước",
    "agency": "cơ quan",
    "legal_basis": "căn cứ pháp lý",
    "decision": "quyết định công bố",
    "as_of": "ngày dữ liệu",
    "url": "trang trên Cổng",
    "": "không rõ",
}
_COLUMNS: Final = (
    "Lĩnh vực",
    "Tất cả",
    "Biên soạn",
    "Nhập",
    "Miễn phí",
    "Có mức",
    "Xem lời",
    "Chưa có",
    "Hạn có đơn vị",
    "Giấy tờ",
    "Bảng hỏi",
    "Tự viết",
    "Toàn trình",
    "Một phần",
)
_SHOWN: Final = ((1, 8), (8, len(_COLUMNS)))
"""Columns of the two tables on a terminal, which is 80 characters wide."""
_NAME_WIDTH: Final = 30


def stats(knowledge: Exports = None, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Đếm thủ tục theo lĩnh vực, và điều còn thiếu.

    Nguồn, lệ phí, thời hạn, giấy tờ, bảng hỏi, mức trực tuyến, tháng dữ liệu, câu hỏi thường gặp.
    """
    told = asyncio.run(knowledge_stats(load_settings(), knowledge or []))
    if as_json:
        say(json.dumps(_plain(told), ensure_ascii=False, indent=1))
        return
    say(f"Thủ tục: {told.procedures}")
    say(f"  do nhóm biên soạn: {told.ours}")
    say(f"  bị nghi chứa nội dung của thủ tục khác: {told.suspects}")
    _table(told.coverage)
    missing, months = _all(told.coverage)
    for title, counts in (
        ("Cấp thực hiện", told.levels.most_common()),
        ("Tháng của dữ liệu", sorted(months.items(), reverse=True)),
        ("Còn thiếu", sorted(missing.items(), key=lambda one: -one[1])),
        (f"Câu hỏi thường gặp ({told.faqs.total()}), theo chủ đề", told.faqs.most_common()),
    ):
        say(f"{title}:")
        for name, count in counts:
            say(f"  {_NAMES.get(name, name)}: {count}")


def _plain(told: Stats) -> dict[str, object]:
    coverage = [{**_values(one), "total": one.total} for one in told.coverage]
    return {**_values(told), "coverage": coverage}


def _values(one: Stats | Coverage) -> dict[str, object]:
    """Return the values by name; `asdict` would count the pairs of a Counter anew."""
    values = {field.name: getattr(one, field.name) for field in fields(one)}
    return {name: dict(held) if isinstance(held, dict) else held for name, held in values.items()}


def _all(coverage: Iterable[Coverage]) -> tuple[dict[str, int], dict[str, int]]:
    """Return what is missing and the months of the data, of all fields together."""
    missing: dict[str, int] = {}
    months: dict[str, int] = {}
    for one in coverage:
        for held, counts in ((missing, one.missing), (months, one.months)):
            for name, count in counts.items():
                held[name] = held.get(name, 0) + count
    return missing, months


def _cells(one: Coverage) -> tuple[str, ...]:
    numbers = (
        one.total,
        one.ours,
        one.imported,
        *(one.fees[status] for status in ("free", "amount", "see_text", "not_published")),
        one.with_unit,
        one.with_papers,
        one.with_form,
        one.with_table,
        *(one.online[level] for level in ("full", "partial")),
    )
    return (one.name, *(str(number) for number in numbers))


def _table(coverage: Iterable[Coverage]) -> None:
    """Print a table: drawn where somebody looks, cells between tabs in a pipe or a file."""
    rows = [_cells(one) for one in coverage]
    if not sys.stdout.isatty():
        for row in (_COLUMNS, *rows):
            say("\t".join(row))
        return
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - only where it is seen
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    for first, last in _SHOWN:
        table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
        table.add_column(_COLUMNS[0], min_width=_NAME_WIDTH, max_width=_NAME_WIDTH)
        for name in _COLUMNS[first:last]:
            table.add_column(name, justify="right", overflow="fold", min_width=5, max_width=5)
        for row in rows:
            table.add_row(row[0], *row[first:last])
        Console().print(table)
