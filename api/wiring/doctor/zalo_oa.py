"""The Zalo Official Account: its tokens, as they are kept."""

from collections.abc import Sequence
from typing import Final

from api.settings import Settings
from api.wiring.doctor.findings import Area, Clock, Finding
from api.wiring.doctor.stored import unmigrated
from bot.channels.zalo_oa.sealing import WrongKey
from bot.errors import StoreUnavailable

ZALO_OA: Final = Area("Zalo OA")


async def look_at_zalo_oa(settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Return how the tokens are; renews nothing."""
    from api.store.diagnosis import examine  # noqa: PLC0415 - SQL costs half a second
    from api.wiring.zalo import zalo_office  # noqa: PLC0415

    authorize = "Chạy motcua zalo authorize."
    if not settings.has_database():
        return [ZALO_OA.wrong("chưa được cấp quyền: chưa có kho dữ liệu.", authorize)]
    try:
        async with unmigrated(settings) as database:
            facts = await examine(database)
            if facts.schema != facts.newest:
                return [ZALO_OA.look("chưa xem được token.", "Nâng cấp kho dữ liệu trước.")]
            async with zalo_office(settings, database) as office:
                health = await office.health()
    except (WrongKey, StoreUnavailable) as error:
        return [ZALO_OA.wrong("không mở được token.", str(error))]
    faults = health.faults(clock().timestamp())
    return [ZALO_OA.wrong(fault) for fault in faults] or [
        ZALO_OA.well("có token, lần xin gần nhất không lỗi (xem ở kho, không gọi Zalo).")
    ]
