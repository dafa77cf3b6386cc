"""Reads the filing methods of a national record, each with its own time limit and fee."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.errors import RecordDamaged
from knowledge.national_values import amount_of, channel_of, time_limit_of
from knowledge.procedure import Amount, Fee, FeeStatus, FilingMethod
from knowledge.shapes import a_flag, a_list, a_mapping, a_text
from knowledge.text import fold

_STATUS = {
    "free": FeeStatus.FREE,
    "amount": FeeStatus.AMOUNT,
    "see_text": FeeStatus.SEE_TEXT,
    "": FeeStatus.NOT_PUBLISHED,
}
_SAYS_NOTHING = re.compile(
    r"(?:khong|khong co|khong quy dinh|khong thu (?:phi|le phi)|mien (?:phi|le phi))?\W*"
)
"""What the bracket behind "Miễn phí" says where it adds nothing to it."""
_REPEATED_UNIT = re.compile(r"^đồng\b[\s.,;:]*", re.IGNORECASE)
"""The unit once more, left over before a note (1.000574: "đồng Miễn phí kể từ ngày …")."""
_NEXT_WAY = re.compile(r"(?:Trực tiếp|Trực tuyến|Dịch vụ bưu chính)(?=[A-ZĐ0-9])")
_FEE_CELL = re.compile(r"(?<=\w)Miễn phí(?=\w)")
"""Cells glued into a note: the next way of filing, and the fee of this one (1.011022)."""
_UNLIKELY_VND = 1_000
"""Sums below it were typed in thousands: no fee is 40 đồng (1.001200 means 40.000)."""


@dataclass(slots=True)
class Methods:
    """What the methods of one record say."""

    methods: tuple[FilingMethod, ...] = ()
    doubts: list[str] = field(default_factory=list)


def methods_of(published: Iterable[object]) -> Methods:
    """Return the filing methods of the record's `methods`.

    Raises:
        RecordDamaged: a part has another shape, or a filing method is unknown.
    """
    found = Methods()
    methods = [_method(a_mapping(one, "methods"), found.doubts) for one in published]
    found.methods = tuple(dict.fromkeys(methods))
    return found


def _method(published: Mapping[str, Any], doubts: list[str]) -> FilingMethod:
    named = a_text(published, "method")
    channel = channel_of(named)
    if channel is None:
        raise RecordDamaged(f"không biết hình thức nộp '{named}'")
    time = time_limit_of(a_text(published, "time"))
    if time is not None and time.amount and time.unit is None:
        doubts.append(f"thời hạn '{time.amount}' ({named}) không có đơn vị")
    fee = _short_fee(published) if "fee" in published else _fee(published, doubts)
    note = _first_cell(a_text(published, "note"))
    if note != a_text(published, "note"):
        doubts.append(f"ghi chú của cách nộp '{named}' dính nhiều ô, chỉ dùng ô của cách này")
    return FilingMethod(channel=channel, time=time, fee=fee, note=note)


def _first_cell(note: str) -> str:
    """Return the note without the cells that the export ran together with it.

    >>> _first_cell("KhôngMiễn phíQua Cổng dịch vụ công.Trực tiếpKhôngMiễn phíTại xã")
    'Qua Cổng dịch vụ công.'
    """
    own = _NEXT_WAY.split(note, maxsplit=1)[0]
    return _FEE_CELL.split(own, maxsplit=1)[-1].strip()


def _short_fee(published: Mapping[str, Any]) -> Fee:
    """Read the supplement's single text: "Miễn phí", a sum, or words."""
    text = a_text(published, "fee")
    amount = amount_of(text)
    if amount is not None:
        return Fee(status=FeeStatus.AMOUNT, amounts=(amount,))
    if fold(text) == "mien phi":
        return Fee(status=FeeStatus.FREE)
    return Fee(status=FeeStatus.SEE_TEXT if text else FeeStatus.NOT_PUBLISHED, text=text)


def _fee(published: Mapping[str, Any], doubts: list[str]) -> Fee:
    given = a_text(published, "fee_status")
    if given not in _STATUS:
        raise RecordDamaged(f"không biết 'fee_status' '{given}'")
    fees = [a_mapping(one, "fees") for one in a_list(published, "fees")]
    text = " ; ".join(dict.fromkeys(filter(None, (a_text(one, "text") for one in fees))))
    match _STATUS[given]:
        case FeeStatus.FREE:
            return Fee(FeeStatus.FREE, text="" if _SAYS_NOTHING.fullmatch(fold(text)) else text)
        case FeeStatus.AMOUNT:
            return _priced(published, fees, text, doubts)
        case status:
            # "Miễn phí" in the amount cell means only that the cell was 0: the text is the fee.
            return Fee(_said(text) if status is FeeStatus.SEE_TEXT else status, text=text)


def _priced(
    published: Mapping[str, Any], fees: list[Mapping[str, Any]], text: str, doubts: list[str]
) -> Fee:
    several = len(fees) > 1
    amounts = tuple(
        amount
        for one in fees
        if (amount := amount_of(a_text(one, "amount"), a_text(one, "text") if several else ""))
    )
    if not amounts or a_flag(published, "fee_suspicious") or any(map(_unlikely, amounts)):
        cells = ", ".join(a_text(one, "amount") for one in fees)
        doubts.append(f"mức thu '{cells}' không đáng tin, chỉ dùng lời văn")
        return Fee(_said(text), text=text)
    text = _REPEATED_UNIT.sub("", text)
    return Fee(FeeStatus.AMOUNT, amounts=amounts, text="" if several else text)


def _unlikely(amount: Amount) -> bool:
    return amount.currency == "VND" and amount.value < _UNLIKELY_VND


def _said(text: str) -> FeeStatus:
    return FeeStatus.SEE_TEXT if text else FeeStatus.NOT_PUBLISHED
