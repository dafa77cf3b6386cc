"""`motcua knowledge export --excel` and `import TỆP.xlsx`: the knowledge base in Excel."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from api.commands.files import write_whole
from api.commands.law_changes import listed, told_changes, told_import
from api.commands.progress import progress
from api.commands.terminal import say, warn
from api.errors import CannotStart
from api.settings import load_settings
from api.wiring.imports import Order
from api.wiring.workbooks import WorkbookReport, import_workbook, workbook_bytes_of
from knowledge.content_edits import Edit
from knowledge.faq import Faq
from knowledge.workbook import SUFFIX, is_workbook


def export_workbook(path: Path, only: str, exports: Sequence[Path]) -> None:
    """Write the Excel file and tell what it holds.

    Raises:
        CannotStart: the name is not that of an Excel file, or nobody knows the field.
        KnowledgeError: the content cannot be read, or fits in no cell.
        OSError: the file cannot be written.
    """
    if path.suffix.lower() != SUFFIX:
        raise CannotStart(
            f"Tên tệp sau --excel phải kết thúc bằng .xlsx, không phải '{path.name}'."
        )
    made, procedures, faqs = asyncio.run(workbook_bytes_of(load_settings(), only, exports))
    write_whole(path, made)
    say(f"Đã ghi {procedures} thủ tục và {faqs} câu hỏi thường gặp vào {path}.")
    say(f"Sửa xong, xem trước: motcua knowledge import {path} --dry-run")


def takes_workbook(order: Order) -> bool:
    """Tell whether an import is of an Excel file.

    Raises:
        CannotStart: it is, together with something that does not go with one.
    """
    if not any(map(is_workbook, order.paths)):
        return False
    if len(order.paths) > 1:
        raise CannotStart("Mỗi lần chỉ nhập một tệp Excel, không kèm tệp khác.")
    if order.replace:
        raise CannotStart(
            "--replace không dùng với tệp Excel: điều gì không có ở đó thì giữ nguyên."
        )
    return True


def import_from_workbook(order: Order) -> list[str]:
    """Import an Excel file; return the whole report, shown in short."""
    with progress() as on_progress:
        done = asyncio.run(import_workbook(load_settings(), order, on_progress, warn))
    for line in _told(done, order, full=False):
        say(line)
    return list(_told(done, order, full=True))


def _told(done: WorkbookReport, order: Order, *, full: bool) -> Iterator[str]:
    new = [_shown(edit) for edit in done.edits if edit.before is None]
    yield from listed("Mục biên soạn mới", new, full=full)
    changed = [_shown(edit) for edit in done.edits if edit.before is not None]
    yield from listed("Mục biên soạn thay đổi", changed, full=full)
    yield from told_changes(done.changes, full=full)
    lines = (one.message() for one in done.dependants)
    yield from listed("Nơi khác còn ghi giá trị cũ", lines, full=full)
    yield from _ending(done, order)
    if done.imported is not None:
        yield from told_import(done.imported, full=full)


def _ending(done: WorkbookReport, order: Order) -> Iterable[str]:
    if not done.edits:
        return () if done.imported else ("Không có gì thay đổi.",)
    if order.dry_run:
        return ("Mới chỉ xem trước, chưa ghi gì. Bỏ --dry-run để lưu.",)
    told = [f"Đã ghi {len(done.edits)} tệp nội dung. Khởi động lại máy chủ để dùng."]
    if done.kept is not None:
        told.append(f"Bản cũ nằm ở {done.kept}; muốn quay lại: chép đè vào thư mục nội dung.")
    return told


def _shown(edit: Edit) -> str:
    name = edit.after.question if isinstance(edit.after, Faq) else edit.after.name
    return f"{edit.place}: {name}"
