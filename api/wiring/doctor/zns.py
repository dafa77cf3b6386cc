"""Template messages of Zalo: whether alerts can go by them, and how many are left today."""

import random
from typing import TYPE_CHECKING, Final

import httpx

from api.settings import Settings
from api.wiring.doctor.findings import Area, Finding
from bot.channels.errors import DeliveryFailed

if TYPE_CHECKING:
    from bot.channels.zalo_oa.pairs import TokenPair

ZNS: Final = Area("Zalo ZNS")
CODES: Final = "Tra mã trong docs/zalo-oa.md."


async def look_at_zns(settings: Settings, now: float, pair: "TokenPair | None") -> Finding:
    """Return how template messages are.

    Args:
        settings: of a program whose Official Account is on.
        now: seconds since 1970.
        pair: the token with which Zalo is asked; None: it is not asked.
    """
    if not settings.zalo_zns_template_id:
        return ZNS.off("chưa có mẫu tin: ai quá 7 ngày không nhắn thì được báo khi nhắn lại.")
    if not settings.public_url.startswith("https://"):
        return ZNS.look(
            "có mẫu tin, nhưng biểu mẫu xin số điện thoại không có ảnh, Zalo có thể không nhận.",
            "Đặt PUBLIC_URL, bắt đầu bằng https://.",
        )
    if pair is None or pair.expires_at <= now:
        return ZNS.well(f"có mẫu tin {settings.zalo_zns_template_id} (chưa hỏi Zalo).")
    return await _as_zalo_says(settings, now, pair)


async def _as_zalo_says(settings: Settings, now: float, pair: "TokenPair") -> Finding:
    from bot.channels.zalo_oa.api import Api  # noqa: PLC0415 - only where used
    from bot.channels.zalo_oa.brake import Brake  # noqa: PLC0415

    async with httpx.AsyncClient(base_url=settings.zalo_zns_api_url) as client:
        api = Api(client, Brake(lambda: now, random.random), "ZALO_ZNS_API_URL")
        try:
            quota = await api.quota(pair.access)
        except DeliveryFailed as error:
            return ZNS.wrong(
                f"không hỏi được Zalo ({error}).", "Kiểm tra mạng, tường lửa và ZALO_ZNS_API_URL."
            )
    if quota.code:
        return ZNS.wrong(f"Zalo không cho biết hạn mức gửi (mã {quota.code}).", CODES)
    if quota.remaining is None:
        return ZNS.well("Zalo nhận token; không cho biết hôm nay còn gửi được bao nhiêu tin.")
    told = f"hôm nay còn gửi được {quota.remaining} tin"
    told += "." if quota.daily is None else f" trên {quota.daily}."
    if quota.remaining == 0:
        return ZNS.look(told, "Tin báo chờ đến mai, hoặc xin tăng hạn mức ở zalo.cloud.")
    return ZNS.well(told)
