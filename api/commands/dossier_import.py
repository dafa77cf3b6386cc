"""`motcua dossiers import|sample`: dossiers from a file, and the file to fill in."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.commands.files import check_writable, write_whole
from api.commands.law_changes import listed
from api.commands.progress import progress
from api.commands.terminal import EXIT_FAILED, say, warn
from api.errors import CannotStart
from api.settings import Settings, load_settings

if TYPE_CHECKING:
    from api.wiring.dossiers.imports import ImportReport

File = Annotated[
    Path, typer.Argument(metavar="TỆP", help="CSV (UTF-8), Excel .xlsx, hoặc JSON từng dòng.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Chỉ đọc và báo lỗi, không lưu.")]
Report = Annotated[
    Path | None,
    typer.Option(metavar="TỆP", help="Ghi mọi lỗi vào tệp; màn hình chỉ in phần đầu."),
]
Output = Annotated[Path, typer.Argument(metavar="TỆP", help="Tên tệp mẫu, .xlsx hoặc .csv.")]

_KEPT_WORDS: Final = {
    "new": "hồ sơ mới",
    "changed": "cập nhật mới",
    "known": "đã có từ trước",
    "older": "cũ hơn điều đã biết",
}


def import_(file: File, dry_run: DryRun = False, report: Report = None) -> int:  # noqa: FBT002 - an option
    """Nhập hồ sơ từ tệp; dòng lỗi được chỉ ra từng ô, các dòng khác vẫn được lưu.

    Nhập lại cùng một tệp không làm gì hỏng; bị ngắt giữa chừng thì chạy lại. Mã thoát 1 khi có
    dòng lỗi. Xem tệp mẫu: motcua dossiers sample ho-so.xlsx
    """
    from api.wiring.dossiers.imports import ImportOrder, import_dossiers  # noqa: PLC0415 - SQL

    if report is not None:
        check_writable(report)
    settings = load_settings()
    with progress() as on_progress:
        done = asyncio.run(import_dossiers(settings, ImportOrder(file, dry_run), on_progress))
    for line in _told(done, settings, dry_run=dry_run, full=False):
        say(line)
    if report is not None:
        lines = _told(done, settings, dry_run=dry_run, full=True)
        write_whole(report, "".join(f"{line}\n" for line in lines))
    return EXIT_FAILED if done.broken_rows else 0


def sample(output: Output = Path("ho-so.xlsx")) -> None:
    """Ghi tệp mẫu để điền hồ sơ, có sẵn tiêu đề, hướng dẫn và hai dòng ví dụ."""
    from api.wiring.dossiers.samples_file import sample_csv, sample_workbook  # noqa: PLC0415 - Excel

    kinds = {".xlsx": sample_workbook, ".csv": sample_csv}
    make = kinds.get(output.suffix.lower())
    if make is None:
        raise CannotStart("Tên tệp mẫu phải kết thúc bằng .xlsx hoặc .csv.")
    write_whole(output, make())
    say(f"Đã ghi tệp mẫu vào {output}. Điền xong, xem trước:")
    say(f"motcua dossiers import {output} --dry-run")


def _told(done: "ImportReport", settings: Settings, *, dry_run: bool, full: bool) -> Iterator[str]:
    yield f"Đọc {done.rows} dòng: {done.good} dòng dùng được, {done.broken_rows} dòng lỗi."
    yield from listed("Lỗi", done.broken, full=full)
    if done.unused:
        yield f"Cột không dùng: {', '.join(done.unused)}."
    if settings.dossier_factors and done.without_factor:
        yield (
            f"{done.without_factor} hồ sơ trong tệp không có thông tin thứ hai "
            f"({', '.join(settings.dossier_factors)}): người dân chỉ tra được nếu lần nhập khác có."
        )
    if dry_run:
        yield "Mới chỉ xem trước, chưa lưu gì. Bỏ --dry-run để lưu."
        return
    counts = [f"{done.kept[kept]} {_KEPT_WORDS[kept]}" for kept in done.kept]
    yield f"Đã lưu: {', '.join(counts)}." if counts else "Không có gì để lưu."
    if not done.rows:
        warn("Tệp không có dòng nào ngoài tiêu đề.")
