"""A province profile as an Excel file: reads the filled one, writes the marked sample."""

from collections.abc import Iterable, Mapping
from datetime import time
from pathlib import Path
from typing import Final

from knowledge.procedure import FilingChannel, Level
from knowledge.profile_parts import DEAREST, fee_of, form_of, office_of, shifts_of
from knowledge.province import (
    PORTAL_SEARCH,
    CouncilFee,
    Office,
    OfficeKind,
    ProvinceProfile,
    Shift,
)
from knowledge.spreadsheet import Column, Row, Workbook, open_workbook
from knowledge.spreadsheet_writing import ColumnLook, SheetLook, workbook_bytes
from knowledge.yaml_sections import Notebook

ABOUT, OFFICES, HOURS, FEES, FORMS = "Chung", "Cơ quan", "Giờ làm việc", "Lệ phí", "Mẫu đơn"

_KINDS: Final = {"cấp xã": OfficeKind.COMMUNE, "cấp tỉnh": OfficeKind.PROVINCE}
_LEVELS: Final = {"cấp xã": Level.COMMUNE, "cấp tỉnh": Level.PROVINCE, "cấp bộ": Level.MINISTRY}
_CHANNELS: Final = {
    "trực tuyến": FilingChannel.ONLINE,
    "trực tiếp": FilingChannel.COUNTER,
    "bưu chính": FilingChannel.POST,
}
_WEEKDAYS: Final = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_YES_NO: Final = ("có", "không")
_ITEMS: Final = {
    "Tên tỉnh": "name",
    "Tổng đài": "hotline",
    "Nơi công bố tổng đài": "hotline_source",
    "Trang tìm thủ tục": "portal_search",
    "Bản mẫu": "sample",
}
_ITEM, _VALUE = "Mục", "Giá trị"
_OFFICE_COLUMNS: Final = {
    "name": "Tên cơ quan",
    "kind": "Loại",
    "address": "Địa chỉ",
    "wards": "Xã, phường phục vụ",
    "phone": "Điện thoại",
    "map_link": "Bản đồ",
    "fields": "Lĩnh vực",
    "levels": "Cấp tiếp nhận",
    "source": "Nguồn",
    "read": "Tháng kiểm tra",
}
_HOUR_COLUMNS: Final = {"office": "Cơ quan", "weekday": "Thứ", "opens": "Từ", "closes": "Đến"}
_FEE_COLUMNS: Final = {
    "code": "Mã thủ tục",
    "channel": "Cách nộp",
    "amount": "Mức thu (đồng)",
    "purpose": "Thu cho việc gì",
    "decision": "Nghị quyết",
    "date": "Ngày nghị quyết",
}
_FORM_COLUMNS: Final = {"number": "Số mẫu", "link": "Đường dẫn"}
_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": _KINDS,
    "levels": _LEVELS,
    "channel": _CHANNELS,
}
"""Columns with fixed values, as the sheet writes them."""


