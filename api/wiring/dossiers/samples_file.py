"""The file that a province fills in with its dossiers: columns, hints, and rows to show how."""

import csv
import io
from typing import Final

from api.wiring.dossiers.files import SHEET
from bot.dossier_sources.columns import COLUMNS, TableColumn
from bot.dossier_sources.state_words import STATE_NAMES
from knowledge.spreadsheet_writing import ColumnLook, SheetLook, workbook_bytes

GUIDE: Final = "Hướng dẫn"

_ROWS: Final = (
    {
        "MaHoSo": "H00.01-261110-0001",
        "TrangThaiHoSo": "Đang xử lý",
        "ThoiDiemCapNhat": "20/11/2026 09:30",
        "DienThoai4": "0678",
        "MaTTHC": "1.001193",
        "TenTTHC": "Thủ tục đăng ký khai sinh",
        "DonViXuLy": "UBND phường (mẫu)",
        "NgayTiepNhan": "10/11/2026 08:15",
        "NgayHenTra": "24/11/2026",
        "LePhi": "8000",
        "DaThanhToan": "Có",
        "HinhThuc": "Nhận tại bộ phận một cửa",
        "ChuHoSo": "Nguyễn Văn An",
    },
    {
        "MaHoSo": "H00.01-261112-0002",
        "TrangThaiHoSo": "5",
        "ThoiDiemCapNhat": "16/11/2026 14:00",
        "GiayTo4": "2345",
        "TenTTHC": "Đăng ký thường trú",
        "NgayTiepNhan": "12/11/2026",
        "NoiDungBoSung": "Thiếu giấy tờ chứng minh chỗ ở hợp pháp",
        "GiayToBoSung": "Hợp đồng thuê nhà; Văn bản đồng ý của chủ nhà",
        "HanBoSung": "01/12/2026",
    },
)
"""Agency H00 is nobody: an import refuses these rows of whoever forgets to delete them."""

_GUIDANCE: Final = (
    "Xoá hai dòng mẫu (mã H00), ghi hồ sơ của mình vào trang 'Hồ sơ', mỗi hồ sơ hoặc mỗi lần thay "
    "đổi một dòng.",
    "Cột bắt buộc: Mã hồ sơ, Trạng thái. Các cột khác bỏ trống hoặc xoá hẳn đều được.",
    "Cần ít nhất một trong ba cột 4 số cuối điện thoại, 4 số cuối định danh, Năm sinh thì người "
    "dân mới tra được, trừ khi DOSSIER_FACTORS=none.",
    "Xem trước: motcua dossiers import ho-so.xlsx --dry-run. Lưu: bỏ --dry-run. Nhập lại cùng một "
    "tệp không làm gì hỏng.",
)


def sample_workbook() -> bytes:
    """Return the file for Excel."""
    guide = [*((line, "") for line in _GUIDANCE), *((one.heading, one.hint) for one in COLUMNS)]
    return workbook_bytes(
        (
            SheetLook(SHEET, tuple(map(_look, COLUMNS)), _cells()),
            SheetLook(GUIDE, (ColumnLook("Mục", 60), ColumnLook("Cách ghi", 80)), guide),
        )
    )


def sample_csv() -> bytes:
    """Return the same table as CSV, marked as UTF-8 for Excel."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(one.heading for one in COLUMNS)
    writer.writerows(_cells())
    return out.getvalue().encode("utf-8-sig")


def _cells() -> list[tuple[str, ...]]:
    return [tuple(row.get(one.field, "") for one in COLUMNS) for row in _ROWS]


def _look(column: TableColumn) -> ColumnLook:
    states = tuple(STATE_NAMES.values()) if column.field == "TrangThaiHoSo" else ()
    fits = len(",".join(states)) <= 255  # noqa: PLR2004 - what a rule of Excel holds
    return ColumnLook(column.heading, 26, choices=states if fits else (), hint=column.hint)
