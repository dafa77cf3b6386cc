"""Records of a national export, as JSON, and export files for tests."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def an_exported_method(method: str = "Trực tiếp", **changes: Any) -> dict[str, Any]:
    """One filing method as the portal exports it: seven working days, 10.000 đồng."""
    values: dict[str, Any] = {
        "method": method,
        "time": "7 Ngày làm việc",
        "time_unit_missing": False,
        "fees": [{"amount": "10.000 đồng", "text": ""}],
        "fee_status": "amount",
        "fee_suspicious": False,
        "note": "",
    }
    return values | changes


def an_exported_paper(name: str = "Tờ khai", **changes: Any) -> dict[str, Any]:
    """One document item as the portal exports it: one original."""
    return {"name": name, "form": "", "original": 1, "copy": 0} | changes


def an_exported_record(**changes: Any) -> dict[str, Any]:
    """A whole record as the portal exports it."""
    values: dict[str, Any] = {
        "code": "1.004222",
        "name": "Đăng ký thường trú",
        "field": "Đăng ký, quản lý cư trú",
        "agency_level": ["Cấp xã"],
        "ministry": "Bộ Công an",
        "decision": "1523/QĐ-BCA-C06",
        "subjects": ["Công dân Việt Nam"],
        "competent_agency": "Công an cấp Xã",
        "executing_agency": "Công an cấp Xã",
        "receiving_address": "",
        "steps": "Bước 1: Chuẩn bị hồ sơ.\nBước 2: Nộp hồ sơ.",
        "methods": [an_exported_method()],
        "documents": [{"case": "", "items": [an_exported_paper()]}],
        "legal_refs": ["68/2020/QH14"],
        "requirements": "",
        "results": [{"name": "Thông báo kết quả", "code": "KQ.G01.000001"}],
        "online_submission": True,
        "url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bf7-7704",
        "source": "dichvucong.gov.vn, crawled (June-July 2026)",
        "online_level": "",
    }
    return values | changes


def an_export(
    folder: Path, *lines: Mapping[str, Any] | str | bytes, name: str = "export.jsonl"
) -> Path:
    """Write an export of the given records (or raw lines); gzip where the name ends in .gz."""
    data = b"\n".join(_line(line) for line in lines) + b"\n"
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def _line(line: Mapping[str, Any] | str | bytes) -> bytes:
    if isinstance(line, bytes):
        return line
    text = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
    return text.encode()
