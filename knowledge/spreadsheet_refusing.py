"""Refuses what is no harmless Excel file before anything in it is parsed."""

import zipfile
from pathlib import Path
from typing import Final

from knowledge.errors import reason_of

NO_WORKBOOK: Final = (
    "Không đọc được như tệp Excel .xlsx. Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx, "
    "không đặt mật khẩu."
)
_LARGEST_FILE_BYTES: Final = 30_000_000
_LARGEST_UNPACKED_BYTES: Final = 300_000_000
"""All our texts in one workbook unpack to a tenth of it; a zip bomb to a thousand times more."""
_MOST_PARTS: Final = 500
"""Files inside an Excel file; a workbook of ten sheets has about thirty."""
_MACROS: Final = "vbaproject.bin"


def why_refused(path: Path) -> str:
    """Return why a file is not even opened; empty: it may be."""
    try:
        if not path.is_file():
            return _no_file(path)
        if path.stat().st_size > _LARGEST_FILE_BYTES:
            return "Tệp lớn hơn 30 MB. Chỉ giữ các trang của tệp mẫu."
        with zipfile.ZipFile(path) as parts:
            return _parts_refused(parts.infolist())
    except OSError as error:
        return f"Không mở được tệp ({reason_of(error)}). Kiểm tra tên và quyền đọc."
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return NO_WORKBOOK


def _no_file(path: Path) -> str:
    """Return what stands there; a pipe would be waited for without end."""
    path.stat()
    what = "đây là thư mục" if path.is_dir() else "đây không phải tệp thường"
    return f"Không mở được ({what}). Chọn một tệp .xlsx."


def _parts_refused(parts: list[zipfile.ZipInfo]) -> str:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _LARGEST_UNPACKED_BYTES:
        return "Tệp giải nén ra quá lớn: đây không phải tệp nội dung. Chép dữ liệu sang tệp mẫu."
    if any(part.filename.lower().endswith(_MACROS) for part in parts):
        return "Tệp có macro, không nhận. Lưu lại dạng .xlsx không macro."
    return ""
