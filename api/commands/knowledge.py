"""`motcua knowledge …`: check, import, export and count what the assistant knows."""

import asyncio
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from api.commands.terminal import (
    EXIT_FAILED,
    Exports,
    VietnameseCommand,
    VietnameseGroup,
    say,
    warn,
)
from api.errors import CannotStart
from api.settings import load_settings
from api.wiring.build import terminal_library
from api.wiring.imports import (
    ImportReport,
    Progress,
    every_procedure,
    import_exports,
    imported_records,
    knowledge_stats,
)
from knowledge.codec import canonical
from knowledge.importer import Summary

MOST_LISTED: Final = 20
"""More lines of one kind hide the others; the number of the rest is told."""

Files = Annotated[list[Path], typer.Argument(metavar="TỆP…", help="Tệp dữ liệu quốc gia.")]
AsOf = Annotated[
    str,
    typer.Option(metavar="NĂM-THÁNG", help="Ngày của dữ liệu khi tệp không ghi, ví dụ 2026-07."),
]
Output = Annotated[
    Path | None, typer.Option(metavar="TỆP", help="Tệp ghi ra. Bỏ trống: in ra màn hình.")
]


def build_app() -> typer.Typer:
    """Return the commands of `motcua knowledge`."""
    app = typer.Typer(
        cls=VietnameseGroup,
        help="Kiểm tra, nhập, xuất và thống kê kiến thức.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for name, command in (
        ("check", check),
        ("import", import_),
        ("export", export),
        ("stats", stats),
    ):
        app.command(name, cls=VietnameseCommand)(command)
    return app


def check() -> int:
    """Kiểm tra nội dung biên soạn.

    In mọi lỗi một lần: tệp, dòng, cách sửa.
    """
    from knowledge.check import check as check_content  # noqa: PLC0415 - YAML, only here

    settings = load_settings()
    imported = asyncio.run(imported_records(settings)).values()
    faults = check_content(settings.content_folder, settings.province_profile, imported)
    for fault in faults:
        say(str(fault))
    if faults:
        warn(f"Có {len(faults)} lỗi.")
        return EXIT_FAILED
    say("Không có lỗi nào.")
    return 0


def import_(files: Files, as_of: AsOf = "") -> None:
    """Nhập dữ liệu quốc gia thành một bản mới. Nhập lại lần nữa không thay đổi gì."""
    _check_date(as_of)
    settings = load_settings()
    with _progress() as on_progress:
        report = asyncio.run(import_exports(settings, files, as_of, on_progress))
    for line in _told(report):
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


def export(output: Output = None, knowledge: Exports = None) -> None:
    """Xuất mọi thủ tục đang dùng, mỗi thủ tục một dòng JSON."""
    library = asyncio.run(terminal_library(load_settings(), knowledge or [], warn))
    lines = [canonical(procedure) for procedure in every_procedure(library)]
    if output is None:
        for line in lines:
            say(line)
        return
    _write_whole(output, "".join(f"{line}\n" for line in lines))
    say(f"Đã ghi {len(lines)} thủ tục vào {output}.")


def _write_whole(output: Path, text: str) -> None:
    """Write all or nothing: half an export looks like a whole one."""
    fresh = output.with_name(f".{output.name}.part")
    try:
        fresh.write_text(text, "utf-8")
        fresh.replace(output)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(output)) from error


def stats(knowledge: Exports = None) -> None:
    """Đếm thủ tục theo nguồn, cấp, lĩnh vực và lệ phí.

    Đếm cả theo mức trực tuyến.
    """
    told = asyncio.run(knowledge_stats(load_settings(), knowledge or []))
    say(f"Thủ tục: {told.procedures}")
    say(f"  do nhóm biên soạn: {told.ours}")
    say(f"  bị nghi chứa nội dung của thủ tục khác: {told.suspects}")
    for title, counts in (
        ("Cấp thực hiện", told.levels),
        ("Lệ phí (tính theo cách nộp)", told.fees),
        ("Mức trực tuyến", told.online),
        ("Lĩnh vực", told.fields),
    ):
        say(f"{title}:")
        for name, count in counts.most_common():
            say(f"  {_NAMES.get(name, name)}: {count}")


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
}


@contextmanager
def _progress() -> Iterator[Progress]:
    """Draw a bar where somebody looks; write nothing into a pipe or a file."""
    if not sys.stderr.isatty():
        yield lambda _path, _read, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where it is seen
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def advance(path: Path, read: int, total: int) -> None:
            if path not in tasks:
                tasks[path] = bar.add_task(path.name.replace("[", r"\["), total=total)
            bar.update(tasks[path], completed=read)

        yield advance


def _told(report: ImportReport) -> Iterator[str]:
    for path, summary in report.summaries:
        yield from _told_of_file(path, summary)
    differing = [one.message() for one in report.disagreements]
    yield from _listed("Khác với bản biên soạn", differing)
    if report.changed:
        yield f"Đã lưu bản số {report.revision} với {report.records} thủ tục."
    else:
        yield f"Không có gì thay đổi so với bản số {report.revision} đang dùng."


def _told_of_file(path: Path, summary: Summary) -> Iterator[str]:
    yield (
        f"{path.name}: đọc {summary.read} thủ tục; mới {len(summary.new)}, "
        f"thay đổi {len(summary.changed)}, giữ nguyên {summary.unchanged}, "
        f"dòng hỏng {len(summary.damaged)}."
    )
    damaged = [f"dòng {line.number}: {line.reason}" for line in summary.damaged]
    yield from _listed("Dòng hỏng", damaged)
    yield from _listed("Nội dung không khớp tên, không dùng để trả lời", summary.suspects)
    doubts = [f"dòng {doubt.line}, mã {doubt.code}: {doubt.reason}" for doubt in summary.doubts]
    yield from _listed("Cần người xem lại", doubts)


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    everything = list(lines)
    if not everything:
        return
    yield f"{title} ({len(everything)}):"
    for line in everything[:MOST_LISTED]:
        yield f"  {line}"
    if len(everything) > MOST_LISTED:
        yield f"  … và {len(everything) - MOST_LISTED} dòng nữa."
