"""Which way of filing short words choose: "tôi muốn ra phường nộp", "nộp online"."""

import re
from typing import Final

from bot.deciding.form_turns import plain
from knowledge.procedure import FilingChannel

_WHO = (
    r"(?:(?:cho|toi|minh|em|chau|con|bac|co|chu|muon|thich|dinh|se|xin|can|chon|doi|chuyen|sang|qua"
    r"|thoi|thi|de|chac|da|vang|a|ok|hay|hoac|la|tu|phai) )*"
)
_SOFT = (
    r"(?: (?:di|nhe|nha|a|voi|giup|cho|toi|minh|em|luon|thoi|chu|co|duoc|dc|khong|ko|k|hong|hok|ha"
    r"|vay|hon|chac|roi|nua|khoe))*"
)
_DOES = r"(?:(?:di|den|ra|len|toi|mang|dem|dich than|nop|lam|gui|ho so|giay to|cach|bang cach) )*"
_PLACE = (
    r"(?:quay|phuong|xa|huyen|ubnd|uy ban|mot cua|bo phan mot cua|trung tam hanh chinh(?: cong)?"
    r"|cong an|co quan|tru so|tan noi)(?: (?:phuong|xa|nhan dan))*"
)
_AFTER = r"(?: (?:de )?(?:nop|lam|gui)(?: (?:ho so|truc tiep))*)?"
_WAYS: Final = {
    FilingChannel.COUNTER: re.compile(
        rf"{_WHO}{_DOES}(?:(?:tai|o|ngoai|tren|ra|len|den|toi|qua|tan|thang) )+{_PLACE}"
        rf"{_AFTER}{_SOFT}"
        rf"|{_WHO}(?:nop|lam|gui)(?: ho so)? (?:truc tiep|giay|tan noi|tan tay){_SOFT}"
        rf"|{_WHO}(?:di )?(?:nop )?truc tiep{_SOFT}"
        rf"|{_WHO}(?:nop|lam)(?: ho so)? {_PLACE}{_SOFT}"
    ),
    FilingChannel.ONLINE: re.compile(
        rf"{_WHO}{_DOES}(?:(?:qua|tren|bang) )*(?:online|onl|truc tuyen|mang|internet|dien thoai"
        rf"|cong dich vu cong){_SOFT}"
    ),
    FilingChannel.POST: re.compile(
        rf"{_WHO}{_DOES}(?:(?:qua|bang|theo|duong|o) )*(?:buu dien|buu chinh|chuyen phat){_SOFT}"
    ),
}
_SAYS_SO: Final = re.compile(
    r"\b(?:nop|lam|gui|tai|o|ra|len|den|qua|truc tiep|online|truc tuyen|chon|doi|chuyen)\b"
)


def way_said(text: str) -> FilingChannel | None:
    """Return the way of filing that a short message chooses; None: it chooses none.

    >>> way_said("tôi muốn ra phường nộp"), way_said("nop o phuong nao") is None
    (<FilingChannel.COUNTER: 'counter'>, True)
    >>> str(way_said("lên xã nộp được không")), str(way_said("nộp online nhé"))
    ('counter', 'online')
    """
    words = plain(text)
    if not _SAYS_SO.search(words):
        return None
    return next((way for way, said in _WAYS.items() if said.fullmatch(words)), None)
