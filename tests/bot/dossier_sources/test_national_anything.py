"""Whatever comes is read or refused; what was read is read the same again."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dossier_sources.national import read_national
from bot.dossiers.ports import UpdateInvalid
from bot.dossiers.status import DossierUpdate
from tests.support.one_stop import NOW, PROGRESS, SYNCED

_NAMES = [*SYNCED, *PROGRESS, "ThoiDiemCapNhat", "HanBoSung", "DienThoai4", "GiayTo4", "NamSinh"]
_NAMES += ["NgaySinh", "LePhi", "NoiDungBoSung", "GiayToBoSung", "DaThanhToan", "NgayBoSung", "Gia"]
_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from([value for value in (*SYNCED.values(), *PROGRESS.values()) if value]),
)


def _anything(depth: Any) -> Any:
    return st.lists(depth, max_size=4) | st.dictionaries(
        st.sampled_from(_NAMES) | st.text(), depth, max_size=6
    )


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(_NAMES), st.recursive(_VALUES, _anything, max_leaves=12)))
def test_whatever_comes_is_read_or_refused_and_nothing_else_happens(record: dict[str, Any]) -> None:
    for fields in (record, {**SYNCED, **record}):
        try:
            update = read_national(fields, NOW)
        except UpdateInvalid:
            continue
        assert read_national(fields, NOW) == update
        again = read_national(written_out(update), NOW)
        assert again == update


def written_out(update: DossierUpdate) -> dict[str, object]:
    """The message that says what was read."""
    asked = update.supplement
    request = asked and {
        "NoiDungBoSung": asked.note,
        "NgayBoSung": asked.asked_at,
        "HanBoSung": asked.until,
        "DanhSachGiayToBoSung": list(asked.papers),
    }
    return {
        "MaHoSo": update.code,
        "ThoiDiemCapNhat": update.at,
        "TrangThaiHoSo": update.state.value,
        "MaTTHC": update.procedure_code,
        "TenTTHC": update.procedure_name,
        "DonViXuLy": update.unit,
        "NoiDungXuLy": update.note,
        "NgayTiepNhan": update.received_at,
        "NgayHenTra": update.due_at,
        "NgayTra": update.returned_at,
        "ChuHoSo": update.applicant,
        "DanhSachHoSoBoSung": [request] if request else [],
        "DanhSachLePhi": [
            {"TenPhiLePhi": one.name, "Gia": one.amount, "DaThanhToan": one.paid}
            for one in update.payments
        ],
        "DanhSachGiayToKetQua": list(update.results),
        "HinhThuc": update.collect,
    }
