"""The profile of a province, in YAML and in Excel, and its checks."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from knowledge.content import SHIPPED, load_procedures
from knowledge.errors import ContentFaulty
from knowledge.procedure import Amount, FilingChannel, Level
from knowledge.profile import load_profile, read_profile
from knowledge.profile_check import check_profiles
from knowledge.profile_parts import is_phone
from knowledge.profile_sheets import profile_workbook
from knowledge.province import CouncilFee, FormFile, Office, OfficeKind, ProvinceProfile, Shift
from tests.support.places import a_gazetteer

SAMPLE = SHIPPED / "profiles" / "sample.yaml"

OFFICE: dict[str, Any] = {
    "name": "Trung tâm Phục vụ hành chính công Phường Cầu Giấy",
    "kind": "commune",
    "address": "Số 1",
    "wards": ["Phường Cầu Giấy"],
    "hours": {"monday": ["07:30-11:30", "13:30-17:00"]},
    "source": "Trang của phường",
    "read": "2026-11",
}
FEE: dict[str, Any] = {
    "code": "1.004222",
    "amount": 50_000,
    "decision": "12/2025/NQ-HĐND",
    "date": "2025-12-10",
}


def a_file(folder: Path, **parts: Any) -> Path:
    path = folder / "tinh.yaml"
    path.write_text(
        yaml.safe_dump({"name": "Thành phố Hà Nội"} | parts, allow_unicode=True), "utf-8"
    )
    return path


def faults(folder: Path, **parts: Any) -> list[str]:
    path = a_file(folder, **parts)
    return [fault.message for fault in check_profiles([path], load_procedures(), a_gazetteer)]


def test_the_sample_is_marked_and_faultless() -> None:
    profile = load_profile(SAMPLE)
    assert profile.sample
    assert list(check_profiles([SAMPLE], load_procedures(), a_gazetteer)) == []
    assert profile.offices
    assert all("MẪU" in office.name and "MẪU" in office.source for office in profile.offices)
    assert all(office.phone.startswith("0000") for office in profile.offices)
    assert not profile.hotline


def test_a_profile_of_offices_fees_and_forms_is_read(tmp_path: Path) -> None:
    form = {"number": "CT01", "link": "https://hanoi.gov.vn/ct01.docx"}
    assert faults(tmp_path, offices=[OFFICE], fees=[FEE], forms=[form]) == []
    profile = load_profile(a_file(tmp_path, offices=[OFFICE], fees=[FEE], forms=[form]))
    (office,), (fee,) = profile.offices, profile.fees
    assert office.hours == (Shift(0, time(7, 30), time(11, 30)), Shift(0, time(13, 30), time(17)))
    assert fee == CouncilFee("1.004222", Amount(50_000), "12/2025/NQ-HĐND", "2025-12-10")
    assert profile.forms == (FormFile("CT01", "https://hanoi.gov.vn/ct01.docx"),)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": ""}, "Thiếu 'source'"),
        ({"read": "hôm qua"}, "tháng kiểm tra"),
        ({"phone": "gọi phường"}, "không phải số điện thoại"),
        ({"map_link": "http://maps.example.org/a"}, "https://"),
        ({"kind": "district"}, "Không nhận 'district'"),
        ({"levels": ["district"]}, "Không nhận 'district'"),
        ({"wards": []}, "phải ghi xã, phường"),
        ({"wards": ["Phường Dịch Vọng"]}, "không có 'Phường Dịch Vọng'"),
        ({"fields": ["Bay lên trời"]}, "không có lĩnh vực 'Bay lên trời'"),
        ({"hours": {"monday": ["07:30-11:30", "11:00-17:00"]}}, "chồng nhau"),
        ({"hours": {"monday": ["11:30-07:30"]}}, "sau giờ mở cửa"),
        ({"hours": {"monday": ["sáng"]}}, "không phải giờ làm việc"),
        ({"hours": {"monday": ["07:30-25:30"]}}, "không phải giờ làm việc"),
        ({"hours": {"caturday": ["07:30-11:30"]}}, "Không có khoá 'caturday'"),
        ({"fax": "1"}, "Không có khoá 'fax'"),
    ],
)
def test_a_wrong_office_is_told(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    told = faults(tmp_path, offices=[OFFICE | change])
    assert any(said in message for message in told), told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "1.999999"}, "không có thủ tục mã 1.999999"),
        ({"code": "khai sinh"}, "không phải mã thủ tục"),
        ({"decision": ""}, "Thiếu 'decision'"),
        ({"decision": "theo quy định"}, "không phải số nghị quyết"),
        ({"date": "12/2025"}, "Ghi ngày của nghị quyết"),
        ({"amount": "miễn phí"}, "số nguyên"),
        ({"channel": "fax"}, "Không nhận 'fax'"),
    ],
)
def test_a_wrong_fee_is_told(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    told = faults(tmp_path, fees=[FEE | change])
    assert any(said in message for message in told), told


def test_doubles_unknown_forms_and_provinces_are_told(tmp_path: Path) -> None:
    form = {"number": "CT99", "link": "https://a.vn/x"}
    told = faults(
        tmp_path, name="Tỉnh Bình Dương", offices=[OFFICE, OFFICE], fees=[FEE, FEE], forms=[form]
    )
    assert {message.partition(" ")[0] for message in told} == {"Cơ", "Lệ", "Mẫu", "Không"}


def test_a_hotline_wants_its_source(tmp_path: Path) -> None:
    assert any("nơi công bố" in message for message in faults(tmp_path, hotline="1900 0000"))


@pytest.mark.parametrize(
    "number", ["024 3825 0000", "0912345678", "1900 1234", "113", "+84 24 38250000"]
)
def test_numbers_that_are_dialled_are_telephones(number: str) -> None:
    assert is_phone(number)


@pytest.mark.parametrize("number", ["12", "1234567890123", "0912-máy lẻ 3", "", "9999999999"])
def test_other_numbers_are_none(number: str) -> None:
    assert not is_phone(number)


def test_all_faults_are_raised_at_once(tmp_path: Path) -> None:
    path = a_file(tmp_path, offices=[OFFICE | {"source": "", "phone": "x"}])
    with pytest.raises(ContentFaulty) as caught:
        load_profile(path)
    assert len(caught.value.faults) == 2


def in_excel(folder: Path, profile: ProvinceProfile) -> Path:
    path = folder / "tinh.xlsx"
    path.write_bytes(profile_workbook(profile))
    return path


def test_the_sample_says_the_same_in_excel(tmp_path: Path) -> None:
    profile = load_profile(SAMPLE)
    assert load_profile(in_excel(tmp_path, profile)) == profile


def changed(folder: Path, sheet: str, cell: str, value: Any) -> list[str]:
    path = in_excel(folder, load_profile(SAMPLE))
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    return [fault.message for fault in read_profile(path)[1]]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("Cơ quan", "E2", 240_000_000, "Cơ quan!E2: Ô phải là chữ"),
        ("Cơ quan", "B2", "cấp huyện", "Cơ quan!B2: Không nhận 'cấp huyện'"),
        ("Cơ quan", "I2", None, "Cơ quan!I2: Cột 'Nguồn' để trống"),
        ("Cơ quan", "F3", "http://x.vn", "Cơ quan!F3:"),
        ("Giờ làm việc", "C2", "=NOW()", "Giờ làm việc!C2: Ô có công thức"),
        ("Giờ làm việc", "C3", "10:00", "Giờ làm việc!C3: Giờ làm việc thứ hai"),
        ("Giờ làm việc", "A2", "Cơ quan khác", "Giờ làm việc!A2: Trang 'Cơ quan' không có"),
        ("Lệ phí", "C2", "năm mươi nghìn", "Lệ phí!C2: Phải là số nguyên"),
        ("Lệ phí", "C1", "Mức", "Lệ phí!1: Thiếu cột 'Mức thu (đồng)'"),
        ("Lệ phí", "F2", "tháng trước", "Lệ phí!F2: Phải là một ngày có thật"),
        ("Mẫu đơn", "B2", "ct01.docx", "Mẫu đơn!B2:"),
        ("Chung", "B2", None, "thiếu mục 'Tên tỉnh'"),
    ],
)
def test_a_wrong_cell_is_named(
    tmp_path: Path, sheet: str, cell: str, value: Any, said: str
) -> None:
    told = changed(tmp_path, sheet, cell, value)
    assert any(said in message for message in told), told


def test_hours_may_be_cells_of_time(tmp_path: Path) -> None:
    path = in_excel(tmp_path, load_profile(SAMPLE))
    book = load_workbook(path)
    book["Giờ làm việc"]["C2"] = time(7, 15)
    book.save(path)
    assert load_profile(path).offices[0].hours[0].opens == time(7, 15)


NAMES = st.text("ABCDĐÊaăâbcdđeêghiklmnoôơpq 0123456789", min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "Một cửa"
)
TIMES = st.tuples(st.integers(0, 10), st.integers(11, 23))
OFFICES = st.builds(
    Office,
    name=NAMES,
    kind=st.just(OfficeKind.PROVINCE),
    address=NAMES,
    source=NAMES,
    read=st.just("2026-11"),
    wards=st.lists(NAMES, max_size=3, unique=True).map(tuple),
    hours=st.dictionaries(st.integers(0, 6), TIMES, max_size=7).map(
        lambda days: tuple(Shift(d, time(a), time(b)) for d, (a, b) in sorted(days.items()))
    ),
    phone=st.sampled_from(["", "024 3825 0000"]),
    map_link=st.sampled_from(["", "https://maps.example.org/a"]),
    fields=st.lists(NAMES, max_size=2, unique=True).map(tuple),
    levels=st.sampled_from([(), (Level.COMMUNE,), (Level.COMMUNE, Level.PROVINCE)]),
)
CHANNELS = st.sampled_from([None, *FilingChannel])


@settings(deadline=None)  # other programs may be running
@given(
    offices=st.lists(OFFICES, max_size=3, unique_by=lambda one: one.name),
    channels=st.lists(CHANNELS, max_size=3, unique=True),
    amount=st.integers(0, 10**9),
)
def test_every_profile_comes_back_from_excel(
    tmp_path_factory: pytest.TempPathFactory,
    offices: list[Office],
    channels: list[FilingChannel | None],
    amount: int,
) -> None:
    fees = tuple(
        CouncilFee("1.004222", Amount(amount), "12/2025/NQ-HĐND", "2025-12-10", channel)
        for channel in channels
    )
    profile = ProvinceProfile("Tỉnh Cà Mau", offices=tuple(offices), fees=fees)
    assert load_profile(in_excel(tmp_path_factory.mktemp("tinh"), profile)) == profile
