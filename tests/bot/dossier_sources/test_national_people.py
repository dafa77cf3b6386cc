"""Names are masked, and of numbers only four digits are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dossier_sources.personal import masked_name
from bot.dossiers.status import FactorKind
from tests.support.one_stop import PROGRESS, faults, read


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


TOLD = "Gửi cho Nguyễn Văn An, 0912 345 678, CCCD 079123456789"


@pytest.mark.parametrize(
    "field",
    [
        *("TenTTHC", "DonViXuLy", "NoiDungXuLy", "HinhThuc", "GiayToKetQua"),
        *("DanhSachGiayToKetQua", "DanhSachLePhi"),
    ],
)
def test_no_text_shows_a_person_whom_the_message_names(field: str) -> None:
    shown = repr(read(**{"DanhSachGiayToKetQua": [], field: TOLD}))
    assert "N*** V*** A***, ***" in shown
    assert not any(part in shown for part in ("Nguyễn", "678", "0791"))


def test_no_request_for_papers_shows_a_person() -> None:
    asked = {"NoiDungBoSung": TOLD, "DanhSachGiayToBoSung": [{"TenGiayTo": TOLD}]}
    for told in ({"DanhSachHoSoBoSung": [asked]}, {"NoiDungBoSung": TOLD, "GiayToBoSung": TOLD}):
        shown = repr(read(TrangThaiHoSo="5", **told).supplement)
        assert shown.count("N*** V*** A***") == 2
        assert not any(part in shown for part in ("Nguyễn", "678", "0791"))


@pytest.mark.parametrize(
    "written",
    [
        "nguyen van an",
        "NGUYEN VAN AN",
        "Nguyen Văn An",
        "nguyễn văn an",
        "Nguyễn  Văn  An",
        "nguyen.van.an",
        "Nguyen-Van-An",
    ],
)
def test_a_name_is_hidden_with_and_without_accents(written: str) -> None:
    note = read(NoiDungXuLy=f"Mời {written} đến nhận").note
    assert note == "Mời N*** V*** A*** đến nhận"


def test_words_that_are_no_name_stay() -> None:
    note = "Giữ nguyên án phí; nguyên văn án lệ; ông Trần Văn An khác"
    assert read(ChuHoSo="Nguyễn An", NoiDungXuLy=note).note == note


def test_a_number_is_hidden_where_the_text_is_cut() -> None:
    for blanks in range(280, 300):
        shown = read(HinhThuc=f"{'x ' * (blanks // 2)}0912 345 678 y").collect
        assert "0912" not in shown


def test_a_year_of_birth_of_two_digits_is_a_fault() -> None:
    assert set(faults(NamSinh="80")) == {"NamSinh"}
    assert read(PROGRESS, NamSinh="0").factors == read(PROGRESS, NamSinh="không rõ").factors == {}
