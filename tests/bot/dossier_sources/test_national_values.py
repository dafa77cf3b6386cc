"""States, moments and amounts are read however systems write them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.dossier_sources.fields import AHEAD
from bot.dossier_sources.json_text import read_json
from bot.dossier_sources.national import read_national, read_pushed
from bot.dossier_sources.state_words import STATE_NAMES
from bot.dossiers.ports import UpdateInvalid
from bot.dossiers.status import Payment, State
from knowledge.work_calendar import VIETNAM
from tests.support.one_stop import NOW, PROGRESS, SYNCED, faults, read


@pytest.mark.parametrize(
    "written",
    [
        4,
        "4",
        "04",
        4.0,
        "4.0",
        "Đang xử lý",
        "ĐANG XỬ LÝ",
        "dang xu ly",
        "4 - Đang xử lý",
        " Đang  xử lý ",
        "\u0110ang x\u01b0\u0309 ly\u0301",
    ],
)
def test_a_state_is_a_number_a_text_or_a_name(written: object) -> None:
    assert read(TrangThaiHoSo=written).state is State.PROCESSING


def test_every_state_is_known_by_its_number_and_its_name() -> None:
    assert set(STATE_NAMES) == set(State)
    for state, name in STATE_NAMES.items():
        assert read(TrangThaiHoSo=name).state is state
        assert read(TrangThaiHoSo=str(state.value)).state is state


@pytest.mark.parametrize(
    "written", [0, 11, -1, "mới", True, 4.5, "4 - Đã trả kết quả", [4], "４４"]
)
def test_a_state_that_is_none_of_the_ten_is_a_fault(written: object) -> None:
    assert "TrangThaiHoSo" in faults(TrangThaiHoSo=written)


@pytest.mark.parametrize(
    "written",
    [
        "20261120140753",
        20261120140753,
        "2026-11-20T14:07:53",
        "2026-11-20 14:07:53.000",
        "2026-11-20T07:07:53Z",
        "2026-11-20T14:07:53.0000000+07:00",
        "20/11/2026 14:07:53",
        "14:07:53 20/11/2026",
        datetime(2026, 11, 20, 14, 7, 53),  # noqa: DTZ001 - as Excel has it
        datetime(2026, 11, 20, 7, 7, 53, tzinfo=UTC),
    ],
)
def test_a_moment_is_read_however_it_is_written(written: object) -> None:
    told = read(PROGRESS, ThoiDiemXuLy=written).at
    assert told == datetime(2026, 11, 20, 14, 7, 53, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    "written", ["20261124", "24/11/2026", "24-11-2026", "2026-11-24", "20261124000000"]
)
def test_a_due_day_without_an_hour_ends_when_the_day_is_over(written: str) -> None:
    assert read(NgayHenTra=written).due_at == datetime(2026, 11, 24, 23, 59, 59, tzinfo=VIETNAM)


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00", "00010101000000", "", "  ", "null"])
def test_a_day_that_a_program_never_set_is_not_told(written: str) -> None:
    assert read(NgayTra=written).returned_at is None


@pytest.mark.parametrize(
    "written",
    ["20261301", "30/02/2026", "2026-02-30", "hôm qua", "1", 1e30, [], ["20261120"], "٢٠٢٦١١٢٠"],
)
def test_a_day_that_does_not_exist_is_a_fault(written: object) -> None:
    if written == []:
        assert read(NgayTiepNhan=written).received_at is None
    else:
        assert "ngày có thật" in faults(NgayTiepNhan=written)["NgayTiepNhan"]


def test_what_happened_cannot_lie_ahead_but_a_due_day_can() -> None:
    tomorrow, later = NOW + timedelta(hours=23), NOW + timedelta(days=2)
    assert read(NgayTiepNhan=tomorrow.isoformat(), NgayHenTra="20361101").due_at is not None
    told = faults(NgayTiepNhan=later.isoformat(), NgayHenTra="20371231", NgayTra="19991231")
    assert set(told) == {"NgayTiepNhan", "NgayHenTra", "NgayTra"}


@pytest.mark.parametrize("field", ["ThoiDiemCapNhat", "ThoiDiemXuLy"])
def test_the_moment_of_an_update_may_be_minutes_ahead_and_no_more(field: str) -> None:
    """One that is a day ahead would hide all that comes in that day."""
    near, far = NOW + AHEAD, NOW + AHEAD + timedelta(seconds=1)
    assert read(PROGRESS, **{field: near.isoformat()}).at == near
    assert "Kiểm tra đồng hồ" in faults(PROGRESS, **{field: far.isoformat()})[field]


def test_an_update_says_whether_its_moment_was_told() -> None:
    assert read(PROGRESS, ThoiDiemCapNhat="20261120093000").tells_moment
    untold = read(PROGRESS, ThoiDiemXuLy="", ThoiDiemCapNhat=None)
    assert not untold.tells_moment
    assert untold.at == NOW


def test_days_in_an_order_that_cannot_be_are_faults() -> None:
    told = faults(NgayTiepNhan="20261110", NgayTra="20261109", NgayHenTra="20261101")
    assert set(told) == {"NgayTra", "NgayHenTra"}


def test_a_result_of_the_same_day_is_no_fault_where_only_the_day_is_told() -> None:
    assert read(NgayTiepNhan="20261110150000", NgayTra="20261110").returned_at is not None


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("135000", 135000),
        (135000, 135000),
        (135000.0, 135000),
        ("135.000", 135000),
        ("135,000 đồng", 135000),
        ("1.350.000đ", 1350000),
        ("135000.0000", 135000),
        ("50.0000", 50),
        ("0", 0),
        ("", None),
        (None, None),
        ("theo quy định", None),
    ],
)
def test_an_amount_is_read_however_it_is_written(written: object, amount: int | None) -> None:
    assert read(DanhSachLePhi=[{"TenPhiLePhi": "Phí", "Gia": written}]).payments == (
        Payment("Phí", amount),
    )


@pytest.mark.parametrize("written", [-1, 0.5, "12 nghìn", 10**13, float("nan"), True])
def test_an_amount_that_cannot_be_is_a_fault(written: object) -> None:
    assert faults(DanhSachLePhi=[{"Gia": written}])


@pytest.mark.parametrize("written", ['[{"Gia": 1}', '{"Gia": 1', ' [ {"Gia": } ]'])
def test_a_list_that_is_broken_json_is_a_fault(written: str) -> None:
    assert "JSON" in faults(DanhSachLePhi=written)["DanhSachLePhi"]


def test_a_name_that_is_told_twice_is_a_fault() -> None:
    told = read_json('{"TrangThaiHoSo": "2", "TrangThaiHoSo": "3", "GhiChu": "x", "GhiChu": "x"}')
    assert "hai lần" in faults({**SYNCED, **told})["TrangThaiHoSo"]
    entry = read_json('[{"Gia": 1, "TenPhiLePhi": "Phí", "Gia": 2}]')
    assert set(faults(DanhSachLePhi=entry)) == {"DanhSachLePhi[1].Gia"}


def test_the_codes_of_demonstration_dossiers_are_not_taken_from_outside() -> None:
    fields = {"MaHoSo": "H00.01-261116-0001", "TrangThaiHoSo": 4}
    assert read_national(fields, NOW).code == fields["MaHoSo"]
    with pytest.raises(UpdateInvalid, match="hồ sơ mẫu"):
        read_pushed(fields, NOW)
