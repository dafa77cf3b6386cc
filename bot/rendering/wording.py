"""Small pieces of text: sums, dates, fees and time limits."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from bot.phrasebook import Phrasebook
from bot.rendering.prose import MAX_FEE_CHARACTERS, inside, shown, trimmed
from knowledge.procedure import (
    Amount,
    Currency,
    Fee,
    FeeStatus,
    FilingChannel,
    FilingMethod,
    Procedure,
    TimeLimit,
    TimeUnit,
)

PORTAL = "Cổng Dịch vụ công quốc gia"

_FORM_WORD = re.compile(r"^(?:theo )?mẫu\s+", re.IGNORECASE)

MAX_SHORT_CHARACTERS = 90
"""In an overview a published text gets one line."""

_BOUNDED = re.compile(r"(?:mức này|áp dụng)[^.;]*đến hết", re.IGNORECASE)
"""A sum that ends on a day is never told without it, not even in an overview."""

CHANNEL_KEYS = {
    FilingChannel.ONLINE: "channel.online",
    FilingChannel.COUNTER: "channel.counter",
    FilingChannel.POST: "channel.post",
}
_UNIT_KEYS = {
    TimeUnit.WORKING_DAY: "unit.working_day",
    TimeUnit.DAY: "unit.day",
    TimeUnit.HOUR: "unit.hour",
    TimeUnit.MONTH: "unit.month",
}
_CURRENCIES = {Currency.VND: "đồng", Currency.USD: "USD"}


def origin_of(procedure: Procedure) -> str:
    """Return who publishes the record: whoever did not publish something is named with it."""
    return procedure.source.origin or PORTAL


def form_number(form: str) -> str:
    """Return the number of a form as it follows the word "mẫu".

    >>> form_number("Mẫu số 01"), form_number("CT01")
    ('số 01', 'CT01')
    """
    return _FORM_WORD.sub("", form.strip())


def money(amount: Amount) -> str:
    """Return a sum as it is written in Vietnam.

    >>> money(Amount(70000, "mỗi thẻ"))
    '70.000 đồng (mỗi thẻ)'
    """
    value = f"{amount.value:,}".replace(",", ".")
    purpose = f" ({amount.purpose})" if amount.purpose else ""
    return f"{value} {_CURRENCIES[amount.currency]}{purpose}"


def date(iso: str) -> str:
    """Return an ISO date or month as day/month/year; anything else as it is.

    >>> date("2026-07"), date("2026-07-15")
    ('7/2026', '15/7/2026')
    """
    parts = iso.split("-")
    if not all(part.isdecimal() for part in parts):
        return iso
    return "/".join(part.lstrip("0") or part for part in reversed(parts))


def fee_text(book: Phrasebook, procedure: Procedure, fee: Fee, *, short: bool = False) -> str:
    """Return the fee in words. "Miễn phí" is said for FeeStatus.FREE only, and who says it."""
    text = shown(procedure, fee.text, MAX_FEE_CHARACTERS)
    origin = origin_of(procedure).partition(" (")[0]  # how far it can be trusted: in the source
    sums = ", ".join(money(amount) for amount in fee.amounts)
    if fee.status is FeeStatus.FREE:
        free = book.say("fee.free", origin=origin)
        return free if short or not text else f"{free}. {text}"
    if fee.status is FeeStatus.NOT_PUBLISHED or not (sums or text):
        unknown = book.say("fee.not_published")
        return unknown if short or not text else f"{unknown}. {text}"
    if not sums:
        text = trimmed(text, MAX_SHORT_CHARACTERS) if short else text
        return text if procedure.ours else book.say("fee.see_text", origin=origin, text=text)
    if text.startswith(sums):
        return text  # it says the sum itself
    brief = short and not _BOUNDED.search(text)
    return sums if brief or not text else f"{sums}. {text}"


def time_text(book: Phrasebook, procedure: Procedure, time: TimeLimit | None) -> str:
    """Return the time limit in words; without a published unit it says so and gives none."""
    if time is None or not (time.amount or time.text):
        return book.say("time.not_published")
    text = shown(procedure, time.text)
    if not time.amount:
        return text
    if time.unit is None:
        limit = book.say("time.no_unit", origin=origin_of(procedure), amount=time.amount)
    else:
        limit = f"{time.amount} {book.say(_UNIT_KEYS[time.unit])}"
    if not text:
        return limit
    return f"{limit}. {text}" if text[:1].isupper() else f"{limit}; {text}"


def by_channel(
    book: Phrasebook, methods: Sequence[FilingMethod], said: Sequence[str]
) -> tuple[str, ...]:
    """Return one line for each way of filing; ways of which the same is said share a line.

    Where one channel stands twice, its notes tell the two apart.
    """
    count = Counter(method.channel for method in methods)
    lines = []
    for words, group in groupby(zip(methods, said, strict=True), key=lambda pair: pair[1]):
        names = []
        for method, _ in group:
            note = (
                f" ({inside(trimmed(method.note))})"
                if method.note and count[method.channel] > 1
                else ""
            )
            names.append(f"{book.say(CHANNEL_KEYS[method.channel])}{note}")
        line = ", ".join(dict.fromkeys(names))
        lines.append(f"{line[:1].upper()}{line[1:]}: {words}")
    return tuple(lines)
