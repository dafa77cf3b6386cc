"""A system that tells no moments is noted when it tells something else, and once a day."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.dossier_sources.reading import SAME_FOR, RowReader
from bot.dossiers.folding import fold
from bot.dossiers.status import DossierStatus, DossierUpdate, State
from tests.bot.dossier_sources.asking import CODE, NOW
from tests.support.tracuuhoso import a_row

pytestmark = pytest.mark.anyio


class Desk:
    """Asks again and again, and keeps what it is told, as the book does."""

    def __init__(self) -> None:
        self.now = NOW
        self.kept: list[DossierUpdate] = []

    async def known(self, _code: str) -> DossierStatus | None:
        return fold(self.kept) if self.kept else None

    async def ask(self, *rows: dict[str, Any]) -> Sequence[DossierUpdate]:
        """Return what was not kept before."""
        told = await RowReader(lambda: self.now, self.known).read(list(rows), CODE)
        fresh = [one for one in told if one not in self.kept]
        self.kept += fresh
        return fresh


def untimed(state: int = 4, **changes: Any) -> dict[str, Any]:
    return a_row(CODE, state, ThoiDiemXuLy="", **changes)


@pytest.fixture
async def desk() -> Desk:
    desk = Desk()
    (first,) = await desk.ask(untimed())
    assert first.at == NOW
    desk.now += timedelta(minutes=30)
    return desk


async def test_the_same_again_is_the_same_update(desk: Desk) -> None:
    for _ in range(5):
        assert await desk.ask(untimed()) == []
        desk.now += timedelta(minutes=30)


@pytest.mark.parametrize(
    "changes",
    [
        {"NgayHenTra": "20261127170000"},
        {"DonViXuLy": "Công an phường Ngô Quyền"},
        {"NoiDungXuLy": "Đã chuyển lãnh đạo ký"},
        {"DanhSachGiayToKetQua": [{"TenGiayTo": "Thông báo kết quả"}]},
    ],
)
async def test_something_else_is_told_as_of_now_and_once(
    desk: Desk, changes: dict[str, Any]
) -> None:
    (fresh,) = await desk.ask(untimed(**changes))
    assert fresh.at == desk.now
    desk.now += timedelta(minutes=30)
    assert await desk.ask(untimed(**changes)) == []


async def test_states_that_come_and_go_are_each_told(desk: Desk) -> None:
    for state in (5, 4, 5, 9, 10):
        (fresh,) = await desk.ask(untimed(state))
        assert fresh.state is State(state)
        desk.now += timedelta(minutes=30)
        assert await desk.ask(untimed(state)) == []
    assert len(fold(desk.kept).stays) == 2


async def test_the_same_is_noted_again_after_a_day(desk: Desk) -> None:
    desk.now = NOW + SAME_FOR
    (fresh,) = await desk.ask(untimed())
    assert fresh.at == desk.now
    assert fold(desk.kept).changed_at == NOW


async def test_a_moment_that_is_told_is_kept(desk: Desk) -> None:
    (fresh,) = await desk.ask(a_row(CODE, 9, ThoiDiemXuLy="20261122140000"))
    assert fresh.at == datetime(2026, 11, 22, 7, tzinfo=UTC)