class _RowPart:
    """A row, as the builders of the parts read it: by the keys of the YAML file."""

    def __init__(self, row: Row, columns: Mapping[str, str]) -> None:
        self._row = row
        self._columns = columns

    def text(self, key: str) -> str:
        """Return a text; a fixed value as the YAML file writes it."""
        column = self._columns[key]
        if key == "date":
            day = self._row.day(column)
            return day.isoformat() if day else ""
        values = _VALUES.get(key)
        if values is None:
            return self._row.text(column)
        return str(values.get(self._row.choice(column, tuple(values)), ""))

    def required_text(self, key: str) -> str:
        """Return a text that must not be empty."""
        column = self._columns[key]
        if not self._row.has(column):
            self._row.fault(column, f"Cột '{column}' để trống. Hãy ghi rõ.")
            return ""
        return self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the lines of a cell."""
        lines = self._row.lines(self._columns[key])
        values = _VALUES.get(key, {})
        return tuple(str(values.get(line.lower(), line)) for line in lines)

    def amount(self, key: str) -> int | None:
        """Return a sum in đồng."""
        return self._row.integer(self._columns[key], low=0, high=DEAREST)

    def fault(self, key: str, message: str) -> None:
        """Note a fault of the cell."""
        self._row.fault(self._columns[key], message)


def read_sheets(path: Path, notebook: Notebook) -> ProvinceProfile:
    """Return the profile of an Excel file, as far as it is right; faults are noted."""
    book = open_workbook(path, notebook)
    if book is None:
        return ProvinceProfile(name="")
    about = _about(book, notebook)
    hours, named = _hours(book)
    offices = [
        office_of(part, hours.get(part.text("name"), ()))
        for part in _parts(book, OFFICES, _OFFICE_COLUMNS)
    ]
    for name, part in named.items():
        if name not in {office.name for office in offices}:
            part.fault("office", f"Trang '{OFFICES}' không có '{name}'. Ghi đúng tên ở đó.")
    fees = (fee_of(part) for part in _parts(book, FEES, _FEE_COLUMNS))
    profile = ProvinceProfile(
        name=about.get("name", ""),
        hotline=about.get("hotline", ""),
        hotline_source=about.get("hotline_source", ""),
        portal_search=about.get("portal_search") or PORTAL_SEARCH,
        sample=about.get("sample", "").lower() == "có",
        offices=tuple(offices),
        fees=tuple(fee for fee in fees if isinstance(fee, CouncilFee)),
        forms=tuple(form_of(part) for part in _parts(book, FORMS, _FORM_COLUMNS)),
    )
    book.finish()
    return profile


def _parts(book: Workbook, sheet: str, columns: Mapping[str, str]) -> list[_RowPart]:
    rows = book.rows(sheet, [Column(name) for name in columns.values()])
    return [_RowPart(row, columns) for row in rows]


def _about(book: Workbook, notebook: Notebook) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in book.rows(ABOUT, [Column(_ITEM), Column(_VALUE)]):
        item = row.choice(_ITEM, tuple(_ITEMS))
        if item:
            found[_ITEMS[item]] = row.text(_VALUE)
    if not found.get("name"):
        notebook.note(0, f"Trang '{ABOUT}': thiếu mục 'Tên tỉnh' hoặc để trống. Hãy ghi rõ.")
    return found


def _hours(book: Workbook) -> tuple[dict[str, list[Shift]], dict[str, _RowPart]]:
    """Return the hours by office, and a row that names each."""
    hours: dict[str, list[Shift]] = {}
    named: dict[str, _RowPart] = {}
    for row in book.rows(HOURS, [Column(name) for name in _HOUR_COLUMNS.values()]):
        part = _RowPart(row, _HOUR_COLUMNS)
        office = part.required_text("office")
        weekday = row.choice(_HOUR_COLUMNS["weekday"], _WEEKDAYS)
        if not weekday:
            part.required_text("weekday")
            continue
        number = _WEEKDAYS.index(weekday)
        text = f"{_hour(row, 'opens')}-{_hour(row, 'closes')}"
        day = [one for one in hours.get(office, []) if one.weekday == number]
        fresh = shifts_of(part, "opens", number, [text])
        if any(
            one.opens < other.closes and other.opens < one.closes for one in day for other in fresh
        ):
            part.fault("opens", f"Giờ làm việc {weekday} của '{office}' chồng nhau.")
        hours.setdefault(office, []).extend(fresh)
        named.setdefault(office, part)
    return hours, named


def _hour(row: Row, key: str) -> str:
    value = row.value(_HOUR_COLUMNS[key])
    return f"{value:%H:%M}" if isinstance(value, time) else row.text(_HOUR_COLUMNS[key])


def profile_workbook(profile: ProvinceProfile) -> bytes:
    """Return the Excel file of a profile; fixed values are offered as lists."""
    return workbook_bytes(_looks(profile))


def _looks(profile: ProvinceProfile) -> Iterable[SheetLook]:
    items: dict[str, str] = {
        "Tên tỉnh": profile.name,
        "Tổng đài": profile.hotline,
        "Nơi công bố tổng đài": profile.hotline_source,
        "Trang tìm thủ tục": profile.portal_search,
        "Bản mẫu": _YES_NO[not profile.sample],
    }
    about = (ColumnLook(_ITEM, 24, tuple(_ITEMS)), ColumnLook(_VALUE, 60))
    yield SheetLook(ABOUT, about, [list(item) for item in items.items()])
    offices = [_office_row(office) for office in profile.offices]
    yield SheetLook(OFFICES, _columns(_OFFICE_COLUMNS), offices)
    yield _hours_look(profile.offices)
    fees = [_fee_row(fee) for fee in profile.fees]
    yield SheetLook(FEES, _columns(_FEE_COLUMNS), fees)
    forms = [[form.number, form.link] for form in profile.forms]
    yield SheetLook(FORMS, _columns(_FORM_COLUMNS), forms)


def _office_row(office: Office) -> list[str | int | None]:
    levels = "\n".join(_said(_LEVELS, level) for level in office.levels)
    return [
        office.name, _said(_KINDS, office.kind), office.address, "\n".join(office.wards),
        office.phone, office.map_link, "\n".join(office.fields), levels, office.source, office.read,
    ]  # fmt: skip


def _fee_row(fee: CouncilFee) -> list[str | int | None]:
    channel, amount = _said(_CHANNELS, fee.channel), fee.amount
    return [fee.code, channel, amount.value, amount.purpose, fee.decision, fee.date]


def _hours_look(offices: Iterable[Office]) -> SheetLook:
    columns = (
        ColumnLook("Cơ quan", 44),
        ColumnLook("Thứ", 12, _WEEKDAYS),
        ColumnLook("Từ", 10),
        ColumnLook("Đến", 10),
    )
    rows = [
        [one.name, _WEEKDAYS[shift.weekday], f"{shift.opens:%H:%M}", f"{shift.closes:%H:%M}"]
        for one in offices
        for shift in one.hours
    ]
    return SheetLook(HOURS, columns, rows)


def _said(values: Mapping[str, str], value: str | None) -> str:
    return next((said for said, meant in values.items() if meant == value), "")


def _columns(columns: Mapping[str, str]) -> tuple[ColumnLook, ...]:
    """Return the looks; a cell that takes several levels offers no list, for a list gives one."""
    return tuple(
        ColumnLook(name, 28, tuple(_VALUES[key]) if key in {"kind", "channel"} else ())
        for key, name in columns.items()
    )
