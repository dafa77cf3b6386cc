"""The facts of a procedure in plain Vietnamese, field by field, so that two records compare.

For officials: what citizens read is written by `bot.rendering`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.procedure import (
    Amount,
    Currency,
    Fee,
    FeeStatus,
    FilingChannel,
    Level,
    OnlineLevel,
    Paper,
    Procedure,
    TimeLimit,
    TimeUnit,
)

NAME: Final = "name"
SOURCE: Final = "source"
VALIDITY: Final = "validity"
SUMMARY: Final = "overview"
"""Our own sentence on when a citizen needs the procedure."""

FIELDS: Final = {
    NAME: "Tên",
    "documents": "Giấy tờ",
    "fee": "Lệ phí",
    "time": "Thời gian giải quyết",
    "methods": "Cách nộp",
    "steps": "Các bước",
    "conditions": "Điều kiện",
    "agency": "Cơ quan giải quyết",
    "where": "Nơi nộp",
    "online": "Dịch vụ trực tuyến",
    "result": "Kết quả",
    "forms": "Mẫu đơn",
    "who": "Ai được làm",
    "legal_basis": "Căn cứ pháp lý",
    VALIDITY: "Hiệu lực",
    SOURCE: "Quyết định công bố",
    SUMMARY: "Phần giới thiệu",
}
"""Every field that is compared and its name, in the order in which an official reads them."""

TOLD_ONLY: Final = frozenset({NAME, SOURCE, VALIDITY})
"""No citizen asks for these by themselves: a change of them is told and holds no answer."""

LEVEL: Final = "mức độ"
NO_LONGER: Final = "không phải nộp nữa"
ADDED_BESIDE: Final = (LEVEL, NO_LONGER)
"""How parts begin that come from tables of their own: new, they contradict nothing."""

IN_WORDS: Final = ", ghi thêm"
"""How the part of a fact ends that holds the words beside a value."""

_CHANNELS: Final = {
    FilingChannel.ONLINE: "nộp trực tuyến",
    FilingChannel.COUNTER: "nộp trực tiếp",
    FilingChannel.POST: "nộp qua bưu chính",
}
_LEVELS: Final = {
    Level.COMMUNE: "cấp xã",
    Level.PROVINCE: "cấp tỉnh",
    Level.MINISTRY: "cấp bộ",
    Level.OTHER: "cơ quan khác",
}
_ONLINE: Final = {OnlineLevel.FULL: "toàn trình", OnlineLevel.PARTIAL: "một phần"}
_UNITS: Final = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.HOUR: "giờ",
    TimeUnit.MONTH: "tháng",
}
_CURRENCIES: Final = {Currency.VND: "đồng", Currency.USD: "USD"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a field says."""

    part: str
    """What of the field it is about, e.g. "nộp trực tiếp"; empty: all of it."""
    text: str


Facts = Mapping[str, tuple[Fact, ...]]
"""By the keys of `FIELDS`; a field of which the record says nothing has no fact."""


def facts_of(procedure: Procedure | None) -> Facts:
    """Return what is answered from `procedure`; nothing for none and for one not to be trusted.

    >>> from knowledge.procedure import FilingMethod, Source
    >>> fee = Fee(FeeStatus.AMOUNT, (Amount(20000),))
    >>> at_the_desk = FilingMethod(FilingChannel.COUNTER, None, fee)
    >>> record = Procedure(
    ...     "1.004222", "Đăng ký", "", (), Source("", "", ""), methods=(at_the_desk,)
    ... )
    >>> facts_of(record)["fee"]
    (Fact(part='nộp trực tiếp', text='20.000 đồng'),)
    """
    if procedure is None or procedure.suspect:
        return {}
    said = {field: tuple(_READ[field](procedure)) for field in FIELDS}
    return {field: facts for field, facts in said.items() if facts}


def told(procedure: Procedure, field: str) -> str:
    """Return what `procedure` says in `field`, whole, one fact a line."""
    facts = facts_of(procedure).get(field, ())
    return "\n".join(f"{one.part}: {one.text}" if one.part else one.text for one in facts)


def _documents(procedure: Procedure) -> Iterator[Fact]:
    for case in procedure.circumstances:
        title = f"trường hợp “{case.title}”" if case.title else ""
        for paper in case.papers:
            yield Fact(title, _paper(paper))
        yield from (Fact(title, note) for note in case.notes)
    for gone in procedure.replaced_papers:
        dates = f"{gone.resolution}, từ {gone.valid_from} đến {gone.valid_to}"
        when = f" khi {gone.case}" if gone.case else ""
        yield Fact(f"không phải nộp nữa{when}", f"{gone.paper}: có trong {gone.database} ({dates})")


