"""Builds the parts of a province profile, from a YAML file or an Excel sheet alike."""

import re
from collections.abc import Iterable, Sequence
from datetime import time
from itertools import pairwise
from typing import Final, Protocol

from knowledge.dates import is_date, is_day
from knowledge.procedure import Amount, FilingChannel, Level
from knowledge.province import CouncilFee, FormFile, Office, OfficeKind, Shift

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DEAREST: Final = 1_000_000_000
"""Đồng; more is a slip."""
_CODE: Final = re.compile(r"\d\.\d{6}(?:\.[A-Z]\w*)?")
_PHONE: Final = re.compile(r"(?:\+84|0)\d{8,10}|1[89]00\d{4,6}|1\d{2,3}")
_MONTH: Final = len("2026-11")
_RESOLUTION: Final = re.compile(r"\d+/(?:\d{4}/)?NQ-HĐND\d*")
_SPAN: Final = re.compile(r"(\d{1,2})[:hg](\d{2})\s*[-–]\s*(\d{1,2})[:hg](\d{2})")


class Part(Protocol):
    """A YAML section or a row of a sheet: values by the keys of the YAML file."""

    def text(self, key: str) -> str:
        """Return a string; "" where it is missing."""
        ...

    def required_text(self, key: str) -> str:
        """Return a string that must not be empty; its absence is noted."""
        ...

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings."""
        ...

    def amount(self, key: str) -> int | None:
        """Return a sum in đồng; None where it is missing or none."""
        ...

    def fault(self, key: str, message: str) -> None:
        """Note a fault at the place of `key`."""
        ...


def is_phone(text: str) -> bool:
    """Tell whether a text is a Vietnamese telephone number as it is dialled.

    >>> is_phone("024 3825 0000"), is_phone("1900 1234"), is_phone("không có")
    (True, True, False)
    """
    return bool(_PHONE.fullmatch(re.sub(r"[\s.\-()]", "", text)))


def office_of(part: Part, hours: Sequence[Shift]) -> Office:
    """Return an office; what is wrong with it is noted."""
    office = Office(
        name=part.required_text("name"),
        kind=_member(part, "kind", OfficeKind, OfficeKind.COMMUNE),
        address=part.required_text("address"),
        source=part.required_text("source"),
        read=part.required_text("read"),
        wards=part.texts("wards"),
        hours=tuple(sorted(hours)),
        phone=part.text("phone"),
        map_link=part.text("map_link"),
        fields=part.texts("fields"),
        levels=tuple(_levels(part)),
    )
    if office.phone and not is_phone(office.phone):
        part.fault("phone", f"'{office.phone}' không phải số điện thoại. Chỉ viết một số.")
    if office.read and not (is_date(office.read) and len(office.read) == _MONTH):
        part.fault("read", "Ghi tháng kiểm tra lần cuối, ví dụ 2026-11.")
    _check_link(part, "map_link", office.map_link)
    if office.kind is OfficeKind.COMMUNE and not office.wards:
        part.fault("wards", "Cơ quan cấp xã phải ghi xã, phường được phục vụ.")
    return office


def _levels(part: Part) -> Iterable[Level]:
    for name in part.texts("levels"):
        if name in set(Level):
            yield Level(name)
        else:
            part.fault("levels", f"Không nhận '{name}'. Chọn trong: {', '.join(Level)}.")


def _member(part: Part, key: str, kind: type[OfficeKind], default: OfficeKind) -> OfficeKind:
    value = part.required_text(key)
    if value and value not in set(kind):
        part.fault(key, f"Không nhận '{value}'. Chọn một trong: {', '.join(kind)}.")
        return default
    return kind(value) if value else default


def shifts_of(part: Part, key: str, weekday: int, texts: Iterable[str]) -> list[Shift]:
    """Return the hours of a weekday that are written as "07:30-11:30"."""
    shifts = []
    for text in texts:
        span = _span(text)
        if span is None:
            part.fault(key, f"'{text}' không phải giờ làm việc. Viết như 07:30-11:30.")
        elif span[0] >= span[1]:
            part.fault(key, f"'{text}': giờ đóng cửa phải sau giờ mở cửa.")
        else:
            shifts.append(Shift(weekday, *span))
    check_hours(part, key, shifts)
    return shifts


def _span(text: str) -> tuple[time, time] | None:
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    hour, minute, until, and_minute = (int(one) for one in match.groups())
    try:
        return time(hour, minute), time(until, and_minute)
    except ValueError:
        return None


def check_hours(part: Part, key: str, shifts: Iterable[Shift]) -> None:
    """Note hours of one day that overlap."""
    for one, other in pairwise(sorted(shifts)):
        if one.weekday == other.weekday and other.opens < one.closes:
            part.fault(key, f"Giờ làm việc chồng nhau: {one.closes:%H:%M} và {other.opens:%H:%M}.")


def fee_of(part: Part) -> CouncilFee | None:
    """Return a fee of the council; None where it has no sum or no resolution, which is noted."""
    code, decision = part.required_text("code"), part.required_text("decision")
    day, value = part.required_text("date"), part.amount("amount")
    channel = part.text("channel")
    if code and not _CODE.fullmatch(code):
        part.fault("code", f"'{code}' không phải mã thủ tục. Ví dụ 1.004222.")
    if channel and channel not in set(FilingChannel):
        part.fault("channel", f"Không nhận '{channel}'. Chọn trong: {', '.join(FilingChannel)}.")
        channel = ""
    if decision and not _RESOLUTION.fullmatch(decision):
        part.fault("decision", f"'{decision}' không phải số nghị quyết của hội đồng nhân dân.")
    if day and not is_day(day):
        part.fault("date", "Ghi ngày của nghị quyết, ví dụ 2025-12-10.")
    if value is None:
        part.fault("amount", f"Ghi mức thu bằng đồng, từ 0 đến {DEAREST}; 0 là không thu.")
    if value is None or not (code and decision and day):
        return None
    amount = Amount(value, part.text("purpose"))
    return CouncilFee(code, amount, decision, day, FilingChannel(channel) if channel else None)


def form_of(part: Part) -> FormFile:
    """Return where a form can be had."""
    form = FormFile(part.required_text("number"), part.required_text("link"))
    _check_link(part, "link", form.link)
    return form


def _check_link(part: Part, key: str, link: str) -> None:
    if link and not re.fullmatch(r"https://[^\s/]+\.[^\s/]+(?:/\S*)?", link):
        part.fault(key, f"'{link}' phải là đường dẫn đầy đủ bắt đầu bằng https://.")
