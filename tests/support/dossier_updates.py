"""Updates of dossiers for tests: short to write, and any that hypothesis can think of."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from bot.dossiers.status import DossierUpdate, FactorKind, Payment, State, Supplement

CODE: Final = "H17.15-261116-0012"
MONDAY: Final = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)
"""Half past eight in Vietnam."""


def an_update(
    state: State = State.PROCESSING, *, hours: float = 0, **changes: Any
) -> DossierUpdate:
    """An update of a registration of residence, so many hours after Monday morning."""
    values: dict[str, Any] = {"code": CODE, "at": MONDAY + timedelta(hours=hours), "state": state}
    return DossierUpdate(**(values | changes))


_texts = st.sampled_from(["", "Đang thẩm định", "Chờ ký", "Đã chuyển thuế", "😀 “chờ”"])
_moments = st.integers(0, 40).map(lambda hours: MONDAY + timedelta(hours=hours, microseconds=7))
_some_moments = st.none() | _moments
_supplements = st.none() | st.builds(
    Supplement,
    papers=st.sampled_from([(), ("Tờ khai",), ("Tờ khai", "Bản chụp căn cước")]),
    note=_texts,
    asked_at=_some_moments,
    until=st.none() | st.dates(date(2026, 11, 16), date(2026, 12, 31)),
)
_payments = st.builds(
    Payment,
    name=st.sampled_from(["Lệ phí", "Phí"]),
    amount=st.none() | st.sampled_from([0, 20_000]),
    paid=st.sampled_from([None, True, False]),
)

updates: Final[st.SearchStrategy[DossierUpdate]] = st.builds(
    DossierUpdate,
    code=st.just(CODE),
    at=_moments,
    state=st.sampled_from(State),
    procedure_code=st.sampled_from(["", "1.004222"]),
    procedure_name=st.sampled_from(["", "Đăng ký thường trú"]),
    unit=st.sampled_from(["", "UBND phường Ngô Quyền", "UBND phường Hồng Bàng"]),
    note=_texts,
    received_at=_some_moments,
    due_at=_some_moments,
    returned_at=_some_moments,
    applicant=st.sampled_from(["", "N*** V** A**"]),
    supplement=_supplements,
    payments=st.lists(_payments, max_size=2).map(tuple),
    results=st.sampled_from([(), ("Thông báo kết quả",)]),
    collect=st.sampled_from(["", "Nhận tại bộ phận một cửa"]),
    factors=st.sampled_from([{}, {FactorKind.PHONE: "5678"}]),
)
"""Of one dossier; moments often meet."""
