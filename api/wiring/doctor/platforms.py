"""Telegram and Zalo Bot, as the platforms themselves tell."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from api.channel_settings import WEBHOOK_PATHS
from api.settings import Settings
from api.wiring.doctor.findings import Area, Clock, Finding
from api.wiring.doctor.machine import compare_clocks, their_clock

if TYPE_CHECKING:
    from bot.channels.telegram.setting_up import Webhook

TELEGRAM: Final = Area("Telegram")
ZALO_BOT: Final = Area("Zalo Bot")

MANY_WAITING: Final = 100
RECENT_SECONDS: Final = 3600.0

_TOKEN_CODES: Final = (401, 404)
"""What both platforms answer to a token that is not theirs."""


async def look_at_telegram(settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Ask Telegram whose token it is and where it sends updates."""
    from bot.channels.telegram import setting_up  # noqa: PLC0415 - half a second
    from bot.channels.telegram.calls import make_bot  # noqa: PLC0415
    from bot.channels.telegram.line import Line, LineBroken, Refusal  # noqa: PLC0415

    line = Line()
    token = settings.telegram_token.get_secret_value()
    bot = make_bot(token, settings.telegram_api_url, line)
    try:
        _, username = await setting_up.name_of(bot)
        webhook = await setting_up.webhook_of(bot)
    except Refusal as error:
        return [_refused(TELEGRAM, error.code, "TELEGRAM_TOKEN", "BotFather")]
    except LineBroken as error:
        return [_unreachable(TELEGRAM, error.kind, "TELEGRAM_API_URL")]
    finally:
        await line.shutdown()
    findings = [TELEGRAM.well(f"token dùng được, bot là @{username}.")]
    findings += _telegram_webhook(settings, webhook, clock())
    return [*findings, *await _clock(settings.telegram_api_url, clock, "đồng hồ của Telegram")]


def _telegram_webhook(settings: Settings, webhook: "Webhook", now: datetime) -> Sequence[Finding]:
    wanted = _wanted(settings, settings.telegram_way, "telegram")
    findings = [_where(TELEGRAM, webhook.url, wanted, "motcua telegram setup")]
    if webhook.waiting > MANY_WAITING:
        findings.append(
            TELEGRAM.look(
                f"{webhook.waiting} tin đang chờ ở Telegram.",
                "Xem motcua serve có đang chạy không.",
            )
        )
    at = webhook.last_error_at
    if at is not None and (now - at).total_seconds() < RECENT_SECONDS:
        findings.append(
            TELEGRAM.look(
                f"trong giờ qua Telegram có lúc không gọi được webhook: “{webhook.last_error}”.",
                "Xem: motcua telegram status",
            )
        )
    return findings


async def look_at_zalo_bot(settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Ask the Zalo Bot Platform whose token it is and where it sends events."""
    from bot.channels.zalo_bot.failures import LineBroken, Refusal  # noqa: PLC0415 - httpx
    from bot.channels.zalo_bot.line import Line  # noqa: PLC0415
    from bot.channels.zalo_bot.webhook import webhook_url, who  # noqa: PLC0415

    line = Line(settings.zalo_bot_token.get_secret_value(), settings.zalo_bot_api_url)
    try:
        bot = await who(line)
        url = await webhook_url(line)
    except Refusal as error:
        return [_refused(ZALO_BOT, error.code, "ZALO_BOT_TOKEN", "trang Zalo Bot")]
    except LineBroken as error:
        return [_unreachable(ZALO_BOT, error.kind, "ZALO_BOT_API_URL")]
    finally:
        await line.close()
    wanted = _wanted(settings, settings.zalo_bot_way, "zalo_bot")
    return [
        ZALO_BOT.well(f"token dùng được, bot là {bot.name}."),
        _where(ZALO_BOT, url, wanted, "motcua zalo bot-setup"),
        *await _clock(settings.zalo_bot_api_url, clock, "đồng hồ của Zalo"),
    ]


def _wanted(settings: Settings, way: str, channel: str) -> str:
    return f"{settings.public_url}{WEBHOOK_PATHS[channel]}" if way == "webhook" else ""


def _where(area: Area, is_set: str, wanted: str, command: str) -> Finding:
    if is_set == wanted:
        return area.well(f"webhook đúng: {wanted}." if wanted else "không có webhook, đúng cách.")
    if not wanted:
        return area.wrong(
            f"cách nhận tin là polling mà webhook còn đặt: {is_set}.", f"Chạy {command}."
        )
    told = f"webhook là {is_set}" if is_set else "chưa đặt webhook"
    if wanted.startswith("/"):
        return area.wrong(f"{told}.", f"Ghi PUBLIC_URL rồi chạy {command}.")
    return area.wrong(f"{told}, phải là {wanted}.", f"Chạy {command}.")


def _refused(area: Area, code: int, variable: str, where: str) -> Finding:
    if code in _TOKEN_CODES:
        return area.wrong("token không được nhận.", f"Chép lại token từ {where} vào {variable}.")
    return area.wrong(f"nền tảng trả lỗi {code}.", "Thử lại sau ít phút.")


def _unreachable(area: Area, kind: str, variable: str) -> Finding:
    return area.wrong(f"không gọi được ({kind}).", f"Kiểm tra mạng, tường lửa và {variable}.")


async def _clock(url: str, clock: Clock, whose: str) -> Sequence[Finding]:
    theirs = await their_clock(url)
    return [compare_clocks(clock(), theirs, whose)] if theirs else []
