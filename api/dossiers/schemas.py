"""What `/v1/dossiers` takes and gives, as JSON."""

from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.dossier_sources.state_words import STATE_NAMES
from bot.dossiers.ports import Kept
from bot.dossiers.status import DossierStatus, State, Supplement
from knowledge.work_calendar import VIETNAM

Moment = Annotated[datetime, AfterValidator(lambda moment: moment.astimezone(VIETNAM))]
"""Told with Vietnam's offset: who cuts the offset off still shows the right hour."""

WRONG_CODE: Final = "Không đúng dạng mã hồ sơ. Ghi đủ mã, ví dụ H17.15-250710-0012."
"""Of a look-up and of a push alike."""

CODE_EXAMPLE: Final = "H17.15-261110-0012"

_DAY: Final = (
    r"(?:(?:0[13578]|1[02])(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)(?:0[1-9]|[12]\d|30)"
    r"|02(?:0[1-9]|1\d|2[0-8]))"
)
CODE_SHAPE: Final = (
    r"^(?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{1,3}){0,4})"
    rf"-(?:20)?\d{{2}}{_DAY}-[A-Z]{{0,2}}\d{{4,8}}$"
)
"""As codes are best sent; others, with spaces or small letters, are taken as well."""


class LookUpIn(BaseModel):
    """A code, and the second factor that proves whose dossier it is."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"code": CODE_EXAMPLE, "factor": "5678"}]},
    )

    code: str = Field(
        min_length=1,
        max_length=100,
        description="Mã hồ sơ trên giấy tiếp nhận.",
        json_schema_extra={"pattern": CODE_SHAPE},
    )
    factor: str = Field(
        "",
        max_length=4,
        description="4 số cuối điện thoại hoặc số định danh, hoặc năm sinh, tuỳ nơi quy định. Bỏ "
        "trống chỉ khi nơi này cho tra bằng mã.",
        json_schema_extra={"pattern": r"^(?:[0-9]{4})?$"},
    )


class SupplementOut(BaseModel):
    """What the office asks for."""

    papers: list[str]
    note: str
    asked_at: Moment | None
    until: date | None = Field(description="Ngày cuối để bổ sung; null: nguồn không nêu.")


class PaymentOut(BaseModel):
    """One fee of the dossier."""

    name: str
    amount: int | None = Field(description="Đồng; null: nguồn không nêu số tiền.")
    paid: bool | None = Field(description="null: nguồn không nêu đã nộp hay chưa.")


class StepOut(BaseModel):
    """One line of the history."""

    at: Moment
    state: int
    state_name: str
    unit: str
    note: str


class StatusOut(BaseModel):
    """How a dossier stands."""

    code: str = Field(examples=[CODE_EXAMPLE])
    state: int = Field(ge=1, le=10, description="Trạng thái 1–10 của Cổng Dịch vụ công quốc gia.")
    state_name: str = Field(examples=[STATE_NAMES[State.PROCESSING]])
    changed_at: Moment = Field(description="Ở trạng thái này từ lúc nào.")
    as_of: Moment = Field(description="Nguồn báo lần cuối lúc nào.")
    procedure_code: str = Field(examples=["1.001193"])
    procedure_name: str = Field(examples=["Thủ tục đăng ký khai sinh"])
    unit: str = Field(description="Cơ quan đang xử lý.")
    received_at: Moment | None
    due_at: Moment | None = Field(description="Hẹn trả; null: nguồn không nêu.")
    returned_at: Moment | None
    applicant: str = Field(description="Đã che, chỉ còn chữ đầu.", examples=["N*** V*** A***"])
    supplement: SupplementOut | None = Field(description="Chỉ khi đang chờ bổ sung.")
    payments: list[PaymentOut]
    results: list[str]
    collect: str
    history: list[StepOut] = Field(description="Cũ trước, mới sau.")
    state_and_days_only: bool = Field(
        description="Nơi này cho tra bằng mã, nên chỉ trả trạng thái và ngày tháng."
    )
    sample: bool = Field(description="Hồ sơ mẫu để dùng thử, không có thật.")


def status_out(status: DossierStatus) -> StatusOut:
    """Return a status as JSON has it."""
    return StatusOut(
        code=status.code,
        state=status.state.value,
        state_name=STATE_NAMES[status.state],
        changed_at=status.changed_at,
        as_of=status.as_of,
        procedure_code=status.procedure_code,
        procedure_name=status.procedure_name,
        unit=status.unit,
        received_at=status.received_at,
        due_at=status.due_at,
        returned_at=status.returned_at,
        applicant=status.applicant,
        supplement=_supplement(status.supplement),
        payments=[
            PaymentOut(name=one.name, amount=one.amount, paid=one.paid) for one in status.payments
        ],
        results=list(status.results),
        collect=status.collect,
        history=_history(status),
        state_and_days_only=status.terse,
        sample=status.is_sample,
    )


def _supplement(asked: Supplement | None) -> SupplementOut | None:
    if asked is None:
        return None
    return SupplementOut(
        papers=list(asked.papers), note=asked.note, asked_at=asked.asked_at, until=asked.until
    )


def _history(status: DossierStatus) -> list[StepOut]:
    return [
        StepOut(
            at=step.at,
            state=step.state.value,
            state_name=STATE_NAMES[step.state],
            unit=step.unit,
            note=step.note,
        )
        for step in status.history
    ]


class FaultOut(BaseModel):
    """What is wrong with one field."""

    field: str = Field(examples=["NgayHenTra"])
    message: str = Field(examples=["Không phải ngày có thật. Ghi như 20261122083000."])


class RowOut(BaseModel):
    """What became of one row: what it did, or what is wrong with it."""

    row: int = Field(ge=1, description="Dòng thứ mấy, đếm từ 1.")
    code: str | None = Field(description="Mã hồ sơ đọc được; null khi dòng có lỗi.")
    result: Kept | None = Field(
        description="new: hồ sơ mới; changed: cập nhật mới nhất; known: đã có; older: cũ hơn điều "
        "đã biết, chỉ vào lịch sử; null: dòng có lỗi, không lưu."
    )
    errors: list[FaultOut] = Field(description="Mọi lỗi của dòng.")


class BatchOut(BaseModel):
    """What became of a batch."""

    rows: int
    stored: int
    broken: int
    counts: dict[Kept, int] = Field(examples=[{"new": 1, "changed": 0, "known": 0, "older": 0}])
    results: list[RowOut]


class PutOut(BaseModel):
    """What became of one update."""

    code: str = Field(examples=[CODE_EXAMPLE])
    result: Kept


UPDATE_EXAMPLE: Final[dict[str, Any]] = {
    "MaHoSo": CODE_EXAMPLE,
    "MaTTHC": "1.001193",
    "TenTTHC": "Thủ tục đăng ký khai sinh",
    "ChuHoSo": "Nguyễn Văn An",
    "NgayTiepNhan": "20261110081500",
    "NgayHenTra": "20261124170000",
    "TrangThaiHoSo": "4",
    "DonViXuLy": "UBND phường Bến Nghé",
    "DienThoai4": "5678",
    "ThoiDiemCapNhat": "20261120093000",
}

UPDATE_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Một cập nhật",
    "description": "Các mục của DongBoHoSoMC hoặc CapNhatTienDoHoSoMC, tên viết hoa hay thường đều "
    "được; mục lạ thì bỏ qua.",
    "properties": {
        "MaHoSo": {"type": "string", "description": "Mã hồ sơ."},
        "TrangThaiHoSo": {
            "type": ["string", "integer"],
            "description": "Số 1–10 hoặc tên; CapNhatTienDoHoSoMC gửi ở mục TrangThai.",
        },
        "ThoiDiemCapNhat": {
            "type": "string",
            "description": "Thành ra như vậy lúc nào. Không có thì lấy ThoiDiemXuLy, rồi đến lúc "
            "máy chủ nhận được.",
        },
        "NgayTiepNhan": {"type": "string", "description": "yyyyMMddHHmmss, ISO 8601, dd/MM/yyyy."},
        "NgayHenTra": {"type": "string", "description": "Có thể ở tương lai."},
        "DienThoai4": {"type": "string", "description": "4 số cuối điện thoại."},
        "GiayTo4": {"type": "string", "description": "4 số cuối số định danh."},
        "NamSinh": {"type": ["string", "integer"], "description": "Năm sinh."},
        "HanBoSung": {"type": "string", "description": "Ngày cuối để bổ sung giấy tờ."},
    },
    "additionalProperties": True,
    "examples": [UPDATE_EXAMPLE],
}
