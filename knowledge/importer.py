"""Reads an export, national or our own: JSON lines, plain or gzip, streamed, hostile until parsed.

A damaged line is told with its number and skipped; the import goes on. An export that cannot be
read to its end is refused as a whole, so that half of it never replaces what is stored.
"""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from knowledge.codec import canonical
from knowledge.errors import ExportUnreadable, RecordDamaged, reason_of
from knowledge.national import Record, read_record
from knowledge.own_records import is_own_record, own_record
from knowledge.procedure import Procedure

LONGEST_LINE_BYTES = 2_000_000
"""The longest record of the national export takes 0.3 MB."""
_MOST_LINES_WITHOUT_RECORD = 1_000
"""So many damaged lines and no record: the file is something else."""
_MOST_EMPTY_LINES = 100_000
"""So many in a row: a packed file of a few kilobytes can hold hours of them."""
_PROGRESS_BYTES = 65_536
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class DamagedLine:
    """A line that is no record; it was skipped."""

    number: int
    """From 1."""
    reason: str
    """In Vietnamese."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a record that an official should look at; the record was read."""

    line: int
    code: str
    reason: str
    """In Vietnamese."""


@dataclass(slots=True)
class Summary:
    """What an import did."""

    read: int = 0
    """Records read, damaged lines not counted."""
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    damaged: list[DamagedLine] = field(default_factory=list)
    suspects: list[str] = field(default_factory=list)
    """Codes whose record carries another procedure's text."""
    doubts: list[Doubt] = field(default_factory=list)
    unknown: int | None = None
    """Rows of a side table whose code is not here; None: the file is no such table."""


