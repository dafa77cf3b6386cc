"""`motcua knowledge check`: every fault of what people write, in groups, with counts."""

import asyncio
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from api.commands.progress import progress
from api.commands.terminal import EXIT_FAILED, say, warn
from api.settings import Settings, load_settings
from api.wiring.build import terminal_library
from api.wiring.counting import imported_records
from api.wiring.imports import Progress
from knowledge.errors import Fault
from knowledge.procedure import Procedure

Names = Annotated[
    bool,
    typer.Option("--names", help="Tìm thử bằng mọi tên gọi, có dấu và không dấu (vài chục giây)."),
]
CHECKING: Final = "Kiểm tra nội dung"
SEARCHING: Final = "Tìm thử mọi tên gọi"
_GROUPS: Final = {
    "procedures": "Thủ tục",
    "faq": "Câu hỏi thường gặp",
    "sayings": "Cách gọi",
    "tables": "Bảng quyết định",
    "siblings": "Câu hỏi phân biệt",
}
_OTHERS: Final = "Tệp khác"
_MOST_CODES: Final = 10
"""Codes that one remark lists."""


def check(names: Names = False) -> int:  # noqa: FBT002 - an option
    """Kiểm tra nội dung biên soạn.

    In mọi lỗi một lần, theo nhóm: tệp, dòng, cách sửa. Cuối cùng là điều nên bổ sung.
    """
    settings, ours = load_settings(), list[Procedure]()
    with progress() as on_progress:
        faults = _faults(settings, on_progress, ours.extend)
        if names and not faults:
            faults = _names(settings, on_progress)
    groups = _grouped(faults)
    for title, some in groups.items():
        _head(f"{title} ({len(some)}):")
        for fault in some:
            say(str(fault))
    if groups:
        counted = ", ".join(f"{title} {len(some)}" for title, some in groups.items())
        warn(f"Có {len(faults)} lỗi: {counted}.")
        return EXIT_FAILED
    _remark(ours)
    say("Không có lỗi nào.")
    return 0


def _faults(
    settings: Settings, on_progress: Progress, on_ours: Callable[[Iterable[Procedure]], None]
) -> Sequence[Fault]:
    from knowledge.check import check as check_content  # noqa: PLC0415 - YAML, only here

    on_progress(CHECKING, 0, 0)
    imported = asyncio.run(imported_records(settings)).values()
    content, profile = settings.content_folder, settings.province_profile
    faults = check_content(content, profile, imported, on_ours)
    on_progress(CHECKING, 1, 1)
    return faults


def _names(settings: Settings, on_progress: Progress) -> Sequence[Fault]:
    from knowledge.content import read_procedures  # noqa: PLC0415 - YAML, as above
    from knowledge.names_check import check_names  # noqa: PLC0415

    library = asyncio.run(terminal_library(settings, (), warn))
    files = read_procedures(settings.content_folder).files
    return tuple(check_names(files, library, partial(on_progress, SEARCHING)))


def _grouped(faults: Iterable[Fault]) -> Mapping[str, list[Fault]]:
    """Return the faults by the kind of content, in the order of `_GROUPS`, the others last."""
    found: dict[str, list[Fault]] = {title: [] for title in (*_GROUPS.values(), _OTHERS)}
    for fault in faults:
        _, _, below = fault.file.partition("/")
        found[_GROUPS.get(Path(below).parts[0] if below else "", _OTHERS)].append(fault)
    return {title: some for title, some in found.items() if some}


def _head(title: str) -> None:
    """Print the title of a group; in a pipe or a file without colour."""
    say(typer.style(title, bold=True, fg="red") if sys.stdout.isatty() else title)


def _remark(ours: Sequence[Procedure]) -> None:
    """Tell what is no fault and yet should be looked up: records without decision or page."""
    for what, codes in (
        ("chưa ghi quyết định công bố", [one.code for one in ours if not one.source.decision]),
        ("chưa có trang trên Cổng", [one.code for one in ours if not one.url]),
    ):
        if codes:
            more = "…" if len(codes) > _MOST_CODES else ""
            warn(
                f"Nên bổ sung: {len(codes)} thủ tục {what}: {', '.join(codes[:_MOST_CODES])}{more}"
            )
