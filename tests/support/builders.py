"""Builders of knowledge for tests: leave out whatever the test is not about."""

from typing import Any

from knowledge.procedure import (
    Amount,
    Circumstance,
    Fee,
    FeeStatus,
    FilingChannel,
    FilingMethod,
    FormDocument,
    Level,
    Paper,
    Procedure,
    ReplacedPaper,
    Source,
    Step,
    TimeLimit,
    TimeUnit,
)


def a_source(**changes: Any) -> Source:
    """A source of July 2026."""
    values: dict[str, Any] = {
        "decision": "1523/QĐ-BCA-C06",
        "origin": "Cổng Dịch vụ công quốc gia",
        "as_of": "2026-07",
    }
    return Source(**(values | changes))


def a_time(
    amount: str = "7", unit: TimeUnit | None = TimeUnit.WORKING_DAY, **changes: Any
) -> TimeLimit:
    """Seven working days."""
    return TimeLimit(amount=amount, unit=unit, **changes)


def a_fee(*vnd: int, **changes: Any) -> Fee:
    """The given sums in đồng; without a sum a fee of 10.000 đồng; `status=` for the rest."""
    status = changes.pop("status", FeeStatus.AMOUNT)
    if status is FeeStatus.AMOUNT and "amounts" not in changes:
        changes["amounts"] = tuple(Amount(value) for value in vnd or (10_000,))
    return Fee(status=status, **changes)


def a_free_fee(**changes: Any) -> Fee:
    """Free of charge, as the portal states it."""
    return Fee(status=FeeStatus.FREE, **changes)


def a_method(channel: FilingChannel = FilingChannel.COUNTER, **changes: Any) -> FilingMethod:
    """Filing at the counter, 7 working days, 10.000 đồng."""
    values: dict[str, Any] = {"time": a_time(), "fee": a_fee()}
    return FilingMethod(channel=channel, **(values | changes))


def a_paper(name: str = "Giấy khai sinh", **changes: Any) -> Paper:
    """One original of a birth certificate."""
    return Paper(name=name, **changes)


def a_circumstance(
    *papers: Paper | str, title: str = "", notes: tuple[str, ...] = ()
) -> Circumstance:
    """The papers that everybody brings, given as papers or by their names."""
    made = tuple(a_paper(paper) if isinstance(paper, str) else paper for paper in papers)
    return Circumstance(title=title, papers=made or (a_paper(),), notes=notes)


def a_replaced_paper(paper: str = "Giấy khai sinh", **changes: Any) -> ReplacedPaper:
    """A birth certificate that the agency reads from the civil status database."""
    values: dict[str, Any] = {
        "database": "Cơ sở dữ liệu hộ tịch điện tử",
        "resolution": "66.7/2025/NQ-CP",
        "valid_from": "2026-01-01",
        "valid_to": "2027-02-28",
    }
    return ReplacedPaper(paper=paper, **(values | changes))


def a_form(name: str = "Tờ khai thay đổi thông tin cư trú", number: str = "CT01") -> FormDocument:
    """The form CT01."""
    return FormDocument(name=name, number=number)


def a_procedure(title: str = "Đăng ký thường trú", /, **changes: Any) -> Procedure:
    """Permanent residence, complete enough to be answered from; `steps` may be plain strings."""
    steps = changes.pop("steps", ("Chuẩn bị giấy tờ.", "Nộp hồ sơ.", "Nhận kết quả."))
    values: dict[str, Any] = {
        "code": "1.004222",
        "name": changes.pop("title", title),
        "field": "Đăng ký, quản lý cư trú",
        "levels": (Level.COMMUNE,),
        "source": a_source(),
        "agency": "Công an cấp xã",
        "methods": (
            a_method(FilingChannel.ONLINE),
            a_method(FilingChannel.COUNTER, fee=a_fee(20_000)),
        ),
        "circumstances": (
            a_circumstance(a_paper("Tờ khai thay đổi thông tin cư trú", form="CT01")),
        ),
        "steps": tuple(step if isinstance(step, Step) else Step(step) for step in steps),
        "results": ("Thông báo kết quả đăng ký cư trú",),
        "legal_basis": ("68/2020/QH14",),
        "forms": (a_form(),),
    }
    return Procedure(**(values | changes))
