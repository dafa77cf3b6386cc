"""One message of a one-stop system, with the field names of DongBoHoSoMC and CapNhatTienDoHoSoMC.

Both are read alike, with any letter case: what a message does not tell is left to others. Whatever
names a person is masked or dropped here, in every text. Fields of our own, for what the national
ones cannot say: ThoiDiemCapNhat (when it came to be so), HanBoSung (the last day of a supplement),
DienThoai4 and GiayTo4 (four digits), DaThanhToan (whether a fee is paid). Others may send whole
numbers in SoDienThoai, SoDinhDanh, SoGiayTo, SoGiayToChuHoSo, DinhDanhCHS, NamSinh or NgaySinh;
four digits of each are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.dossier_sources.fields import Faults, Fields, as_text, tidy
from bot.dossier_sources.moments import last_moment
from bot.dossier_sources.personal import People, birth_year_of, four_of, masked_name
from bot.dossier_sources.state_words import read_state
from bot.dossiers.codes import normal_form
from bot.dossiers.ports import UpdateInvalid
from bot.dossiers.status import SAMPLE_AGENCY, DossierUpdate, FactorKind, Payment, State, Supplement

_YEARS_AHEAD: Final = timedelta(days=3653)
"""No dossier is due in more than ten years."""
_LONGEST_CODE: Final = 60
_NAME, _LINE, _NOTE = 200, 300, 1000
"""Characters that are kept of a name, a title, and what an office writes."""
_FOUR: Final = 4
_MOST_PAPERS: Final = 50

_NO_CODE: Final = "Thiếu mã hồ sơ. Gửi mã in trên giấy tiếp nhận, ví dụ H17.15-250710-0012."
_SAMPLE_CODE: Final = "Mã H00 chỉ dành cho hồ sơ mẫu. Gửi mã thật của hồ sơ."
_WRONG_CODE: Final = (
    "Không đúng dạng mã hồ sơ. Gửi đủ mã, ví dụ H17.15-250710-0012 hoặc 000.00.01.H29-240115-0001."
)
_STATES: Final = "Gửi số từ 1 đến 10 hoặc tên trạng thái, ví dụ 4 hoặc Đang xử lý."
_NO_STATE: Final = f"Thiếu trạng thái. {_STATES}"
_WRONG_STATE: Final = f"Không có trạng thái này. {_STATES}"


@dataclass(frozen=True, slots=True)
class _Clock:
    now: datetime
    latest: datetime


def read_national(
    fields: Mapping[str, object], now: datetime, *, untold: datetime | None = None
) -> DossierUpdate:
    """Return what one message tells.

    Args:
        fields: as they came; unknown ones are dropped.
        now: aware; `Fields.moment` and `Fields.happened` say what may lie ahead of it.
        untold: since when it is so where neither ThoiDiemCapNhat nor ThoiDiemXuLy tells; None: now.

    Raises:
        UpdateInvalid: with every fault; nothing of the message can be used.
    """
    faults = Faults()
    told = _without_people(Fields(fields, faults))
    clock, state = _Clock(now, now + _YEARS_AHEAD), _state(told)
    moment = told.moment(now, "ThoiDiemCapNhat", "ThoiDiemXuLy")
    update = DossierUpdate(
        code=_code(told),
        at=moment or untold or now,
        tells_moment=moment is not None,
        state=state,
        procedure_code=told.shown("MaTTHC", "MaThuTuc", longest=40),
        procedure_name=told.shown("TenTTHC", "TenThuTuc", longest=_LINE),
        unit=told.shown("DonViXuLy", "CoQuanXuLy", "PhongBanXuLy", longest=_LINE),
        note=told.shown("NoiDungXuLy", longest=_NOTE),
        received_at=told.happened(now, "NgayTiepNhan"),
        due_at=_due(told, clock),
        returned_at=told.happened(now, "NgayTra", "NgayTraKetQua"),
        applicant=masked_name(told.text("ChuHoSo", longest=_NAME)),
        supplement=_supplement(told, clock) if state is State.SUPPLEMENT else None,
        payments=_payments(told),
        results=_papers(told, "DanhSachGiayToKetQua", "TenGiayTo") or _listed(told, "GiayToKetQua"),
        collect=_collect(told),
        factors=_factors(told),
    )
    _compare(update, told)
    if faults.noted:
        raise UpdateInvalid(faults.noted)
    return update


def read_pushed(
    fields: Mapping[str, object], now: datetime, *, untold: datetime | None = None
) -> DossierUpdate:
    """Read what a system or an official brings here; as `read_national`, but no demonstration.

    Raises:
        UpdateInvalid: with every fault, or since the code is one of demonstration dossiers, which
            go with the first real one.
    """
    update = read_national(fields, now, untold=untold)
    if update.code.startswith(SAMPLE_AGENCY):
        raise UpdateInvalid([("MaHoSo", _SAMPLE_CODE)])
    return update


def _code(told: Fields) -> str:
    value = told.value("MaHoSo", "SoHoSo")
    if value is None:
        told.fault("MaHoSo", _NO_CODE)
        return ""
    code = normal_form(tidy(value, _LONGEST_CODE)) if isinstance(value, str) else None
    if code is None or len(code) > _LONGEST_CODE:
        told.fault("MaHoSo", _WRONG_CODE)
        return ""
    return code


def _state(told: Fields) -> State:
    found = []
    for name in ("TrangThaiHoSo", "TrangThai", "TinhTrang"):
        if told.has(name):
            state = read_state(told.value(name))
            if state is None:
                told.fault(name, _WRONG_STATE)
                return State.PROCESSING
            found.append(state)
    if not found:
        told.fault("TrangThaiHoSo", _NO_STATE)
        return State.PROCESSING
    if len(set(found)) > 1:
        why = "TrangThaiHoSo và TrangThai nói khác nhau. Chỉ gửi một trạng thái."
        told.fault("TrangThaiHoSo", why)
    return found[0]


def _due(told: Fields, clock: _Clock) -> datetime | None:
    due = told.planned(clock.latest, "NgayHenTra", "NgayHenTraKetQua")
    return last_moment(due) if due else None


def _compare(update: DossierUpdate, told: Fields) -> None:
    """Note days in an order that cannot be; hours are not compared, for many tell none."""
    if update.received_at is None:
        return
    received = update.received_at.date()
    if update.returned_at and update.returned_at.date() < received:
        told.fault("NgayTra", "Ngày trả trước ngày tiếp nhận. Kiểm tra lại cả hai ngày.")
    if update.due_at and update.due_at.date() < received:
        told.fault("NgayHenTra", "Ngày hẹn trả trước ngày tiếp nhận. Kiểm tra lại cả hai ngày.")


def _without_people(told: Fields) -> Fields:
    """Let texts be shown without the names that the message tells."""
    requests = told.entries("DanhSachHoSoBoSung", "NoiDungBoSung")
    officials = [
        one.text(name, longest=_NAME)
        for one in (told, *requests)
        for name in ("NguoiXuLy", "NguoiYeuCauBoSung", "NguoiTiepNhanBoSung")
    ]
    told.hide = People(told.text("ChuHoSo", longest=_NAME), officials).hidden_in
    return told


def _supplement(told: Fields, clock: _Clock) -> Supplement | None:
    """Return what is asked: the latest request that was not answered, else the latest."""
    requests = [
        (one.happened(clock.now, "NgayBoSung"), one)
        for one in told.entries("DanhSachHoSoBoSung", "NoiDungBoSung")
    ]
    open_ones = [pair for pair in requests if not pair[1].has("NgayTiepNhanBoSung")]
    dated = sorted(open_ones or requests, key=lambda pair: pair[0].timestamp() if pair[0] else 0.0)
    asked_at, entry = dated[-1] if dated else (told.happened(clock.now, "NgayBoSung"), told)
    until = entry.day(clock.latest, "HanBoSung") or told.day(clock.latest, "HanBoSung")
    papers = _papers(entry, "DanhSachGiayToBoSung", "TenGiayTo") or _listed(told, "GiayToBoSung")
    note = entry.shown("NoiDungBoSung", longest=_NOTE)
    if not (papers or note or asked_at or until):
        return None
    return Supplement(papers=papers, note=note, asked_at=asked_at, until=until)


def _papers(told: Fields, name: str, said: str) -> tuple[str, ...]:
    named = (one.shown(said, "TenTepDinhKem", longest=_LINE) for one in told.entries(name, said))
    return tuple(dict.fromkeys(filter(None, named)))[:_MOST_PAPERS]


def _listed(told: Fields, name: str) -> tuple[str, ...]:
    """Return papers that stand in one cell, with semicolons between."""
    parts = told.shown(name, longest=_NOTE).split(";")
    return tuple(dict.fromkeys(filter(None, map(str.strip, parts))))[:_MOST_PAPERS]


def _payments(told: Fields) -> tuple[Payment, ...]:
    entries = told.entries("DanhSachLePhi", "TenPhiLePhi")
    payments = [
        Payment(
            name=one.shown("TenPhiLePhi", "TenLePhi", longest=_LINE) or "Phí, lệ phí",
            amount=one.amount("Gia"),
            paid=one.yes("DaThanhToan"),
        )
        for one in entries
    ]
    if not entries and told.has("LePhi"):
        payments = [Payment("Phí, lệ phí", told.amount("LePhi"), told.yes("DaThanhToan"))]
    return tuple(dict.fromkeys(payments))


def _collect(told: Fields) -> str:
    """Return how the result is handed over; a bare number means nothing to a citizen."""
    words = told.shown("HinhThuc", "HinhThucTra", longest=_LINE)
    return words if any(sign.isalpha() for sign in words) else ""


def _factors(told: Fields) -> dict[FactorKind, str]:
    identities = told.entries("DinhDanhCHS", "SoDinhDanh")
    identity = identities[0].value("SoDinhDanh") if identities else None
    found = {
        FactorKind.PHONE: _four(told, "DienThoai4") or _last_of(told.value("SoDienThoai")),
        FactorKind.IDENTITY: _four(told, "GiayTo4")
        or _last_of(told.value("SoDinhDanh", "SoGiayTo", "SoGiayToChuHoSo") or identity),
        FactorKind.BIRTH_YEAR: _birth_year(told),
    }
    return {kind: digits for kind, digits in found.items() if digits}


def _last_of(number: object) -> str:
    return four_of((as_text(number) or "")[:200])


def _four(told: Fields, name: str) -> str:
    """Return the four digits of a field that holds no more; Excel may have eaten the noughts."""
    value = told.value(name)
    if value is None:
        return ""
    text = (as_text(value) or "").strip()
    digits = text if isinstance(value, str) else text.zfill(_FOUR)
    if len(digits) == _FOUR and digits.isascii() and digits.isdecimal():
        return digits
    told.fault(name, "Phải là đúng bốn chữ số cuối, ví dụ 0678.")
    return ""


def _birth_year(told: Fields) -> str:
    value = told.value("NamSinh", "NgaySinh")
    written = (
        value.isoformat() if isinstance(value, datetime) else as_text(value) or str(value or "")
    )
    year = birth_year_of(written[:40])
    if not year and (as_text(told.value("NamSinh")) or "").strip().strip("0").isdecimal():
        told.fault("NamSinh", "Phải là năm gồm bốn chữ số, ví dụ 1980.")
    return year
