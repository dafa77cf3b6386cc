"""`motcua telegram …`: how the bot introduces itself, and how messages reach us."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import typer

from api.channel_settings import WEBHOOK_PATHS
from api.commands.terminal import EXIT_FAILED, VietnameseCommand, VietnameseGroup, say, warn
from api.errors import PlatformRefused, SettingsInvalid
from api.settings import Settings, load_settings
from api.wiring.language import build_phrasebook
from knowledge.work_calendar import VIETNAM

if TYPE_CHECKING:
    from telegram import Bot

    from bot.channels.telegram.setting_up import Webhook

_NOT_ACCEPTED: Final = (
    "Telegram không nhận token. Hãy vào BotFather, chọn bot, chép lại token vào TELEGRAM_TOKEN."
)
_HINTS: Final[dict[int, str]] = {
    HTTPStatus.UNAUTHORIZED: _NOT_ACCEPTED,
    HTTPStatus.NOT_FOUND: _NOT_ACCEPTED,
    HTTPStatus.BAD_REQUEST: "Telegram không nhận địa chỉ webhook. PUBLIC_URL phải là https với "
    "tên miền công khai, cổng 443, 80, 88 hoặc 8443.",
    HTTPStatus.TOO_MANY_REQUESTS: "Đã gọi Telegram quá nhiều. Hãy chờ ít phút rồi chạy lại.",
}

_REASONS: Final = (
    ("403", "Máy chủ từ chối vì chuỗi bí mật không khớp. Hãy chạy lại: motcua telegram setup"),
    ("404", "Địa chỉ không có ở máy chủ. Hãy xem motcua serve đang chạy với TELEGRAM_TOKEN."),
    ("wrong response", "Máy chủ trả lỗi. Hãy xem nhật ký của motcua serve."),
    ("ssl", "Chứng chỉ https không đúng. Hãy kiểm tra chứng chỉ và các chứng chỉ trung gian."),
    ("certificate", "Chứng chỉ https không đúng. Hãy kiểm tra cả các chứng chỉ trung gian."),
    ("resolve", "Telegram không tìm thấy tên miền. Hãy kiểm tra PUBLIC_URL và DNS."),
    ("connection refused", "Không có gì chạy ở địa chỉ này. Hãy xem motcua serve và nginx."),
    ("timed out", "Máy chủ không trả lời kịp. Hãy xem tường lửa và motcua serve."),
    ("timeout", "Máy chủ không trả lời kịp. Hãy xem tường lửa và motcua serve."),
)
"""Words of `last_error_message`, in small letters, and what to do about them."""


def build_app() -> typer.Typer:
    """Return the commands of `motcua telegram`."""
    app = typer.Typer(
        cls=VietnameseGroup,
        help="Nối với Telegram.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for command in (setup, status):
        app.command(cls=VietnameseCommand)(command)
    return app


def setup() -> int:
    """Đặt lời giới thiệu, danh sách lệnh và webhook của bot; bỏ webhook khi dùng polling.

    Đọc TELEGRAM_TOKEN, TELEGRAM_WAY, TELEGRAM_WEBHOOK_SECRET và PUBLIC_URL. Chạy lại lúc nào cũng
    được; tin nhắn đang chờ không mất.
    """
    return asyncio.run(_with_bot(_set_up))


def status() -> int:
    """Cho biết Telegram gửi tin về đâu, còn bao nhiêu tin chờ và lỗi gần nhất."""
    return asyncio.run(_with_bot(_tell_status))


async def _with_bot(work: Callable[["Bot", Settings], Awaitable[int]]) -> int:
    from bot.channels.telegram.calls import make_bot  # noqa: PLC0415 - half a second
    from bot.channels.telegram.line import Line  # noqa: PLC0415

    settings = load_settings()
    token = settings.telegram_token.get_secret_value()
    if not token:
        raise SettingsInvalid(
            "Biến TELEGRAM_TOKEN chưa có. Hãy tạo bot với BotFather (xem docs/telegram.md) rồi "
            "ghi token vào biến này."
        )
    line = Line()
    try:
        with _told_in_vietnamese():
            return await work(make_bot(token, settings.telegram_api_url, line), settings)
    finally:
        await line.shutdown()


async def _set_up(bot: "Bot", settings: Settings) -> int:
    from bot.channels.telegram import setting_up  # noqa: PLC0415

    url = _webhook_url(settings)
    name, username = await setting_up.name_of(bot)
    say(f"Token dùng được. Bot: {name} (@{username}).")
    await setting_up.introduce(bot, build_phrasebook())
    say("Đã đặt lời giới thiệu và danh sách lệnh.")
    if settings.telegram_way == "polling":
        await setting_up.use_polling(bot)
        say("Đã bỏ webhook: motcua serve sẽ tự hỏi tin từ Telegram. Chỉ dùng khi chạy thử.")
    else:
        secret = settings.telegram_webhook_secret.get_secret_value()
        await setting_up.use_webhook(bot, url, secret)
        say(f"Đã đặt webhook: {url}")
    say(f"Hãy mở https://t.me/{username} và nhắn thử một câu.")
    return 0


def _webhook_url(settings: Settings) -> str:
    """Return where Telegram is to send updates; found missing before anything is changed."""
    if settings.telegram_way == "webhook" and not settings.public_url:
        raise SettingsInvalid(
            "Biến PUBLIC_URL chưa có nên Telegram không biết gửi tin về đâu. "
            "Hãy ghi ví dụ: PUBLIC_URL=https://motcua.example.gov.vn"
        )
    return f"{settings.public_url}{WEBHOOK_PATHS['telegram']}"


async def _tell_status(bot: "Bot", settings: Settings) -> int:
    from bot.channels.telegram import setting_up  # noqa: PLC0415

    name, username = await setting_up.name_of(bot)
    webhook = await setting_up.webhook_of(bot)
    say(f"Bot: {name} (@{username}).")
    say(f"Webhook: {webhook.url}" if webhook.url else "Chưa đặt webhook.")
    say(f"Tin đang chờ: {webhook.waiting}.")
    if webhook.last_error:
        _tell_error(webhook)
    if (settings.telegram_way == "webhook") != bool(webhook.url):
        warn(
            "Cách nhận tin ở TELEGRAM_WAY khác với cách Telegram đang gửi. "
            "Hãy chạy: motcua telegram setup"
        )
        return EXIT_FAILED
    return 0


def _tell_error(webhook: "Webhook") -> None:
    at = webhook.last_error_at
    when = f" lúc {at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}" if at else ""
    said = webhook.last_error.lower()
    hint = next((f" {hint}" for words, hint in _REASONS if words in said), "")
    say(f"Lỗi gần nhất{when}: “{webhook.last_error}”.{hint}")


@contextmanager
def _told_in_vietnamese() -> Iterator[None]:
    from bot.channels.telegram.line import LineBroken, Refusal  # noqa: PLC0415

    try:
        yield
    except Refusal as error:
        otherwise = f"Telegram trả lỗi {error.code}. Hãy thử lại sau ít phút."
        raise PlatformRefused(_HINTS.get(error.code, otherwise)) from error
    except LineBroken as error:
        raise PlatformRefused(
            f"Không gọi được Telegram ({error.kind}). Hãy kiểm tra mạng và TELEGRAM_API_URL."
        ) from error
