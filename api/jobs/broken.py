"""Tells an operator that a channel cannot be used until somebody acts, and when it can be again."""

from collections.abc import Mapping
from typing import Final

from api.logs import code_of, log_alarm, log_event
from bot.channels.errors import ChannelBroken

TEMPLATES: Final = "zns"
"""Template messages; what else a channel sends may go on without them."""

REMEDIES: Final[Mapping[str, str]] = {
    "telegram": (
        "Xem mã trong docs/telegram.md. Mã 401, 404: token bị thu hồi hoặc sai; vào BotFather chép "
        "lại vào TELEGRAM_TOKEN, rồi chạy lại motcua serve. Kiểm tra bằng: motcua doctor"
    ),
    "zalo_oa": (
        "Xem mã trong docs/zalo-oa.md. Mã token: chạy motcua zalo status và làm theo lời ghi. "
        "Kiểm tra bằng: motcua doctor"
    ),
    TEMPLATES: (
        "Tin báo theo mẫu (ZNS) chưa gửi được, câu trả lời vẫn gửi bình thường. Xem mã trong "
        "docs/zalo-token.md. Kiểm tra bằng: motcua doctor"
    ),
    "zalo_bot": (
        "Xem mã trong docs/zalo-bot.md. Mã 401, 404: token bị thu hồi hoặc sai; chép lại token của "
        "Zalo Bot Manager vào ZALO_BOT_TOKEN, rồi chạy lại motcua serve. "
        "Kiểm tra bằng: motcua doctor"
    ),
}
_ANY: Final = "Chạy motcua doctor để biết phải làm gì."


def tell_broken(channel: str, error: ChannelBroken) -> None:
    """Sound the alarm; the caller sees to it that one outage does not fill the log."""
    reason = code_of(error) or type(error).__name__
    remedy = REMEDIES.get(channel, _ANY)
    log_alarm("channel_broken", reason, channel=channel, remedy=remedy)


def tell_mended(channel: str) -> None:
    """Note that a channel which rested or was broken works again."""
    log_event("channel_works_again", channel=channel)
