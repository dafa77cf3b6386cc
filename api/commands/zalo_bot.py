"""`motcua zalo bot-setup`: whose token it is, and how events reach us."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from api.channel_settings import WEBHOOK_PATHS
from api.commands.terminal import EXIT_FAILED, say, warn
from api.errors import PlatformRefused, SettingsInvalid
from api.settings import Settings, load_settings

if TYPE_CHECKING:
    from bot.channels.zalo_bot.line import Line
    from bot.channels.zalo_bot.webhook import Verification

_NOT_ACCEPTED: Final = (
    "Zalo không nhận token. Hãy chép lại token trong tin nhắn của Zalo Bot Manager vào "
    "ZALO_BOT_TOKEN."
)
_HINTS: Final[dict[int, str]] = {
    HTTPStatus.UNAUTHORIZED: _NOT_ACCEPTED,
    HTTPStatus.NOT_FOUND: _NOT_ACCEPTED,
    HTTPStatus.BAD_REQUEST: "Zalo không nhận địa chỉ webhook. PUBLIC_URL phải là https với tên "
    "miền công khai, không phải địa chỉ nội bộ.",
    HTTPStatus.TOO_MANY_REQUESTS: "Đã gọi Zalo quá nhiều. Hãy chờ ít phút rồi chạy lại.",
}


def bot_setup() -> int:
    """Kiểm tra token Zalo Bot và đặt webhook, hoặc bỏ webhook khi dùng polling.

    Đọc ZALO_BOT_TOKEN, ZALO_BOT_WAY, ZALO_BOT_WEBHOOK_SECRET và PUBLIC_URL. Chạy lại lúc nào
    cũng được.
    """
    return asyncio.run(_set_up(load_settings()))


async def _set_up(settings: Settings) -> int:
    from bot.channels.zalo_bot.line import Line  # noqa: PLC0415 - only this command

    token = settings.zalo_bot_token.get_secret_value()
    if not token:
        raise SettingsInvalid(
            "Biến ZALO_BOT_TOKEN chưa có. Hãy tạo bot trong Zalo (xem docs/zalo-bot.md) rồi ghi "
            "token vào biến này."
        )
    line = Line(token, settings.zalo_bot_api_url)
    try:
        with _told_in_vietnamese():
            return await _introduced(line, settings)
    finally:
        await line.close()


async def _introduced(line: "Line", settings: Settings) -> int:
    from bot.channels.zalo_bot.webhook import delete_webhook, set_webhook, who  # noqa: PLC0415

    me = await who(line)
    say(f"Token dùng được. Bot: {me.name or '(chưa có tên)'}, mã {me.id}.")
    if settings.zalo_bot_way == "polling":
        await delete_webhook(line)
        say("Đã bỏ webhook: motcua serve sẽ tự hỏi tin từ Zalo. Chỉ dùng cách này khi chạy thử.")
        return 0
    if not settings.public_url:
        raise SettingsInvalid(
            "Biến PUBLIC_URL chưa có nên Zalo không biết gửi tin về đâu. "
            "Hãy ghi ví dụ: PUBLIC_URL=https://motcua.example.gov.vn"
        )
    secret = settings.zalo_bot_webhook_secret.get_secret_value()
    url = f"{settings.public_url}{WEBHOOK_PATHS['zalo_bot']}"
    tried = await set_webhook(line, url, secret)
    say(f"Đã đặt webhook: {url}")
    return _tell(tried)


def _tell(tried: "Verification | None") -> int:
    if tried is None:
        say("Zalo không cho biết đã gọi thử hay chưa. Hãy nhắn cho bot một câu để thử.")
        return 0
    if tried.reached:
        say("Zalo đã gọi thử webhook: được.")
        return 0
    status = f"máy chủ trả {tried.status}" if tried.status else "không kết nối được"
    hint = f" Zalo ghi: {tried.hint}." if tried.hint else ""
    warn(
        f"Zalo gọi thử webhook chưa được: {status}.{hint} Webhook vẫn được lưu. Hãy xem motcua "
        "serve đang chạy, tên miền và chứng chỉ https đúng, tường lửa không chặn các lượt gọi có "
        "User-Agent bắt đầu bằng Java/, rồi chạy lại lệnh này."
    )
    return EXIT_FAILED


@contextmanager
def _told_in_vietnamese() -> Iterator[None]:
    from bot.channels.zalo_bot.failures import LineBroken, Refusal  # noqa: PLC0415

    try:
        yield
    except Refusal as error:
        otherwise = f"Zalo trả lỗi {error.code}. Hãy thử lại sau ít phút."
        raise PlatformRefused(_HINTS.get(error.code, otherwise)) from error
    except LineBroken as error:
        raise PlatformRefused(
            f"Không gọi được Zalo ({error.kind}). Hãy kiểm tra mạng và ZALO_BOT_API_URL."
        ) from error
