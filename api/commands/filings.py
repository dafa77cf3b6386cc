"""`motcua filings`: how many guided filings were filed, and how many have their result."""

import asyncio
import csv
import io
import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

import typer

from api.commands.terminal import EXIT_USAGE, say, warn
from api.settings import load_settings
from api.wiring.filings import FilingCounts, filing_counts
from bot.filings.state import Milestone

From = Annotated[str, typer.Option("--from", metavar="NGÀY", help="Từ ngày này, ví dụ 2026-11-01.")]
To = Annotated[str, typer.Option("--to", metavar="NGÀY", help="Đến hết ngày này.")]
OneCode = Annotated[
    str, typer.Option("--procedure", metavar="MÃ", help="Chỉ thủ tục này, ví dụ 1.001193.")
]
AsJson = Annotated[bool, typer.Option("--json", help="In một đối tượng JSON cho máy đọc.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="In bảng CSV.")]

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SHORT: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)

_NAMES: Final = {
    Milestone.GUIDED: "Được hướng dẫn",
    Milestone.STEPPED: "Làm từng bước",
    Milestone.FILED: "Đã nộp",
    Milestone.COMPLETED: "Có kết quả",
}
_SHARES: Final = ("Nộp/hướng dẫn", "Kết quả/đã nộp")
_NO_DAY: Final = "{name} là '{text}'. Hãy ghi ngày như 2026-11-01 hoặc 01/11/2026."
_WRONG_ORDER: Final = "--from đứng sau --to. Hãy đổi lại hai ngày."
_ONE_FORM: Final = "Chỉ chọn một trong --json và --csv."
_EMPTY: Final = "Chưa có hồ sơ nào được hướng dẫn trong khoảng này."
_NOTE: Final = (
    "Đã nộp: người dân tự báo. Có kết quả: hồ sơ người dân báo mã đã xử lý xong trong khoảng này. "
    "Không đếm riêng ai."
)


def filings(
    first: From = "",
    last: To = "",
    procedure: OneCode = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
    as_csv: AsCsv = False,  # noqa: FBT002 - an option
) -> int:
    """Đếm hồ sơ được hướng dẫn nộp, theo thủ tục: hướng dẫn, đã nộp, có kết quả."""
    days = [_day(name, text) for name, text in (("--from", first), ("--to", last))]
    fault = _fault(days, both_forms=as_json and as_csv)
    if fault:
        warn(fault)
        return EXIT_USAGE
    begin, end = (one if isinstance(one, date) else None for one in days)
    found = asyncio.run(filing_counts(load_settings(), begin, end, procedure.strip()))
    if as_json:
        say(json.dumps(_tree(found, begin, end), ensure_ascii=False, indent=1))
    elif as_csv:
        say(_csv(found))
    elif not found:
        say(_EMPTY)
    else:
        _table([*found, _total(found)])
        say(_NOTE)
    return 0


def _day(name: str, text: str) -> date | str | None:
    """Return the day, None for none, or what is wrong with it."""
    text = text.strip()
    if not text:
        return None
    if (short := _SHORT.fullmatch(text)) is not None:
        day, month, year = short.groups()
        text = f"{year}-{int(month):02}-{int(day):02}"
    try:
        return date.fromisoformat(text if _ISO.fullmatch(text) else "")
    except ValueError:
        return _NO_DAY.format(name=name, text=text)


def _fault(days: Sequence[date | str | None], *, both_forms: bool) -> str:
    """Return what is wrong with the options; empty: nothing is."""
    if both_forms:
        return _ONE_FORM
    for one in days:
        if isinstance(one, str):
            return one
    begin, end = days
    if isinstance(begin, date) and isinstance(end, date) and begin > end:
        return _WRONG_ORDER
    return ""


def _total(found: Sequence[FilingCounts]) -> FilingCounts:
    reached = {one: sum(counts.reached[one] for counts in found) for one in Milestone}
    return FilingCounts("Tất cả", "", reached)


def _tree(
    found: Sequence[FilingCounts], first: date | None, last: date | None
) -> dict[str, object]:
    return {
        "from": str(first) if first else None,
        "to": str(last) if last else None,
        "procedures": [
            {"procedure": one.procedure, "name": one.name, **_plain(one)} for one in found
        ],
        "total": _plain(_total(found)),
    }


def _plain(one: FilingCounts) -> dict[str, int]:
    return {milestone.value: one.reached[milestone] for milestone in Milestone}


def _csv(found: Sequence[FilingCounts]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["procedure", "name", *Milestone])
    writer.writerows([one.procedure, one.name, *_plain(one).values()] for one in found)
    return out.getvalue().rstrip("\n")


def _cells(one: FilingCounts) -> tuple[str, ...]:
    reached = one.reached
    return (
        one.procedure,
        one.name,
        *(str(reached[milestone]) for milestone in Milestone),
        _share(reached[Milestone.FILED], reached[Milestone.GUIDED]),
        _share(reached[Milestone.COMPLETED], reached[Milestone.FILED]),
    )


def _share(part: int, whole: int) -> str:
    """Return a share in per cent; who was guided before these days may be more than all.

    >>> _share(1, 3), _share(2, 0)
    ('33 %', '–')
    """
    return f"{part / whole:.0%}".replace("%", " %") if whole else "–"


def _table(found: Sequence[FilingCounts]) -> None:
    """Print a table: drawn where somebody looks, cells between tabs in a pipe or a file."""
    heading = ("Mã", "Thủ tục", *_NAMES.values(), *_SHARES)
    rows = [_cells(one) for one in found]
    if not sys.stdout.isatty():
        for row in (heading, *rows):
            say("\t".join(row))
        return
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - only where it is seen
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in heading[:2]:
        table.add_column(name, overflow="fold")
    for name in heading[2:]:
        table.add_column(name, justify="right", overflow="fold", max_width=9)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
