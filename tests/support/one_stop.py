"""Messages of a one-stop system, and what is read of them."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from bot.dossier_sources.national import read_national
from bot.dossiers.ports import UpdateInvalid
from bot.dossiers.status import DossierUpdate
from knowledge.work_calendar import VIETNAM

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
