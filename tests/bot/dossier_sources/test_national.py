"""What one-stop systems really send is read, and what cannot be right is told with every fault."""

import json
from datetime import date, datetime

import pytest

from bot.dossier_sources.national import read_national
from bot.dossiers.status import DossierUpdate, Payment, State, Supplement
from knowledge.work_calendar import VIETNAM
from tests.support.one_stop import NOW, PROGRESS, faults, read


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
