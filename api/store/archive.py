"""The file that a backup is: a ZIP of one manifest and one file of JSON lines for each table.

```
manifest.json          format, version of the tables, when it was made, and for each table its
                       columns (name, kind), the number of rows and the SHA-256 of its file
tables/<name>.jsonl    one row a line, a JSON list in the order of the columns; UTF-8
```
It is the same for SQLite and PostgreSQL. Nothing in it is executed, and no name in it becomes a
path.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final, Literal

from pydantic import TypeAdapter, ValidationError

from api.errors import BackupUnusable

FORMAT: Final = "motcua-backup-1"
MANIFEST: Final = "manifest.json"
MOST_MANIFEST_BYTES: Final = 1_000_000
MOST_LINE_BYTES: Final = 64_000_000

_FAULTS: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError),
    *(KeyError, NotImplementedError, RuntimeError),  # no such file, packed otherwise, encrypted
)

Kind = Literal["datetime", "boolean", "plain"]
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class TablePart:
    """One table of a backup."""

    name: str
    columns: Sequence[tuple[str, Kind]]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds."""

    format: str
    schema: str
    """Version of the tables, e.g. `0003`."""
    made_at: str
    """ISO 8601, UTC."""
    tables: Sequence[TablePart]


class TableWriter:
    """Writes the rows of one table."""

    def __init__(self, file: IO[bytes], kinds: Sequence[Kind]) -> None:
        self._file = file
        self._kinds = kinds
        self._digest = hashlib.sha256()
        self.rows = 0

    def write(self, values: Sequence[Any]) -> None:
        """Write one row."""
        pairs = zip(self._kinds, values, strict=True)
        line = json.dumps([_plain(kind, value) for kind, value in pairs], ensure_ascii=False)
        data = f"{line}\n".encode()
        self._digest.update(data)
        self._file.write(data)
        self.rows += 1

    @property
    def sha256(self) -> str:
        """The hash of everything written so far, in hex digits."""
        return self._digest.hexdigest()


@contextmanager
def table_writer(
    archive: zipfile.ZipFile, name: str, kinds: Sequence[Kind]
) -> Iterator[TableWriter]:
    """Lend what writes the rows of table `name`."""
    with archive.open(_member(name), "w", force_zip64=True) as file:
        yield TableWriter(file, kinds)


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write the manifest; the last thing that is written."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    archive.writestr(MANIFEST, text, compress_type=zipfile.ZIP_DEFLATED)


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup and read its manifest; the rows are checked when they are read.

    Raises:
        BackupUnusable: it is no backup, damaged, or of a newer motcua.
        OSError: the file cannot be read.
    """
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise BackupUnusable(f"{path} không phải bản sao lưu của motcua, hoặc bị cụt.") from error
    with archive:
        with _told(str(path)):
            manifest = _manifest(archive, path)
        yield archive, manifest


def rows_of(archive: zipfile.ZipFile, table: TablePart) -> Iterator[Sequence[Value]]:
    """Read the rows of a table; datetimes are ISO 8601.

    Raises:
        BackupUnusable: rows are missing, changed or unreadable; told at the end at the latest.
    """
    digest, count = hashlib.sha256(), 0
    with _told(table.name), archive.open(_member(table.name)) as file:
        while line := file.readline(MOST_LINE_BYTES):
            digest.update(line)
            count += 1
            yield _row(line, table)
    if count != table.rows or digest.hexdigest() != table.sha256:
        raise BackupUnusable(_damaged(table.name))


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Tell in one way whatever a damaged file makes the reader of ZIP say."""
    try:
        yield
    except _FAULTS as error:
        raise BackupUnusable(f"Bản sao lưu bị hỏng ({what}). Hãy dùng bản khác.") from error


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST_BYTES:
        raise BackupUnusable(f"{path} không phải bản sao lưu của motcua.")
    try:
        manifest: Manifest = TypeAdapter(Manifest).validate_json(archive.read(MANIFEST))
    except ValidationError as error:
        raise BackupUnusable(f"Bản sao lưu {path} bị hỏng: tệp {MANIFEST} sai dạng.") from error
    if manifest.format != FORMAT:
        raise BackupUnusable(f"{path} có dạng {manifest.format!r}, bản này đọc {FORMAT!r}.")
    expected = {MANIFEST, *(_member(table.name) for table in manifest.tables)}
    if sorted(archive.namelist()) != sorted(expected):
        raise BackupUnusable(f"Bản sao lưu {path} bị hỏng: thừa hoặc thiếu bảng.")
    return manifest


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _row(line: bytes, table: TablePart) -> Sequence[Value]:
    try:
        values = json.loads(line)
    except ValueError as error:
        raise BackupUnusable(_damaged(table.name)) from error
    whole = isinstance(values, list) and len(values) == len(table.columns)
    if not whole or not all(isinstance(one, Value | None) for one in values):
        raise BackupUnusable(_damaged(table.name))
    return tuple(values)


def _damaged(table: str) -> str:
    return (
        f"Bản sao lưu bị hỏng: bảng {table} không khớp số dòng hoặc mã kiểm tra. Hãy dùng bản khác."
    )


def _plain(kind: Kind, value: Any) -> Value:
    if value is None:
        return None
    if kind == "datetime":
        return _utc(value).isoformat()
    if kind == "boolean":
        return bool(value)
    plain: Value = value
    return plain


def _utc(moment: datetime) -> datetime:
    """Return the moment in UTC; SQLite keeps it without saying so."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def kinds_of(table: TablePart) -> Mapping[str, Kind]:
    """Return the kind of each column."""
    return dict(table.columns)
