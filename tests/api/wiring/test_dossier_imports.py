"""An import tells how far it came, and takes the time of its file where a row tells none."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.settings import load_settings
from api.wiring.build import now
from api.wiring.dossiers import imports as dossier_imports
from api.wiring.dossiers.imports import ImportOrder, ImportReport, import_dossiers
from bot.dossiers.factors import KeptFactor
from bot.dossiers.ports import Kept
from bot.dossiers.status import DossierStatus, DossierUpdate
from bot.errors import StoreUnavailable

pytestmark = pytest.mark.anyio


class FullBook:
    """Takes two batches, and then nothing more."""

    def __init__(self) -> None:
        self.updates: list[DossierUpdate] = []

    async def put(self, updates: Sequence[DossierUpdate], source: str) -> Sequence[Kept]:
        if len(self.updates) >= 2 * dossier_imports.AT_ONCE:
            raise StoreUnavailable("Hết chỗ.")
        self.updates += updates
        return [Kept.NEW] * len(updates)

    async def factors(self, code: str) -> Sequence[KeptFactor]:
        return ()

    async def get(self, code: str) -> DossierStatus | None:
        return None


def a_file(folder: Path, count: int, written_at: datetime) -> Path:
    path = folder / "ho-so.csv"
    rows = [f"H17.15-261110-{number:05},4" for number in range(count)]
    path.write_text("\n".join(["Mã hồ sơ,Trạng thái", *rows]), "utf-8")
    os.utime(path, (written_at.timestamp(), written_at.timestamp()))
    return path


async def imported(
    path: Path, book: FullBook, monkeypatch: pytest.MonkeyPatch
) -> tuple[ImportReport, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []

    async def open_book(*_: object) -> FullBook:
        return book

    monkeypatch.setattr(dossier_imports, "open_book", open_book)
    settings = load_settings(data_folder=path.parent / "var")
    report = await import_dossiers(
        settings, ImportOrder(path), lambda _what, done, total: told.append((done, total))
    )
    return report, told


async def test_rows_that_tell_no_moment_are_of_the_file_and_in_its_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written_at, book = datetime(2026, 11, 1, 9, 0, tzinfo=UTC), FullBook()
    report, told = await imported(a_file(tmp_path, 1500, written_at), book, monkeypatch)
    moments = [one.at for one in book.updates]
    assert written_at < moments[0] < moments[-1] < written_at + timedelta(seconds=1)
    assert moments == sorted(moments)
    assert report.kept == {Kept.NEW: 1500}
    assert [done for done, _ in told] == [0, 1000, 1500]
    assert {total for _, total in told} == {1500}


async def test_a_file_with_a_time_that_cannot_be_is_of_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for written_at in (datetime(1980, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)):
        book, before = FullBook(), now()
        await imported(a_file(tmp_path, 1, written_at), book, monkeypatch)
        assert before <= book.updates[0].at <= now() + timedelta(seconds=1)


async def test_when_nothing_more_can_be_stored_it_tells_how_much_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_file(tmp_path, 3500, datetime(2026, 11, 1, tzinfo=UTC))
    with pytest.raises(StoreUnavailable, match="Đã lưu 2000 dòng"):
        await imported(path, FullBook(), monkeypatch)
