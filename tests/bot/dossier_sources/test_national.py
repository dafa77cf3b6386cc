"""What one-stop systems really send is read, and what cannot be right is told with every fault."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dossier_ports import UpdateInvalid
from bot.dossier_sources.moments import VIETNAM
from bot.dossier_sources.national import read_national
from bot.dossier_sources.personal import masked_name
from bot.dossier_sources.state_words import STATE_NAMES
from bot.dossiers import DossierUpdate, FactorKind, Payment, State, Supplement

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=VIETNAM)

SYNCED: Mapping[str, object] = {
    "MaHoSo": "H17.15-261110-0012",
    "MaTTHC": "1.001193",
    "TenTTHC": "Thủ tục đăng ký khai sinh",
    "MaLinhVuc": "G03-TP02",
    "TenLinhVuc": "Hộ tịch",
    "ChuHoSo": "Nguyễn Văn An",
    "LoaiDoiTuong": "1",
    "SoGiayToChuHoSo": "001099012345",
    "SoDienThoai": "0912 345 678",
    "Email": "an@example.com",
    "NgayTiepNhan": "20261110081500",
    "NgayHenTra": "20261124170000",
    "TrangThaiHoSo": "4",
    "NgayTra": "",
    "HinhThuc": "0",
    "DonViXuLy": "UBND phường Bến Nghé",
    "GhiChu": None,
    "DanhSachLePhi": [
        {"TenPhiLePhi": "Lệ phí hộ tịch", "MaPhiLePhi": "LP01", "HinhThucThu": "1", "Gia": "8000"}
    ],
    "DanhSachHoSoBoSung": [],
    "DanhSachGiayToKetQua": {"TenGiayTo": "Giấy khai sinh", "DuongDanTepTinKetQua": "/a.pdf"},
}

PROGRESS: Mapping[str, object] = {
    "MaHoSo": "H17.15-261110-0012",
    "NguoiXuLy": "Trần Thị Bình",
    "ChucDanh": "Chuyên viên",
    "ThoiDiemXuLy": "20261120093000",
    "PhongBanXuLy": "Phòng Tư pháp",
    "NoiDungXuLy": "Trần Thị Bình đã thẩm định hồ sơ của Nguyễn Văn An",
    "TrangThai": 9,
    "NgayBatDau": "20261110081500",
    "NgayKetThucTheoQuyDinh": "20261124170000",
}


def read(record: Mapping[str, object] = SYNCED, /, **changes: object) -> DossierUpdate:
    return read_national({**record, **changes}, NOW)


def faults(record: Mapping[str, object] = SYNCED, /, **changes: object) -> dict[str, str]:
    with pytest.raises(UpdateInvalid) as caught:
        read(record, **changes)
    assert caught.value.faults
    return dict(caught.value.faults)


def test_a_dossier_is_read_as_the_one_stop_system_sends_it() -> None:
    assert read() == DossierUpdate(
        code="H17.15-261110-0012",
        at=NOW,
        state=State.PROCESSING,
        procedure_code="1.001193",
        procedure_name="Thủ tục đăng ký khai sinh",
        unit="UBND phường Bến Nghé",
        received_at=datetime(2026, 11, 10, 8, 15, tzinfo=VIETNAM),
        due_at=datetime(2026, 11, 24, 17, 0, tzinfo=VIETNAM),
        applicant="N*** V*** A***",
        payments=(Payment("Lệ phí hộ tịch", 8000),),
        results=("Giấy khai sinh",),
    )


def test_a_step_is_read_without_the_name_of_the_official() -> None:
    update = read(PROGRESS, ChuHoSo="NGUYỄN VĂN AN")
    assert update.at == datetime(2026, 11, 20, 9, 30, tzinfo=VIETNAM)
    assert update.state is State.DONE
    assert update.unit == "Phòng Tư pháp"
    assert update.note == "cán bộ đã thẩm định hồ sơ của N*** V*** A***"
    assert "Bình" not in repr(update)


def test_only_four_digits_are_kept_of_what_proves_whose_dossier_it_is() -> None:
    update = read(NgaySinh="19900215")
    assert update.factors == {
        FactorKind.PHONE: "5678",
        FactorKind.IDENTITY: "2345",
        FactorKind.BIRTH_YEAR: "1990",
    }
    assert "0912" not in repr(update)
    assert "an@example.com" not in repr(update)


@pytest.mark.parametrize(
    ("field", "value", "kind", "digits"),
    [
        ("DienThoai4", "0678", FactorKind.PHONE, "0678"),
        ("DienThoai4", 678, FactorKind.PHONE, "0678"),
        ("SoDienThoai", 912345678.0, FactorKind.PHONE, "5678"),
        ("SoDienThoai", "0912345678 / 0987654321", FactorKind.PHONE, "5678"),
        ("GiayTo4", "2345", FactorKind.IDENTITY, "2345"),
        ("SoGiayTo", "001099012345", FactorKind.IDENTITY, "2345"),
        (
            "DinhDanhCHS",
            [{"LoaiDinhDanh": "1", "SoDinhDanh": "001099012345"}],
            FactorKind.IDENTITY,
            "2345",
        ),
        ("NamSinh", 1985, FactorKind.BIRTH_YEAR, "1985"),
        ("NgaySinh", "00/00/1985", FactorKind.BIRTH_YEAR, "1985"),
        ("NgaySinh", "1985-02-03T00:00:00", FactorKind.BIRTH_YEAR, "1985"),
    ],
)
def test_factors_are_read_however_they_are_written(
    field: str, value: object, kind: FactorKind, digits: str
) -> None:
    assert read(PROGRESS, **{field: value}).factors == {kind: digits}


@pytest.mark.parametrize("value", ["không có", "", "0", None, ".", "12"])
def test_a_number_that_is_none_is_no_factor_and_no_fault(value: object) -> None:
    assert read(PROGRESS, SoDienThoai=value, SoDinhDanh=value, NgaySinh=value).factors == {}


def test_four_digits_that_are_not_four_are_a_fault() -> None:
    assert set(faults(PROGRESS, DienThoai4="78", GiayTo4="12345")) == {"DienThoai4", "GiayTo4"}


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


def test_days_in_an_order_that_cannot_be_are_faults() -> None:
    told = faults(NgayTiepNhan="20261110", NgayTra="20261109", NgayHenTra="20261101")
    assert set(told) == {"NgayTra", "NgayHenTra"}


def test_a_result_of_the_same_day_is_no_fault_where_only_the_day_is_told() -> None:
    assert read(NgayTiepNhan="20261110150000", NgayTra="20261110").returned_at is not None


def test_every_fault_of_a_message_is_told_at_once() -> None:
    told = faults(
        MaHoSo="ABC",
        TrangThaiHoSo="99",
        NgayTiepNhan="32/01/2026",
        DanhSachLePhi=[{"Gia": "tám nghìn 8"}],
        TenTTHC={"vi": "x"},
    )
    expected = {"MaHoSo", "TrangThaiHoSo", "NgayTiepNhan", "DanhSachLePhi[1].Gia", "TenTTHC"}
    assert set(told) == expected
    assert all(why.strip().endswith(".") for why in told.values())


def test_a_message_without_code_and_state_says_what_is_missing() -> None:
    assert set(faults({})) == {"MaHoSo", "TrangThaiHoSo"}


def test_two_fields_that_say_different_states_are_a_fault() -> None:
    assert "TrangThaiHoSo" in faults(TrangThai="9")
    assert read(TrangThai="Đang xử lý").state is State.PROCESSING


@pytest.mark.parametrize(
    "code",
    [
        "1" * 1_000_000,
        "'; DROP TABLE dossiers; --",
        "Н17.15-261110-0012",  # a Cyrillic letter
        "H17.15-261310-0012",
        12,
        ["H17.15-261110-0012"],
    ],
)
def test_what_is_no_code_is_a_fault_that_does_not_repeat_it(code: object) -> None:
    assert str(code)[:12] not in faults(MaHoSo=code)["MaHoSo"].replace("H17.15-250710-0012", "")


def test_a_code_is_read_in_its_one_spelling() -> None:
    assert read(MaHoSo=" h17.15–261110–0012 \u200b").code == "H17.15-261110-0012"


def test_names_of_fields_have_any_letter_case_and_accents() -> None:
    spelled = {"mahoso": "H17.15-261110-0012", "TRANG_THAI": "4", "Ngày hẹn trả": "24/11/2026"}
    update = read_national(spelled, NOW)
    assert (update.code, update.state) == ("H17.15-261110-0012", State.PROCESSING)
    assert update.due_at is not None


def test_a_field_that_comes_twice_and_differs_is_a_fault() -> None:
    assert faults({"MaHoSo": "H17.15-261110-0012", "mahoso": "H17.15-261110-0013", "TrangThai": 4})


def test_the_request_that_is_still_open_is_the_one_that_is_told() -> None:
    update = read(
        TrangThaiHoSo="5",
        DanhSachHoSoBoSung=[
            {
                "NoiDungBoSung": "Nộp giấy chứng sinh",
                "NgayBoSung": "20261112",
                "NgayTiepNhanBoSung": "20261113",
            },
            {
                "NoiDungBoSung": "Anh Nguyễn Văn An nộp sổ hộ khẩu, gọi 0912345678",
                "NgayBoSung": "2026-11-16T09:00:00",
                "NguoiYeuCauBoSung": "Lê Thị Cúc",
                "DanhSachGiayToBoSung": {"TenTepDinhKem": "Bản sao sổ hộ khẩu"},
                "HanBoSung": "01/12/2026",
            },
        ],
    )
    assert update.supplement == Supplement(
        papers=("Bản sao sổ hộ khẩu",),
        note="Anh N*** V*** A*** nộp sổ hộ khẩu, gọi ***",
        asked_at=datetime(2026, 11, 16, 9, 0, tzinfo=VIETNAM),
        until=date(2026, 12, 1),
    )


def test_a_request_can_stand_in_the_columns_of_a_table() -> None:
    update = read(
        PROGRESS, TrangThai=5, NoiDungBoSung="Thiếu bản sao", GiayToBoSung="Tờ khai; Ảnh; Tờ khai"
    )
    assert update.supplement == Supplement(papers=("Tờ khai", "Ảnh"), note="Thiếu bản sao")


def test_a_request_of_the_past_is_told_no_more() -> None:
    assert read(DanhSachHoSoBoSung=[{"NoiDungBoSung": "Nộp giấy chứng sinh"}]).supplement is None


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


def test_lists_come_as_one_object_as_text_and_as_names() -> None:
    as_json = json.dumps([{"TenGiayTo": "Giấy khai sinh"}], ensure_ascii=False)
    for written in (as_json, ["Giấy khai sinh"], "Giấy khai sinh", {"tengiayto": "Giấy khai sinh"}):
        assert read(DanhSachGiayToKetQua=written).results == ("Giấy khai sinh",)


def test_a_text_is_cleaned_and_cut_on_a_word() -> None:
    update = read(TenTTHC="Đăng\u202e ký\x00 khai\u2066 sinh \u200b" + "rất dài " * 200)
    assert update.procedure_name.startswith("Đăng ký khai sinh rất dài")
    assert len(update.procedure_name) <= 300
    assert update.procedure_name.endswith(("rất…", "dài…"))


def test_how_the_result_is_handed_over_is_told_in_words_or_not_at_all() -> None:
    assert read(HinhThuc="1").collect == ""
    assert read(HinhThuc="Nhận tại bộ phận một cửa").collect == "Nhận tại bộ phận một cửa"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("nguyễn văn an", "N*** V*** A***"),
        ("Đỗ Ý", "Đ*** Ý***"),
        ("CÔNG TY TNHH MTV 36", "C*** T*** T*** M***"),
        ("", ""),
        ("!!!", ""),
    ],
)
def test_a_name_shows_its_first_letters_only(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@given(st.text())
def test_a_masked_name_stays_as_it_is(name: str) -> None:
    assert masked_name(masked_name(name)) == masked_name(name)


_NAMES = [*SYNCED, *PROGRESS, "ThoiDiemCapNhat", "HanBoSung", "DienThoai4", "GiayTo4", "NamSinh"]
_NAMES += ["NgaySinh", "LePhi", "NoiDungBoSung", "GiayToBoSung", "DaThanhToan", "NgayBoSung", "Gia"]
_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from([value for value in (*SYNCED.values(), *PROGRESS.values()) if value]),
)


def _anything(depth: Any) -> Any:
    return st.lists(depth, max_size=4) | st.dictionaries(
        st.sampled_from(_NAMES) | st.text(), depth, max_size=6
    )


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(_NAMES), st.recursive(_VALUES, _anything, max_leaves=12)))
def test_whatever_comes_is_read_or_refused_and_nothing_else_happens(record: dict[str, Any]) -> None:
    for fields in (record, {**SYNCED, **record}):
        try:
            update = read_national(fields, NOW)
        except UpdateInvalid:
            continue
        assert read_national(fields, NOW) == update
        again = read_national(written_out(update), NOW)
        assert again == update


def written_out(update: DossierUpdate) -> dict[str, object]:
    """The message that says what was read."""
    asked = update.supplement
    request = asked and {
        "NoiDungBoSung": asked.note,
        "NgayBoSung": asked.asked_at,
        "HanBoSung": asked.until,
        "DanhSachGiayToBoSung": list(asked.papers),
    }
    return {
        "MaHoSo": update.code,
        "ThoiDiemCapNhat": update.at,
        "TrangThaiHoSo": update.state.value,
        "MaTTHC": update.procedure_code,
        "TenTTHC": update.procedure_name,
        "DonViXuLy": update.unit,
        "NoiDungXuLy": update.note,
        "NgayTiepNhan": update.received_at,
        "NgayHenTra": update.due_at,
        "NgayTra": update.returned_at,
        "ChuHoSo": update.applicant,
        "DanhSachHoSoBoSung": [request] if request else [],
        "DanhSachLePhi": [
            {"TenPhiLePhi": one.name, "Gia": one.amount, "DaThanhToan": one.paid}
            for one in update.payments
        ],
        "DanhSachGiayToKetQua": list(update.results),
        "HinhThuc": update.collect,
    }
