"""Small pieces of text: sums, dates, time limits, and prose cut for the screen."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from bot.phrasebook import Phrasebook
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

MAX_PROSE_CHARACTERS = 260
"""An imported item longer than this is cut: three lines on a telephone."""

MAX_SHORT_CHARACTERS = 90
"""In an overview a published text gets one line."""

_SENTENCE_END = re.compile(r"[.;!?](?=\s)|\n")

_LAST_NUMBER = re.compile(r"[\d.,/-]+$")
"""Of a text without blanks at least no number is cut in two."""

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


def trimmed(text: str, limit: int = MAX_PROSE_CHARACTERS) -> str:
    """Return `text` on one line, cut after its last whole sentence within `limit` characters.

    Without a sentence that ends there it is cut between two words. Both show an ellipsis.

    >>> trimmed("Nộp hồ sơ. Nhận kết quả.", limit=12)
    'Nộp hồ sơ. …'
    """
    whole = " ".join(text.split())
    if len(whole) <= limit:
        return whole
    ends = [match.end() for match in _SENTENCE_END.finditer(whole) if match.end() <= limit]
    if ends:
        return f"{whole[: ends[-1]]} …"
    words, blank, _ = whole[: limit + 1].rpartition(" ")
    cut = words if blank else _LAST_NUMBER.sub("", whole[:limit])
    return f"{cut.rstrip(' ,(')} …"


def shown(procedure: Procedure, text: str) -> str:
    """Return our own wording whole, and imported prose cut for the screen."""
    return " ".join(text.split()) if procedure.ours else trimmed(text)


def sentence(text: str) -> str:
    """Return `text` with a capital at its beginning and a full stop at its end."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


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
    text = shown(procedure, fee.text)
    sums = ", ".join(money(amount) for amount in fee.amounts)
    if fee.status is FeeStatus.FREE:
        free = book.say("fee.free", origin=procedure.source.origin or PORTAL)
        return free if short or not text else f"{free}. {text}"
    if fee.status is FeeStatus.NOT_PUBLISHED or not (sums or text):
        unknown = book.say("fee.not_published")
        return unknown if short or not text else f"{unknown}. {text}"
    if not sums:
        text = trimmed(text, MAX_SHORT_CHARACTERS) if short else text
        return text if procedure.ours else book.say("fee.see_text", text=text)
    return sums if short or not text else f"{sums}. {text}"


def time_text(book: Phrasebook, procedure: Procedure, time: TimeLimit | None) -> str:
    """Return the time limit in words; without a published unit it says so and gives none."""
    if time is None or not (time.amount or time.text):
        return book.say("time.not_published")
    text = shown(procedure, time.text)
    if not time.amount:
        return text
    if time.unit is None:
        limit = book.say("time.no_unit", amount=time.amount)
    else:
        limit = f"{time.amount} {book.say(_UNIT_KEYS[time.unit])}"
    return f"{limit}. {text}" if text else limit


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
            note = f" ({trimmed(method.note)})" if method.note and count[method.channel] > 1 else ""
            names.append(f"{book.say(CHANNEL_KEYS[method.channel])}{note}")
        line = ", ".join(dict.fromkeys(names))
        lines.append(f"{line[:1].upper()}{line[1:]}: {words}")
    return tuple(lines)