def _paper(paper: Paper) -> str:
    counts = [f"{paper.original} bản chính"] if paper.original else []
    counts += [f"{paper.copies} bản sao"] if paper.copies else []
    told = [", ".join(counts) or "chỉ xuất trình"]
    told += [f"mẫu {paper.form}"] if paper.form else []
    told += [part for part in (paper.when, paper.note) if part]
    return f"{paper.name} ({'; '.join(told)})"


def _fee(procedure: Procedure) -> Iterator[Fact]:
    for method in procedure.methods:
        yield from _with_words(_CHANNELS[method.channel], _sums(method.fee), method.fee.text)


def _sums(fee: Fee) -> str:
    if fee.status is FeeStatus.FREE:
        return "miễn phí"
    return ", ".join(_money(amount) for amount in fee.amounts)


def _with_words(part: str, value: str, words: str) -> Iterator[Fact]:
    """Yield a value, and the words beside it apart, so that each is compared by itself."""
    yield Fact(part, value or words or "chưa công bố")
    if value and words:
        yield Fact(f"{part}{IN_WORDS}", words)


def _money(amount: Amount) -> str:
    value = f"{amount.value:,}".replace(",", ".")
    purpose = f" ({amount.purpose})" if amount.purpose else ""
    return f"{value} {_CURRENCIES[amount.currency]}{purpose}"


def _time(procedure: Procedure) -> Iterator[Fact]:
    for method in procedure.methods:
        words = method.time.text if method.time else ""
        yield from _with_words(_CHANNELS[method.channel], _limit(method.time), words)


def _limit(time: TimeLimit | None) -> str:
    if time is None or not time.amount:
        return ""
    return f"{time.amount} {_UNITS[time.unit] if time.unit else '(không ghi đơn vị)'}"


def _methods(procedure: Procedure) -> Iterator[Fact]:
    for method in procedure.methods:
        name = _CHANNELS[method.channel]
        yield Fact("", f"{name} ({method.note})" if method.note else name)


def _agency(procedure: Procedure) -> Iterator[Fact]:
    levels = ", ".join(_LEVELS[level] for level in sorted(procedure.levels))
    text = procedure.agency or levels
    return (Fact("", text) for text in (text,) if text)


def _online(procedure: Procedure) -> Iterator[Fact]:
    if any(method.channel is FilingChannel.ONLINE for method in procedure.methods):
        yield Fact("", "nộp trực tuyến được")
    if procedure.online_level:
        yield Fact(LEVEL, _ONLINE[procedure.online_level])
    for stated in procedure.online_levels:
        yield Fact(f"{LEVEL} theo {stated.decision}", _ONLINE[stated.level])


def _forms(procedure: Procedure) -> Iterator[Fact]:
    for form in procedure.forms:
        yield Fact("", f"{form.name} (mẫu {form.number})" if form.number else form.name)


def _validity(procedure: Procedure) -> Iterator[Fact]:
    dates = (("từ ngày", procedure.valid_from), ("đến hết ngày", procedure.valid_to))
    yield from (Fact(name, day) for name, day in dates if day)
    if procedure.changed_to:
        yield Fact("đã thay bằng mã", ", ".join(procedure.changed_to))


def _texts(*texts: str) -> Iterator[Fact]:
    return (Fact("", text) for text in texts if text)


_READ: Final[Mapping[str, Callable[[Procedure], Iterator[Fact]]]] = {
    NAME: lambda one: _texts(one.name),
    "documents": _documents,
    "fee": _fee,
    "time": _time,
    "methods": _methods,
    "steps": lambda one: _texts(*(step.text for step in one.steps)),
    "conditions": lambda one: _texts(*one.conditions),
    "agency": _agency,
    "where": lambda one: _texts(one.where),
    "online": _online,
    "result": lambda one: _texts(*one.results),
    "forms": _forms,
    "who": lambda one: _texts(*one.who),
    "legal_basis": lambda one: _texts(*one.legal_basis),
    VALIDITY: _validity,
    SOURCE: lambda one: _texts(one.source.decision),
    SUMMARY: lambda one: _texts(one.summary),
}
