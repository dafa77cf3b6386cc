"""How the page and the open data name levels of government and groups."""

from collections.abc import Mapping
from typing import Final

from knowledge.online_services import OnlineService, Stated
from knowledge.procedure import Level, OnlineLevel, OnlineStatement

LEVELS: Final[Mapping[Level, str]] = {
    Level.COMMUNE: "Cấp xã",
    Level.PROVINCE: "Cấp tỉnh",
    Level.MINISTRY: "Cấp bộ",
    Level.OTHER: "Cơ quan khác",
}

GROUPS: Final[Mapping[Stated, str]] = {
    Stated.FULL: "Toàn trình",
    Stated.PARTIAL: "Một phần",
    Stated.DIFFERS: "Mỗi quyết định một mức",
    Stated.UNSTATED: "Nộp được, chưa rõ mức",
    Stated.NOT_NAMED: "Không nêu cách nộp trực tuyến",
    Stated.UNKNOWN: "Không rõ",
}

ONLINE_LEVELS: Final[Mapping[OnlineLevel, str]] = {
    OnlineLevel.FULL: "Toàn trình",
    OnlineLevel.PARTIAL: "Một phần",
}

MEANING: Final = (
    "Toàn trình là làm trọn trên mạng: nộp, xử lý và trả kết quả, bạn không phải đến cơ quan "
    "(Nghị định 42/2022/NĐ-CP, điều 11; tên cũ là “mức độ 4”)."
)

NO_COPYRIGHT: Final = (
    "Văn bản của cơ quan nhà nước, không thuộc đối tượng bảo hộ quyền tác giả "
    "(Luật Sở hữu trí tuệ, điều 15). Khi dùng, bạn ghi mã thủ tục, quyết định và ngày của dữ liệu."
)

CAUTION: Final = (
    "Mức độ chỉ ghi khi có nơi công bố, kèm tên quyết định. Không có thì ghi là chưa rõ, không "
    "tính là toàn trình. Mức độ có thể khác theo tỉnh."
)


def statement_text(statement: OnlineStatement) -> str:
    """Return who states which level.

    >>> statement_text(OnlineStatement(OnlineLevel.FULL, "Quyết định 1/QĐ-UBND", local=True))
    'Toàn trình theo Quyết định 1/QĐ-UBND; quyết định riêng của một tỉnh, nơi khác có thể khác'
    """
    level = ONLINE_LEVELS[statement.level]
    source = f" theo {statement.decision}" if statement.decision else ", hồ sơ không ghi quyết định"
    local = "; quyết định riêng của một tỉnh, nơi khác có thể khác" if statement.local else ""
    return f"{level}{source}{local}"


def number(count: int) -> str:
    """Return a count as it is written in Vietnam.

    >>> number(2838)
    '2.838'
    """
    return f"{count:,}".replace(",", ".")


def levels_text(service: OnlineService) -> str:
    """Return the levels of government that decide, nearest to the citizen first."""
    return ", ".join(LEVELS[level].lower() for level in service.levels)
