"""What the error codes of Zalo's OA API mean to us (protocols §1.6; docs/zalo-oa.md lists them).

Where we differ from “configuration: stop”: −201, −210 and −233 are about the one message that was
sent. It is tried once more in plain words; everybody else's answers go on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.channels.errors import (
    ChannelBroken,
    DeliveryFailed,
    FateUnknown,
    PartRefused,
    RecipientGone,
    TryLater,
    WindowClosed,
)


class Meaning(Enum):
    """What is done about a code."""

    TOKEN = "token"  # noqa: S105 - a meaning
    """The token is not accepted any more: renewed once, and sent again."""
    BUSY = "busy"
    """Nobody is served now: again later."""
    UNSURE = "unsure"
    """Zalo does not say whether the message arrived: once more, never twice more."""
    WORDING = "wording"
    """The message is not taken as it is written."""
    PERSON = "person"
    """This person cannot be written to."""
    WINDOW = "window"
    """This person cannot be written to now; when she writes again, she can."""
    OPERATOR = "operator"
    """Nobody can be written to before somebody acts."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code."""

    meaning: Meaning
    hint: str
    """For the operator: what is wrong, and what to do."""


_AGAIN: Final = "Hệ thống tự gia hạn và gửi lại. Nếu lặp lại, chạy: motcua zalo authorize"

CODES: Final[Mapping[int, Code]] = {
    -32: Code(Meaning.BUSY, "Gọi quá số lượt Zalo cho mỗi phút. Hệ thống tự gửi chậm lại."),
    -100: Code(Meaning.WORDING, "Tệp đính kèm đã hết hạn."),
    -124: Code(Meaning.TOKEN, f"Token không còn hiệu lực. {_AGAIN}"),
    -200: Code(Meaning.UNSURE, "Zalo báo gửi không được. Hệ thống gửi lại một lần."),
    -201: Code(Meaning.WORDING, "Zalo không nhận nội dung này. Hệ thống gửi lại, không kèm nút."),
    -204: Code(Meaning.OPERATOR, "OA đã bị xoá. Kiểm tra OA ở oa.zalo.me."),
    -205: Code(Meaning.OPERATOR, "OA không tồn tại. Kiểm tra OA ở oa.zalo.me."),
    -209: Code(Meaning.OPERATOR, "Ứng dụng chưa được kích hoạt. Bật ở developers.zalo.me."),
    -210: Code(
        Meaning.WORDING, "Nội dung vượt giới hạn của Zalo. Hệ thống gửi lại, không kèm nút."
    ),
    -211: Code(Meaning.OPERATOR, "OA đã hết hạn mức gửi. Mua thêm hoặc đợi kỳ sau."),
    -212: Code(Meaning.OPERATOR, "OA chưa đăng ký dùng API này. Đăng ký ở oa.zalo.me."),
    -213: Code(Meaning.PERSON, "Người này chưa quan tâm OA, hoặc đã bỏ quan tâm."),
    -214: Code(Meaning.BUSY, "Zalo đang xử lý. Hệ thống tự gửi lại."),
    -216: Code(Meaning.TOKEN, f"Token không hợp lệ. {_AGAIN}"),
    -217: Code(Meaning.PERSON, "Người này đã chặn lời mời quan tâm."),
    -218: Code(Meaning.WINDOW, "Người này đã nhận đủ số tin Zalo cho phép."),
    -219: Code(Meaning.OPERATOR, "Ứng dụng đã bị gỡ hoặc bị khoá. Kiểm tra ở developers.zalo.me."),
    -220: Code(Meaning.TOKEN, f"Token hết hạn hoặc bị thu hồi. {_AGAIN}"),
    -221: Code(Meaning.OPERATOR, "OA chưa xác thực. Xác thực OA ở oa.zalo.me."),
    -222: Code(Meaning.WINDOW, "Tài khoản Zalo này bị khoá, hoặc quá 45 ngày không dùng."),
    -223: Code(Meaning.OPERATOR, "OA chưa cho ứng dụng quyền này. Chạy: motcua zalo authorize"),
    -224: Code(
        Meaning.OPERATOR, "Gói dịch vụ của OA không có tính năng này. Nâng gói ở oa.zalo.me."
    ),
    -227: Code(Meaning.WINDOW, "Tài khoản Zalo này bị khoá, hoặc quá 45 ngày không dùng."),
    -230: Code(Meaning.WINDOW, "Quá 7 ngày người này không nhắn cho OA; Zalo không cho gửi."),
    -232: Code(Meaning.WINDOW, "Người này chưa nhắn cho OA, hoặc đã quá hạn; Zalo không cho gửi."),
    -233: Code(Meaning.WORDING, "Loại tin này không được nhận. Hệ thống gửi lại, không kèm nút."),
    -234: Code(Meaning.WINDOW, "Zalo không cho gửi loại tin này vào ban đêm."),
    -235: Code(Meaning.OPERATOR, "Loại OA này không dùng được API gửi tin."),
    -240: Code(Meaning.OPERATOR, "Zalo đã đóng API này. Cập nhật motcua lên bản mới."),
    -242: Code(
        Meaning.OPERATOR, "Ứng dụng đang bắt buộc appsecret_proof. Tắt ở developers.zalo.me."
    ),
    -244: Code(Meaning.WINDOW, "Người này không nhận loại tin này từ OA."),
    -248: Code(Meaning.OPERATOR, "Zalo báo vi phạm chính sách. Xem thông báo ở oa.zalo.me."),
    -320: Code(Meaning.OPERATOR, "Ứng dụng chưa nối với tài khoản trả phí của Zalo."),
    -321: Code(
        Meaning.OPERATOR, "Tài khoản trả phí của Zalo hết tiền, hoặc không thanh toán được."
    ),
}
"""Every code that Zalo's pages, or programs that send through it, are known to meet."""


_CLASSES: Final[Mapping[Meaning, type[DeliveryFailed]]] = {
    Meaning.BUSY: TryLater,
    Meaning.UNSURE: FateUnknown,
    Meaning.WORDING: PartRefused,
    Meaning.PERSON: RecipientGone,
    Meaning.WINDOW: WindowClosed,
}


def wants_new_token(code: int) -> bool:
    """Tell whether the token was the fault."""
    return code in CODES and CODES[code].meaning is Meaning.TOKEN


def failure(code: int, codes: Mapping[int, Code] = CODES) -> DeliveryFailed:
    """Return what is to be raised for a code other than 0, as a table tells.

    A code that nobody has seen is about the message: plain words may pass, and if they do not, only
    this message is lost, not the channel.

    >>> failure(-230), str(failure(-224)).split(":")[0]
    (WindowClosed('-230'), '-224')
    """
    known = codes.get(code, Code(Meaning.WORDING, ""))
    if known.meaning in {Meaning.OPERATOR, Meaning.TOKEN}:
        return ChannelBroken(f"{code}: {known.hint}")
    return _CLASSES[known.meaning](str(code))
