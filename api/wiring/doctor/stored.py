"""The database, what waits in it, what failed, what is held."""

import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final

from api.settings import Settings
from api.wiring.doctor.findings import Area, Clock, Finding
from api.wiring.doctor.machine import compare_clocks
from bot.channels.alerts import OPEN, Told
from bot.channels.queues import Result
from bot.errors import StoreUnavailable

if TYPE_CHECKING:
    from api.store.database import Database
    from api.store.diagnosis import DatabaseFacts

DATABASE: Final = Area("Kho dữ liệu")
QUEUES: Final = Area("Hàng đợi")
KNOWLEDGE: Final = Area("Kiến thức")

_DAY_SECONDS: Final = 86_400.0
_LATE: Final[Mapping[str, tuple[float, str]]] = {
    "inbox": (60.0, "tin nhắn chờ trả lời"),
    "outbox": (300.0, "tin chờ gửi đi"),
    "alerts": (43_200.0, "tin báo hồ sơ chờ gửi"),
    "alerts_held": (math.inf, "tin báo hồ sơ chờ người nhận nhắn lại"),
}
"""From how many seconds on somebody should look, and what waits.

Alerts wait through the quiet hours of a night; those held wait for what their person does.
"""

_FATES: Final[Mapping[str, str]] = {
    "sent": "đã gửi",
    Told.TEMPLATED: "đi bằng tin ZNS",
    OPEN: "đang chờ",
    "waiting": "đang chờ",
    Told.HOLD: "chờ người nhận nhắn lại",
    Told.GONE: "không cần báo nữa",
    **dict.fromkeys((Result.GONE, Result.REFUSED, Result.UNKNOWN), "không chắc đến nơi"),
}
"""Ways and results of alerts, as they are added up."""


@asynccontextmanager
async def unmigrated(settings: Settings) -> AsyncIterator["Database"]:
    """Open the database as it is."""
    from api.store.database import Database  # noqa: PLC0415 - SQL costs half a second

    database = Database(settings.database_address)
    try:
        yield database
    finally:
        await database.close()


async def look_at_database(settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Return how the database is, and what is in it; changes nothing."""
    from api.store.diagnosis import examine, try_writing  # noqa: PLC0415 - as above

    if not settings.has_database():
        return [DATABASE.look("chưa có kho nào.", "motcua serve sẽ tạo khi chạy lần đầu.")]
    try:
        async with unmigrated(settings) as database:
            facts = await examine(database)
            findings = [*_of_facts(facts, clock())]
            if facts.schema == facts.newest:
                await try_writing(database)
                findings += await _contents(database)
    except StoreUnavailable as error:
        cause = type(error.__cause__).__name__
        return [DATABASE.wrong(f"không đọc hoặc ghi được ({cause}).", str(error))]
    return findings


def _of_facts(facts: "DatabaseFacts", now: datetime) -> Sequence[Finding]:
    findings = [_schema(facts)]
    if facts.damage:
        findings.append(
            DATABASE.wrong("tệp SQLite bị hỏng.", "Khôi phục từ bản sao lưu: motcua restore.")
        )
    if facts.journal and facts.journal != "wal":
        findings.append(
            DATABASE.wrong(
                f"tệp SQLite đang ghi kiểu {facts.journal}, không phải WAL.",
                "Đặt DATA_FOLDER trên đĩa trong máy, không phải đĩa mạng.",
            )
        )
    if facts.clock is not None:
        findings.append(compare_clocks(now, facts.clock, "đồng hồ của PostgreSQL"))
    return findings


def _schema(facts: "DatabaseFacts") -> Finding:
    if not facts.schema:
        return DATABASE.look(f"{facts.kind}, còn trống.", "motcua serve sẽ tạo các bảng.")
    if facts.schema < facts.newest:
        return DATABASE.look(
            f"{facts.kind}, bảng đang ở phiên bản {facts.schema}, bản này cần {facts.newest}.",
            "Sao lưu (motcua backup) rồi chạy motcua serve: bảng được nâng cấp trước khi phục vụ.",
        )
    if facts.schema > facts.newest:
        return DATABASE.wrong(
            f"bảng ở phiên bản {facts.schema}, bản này chỉ biết đến {facts.newest}.",
            "Cài bản motcua mới hơn.",
        )
    return DATABASE.well(f"{facts.kind}, bảng phiên bản {facts.schema}, đọc và ghi được.")


async def _contents(database: "Database") -> Sequence[Finding]:
    from api.store.backlog import SqlBacklog  # noqa: PLC0415 - as above
    from api.store.diagnosis import failed_deliveries  # noqa: PLC0415
    from api.store.dossiers.alerts import SqlAlerts  # noqa: PLC0415
    from api.store.holds import KnowledgeHolds  # noqa: PLC0415

    now = time.time()
    waiting = await SqlBacklog(database, lambda: now).waiting()
    failed = await failed_deliveries(database, now - _DAY_SECONDS)
    held = len(await KnowledgeHolds(database).open())
    fates = await SqlAlerts(database, "doctor", lambda: now).fates()
    return [*_waiting(waiting), *_failed(failed), *_told(fates), _held(held)]


def _waiting(waiting: Mapping[str, Mapping[str, tuple[int, float]]]) -> Sequence[Finding]:
    findings = [
        QUEUES.look(
            f"{channel}: {count} {_LATE[queue][1]}, lâu nhất {age:.0f} giây.",
            "Xem motcua serve có đang chạy không, và nhật ký của nó (delivery_failed, failure).",
        )
        for queue, channels in waiting.items()
        for channel, (count, age) in channels.items()
        if age > _LATE[queue][0]
    ]
    total = sum(count for channels in waiting.values() for count, _ in channels.values())
    return findings or [QUEUES.well(f"{total} tin đang chờ, không tin nào quá lâu.")]


def _failed(failed: Mapping[tuple[str, str, str], int]) -> Sequence[Finding]:
    return [
        QUEUES.look(
            f"{channel}: {count} tin không gửi được trong 24 giờ qua ({result} {reason}).",
            "Xem ý nghĩa mã lỗi ở docs của kênh đó.",
        )
        for (channel, result, reason), count in sorted(failed.items())
    ]


def _told(fates: Mapping[tuple[str, str], int]) -> Sequence[Finding]:
    """Return what became of the alerts about dossiers that are still on record."""
    if not fates:
        return []
    counts: Counter[str] = Counter()
    for (way, result), count in fates.items():
        counts[_FATES.get(result if way == Told.MESSAGE else way, "đã gửi")] += count
    told = ", ".join(f"{counts[name]} {name}" for name in dict.fromkeys(_FATES.values()))
    return [QUEUES.well(f"tin báo hồ sơ còn ghi lại: {told}.")]


def _held(count: int) -> Finding:
    if not count:
        return KNOWLEDGE.well("không có nội dung nào đang tạm giữ.")
    return KNOWLEDGE.look(
        f"{count} nội dung đang tạm giữ, người dân được trả lời “đang cập nhật”.",
        "Xem motcua knowledge held, kiểm tra rồi motcua knowledge confirm.",
    )
