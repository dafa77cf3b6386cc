"""Excel files of the knowledge base: what goes into one, and where a changed one is written.

What we write ourselves lives in the content folder, so that is where an official's changes go; a
record of the national data becomes part of a new revision, like any import.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from api.errors import CannotStart
from api.settings import Settings
from api.wiring.build import now
from api.wiring.counting import imported_records
from api.wiring.imports import ImportReport, Order, Progress, import_exports
from api.wiring.knowledge import Tell
from api.wiring.language import PHRASES
from knowledge.changes import Changes, changes_between
from knowledge.codec import canonical, encode
from knowledge.content import load_procedures
from knowledge.content_edits import Edit, check_edits, edits_of, write_edits
from knowledge.dependants import Dependant, dependants
from knowledge.errors import ContentFaulty, Fault, RecordDamaged
from knowledge.faq import Faq
from knowledge.faq_yaml import load_faqs
from knowledge.importer import import_export
from knowledge.own_records import own_record
from knowledge.procedure import Procedure
from knowledge.text import fold
from knowledge.watched import watched_texts
from knowledge.workbook import Contents, read_workbook, workbook_of
from knowledge.workbook_sheets import CODE

ONLY_OURS: Final = "ours"
ONLY_FAQ: Final = "faq"
KEPT: Final = "replaced"
"""The folder in DATA_FOLDER that keeps what edited files held before."""
READING: Final = "Đọc tệp Excel"
CHECKING: Final = "Kiểm tra nội dung mới"


@dataclass(frozen=True, slots=True)
class WorkbookReport:
    """What an Excel file changes."""

    edits: tuple[Edit, ...]
    """Files of the content folder."""
    changes: Changes
    """Of what is told about our own procedures."""
    dependants: tuple[Dependant, ...]
    """Other texts that still say a value that changed."""
    imported: ImportReport | None
    """Of imported records; None: the file holds none."""
    kept: Path | None
    """Where the files that were replaced are kept; None: none was."""


async def workbook_bytes_of(
    settings: Settings, only: str, exports: Sequence[Path]
) -> tuple[bytes, int, int]:
    """Return an Excel file, and how many procedures and general questions it holds.

    Args:
        settings: where the content and the database are.
        only: `ONLY_OURS`, `ONLY_FAQ`, the name of a field; empty: all that we write ourselves.
        exports: national exports whose records of the field are taken too.

    Raises:
        CannotStart: nobody knows this field.
        KnowledgeError: the content or an export cannot be read, or a text fits in no cell.
    """
    content = settings.content_folder
    faqs: tuple[Faq, ...] = load_faqs(content) if only in {"", ONLY_FAQ} else ()
    procedures: Iterable[Procedure] = () if only == ONLY_FAQ else load_procedures(content)
    if only not in {"", ONLY_OURS, ONLY_FAQ}:
        records = await imported_records(settings)
        for path in exports:
            records, _ = import_export(path, records)
        procedures = _of_field(only, {**records, **{one.code: one for one in procedures}}.values())
    held = tuple(procedures)
    return workbook_of(held, faqs), len(held), len(faqs)


def _of_field(name: str, procedures: Iterable[Procedure]) -> tuple[Procedure, ...]:
    everything = sorted(procedures, key=lambda one: one.code)
    found = tuple(one for one in everything if fold(one.field) == fold(name))
    if not found:
        fields = sorted({one.field for one in everything})
        near = get_close_matches(name, fields, n=3, cutoff=0.3)
        hint = f"Có phải: {'; '.join(near)}?" if near else "Xem tên: motcua knowledge stats"
        raise CannotStart(f"Không có lĩnh vực '{name}'. {hint}")
    return found


async def import_workbook(
    settings: Settings, order: Order, on_progress: Progress, tell: Tell
) -> WorkbookReport:
    """Take over what an official changed in an Excel file; all or nothing.

    Raises:
        CannotStart: the database cannot be opened.
        ContentFaulty: with every fault of the file, or of the content that it would make.
        StoreUnavailable: nothing was stored.
        OSError: the content folder cannot be written; it is as it was.
    """
    (path,) = order.paths
    on_progress(READING, 0, 0)
    contents = await asyncio.to_thread(read_workbook, path)
    foreign = _foreign(contents, path.name)
    edits = await asyncio.to_thread(edits_of, contents, settings.content_folder, path.name)
    on_progress(READING, 1, 1)
    if edits:
        on_progress(CHECKING, 0, 0)
        records = (await imported_records(settings)).values()
        content = settings.content_folder
        await asyncio.to_thread(check_edits, edits, contents, content, records, path.name)
        on_progress(CHECKING, 1, 1)
    changes = _changes(edits)
    depending = _depending(settings, edits, changes, order.goldens)
    kept = None if order.dry_run else _write(settings, edits)
    try:
        imported = await _import(settings, order, foreign, on_progress, tell)
    except BaseException:
        _take_back(settings.content_folder, edits, kept)
        raise
    return WorkbookReport(edits, changes, depending, imported, kept)


def _foreign(contents: Contents, file: str) -> tuple[Procedure, ...]:
    """Return the imported records; each must be one that an import takes."""
    faults: list[Fault] = []
    for placed in contents.procedures:
        try:
            own_record(encode(placed.procedure))
        except RecordDamaged as error:
            faults.append(Fault(file, 0, f"{placed.row.place(CODE)}: {error}. Sửa dòng này."))
    if faults:
        raise ContentFaulty(faults)
    return tuple(one.procedure for one in contents.procedures if not one.procedure.ours)


async def _import(
    settings: Settings,
    order: Order,
    records: Sequence[Procedure],
    on_progress: Progress,
    tell: Tell,
) -> ImportReport | None:
    if not records:
        return None
    with tempfile.TemporaryDirectory() as place:
        lines = Path(place) / order.paths[0].name
        lines.write_text("".join(f"{canonical(one)}\n" for one in records), "utf-8")
        return await import_exports(settings, replace(order, paths=(lines,)), on_progress, tell)


def _changes(edits: Iterable[Edit]) -> Changes:
    before, after = {}, {}
    for edit in edits:
        if isinstance(edit.after, Procedure):
            after[edit.after.code] = edit.after
            if isinstance(edit.before, Procedure):
                before[edit.after.code] = edit.before
    return changes_between(before, after)


def _depending(
    settings: Settings, edits: Iterable[Edit], changes: Changes, goldens: Iterable[Path]
) -> tuple[Dependant, ...]:
    """Return the texts that say an old value; those that are edited themselves say the new one."""
    if not changes.changed:
        return ()
    content = settings.content_folder
    edited = {f"{content.name}/{edit.path}" for edit in edits}
    watched = watched_texts(content, PHRASES, goldens)
    return dependants(changes.changed, [text for text in watched if text.file not in edited])


def _write(settings: Settings, edits: Sequence[Edit]) -> Path | None:
    if not edits:
        return None
    kept = settings.data_folder / KEPT / f"{now():%Y%m%d-%H%M%S}"
    write_edits(edits, settings.content_folder, kept)
    return kept if any(edit.before for edit in edits) else None


def _take_back(folder: Path, edits: Iterable[Edit], kept: Path | None) -> None:
    """Put back what `_write` wrote, since the other half of the import failed."""
    for edit in edits:
        if edit.before is None:
            (folder / edit.path).unlink(missing_ok=True)
        elif kept is not None:
            shutil.copy2(kept / edit.path, folder / edit.path)
