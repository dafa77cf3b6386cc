"""Reads the small values of the national export: levels, filing methods, time limits, sums."""

import re

from knowledge.procedure import Amount, Currency, FilingChannel, Level, TimeLimit, TimeUnit
from knowledge.text import fold

_LEVELS = {
    "cap xa": Level.COMMUNE,
    "cap tinh": Level.PROVINCE,
    "cap bo": Level.MINISTRY,
    "co quan khac": Level.OTHER,
}
_CHANNELS = {
    "truc tuyen": FilingChannel.ONLINE,
    "truc tiep": FilingChannel.COUNTER,
    "dich vu buu chinh": FilingChannel.POST,
}
_UNITS = {
    "ngay lam viec": TimeUnit.WORKING_DAY,
    "ngay": TimeUnit.DAY,
    "gio": TimeUnit.HOUR,
    "thang": TimeUnit.MONTH,
}
_LIMIT = re.compile(r"(?P<amount>\d+(?:[.,]\d+)?(?: ?[-–] ?\d+(?:[.,]\d+)?)?)(?: (?P<unit>\D+))?")
_SUM = re.compile(r"(?P<value>\d{1,3}(?:\.\d{3})*|\d+) (?P<currency>đồng|USD)")
_CURRENCIES = {"đồng": Currency.VND, "USD": Currency.USD}


def level_of(text: str) -> Level | None:
    """Return the level that the export calls `text`; None where it is none of the four.

    >>> level_of("Cấp Xã").value
    'commune'
    """
    return _LEVELS.get(fold(text).strip())


def channel_of(text: str) -> FilingChannel | None:
    """Return the filing channel that the export calls `text`; None where it is unknown.

    >>> channel_of("Dịch vụ bưu chính").value
    'post'
    """
    return _CHANNELS.get(fold(text).strip())


def time_limit_of(text: str) -> TimeLimit | None:
    """Return the published time limit; None where the cell is empty.

    A number without a unit keeps unit None (1.001193 says "1"): nobody may guess one. What is no
    plain number stays as text.

    >>> time_limit_of("07 Ngày làm việc")
    TimeLimit(amount='7', unit=<TimeUnit.WORKING_DAY: 'working_day'>, text='')
    >>> time_limit_of("1")
    TimeLimit(amount='1', unit=None, text='')
    """
    plain = " ".join(text.split())
    if not plain:
        return None
    match = _LIMIT.fullmatch(plain)
    unit = _UNITS.get(fold(match["unit"])) if match and match["unit"] else None
    if match is None or (match["unit"] and unit is None):
        return TimeLimit(amount="", unit=None, text=plain)
    return TimeLimit(amount=_quantity(match["amount"]), unit=unit)


def _quantity(text: str) -> str:
    """Return "0,5" for "0.5", "7" for "07", "5-10" for "05 – 10"."""
    ends = re.split(r" ?[-–] ?", text)
    return "-".join(re.sub(r"^0+(?=\d)", "", end).replace(".", ",") for end in ends)


def amount_of(text: str, purpose: str = "") -> Amount | None:
    """Return the sum that an amount cell states; None where it states none, or 0.

    >>> amount_of("10.000 đồng")
    Amount(value=10000, purpose='', currency=<Currency.VND: 'VND'>)
    """
    match = _SUM.fullmatch(" ".join(text.split()))
    value = int(match["value"].replace(".", "")) if match else 0
    if match is None or value == 0:
        return None
    return Amount(value=value, purpose=purpose, currency=_CURRENCIES[match["currency"]])
