"""The columns of a table of dossiers: which field each is, and how it may be headed."""

from dataclasses import dataclass
from typing import Final

from bot.dossier_sources.fields import plain_name
from bot.dossier_sources.state_words import STATE_NAMES


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column."""

    field: str
    """As `read_national` knows it; may head the column as well."""
    heading: str
    hint: str
    also: tuple[str, ...] = ()
    """Other headings that are seen."""
    required: bool = False


_DAY: Final = "Ví dụ 24/11/2026 hoặc 24/11/2026 17:00."
_STATES: Final = "; ".join(f"{state.value} {name}" for state, name in STATE_NAMES.items())

COLUMNS: Final = (
    TableColumn(
        "MaHoSo",
        "Mã hồ sơ",
        "Bắt buộc. In trên giấy tiếp nhận, ví dụ H17.15-250710-0012.",
        ("Số hồ sơ", "Mã số hồ sơ"),
        required=True,
    ),
    TableColumn(
        "TrangThaiHoSo",
        "Trạng thái",
        f"Bắt buộc. Số hoặc tên: {_STATES}.",
        ("Tình trạng", "Trạng thái hồ sơ", "Tình trạng hồ sơ"),
        required=True,
    ),
    TableColumn(
        "ThoiDiemCapNhat",
        "Thời điểm cập nhật",
        "Thành ra như vậy lúc nào. Bỏ trống: lúc tệp được ghi. " + _DAY,
        ("Ngày cập nhật",),
    ),
    TableColumn(
        "DienThoai4",
        "4 số cuối điện thoại",
        "Để người dân tra cứu; chỉ lưu dạng băm.",
        ("Bốn số cuối điện thoại",),
    ),
    TableColumn(
        "GiayTo4",
        "4 số cuối định danh",
        "Để người dân tra cứu; chỉ lưu dạng băm.",
        ("4 số cuối giấy tờ", "4 số cuối CCCD", "Bốn số cuối định danh"),
    ),
    TableColumn("NamSinh", "Năm sinh", "Để người dân tra cứu; chỉ lưu dạng băm."),
    TableColumn("MaTTHC", "Mã thủ tục", "Ví dụ 1.001193.", ("Mã TTHC",)),
    TableColumn("TenTTHC", "Tên thủ tục", "", ("Tên TTHC", "Thủ tục", "Tên thủ tục hành chính")),
    TableColumn("DonViXuLy", "Đơn vị xử lý", "", ("Cơ quan xử lý", "Đơn vị", "Cơ quan")),
    TableColumn("NgayTiepNhan", "Ngày tiếp nhận", _DAY, ("Ngày nhận", "Ngày nhận hồ sơ")),
    TableColumn("NgayHenTra", "Ngày hẹn trả", _DAY, ("Hẹn trả", "Ngày hẹn trả kết quả")),
    TableColumn("NgayTra", "Ngày trả", _DAY, ("Ngày trả kết quả",)),
    TableColumn(
        "NoiDungXuLy", "Nội dung xử lý", "Người dân đọc được; đừng ghi tên, số điện thoại."
    ),
    TableColumn("NoiDungBoSung", "Nội dung bổ sung", "Khi trạng thái là 5."),
    TableColumn(
        "GiayToBoSung", "Giấy tờ bổ sung", "Khi trạng thái là 5; cách nhau bằng dấu chấm phẩy."
    ),
    TableColumn("HanBoSung", "Hạn bổ sung", "Ngày cuối để bổ sung. " + _DAY),
    TableColumn("LePhi", "Lệ phí", "Bằng đồng, ví dụ 8000.", ("Phí, lệ phí", "Số tiền")),
    TableColumn("DaThanhToan", "Đã thanh toán", "Có hoặc Chưa."),
    TableColumn("GiayToKetQua", "Giấy tờ kết quả", "Cách nhau bằng dấu chấm phẩy.", ("Kết quả",)),
    TableColumn(
        "HinhThuc", "Cách nhận kết quả", "Bằng lời.", ("Hình thức trả", "Nơi nhận kết quả")
    ),
    TableColumn(
        "ChuHoSo", "Chủ hồ sơ", "Không bắt buộc; chỉ lưu chữ đầu.", ("Họ tên", "Người nộp")
    ),
)
"""In the order of the sample file."""

_OTHERS: Final = (
    ("SoDienThoai", ("Số điện thoại", "Điện thoại")),
    ("SoDinhDanh", ("Số định danh", "CCCD", "Số CCCD")),
    ("SoGiayTo", ("Số giấy tờ", "CMND", "Số CMND")),
    ("SoGiayToChuHoSo", ()),
    ("ThoiDiemXuLy", ("Thời điểm xử lý",)),
    ("PhongBanXuLy", ("Phòng ban xử lý", "Phòng ban")),
    ("NgaySinh", ("Ngày sinh",)),
    ("NguoiXuLy", ("Người xử lý", "Cán bộ xử lý")),
    ("DanhSachLePhi", ()),
    ("DanhSachHoSoBoSung", ()),
    ("DanhSachGiayToKetQua", ()),
    ("DinhDanhCHS", ()),
    ("NgayBoSung", ("Ngày yêu cầu bổ sung",)),
)
"""Read where an export has them, and never asked for: whole numbers are better left out."""

_BY_HEADING: Final = {
    plain_name(heading): field
    for field, headings in (
        *((one.field, (one.field, one.heading, *one.also)) for one in COLUMNS),
        *((field, (field, *also)) for field, also in _OTHERS),
        ("TrangThaiHoSo", ("TrangThai",)),
    )
    for heading in headings
}


def field_of(heading: str) -> str:
    """Return the field that a column holds; empty: none that is read.

    >>> field_of("NGÀY HẸN TRẢ"), field_of("ngay_hen_tra"), field_of("Ghi chú nội bộ")
    ('NgayHenTra', 'NgayHenTra', '')
    """
    return _BY_HEADING.get(plain_name(heading[:200]), "")
