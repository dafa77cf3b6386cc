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
