"""Loads a backup into a SQLite file of its own: checked as a whole, then brought up to date."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, create_engine, delete, insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from api.errors import BackupUnusable
from api.store.archive import Kind, Manifest, TablePart, Value, rows_of
from api.store.backup import AT_ONCE, Progress, kind_of, reflect
from api.store.migrate import known_versions, upgrade_to

_UNFIT: Final = "Bản sao lưu bị hỏng: bảng {name} không vừa với cấu trúc kho. Hãy dùng bản khác."


def stage(archive: zipfile.ZipFile, manifest: Manifest, file: Path, progress: Progress) -> None:
    """Load the backup into the new SQLite file `file`, with the tables of this program.

    Raises:
        BackupUnusable: it is damaged, or made by a newer motcua.
    """
    if manifest.schema not in known_versions():
        raise BackupUnusable(
            f"Bản sao lưu do một bản motcua mới hơn tạo ra (phiên bản bảng {manifest.schema}, "
            f"bản này biết đến {known_versions()[-1]}). Hãy cài bản motcua mới hơn."
        )
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    with engine.connect() as connection:
        upgrade_to(connection, manifest.schema)
        _load(connection, archive, manifest, progress)
        upgrade_to(connection, known_versions()[-1])
        connection.commit()


def _load(
    connection: Connection, archive: zipfile.ZipFile, manifest: Manifest, progress: Progress
) -> None:
    tables = {table.name: table for table in reflect(connection)}
    if sorted(tables) != sorted(part.name for part in manifest.tables):
        raise BackupUnusable("Bản sao lưu bị hỏng: thừa hoặc thiếu bảng.")
    for table in tables.values():  # some come with rows from their migration
        connection.execute(delete(table))
    for part in manifest.tables:
        try:
            _load_table(connection, tables[part.name], archive, part, progress)
        except SQLAlchemyError as error:
            raise BackupUnusable(_UNFIT.format(name=part.name)) from error
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise BackupUnusable("Bản sao lưu bị hỏng: có dòng trỏ đến dòng không có.")


def _load_table(
    connection: Connection,
    table: Table,
    archive: zipfile.ZipFile,
    part: TablePart,
    progress: Progress,
) -> None:
    kinds: dict[str, Kind] = {column.name: kind_of(column) for column in table.columns}
    if dict(part.columns) != kinds or len(part.columns) != len(kinds):
        raise BackupUnusable(_UNFIT.format(name=part.name))
    columns = [table.columns[name] for name, _ in part.columns]
    rows = rows_of(archive, part)
    done = 0
    while some := [_values(part.name, columns, row) for row in islice(rows, AT_ONCE)]:
        connection.execute(insert(table), some)
        done += len(some)
        progress(part.name, done, part.rows)


def _values(
    name: str, columns: Sequence[Column[Any]], row: Sequence[Value]
) -> Mapping[str, object]:
    return dict(_pairs(name, columns, row))


def _pairs(
    name: str, columns: Sequence[Column[Any]], row: Sequence[Value]
) -> Iterator[tuple[str, object]]:
    for column, value in zip(columns, row, strict=True):
        if value is not None and not _fits(kind_of(column), column, value):
            raise BackupUnusable(_UNFIT.format(name=name))
        moment = kind_of(column) == "datetime" and isinstance(value, str)
        yield (
            column.name,
            datetime.fromisoformat(str(value)).astimezone(UTC) if moment else value,
        )


def _fits(kind: Kind, column: Column[Any], value: Value) -> bool:
    """Tell whether the value is of the column's kind; SQLite itself would take anything."""
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "datetime":
        return _is_moment(value)
    if column.type.python_type is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is column.type.python_type


def _is_moment(value: Value) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
