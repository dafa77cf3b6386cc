"""The server that counts for several replicas, where there is one."""

from collections.abc import Sequence
from typing import Final

from api.limits import CountsUnavailable
from api.settings import Settings
from api.wiring.doctor.findings import Area, Finding

LIMITS: Final = Area("Giới hạn")

_PLENTY: Final = 1_000_000


async def look_at_limits(settings: Settings) -> Sequence[Finding]:
    """Count one event on it."""
    if not settings.limits_url:
        return [LIMITS.well("đếm trong từng máy chủ (chưa có LIMITS_URL).")]
    from api.limits.shared import SharedCounts  # noqa: PLC0415 - only where counts are shared

    counts = SharedCounts(settings.limits_url)
    try:
        await counts.hit("doctor", _PLENTY)
    except CountsUnavailable as error:
        kind = type(error.__cause__).__name__
        told = f"LIMITS_URL không trả lời ({kind}); mỗi máy chủ đang tự đếm."
        return [LIMITS.look(told, "Kiểm tra máy chủ Valkey hoặc Redis và địa chỉ của nó.")]
    finally:
        await counts.close()
    return [LIMITS.well("máy chủ đếm chung trả lời được.")]
