"""Importing a file of dossiers: read, check, keep in batches; broken rows are told one by one."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from api.settings import Settings
from api.wiring.build import now, open_database
from api.wiring.dossiers.files import DossierFile, FileRow, open_dossiers
from api.wiring.dossiers.office import open_book
from bot.dossier_sources.national import read_pushed
from bot.dossiers.ports import DossierBook, Kept, UpdateInvalid
from bot.dossiers.status import DossierUpdate, FactorKind
from bot.errors import StoreUnavailable

SOURCE: Final = "import"
AT_ONCE: Final = 1_000
"""Rows in one transaction: a killed import has kept whole batches, and is run again."""
READING: Final = "Đọc và lưu hồ sơ"

Progress = Callable[[str, int, int], None]

_STOPPED: Final = (
    "Đã lưu {rows} dòng rồi kho dữ liệu không ghi được nữa. Hãy kiểm tra dung lượng đĩa, quyền ghi "
    "của DATA_FOLDER và DATABASE_URL, rồi chạy lại lệnh này: dòng đã lưu thì bỏ qua."
)

_OLDEST: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""A file that says that it is older has lost its time."""


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What is to be imported."""

    path: Path
    dry_run: bool = False
    """Read and tell; store nothing."""


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do."""

    rows: int = 0
    good: int = 0
    kept: Counter[Kept] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    """Each with row, cell and why."""
    broken_rows: int = 0
    unused: Sequence[str] = ()
    """Columns that are not read."""
    _proved: dict[str, bool] = field(default_factory=dict)

    @property
    def without_factor(self) -> int:
        """How many dossiers of the file tell nothing that proves whose they are."""
        return sum(not proved for proved in self._proved.values())

    def note_factors(self, update: DossierUpdate, wanted: Sequence[FactorKind]) -> None:
        """Note whether a dossier can be looked up with what this row tells."""
        proved = any(update.factors.get(kind) for kind in wanted)
        self._proved[update.code] = self._proved.get(update.code, False) or proved


async def import_dossiers(
    settings: Settings, order: ImportOrder, on_progress: Progress
) -> ImportReport:
    """Keep what a file tells about dossiers.

    Where a row tells no moment, it is that of the file: importing it again changes nothing.

    Raises:
        CannotStart: the file or the database cannot be opened.
        StoreUnavailable: the database takes nothing more; what is kept stays.
        OSError: the file cannot be read.
    """
    opened = await asyncio.to_thread(open_dossiers, order.path)
    importing = _Importing(settings, opened, _written_at(order.path), on_progress)
    if order.dry_run:
        await importing.run(None)
        return importing.report
    async with open_database(settings) as database:
        await importing.run(await open_book(settings, database))
    return importing.report


class _Importing:
    def __init__(
        self, settings: Settings, file: DossierFile, written_at: datetime, on_progress: Progress
    ) -> None:
        self._wanted = settings.dossier_factors
        self._file = file
        self._written_at = written_at
        self._on_progress = on_progress
        self.report = ImportReport(unused=file.unused)

    async def run(self, book: DossierBook | None) -> None:
        """Read batch by batch, and keep each where there is a book."""
        self._tell()
        while batch := await asyncio.to_thread(lambda: list(islice(self._file.rows, AT_ONCE))):
            updates = await asyncio.to_thread(self._read_all, batch)
            if book is not None and updates:
                await self._keep(book, updates)
            self._tell()

    async def _keep(self, book: DossierBook, updates: Sequence[DossierUpdate]) -> None:
        try:
            self.report.kept.update(await book.put(updates, SOURCE))
        except StoreUnavailable as error:
            raise StoreUnavailable(_STOPPED.format(rows=self.report.kept.total())) from error

    def _tell(self) -> None:
        done = self.report.rows
        self._on_progress(READING, done, max(self._file.total, done))

    def _read_all(self, rows: Sequence[FileRow]) -> list[DossierUpdate]:
        return list(self._read(rows))

    def _read(self, rows: Sequence[FileRow]) -> Iterator[DossierUpdate]:
        report = self.report
        for row in rows:
            report.rows += 1
            if row.fault:
                self._note_broken([f"{row.place()}: {row.fault}"])
                continue
            untold = self._written_at + timedelta(microseconds=row.number)
            try:
                update = read_pushed(row.record, now(), untold=untold)
            except UpdateInvalid as error:
                self._note_broken([f"{row.place(name)}: {why}" for name, why in error.faults])
                continue
            report.good += 1
            report.note_factors(update, self._wanted)
            yield update

    def _note_broken(self, lines: Sequence[str]) -> None:
        self.report.broken_rows += 1
        self.report.broken += lines


def _written_at(path: Path) -> datetime:
    """Return when a file was written; now, where it claims what cannot be."""
    moment = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    return moment if _OLDEST <= moment <= now() else now()