@dataclass(frozen=True, slots=True)
class Differences:
    """How a set of records differs from the one before, by codes in order."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    missing: tuple[str, ...]
    """In the old set only."""


def differences(old: Iterable[Procedure], new: Iterable[Procedure]) -> Differences:
    """Compare two sets of records; nothing changed means importing twice did nothing."""
    before = {procedure.code: canonical(procedure) for procedure in old}
    after = {procedure.code: canonical(procedure) for procedure in new}
    both = sorted(before.keys() & after.keys())
    return Differences(
        new=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(code for code in both if before[code] != after[code]),
        unchanged=tuple(code for code in both if before[code] == after[code]),
        missing=tuple(sorted(before.keys() - after.keys())),
    )


def import_export(
    path: Path,
    stored: Mapping[str, Procedure],
    as_of: str = "",
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, Procedure], Summary]:
    """Return `stored` with the export's records in it, by code, and what that changed.

    Args:
        path: the export.
        stored: the imported records so far (without our own content), by code.
        as_of: the date of the data where the export tells none.
        on_progress: called with bytes read and bytes in all.

    Raises:
        ExportUnreadable: the export holds no record or cannot be read to its end.
    """
    summary = Summary()
    found = dict(stored)
    for procedure in read_counted(path, summary, as_of, on_progress):
        found[procedure.code] = procedure
    outcome = differences(stored.values(), found.values())
    summary.new, summary.changed = list(outcome.new), list(outcome.changed)
    summary.unchanged = summary.read - len(summary.new) - len(summary.changed)
    return found, summary


def import_texts(
    path: Path,
    stored: Mapping[str, str],
    as_of: str = "",
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, str], Summary]:
    """Return the export's records alone, as canonical texts, and what they change in `stored`.

    Texts take a tenth of the memory of records.

    Raises:
        ExportUnreadable: the export holds no record or cannot be read to its end.
    """
    summary = Summary()
    found: dict[str, str] = {}
    for procedure in read_counted(path, summary, as_of, on_progress):
        found[procedure.code] = canonical(procedure)
        before = stored.get(procedure.code)
        if before is None:
            summary.new.append(procedure.code)
        elif before == found[procedure.code]:
            summary.unchanged += 1
        else:
            summary.changed.append(procedure.code)
    return found, summary


def read_counted(
    path: Path,
    summary: Summary,
    as_of: str = "",
    on_progress: Callable[[int, int], None] | None = None,
) -> Iterator[Procedure]:
    """Yield the records of an export; what is read and what is damaged is noted in `summary`.

    Raises:
        ExportUnreadable: the export holds no record or cannot be read to its end.
    """
    for item in read_export(path, as_of, on_progress, summary.doubts.append):
        if isinstance(item, DamagedLine):
            summary.damaged.append(item)
            continue
        summary.read += 1
        if item.suspect:
            summary.suspects.append(item.code)
        yield item
    if not summary.read:
        told = (
            f" Dòng {summary.damaged[0].number}: {summary.damaged[0].reason}"
            if summary.damaged
            else ""
        )
        raise ExportUnreadable(f"'{path.name}' không có thủ tục nào đọc được.{told} Chọn lại tệp.")


def read_export(
    path: Path,
    as_of: str = "",
    on_progress: Callable[[int, int], None] | None = None,
    on_doubt: Callable[[Doubt], None] | None = None,
) -> Iterator[Procedure | DamagedLine]:
    """Yield the records of an export in their order, and the damaged lines between them.

    Args:
        path: JSON lines, plain or gzip (told by their first bytes, not by the name).
        as_of: the date of the data where a record's `source` tells none.
        on_progress: called with bytes read (as stored on disk) and bytes in all.
        on_doubt: called with what an official should look at.

    Raises:
        ExportUnreadable: the file is missing, no file, no export, or ends before its end.
    """
    seen: dict[str, int] = {}
    for number, line in _lines(path, on_progress):
        try:
            record = _record(number, line, as_of, seen)
        except RecordDamaged as error:
            yield DamagedLine(number, f"{str(error).rstrip('.')}. Đã bỏ qua dòng này.")
            _refuse_what_is_no_export(path, number, seen)
            continue
        for reason in record.doubts if on_doubt else ():
            cast(Callable[[Doubt], None], on_doubt)(Doubt(number, record.procedure.code, reason))
        yield record.procedure


def _record(number: int, line: bytes, as_of: str, seen: dict[str, int]) -> Record:
    value = _parsed(line)
    record = own_record(value) if is_own_record(value) else read_record(value, as_of)
    first = seen.setdefault(record.procedure.code, number)
    if first != number:
        raise RecordDamaged(f"mã {record.procedure.code} đã có ở dòng {first}")
    return record


def _refuse_what_is_no_export(path: Path, number: int, seen: Mapping[str, int]) -> None:
    if number >= _MOST_LINES_WITHOUT_RECORD and not seen:
        raise ExportUnreadable(
            f"'{path.name}' không phải tệp xuất thủ tục: {number} dòng đầu đều hỏng. Chọn lại tệp."
        )


def _parsed(line: bytes) -> object:
    if len(line) > LONGEST_LINE_BYTES:
        raise RecordDamaged(f"dòng dài hơn {LONGEST_LINE_BYTES // 10**6} MB")
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RecordDamaged(
            "không phải văn bản UTF-8, hãy lưu tệp lại với bảng mã UTF-8"
        ) from error
    except (ValueError, RecursionError) as error:
        raise RecordDamaged("không phải JSON") from error


def _lines(
    path: Path, on_progress: Callable[[int, int], None] | None
) -> Iterator[tuple[int, bytes]]:
    number, empty = 0, 0
    try:
        total = path.stat().st_size
        if not (path.is_file() or path.is_dir()):  # a pipe would be waited for without end
            raise ExportUnreadable(f"'{path}' không phải tệp thường. Ghi dữ liệu vào một tệp đã.")
        with path.open("rb") as raw:
            stream = _unpacked(raw)
            told = 0
            while line := _line(stream):
                number += 1
                if on_progress and raw.tell() - told >= _PROGRESS_BYTES:
                    told = raw.tell()
                    on_progress(told, total)
                empty = 0 if line.strip() else empty + 1
                if not empty:
                    yield number, line
                _refuse_emptiness(path, empty)
            if on_progress:
                on_progress(total, total)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ExportUnreadable(
            f"Tệp nén '{path.name}' hỏng hoặc bị cắt sau dòng {number}. Hãy tải lại tệp."
        ) from error
    except OSError as error:
        raise ExportUnreadable(
            f"Không đọc được '{path}' ({reason_of(error)}). Kiểm tra đường dẫn và quyền đọc."
        ) from error


def _refuse_emptiness(path: Path, empty: int) -> None:
    if empty > _MOST_EMPTY_LINES:
        raise ExportUnreadable(
            f"'{path.name}' không phải tệp xuất thủ tục: có hơn {_MOST_EMPTY_LINES} dòng trống "
            "liền nhau. Chọn lại tệp."
        )


def _unpacked(raw: BufferedReader) -> BinaryIO:
    packed = raw.peek(2)[:2] == _GZIP_MAGIC
    return cast(BinaryIO, gzip.open(raw)) if packed else raw


def _line(stream: BinaryIO) -> bytes:
    """Return the next line; of one that is too long only its beginning, the rest is skipped."""
    line = stream.readline(LONGEST_LINE_BYTES + 1)
    rest = line
    while len(rest) > LONGEST_LINE_BYTES and not rest.endswith(b"\n"):
        rest = stream.readline(LONGEST_LINE_BYTES + 1)
    return line
