"""Reads the filing methods of one content file, and notes what is wrong in them."""

import re

from knowledge.procedure import (
    Amount,
    Currency,
    Fee,
    FeeStatus,
    FilingChannel,
    FilingMethod,
    TimeLimit,
    TimeUnit,
)
from knowledge.yaml_sections import Section

HIGHEST_SUM = 10_000_000_000
"""No published fee of a citizen's procedure comes near; more is a slip of the pen."""

_QUANTITY = r"\d+(?:[.,]\d+)?"
_TIME_AMOUNT = re.compile(rf"{_QUANTITY}(?:-{_QUANTITY})?")


def read_methods(top: Section) -> tuple[FilingMethod, ...]:
    """Return the filing methods under `methods`; what is faulty in them is noted."""
    methods = tuple(_method(part) for part in top.sections("methods"))
    if len(set(methods)) < len(methods):
        top.fault("methods", "Có hai cách nộp giống hệt nhau. Xoá bớt một cách.")
    return methods


def _method(part: Section) -> FilingMethod:
    part.require(("channel", "time", "fee"))
    channel = part.choice("channel", FilingChannel)
    method = FilingMethod(
        channel=channel or FilingChannel.COUNTER,
        time=_time(part),
        fee=_fee(part),
        note=part.text("note"),
    )
    part.finish()
    return method


def _time(method: Section) -> TimeLimit | None:
    part = method.section("time")
    if part is None:
        return None
    part.require(("amount", "unit"))
    limit = TimeLimit(
        amount=part.text("amount"), unit=part.choice("unit", TimeUnit), text=part.text("text")
    )
    if limit.amount and not _TIME_AMOUNT.fullmatch(limit.amount):
        part.fault("amount", f'Không nhận "{limit.amount}". Chỉ viết số: "7", "0,5" hoặc "15-30".')
    if not limit.amount and not limit.text:
        part.fault("amount", "Thời hạn trống. Không có thời hạn thì viết 'time: ~'.")
    if not limit.amount and limit.unit is not None:
        part.fault("unit", "Có đơn vị mà không có số. Ghi 'amount' hoặc viết 'unit: ~'.")
    part.finish()
    return limit


def _fee(method: Section) -> Fee:
    part = method.section("fee")
    if part is None:
        return Fee(status=FeeStatus.NOT_PUBLISHED)
    part.require(("status",))
    status = part.choice("status", FeeStatus)
    fee = Fee(
        status=status or FeeStatus.NOT_PUBLISHED,
        amounts=tuple(_amount(item) for item in part.sections("amounts")),
        text=part.text("text"),
    )
    if status is not None:
        _note_contradiction(part, fee)
    part.finish()
    return fee


def _note_contradiction(part: Section, fee: Fee) -> None:
    match fee.status:
        case FeeStatus.FREE | FeeStatus.NOT_PUBLISHED:
            if fee.amounts:
                part.fault("amounts", f"'{fee.status}' thì không có số tiền. Xoá 'amounts'.")
        case FeeStatus.AMOUNT:
            if not fee.amounts:
                part.fault("status", "'amount' mà thiếu số tiền. Ghi amounts: [{vnd: 10000}].")
        case FeeStatus.SEE_TEXT:
            if not fee.amounts and not fee.text:
                part.fault("status", "'see_text' cần 'amounts', hoặc 'text' nói ai quy định.")


def _amount(part: Section) -> Amount:
    given = [currency for currency in Currency if part.has(currency.lower())]
    if len(given) != 1:
        part.fault("vnd", "Mỗi số tiền cần đúng một khoá 'vnd' hoặc 'usd', viết liền: vnd: 10000.")
    values = {
        currency: part.integer(currency.lower(), low=1, high=HIGHEST_SUM, default=1)
        for currency in Currency
    }
    currency = given[0] if given else Currency.VND
    amount = Amount(value=values[currency], purpose=part.text("for"), currency=currency)
    part.finish()
    return amount
