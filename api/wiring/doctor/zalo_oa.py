"""The Zalo Official Account: its tokens, as they are kept and as Zalo takes them."""

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import httpx

from api.settings import Settings
from api.wiring.doctor.findings import Area, Clock, Finding
from api.wiring.doctor.stored import unmigrated
from api.wiring.doctor.zns import look_at_zns
from bot.channels.errors import DeliveryFailed
from bot.channels.zalo_oa.sealing import WrongKey
from bot.errors import StoreUnavailable

if TYPE_CHECKING:
    from bot.channels.zalo_oa.pairs import TokenPair

ZALO_OA: Final = Area("Zalo OA")
AUTHORIZE: Final = "Chạy motcua zalo authorize."


async def look_at_zalo_oa(
    settings: Settings, clock: Clock, *, offline: bool = False
) -> Sequence[Finding]:
    """Return how the tokens are, and unless `offline` what Zalo says of them; renews nothing."""
    from api.store.diagnosis import examine  # noqa: PLC0415 - SQL costs half a second
    from api.wiring.zalo import zalo_office  # noqa: PLC0415

    if not settings.has_database():
        return [ZALO_OA.wrong("chưa được cấp quyền: chưa có kho dữ liệu.", AUTHORIZE)]
    try:
        async with unmigrated(settings) as database:
            facts = await examine(database)
            if facts.schema != facts.newest:
                return [ZALO_OA.look("chưa xem được token.", "Nâng cấp kho dữ liệu trước.")]
            async with zalo_office(settings, database) as office:
                health = await office.health()
                faults = health.faults(clock().timestamp())
                pair = None if faults or offline else (await office.chain.read()).pair
    except (WrongKey, StoreUnavailable) as error:
        return [ZALO_OA.wrong("không mở được token.", str(error))]
    findings = [ZALO_OA.wrong(fault) for fault in faults] or [
        ZALO_OA.well("có token, lần xin gần nhất không lỗi (xem ở kho).")
    ]
    if pair is not None:
        findings.append(await _as_zalo_says(settings, clock, pair))
    return [*findings, await look_at_zns(settings, clock().timestamp(), pair)]


async def _as_zalo_says(settings: Settings, clock: Clock, pair: "TokenPair") -> Finding:
    from bot.channels.zalo_oa.api import Api  # noqa: PLC0415 - only where used
    from bot.channels.zalo_oa.brake import Brake  # noqa: PLC0415
    from bot.channels.zalo_oa.codes import wants_new_token  # noqa: PLC0415

    now = clock().timestamp()
    if pair.expires_at <= now:
        return ZALO_OA.look("token đã hết hạn.", "Chạy motcua serve, máy chủ sẽ tự gia hạn.")
    async with httpx.AsyncClient(base_url=settings.zalo_oa_api_url) as client:
        try:
            account = await Api(client, Brake(lambda: now, random.random)).account(pair.access)
        except DeliveryFailed as error:
            return ZALO_OA.wrong(
                f"không hỏi được Zalo ({error}).", "Kiểm tra mạng, tường lửa và ZALO_OA_API_URL."
            )
    if account.code:
        ended = wants_new_token(account.code)
        remedy = AUTHORIZE if ended else "Tra mã trong docs/zalo-oa.md."
        return ZALO_OA.wrong(f"Zalo không nhận token (mã {account.code}).", remedy)
    whose = f"{account.name or 'không rõ tên'} (mã {account.oa_id or 'không rõ'})"
    if pair.oa_id and account.oa_id and account.oa_id != pair.oa_id:
        return ZALO_OA.wrong(f"token là của OA khác: {whose}, không phải {pair.oa_id}.", AUTHORIZE)
    return ZALO_OA.well(f"Zalo nhận token, OA là {whose}.")
