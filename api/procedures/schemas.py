"""What `/v1/procedures` gives, as JSON."""

from pydantic import BaseModel, Field

from knowledge.procedure import Level, OnlineLevel, Procedure


class ProcedureSummary(BaseModel):
    """One procedure in a list."""

    code: str = Field(examples=["1.001193"])
    name: str = Field(examples=["Thủ tục đăng ký khai sinh"])
    label: str = Field(examples=["Đăng ký khai sinh"])
    field: str = Field(examples=["Hộ tịch"])
    levels: list[Level]
    agency: str
    online_level: OnlineLevel | None
    url: str
    score: float | None = Field(
        None, description="Mức khớp với câu tìm, từ 0 đến 1; không có khi chỉ liệt kê."
    )


class ProcedurePage(BaseModel):
    """One page of a list."""

    items: list[ProcedureSummary]
    next_cursor: str | None = Field(
        description="Gửi lại ở tham số cursor để lấy trang sau; null: đã hết."
    )


class ProcedureAnswer(BaseModel):
    """One procedure with everything that is known of it."""

    requested_code: str = Field(
        description="Mã được hỏi. Khác procedure.code khi mã này đã đổi sang mã mới."
    )
    procedure: Procedure
    held: list[str] = Field(
        description="Các mục vừa đổi, đang chờ xác nhận; giá trị của chúng được để trống."
    )
    other_successors: list[str] = Field(description="Các mã khác cũng thay cho mã được hỏi.")


def summary_of(procedure: Procedure, score: float | None = None) -> ProcedureSummary:
    """Return `procedure` as one line of a list."""
    return ProcedureSummary(
        code=procedure.code,
        name=procedure.name,
        label=procedure.label or procedure.name,
        field=procedure.field,
        levels=list(procedure.levels),
        agency=procedure.agency,
        online_level=procedure.online_level,
        url=procedure.url,
        score=score,
    )
