"""What `/v1/online-services` gives, as JSON."""

from pydantic import BaseModel, Field

from api.online_services.wording import NO_COPYRIGHT
from knowledge.online_services import Counts, OnlineService, Stated
from knowledge.procedure import Level, OnlineLevel


class Statement(BaseModel):
    """Who states which level of filing online."""

    level: OnlineLevel
    decision: str = Field(
        description="Quyết định hoặc nguồn nêu mức độ; trống: hồ sơ không ghi.",
        examples=["Quyết định 2808/QĐ-UBND ngày 19/11/2025 (Đồng Nai)"],
    )
    local: bool = Field(description="Quyết định riêng của một tỉnh; nơi khác có thể khác.")


class OnlineServiceOut(BaseModel):
    """What is known of filing one procedure online."""

    code: str = Field(examples=["1.001193"])
    name: str = Field(description="Tên chính thức.", examples=["Thủ tục đăng ký khai sinh"])
    label: str = Field(
        description="Tên ngắn do dự án Một cửa đặt; trống: không có.",
        examples=["Đăng ký khai sinh"],
    )
    field: str = Field(description="Lĩnh vực.", examples=["Hộ tịch"])
    field_key: str = Field(description="Dùng được ở tham số field.", examples=["ho-tich"])
    levels: list[Level] = Field(description="Các cấp giải quyết.")
    can_file_online: bool | None = Field(
        description="Hồ sơ thủ tục có nêu cách nộp trực tuyến; null: không rõ."
    )
    stated: Stated = Field(
        description=(
            "full: có nơi công bố toàn trình; partial: một phần; differs: các quyết định nêu khác "
            "nhau; unstated: nộp trực tuyến được, chưa rõ mức; not_named: hồ sơ không nêu cách nộp "
            "trực tuyến; unknown: không rõ."
        )
    )
    statements: list[Statement]
    url: str = Field(description="Trang của thủ tục trên Cổng Dịch vụ công quốc gia; có thể trống.")
    decision: str = Field(description="Quyết định công bố thủ tục; có thể trống.")
    source: str = Field(examples=["Cổng Dịch vụ công quốc gia"])
    as_of: str = Field(description="Ngày, tháng hoặc năm của dữ liệu.", examples=["2026-07"])
    changed_to: list[str] = Field(description="Mã mới đã thay mã này.")

    @classmethod
    def of(cls, one: OnlineService) -> "OnlineServiceOut":
        """Return a service as it is given out."""
        return cls(
            code=one.code,
            name=one.name,
            label=one.label,
            field=one.field.name,
            field_key=one.field.key,
            levels=list(one.levels),
            can_file_online=one.online,
            stated=one.stated,
            statements=[
                Statement(level=said.level, decision=said.decision, local=said.local)
                for said in one.statements
            ],
            url=one.url,
            decision=one.decision,
            source=one.origin,
            as_of=one.as_of,
            changed_to=list(one.changed_to),
        )


class GroupCounts(BaseModel):
    """How many procedures of the list stand in each group; together they are `total`."""

    full: int
    partial: int
    differs: int
    unstated: int
    not_named: int
    unknown: int

    @classmethod
    def of(cls, counts: Counts) -> "GroupCounts":
        """Return the counts as they are given out."""
        return cls(**{group.value: counts.groups[group] for group in Stated})


class OnlineServicePage(BaseModel):
    """A part of the list."""

    licence: str = Field(examples=[NO_COPYRIGHT])
    total: int = Field(description="Số thủ tục hợp với bộ lọc.")
    counts: GroupCounts = Field(description="Trong số đó, theo nhóm.")
    offset: int
    next_offset: int | None = Field(description="offset của phần sau; null: đã hết.")
    items: list[OnlineServiceOut]
