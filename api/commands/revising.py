"""`motcua knowledge import|revisions|rollback|held|confirm`: following the law as it changes."""

import asyncio
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.commands.files import check_writable, write_whole
from api.commands.law_changes import (
    listed,
    told_changes,
    told_confirmed,
    told_hold,
    told_import,
)
from api.commands.progress import progress
from api.commands.terminal import say, warn
from api.commands.workbooks import import_from_workbook, takes_workbook
from api.errors import CannotStart, NothingHeld
from api.settings import load_settings
from api.wiring.build import open_holds
from api.wiring.imports import Order, import_exports
from api.wiring.revising import all_revisions, confirm, roll_back
from knowledge.work_calendar import VIETNAM

Files = Annotated[
    list[Path], typer.Argument(metavar="TỆP…", help="Tệp dữ liệu quốc gia, hoặc một tệp Excel.")
]
AsOf = Annotated[
    str,
    typer.Option(metavar="NĂM-THÁNG", help="Ngày của dữ liệu khi tệp không ghi, ví dụ 2026-07."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Chỉ xem sẽ thay đổi gì và giữ gì, không lưu.")
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Bỏ thủ tục nhập trước đây mà lần này không có.")
]
Goldens = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="THƯ_MỤC", help="Tìm giá trị cũ cả trong hội thoại mẫu ở đây. Lặp lại được."
    ),
]
Report = Annotated[
    Path | None,
    typer.Option(metavar="TỆP", help="Ghi báo cáo đầy đủ vào tệp; màn hình chỉ in phần đầu."),
]
Places = Annotated[
    list[str] | None,
    typer.Argument(metavar="MÃ[:PHẦN]…", help="Ví dụ 1.004222:fee, 1.004222 hoặc faq:khoá."),
]
All = Annotated[bool, typer.Option("--all", help="Xác nhận mọi phần đang giữ.")]
To = Annotated[
    int | None, typer.Option("--to", metavar="SỐ", help="Số của bản. Bỏ trống: bản liền trước.")
]


def import_(
    files: Files,
    as_of: AsOf = "",
    dry_run: DryRun = False,  # noqa: FBT002 - an option
    replace: Replace = False,  # noqa: FBT002 - an option
    goldens: Goldens = None,
    report: Report = None,
) -> None:
    """Nhập dữ liệu quốc gia thành một bản mới, báo từng giá trị thay đổi.

    Tệp Excel: phần biên soạn được ghi vào thư mục nội dung. Phần trả lời phụ thuộc
    giá trị đã đổi của dữ liệu quốc gia được tạm giữ đến khi xác nhận.
    """
    _check_date(as_of)
    order = Order(tuple(files), as_of, dry_run, replace, tuple(goldens or ()))
    for folder in order.goldens:
        if not folder.exists():
            raise CannotStart(f"Không thấy {folder}. Hãy kiểm tra lại đường dẫn sau --goldens.")
    if report is not None:
        check_writable(report)
    whole = import_from_workbook(order) if takes_workbook(order) else _import(order)
    if report is not None:
        write_whole(report, "".join(f"{line}\n" for line in whole))
        say(f"Báo cáo đầy đủ: {report}")


def _import(order: Order) -> list[str]:
    """Import national data; return the whole report, shown in short."""
    with progress() as on_progress:
        done = asyncio.run(import_exports(load_settings(), order, on_progress, warn))
    _say(told_import(done))
    return list(told_import(done, full=True))


def revisions() -> None:
    """Liệt kê các lần nhập.

    Số, ngày giờ Việt Nam, số thủ tục, tệp. Dấu * là bản đang dùng.
    """
    found = asyncio.run(all_revisions(load_settings()))
    if not found:
        say("Chưa có lần nhập nào.")
    for one in found:
        revision = one.revision
        mark = "*" if one.active else " "
        at = revision.created_at
        made = f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if at else ""
        say(f"{mark} {revision.id}  {made}  {revision.records} thủ tục  {revision.origin}")


def rollback(to: To = None) -> None:
    """Quay lại bản nhập liền trước, hoặc bản có số đã cho."""
    done = asyncio.run(roll_back(load_settings(), to, warn))
    say(f"Đã quay lại từ bản số {done.left.id} về bản số {done.now.id} ({done.now.origin}).")
    _say(told_changes(done.changes))
    if done.holds:
        say(f"Bản này đang giữ {len(done.holds)} phần. Xem: motcua knowledge held")
    say(f"Muốn dùng lại bản số {done.left.id}: motcua knowledge rollback --to {done.left.id}")


def held() -> None:
    """Liệt kê phần đang bị giữ.

    Mã, phần, giá trị cũ và mới, từ ngày nào.
    """
    found = asyncio.run(open_holds(load_settings()))
    if not found:
        say("Không có phần nào bị giữ.")
        return
    _say(listed("Đang giữ, trả lời “đang cập nhật”", map(told_hold, found), full=True))
    say("Đã kiểm tra giá trị mới? motcua knowledge confirm MÃ:PHẦN, MÃ hoặc --all")


def confirm_(places: Places = None, every: All = False) -> None:  # noqa: FBT002 - an option
    """Xác nhận giá trị mới là đúng, trả lời lại từ bây giờ."""
    if every == bool(places):
        raise NothingHeld("Ghi mã cần xác nhận, hoặc --all. Xem: motcua knowledge held")
    _say(told_confirmed(*asyncio.run(confirm(load_settings(), places or None))))


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _check_date(as_of: str) -> None:
    parts = (as_of + "-01-01")[: len("2026-01-01")]
    try:
        right = not as_of or (len(as_of) in {4, 7, 10} and bool(date.fromisoformat(parts)))
    except ValueError:
        right = False
    if not right:
        raise CannotStart(
            f"Ngày '{as_of}' sau --as-of không dùng được. "
            "Hãy ghi năm, năm-tháng hoặc năm-tháng-ngày, ví dụ 2026-07."
        )
