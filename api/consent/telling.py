"""How a consent ended, in words: for the page and for the terminal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.channels.errors import ChannelBroken, ChannelError, TryLater
from bot.channels.zalo_oa.consent import ConsentInvalid
from bot.channels.zalo_oa.sealing import WrongKey
from bot.errors import BotError, StoreUnavailable

AGAIN: Final = "Hãy chạy lại lệnh này trên máy chủ rồi mở liên kết mới:"
COMMAND: Final = "motcua zalo authorize --web"


@dataclass(frozen=True, slots=True)
class Told:
    """What the operator reads."""

    status: int
    """Of HTTP."""
    title: str
    text: str
    todo: str = ""
    """What to do; empty: nothing."""
    command: str = ""
    """To be run; empty: none."""


DONE: Final = Told(
    200,
    "Đã được cấp quyền",
    "Trợ lý trả lời được trên Zalo Official Account này. Token đã cất vào kho dữ liệu ở dạng mã "
    "hoá và sẽ tự gia hạn. Các máy chủ đang chạy nhận token mới trong vòng 30 giây.",
    "Bạn có thể đóng trang này. Xem lại bất cứ lúc nào bằng lệnh:",
    "motcua zalo status",
)

NO_CODE: Final = Told(
    400,
    "Zalo chưa cấp quyền",
    "Zalo đưa bạn về đây mà không kèm mã cấp quyền. Có thể bạn đã bấm huỷ, hoặc tài khoản Zalo "
    "này không phải quản trị viên của Official Account. Chưa có gì thay đổi.",
    "Đăng nhập đúng tài khoản quản trị, rồi chạy lại lệnh này trên máy chủ và mở liên kết mới:",
    COMMAND,
)

_INVALID: Final = Told(
    403,
    "Liên kết này không dùng được",
    "Liên kết cấp quyền chỉ dùng được một lần, trong 10 phút. Nếu trước đó bạn đã thấy trang báo "
    "được cấp quyền thì mọi việc đã xong, không cần làm gì thêm.",
    "Nếu chưa thấy, hãy chạy lại lệnh này trên máy chủ rồi mở liên kết mới:",
    COMMAND,
)


def tell(error: BotError) -> Told:
    """Return how to read what went wrong."""
    told = (told for kind, told in _TOLD.items() if isinstance(error, kind))
    return next(told, _lost)(error)


def _invalid(_error: BotError) -> Told:
    return _INVALID


def _not_stored(error: BotError) -> Told:
    return Told(503, "Chưa lưu được", str(error))


def _wrong_key(error: BotError) -> Told:
    return Told(503, "Khoá TOKEN_KEY không dùng được", str(error))


def _not_reached(_error: BotError) -> Told:
    return Told(
        502,
        "Chưa gọi được Zalo",
        "Máy chủ chưa kết nối được tới Zalo nên mã cấp quyền vẫn còn nguyên.",
        "Hãy kiểm tra đường mạng ra ngoài của máy chủ, rồi tải lại chính trang này "
        "trong vòng 10 phút.",
    )


def _refused(error: BotError) -> Told:
    return Told(
        502,
        "Zalo từ chối mã cấp quyền",
        f"Chưa có gì thay đổi. Zalo trả lời: {error}.",
        "Hãy xem ZALO_OA_APP_ID và ZALO_OA_APP_SECRET có đúng của cùng một ứng dụng không. "
        + AGAIN,
        COMMAND,
    )


def _lost(error: BotError) -> Told:
    reason = f" ({error})" if isinstance(error, ChannelError) else ""
    return Told(
        502,
        "Zalo không trả lời",
        f"Máy chủ đã gửi mã cấp quyền nhưng không nhận được trả lời{reason}. Mã chỉ dùng được một "
        "lần nên cần cấp quyền lại.",
        AGAIN,
        COMMAND,
    )


_TOLD: Final[Mapping[type[BotError], Callable[[BotError], Told]]] = {
    ConsentInvalid: _invalid,
    StoreUnavailable: _not_stored,
    WrongKey: _wrong_key,  # before its base
    TryLater: _not_reached,
    ChannelBroken: _refused,
}
