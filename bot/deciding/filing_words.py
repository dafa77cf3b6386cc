"""What short messages say of the filing that is in sight: tick, go on, change, stop.

All patterns read folded words, so they hold for both ways of typing, and each reads the whole
message: a question that holds such words is answered as a question.
"""

import re
from typing import Final

from bot.deciding.filing_values import FilingAct
from bot.deciding.form_turns import plain
from bot.deciding.signs import is_stop

_WHO = (
    r"(?:(?:cho|toi|minh|em|chau|con|muon|xin|can|giup|nho|hay|da|vang|a|ok|oi|thi|gio|bay gio"
    r"|hien|nay|y la|ban|bot|ad|roi) )*"
)
_SOFT = (
    r"(?: (?:di|nhe|nha|a|voi|giup|cho|toi|minh|em|ban|ad|luon|nao|do|roi|day|thoi|het|ca|ha|ne|nua"
    r"|vay|dum|ho|dau|lai))*"
)
_PAPERS = r"(?:ho so|giay to|giay|papers|danh sach)"


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"{_WHO}(?:{'|'.join(patterns)}){_SOFT}")


_FILED = _whole(
    rf"(?:(?:toi|minh|em) )?(?:da|vua|moi) (?:nop|gui)(?: (?:xong|roi|{_PAPERS}|online|het"
    r"|truc tuyen|qua mang|tai quay|o phuong|o xa))*",
    rf"(?:nop|gui)(?: (?:xong|{_PAPERS}|online|het|truc tuyen|qua mang|tai quay|o phuong|o xa))*"
    r" (?:roi|xong)",
)
_STEPS = _whole(
    rf"nop(?: {_PAPERS})? (?:tung buoc|theo buoc|ngay|luon|thoi)",
    rf"(?:bat dau|xem|huong dan|chi|day)(?: (?:toi|minh|em|cach|buoc|de|di))* nop(?: {_PAPERS})?"
    r"(?: tung buoc| online| qua mang| truc tuyen)*",
    r"huong dan(?: (?:toi|minh|em|tung buoc|chi tiet))*",
    r"(?:xem )?(?:cac|tung) buoc(?: nop)?",
    r"(?:sang |qua )?buoc (?:tiep theo|tiep|ke tiep|nop)",
    r"tiep(?: (?:tuc|theo|nao))?|lam tiep|di tiep|ke tiep|next|bat dau(?: nop)?",
)
_LIST = _whole(
    r"(?:con )?thieu (?:nhung )?(?:gi|giay (?:to )?(?:gi|nao)|cai (?:gi|nao)|may (?:giay|cai))"
    r"(?: nua)?(?: khong)?",
    r"con (?:can |phai co |phai nop )?(?:nhung )?(?:gi|giay (?:to )?(?:gi|nao)) nua(?: khong)?",
    rf"(?:xem|mo|hien|ve|quay ve|quay lai|tro lai|tro ve|dua)(?: (?:lai|cho))*(?: cai)? {_PAPERS}"
    r"(?: (?:cua|can|phai) ?(?:toi|minh|em|nop|chuan bi)?)*",
    r"danh sach(?: giay to)?|giay to cua (?:toi|minh|em)",
)
_SLIP = _whole(
    r"(?:lay|in|xuat|tai|gui|tao|luu|xin|xem|mo)(?: (?:ra|lai|cho|toi|minh|em|ve))*"
    r"(?: (?:cai|to|tam|ban))?"
    r" (?:phieu|ma(?: phieu| qr)?|qr|pdf|giay huong dan|phieu huong dan)(?: huong dan)?",
    r"in(?: (?:ra|giay|danh sach))+|phieu(?: huong dan)?|ma phieu|(?:lam|dung) tiep o may khac",
)
_CHANGE = _whole(
    r"(?:doi|sua|thay doi|chinh|chinh sua|xem)(?: lai)?(?: (?:cac|may|cau))* tra loi",
    r"tra loi lai(?: cau(?: nao)?)?",
)
_FORGET = _whole(r"(?:dung|thoi|khoi|khong can|khong|huy|bo|tat)(?: dat)? (?:lich )?nhac")
_STOP = _whole(
    rf"(?:huy|bo|xoa|dung|ngung)(?: (?:bo|luon|het|viec|cai))*(?: {_PAPERS})?(?: nay)?",
    r"(?:thoi )?(?:khong|ko|k|hong) (?:lam|nop|can|chuan bi)(?: ho so)? nua",
    r"de (?:sau|luc khac|khi khac)",
)
_ALL = _whole(
    r"(?:(?:co|chuan bi|lam|xong|gom|lo|kiem) )*(?:du|het|day du|tat ca|san het)"
    rf"(?: (?:du|het|ca|xong|{_PAPERS}|cac|moi|thu))*",
    r"(?:chuan bi |lam )?xong(?: (?:het|ca|tat ca|roi))*",
)
_DONE = _whole(
    r"(?:(?:lam|buoc nay) )?(?:xong|duoc)(?: (?:buoc nay|roi))*",
    r"roi|ok|oke|okie|okay|hoan thanh|hoan tat",
    r"(?:sang |qua )?buoc (?:tiep theo|tiep|ke tiep|sau)",
    r"tiep(?: (?:tuc|theo))?|lam tiep|di tiep|ke tiep|next",
)
_STUCK = _whole(
    r"(?:bi |dang |van )*(?:vuong|ket|loi|vuong mac|gap loi|mac|bi)"
    r"(?: (?:roi|o day|cho nay|buoc nay))*",
    r"(?:khong|ko|k|hong|chua|chang) (?:lam |vao |nop |gui |thay |xem |bam )?(?:duoc|dc|hieu|biet)"
    r"(?: (?:lam sao|cach|buoc nay|lam|gi))*",
    r"(?:gap )?(?:van de|truc trac|kho khan|rac roi)|kho qua|giup(?: toi)?(?: voi)?",
)
_TROUBLED: Final = re.compile(
    r"\b(?:bi loi|bao loi|loi|vuong|bi ket|mac ket|truc tra[ct]|khong (?:\w+ )?duoc"
    r"|(?:ko|k|hong) (?:\w+ )?(?:duoc|dc)|khong (?:thay|nhan|hien|chay|mo|len))\b"
)
"""Somewhere in a longer message: something is wrong."""
_STEP_NUMBER: Final = re.compile(
    r"(?:(?:xem|cho|toi|quay|ve|lai|sang|qua|den|mo|minh|em) )*buoc (?:so |thu )?(?P<at>\d{1,2})"
    r"(?: (?:di|nhe|a|nha))*"
)

ON_FILING: Final = re.compile(
    r"(?:(?:cho|toi|minh|em|muon|xin) )*(?:lam tiep|tiep tuc|mo lai|quay lai|tiep)(?: (?:lam|voi))?"
    r" (?:ho so|viec nop|nop ho so|danh sach|chuan bi ho so)"
    r"(?: (?:cua toi|nay|do|di|nhe|a|hom truoc))*"
)
"""Goes on with a filing whatever was talked of since."""

BEGINS: Final = re.compile(
    r"(?:(?:cho|toi|minh|em|muon|xin|hay|giup|nho) )*"
    r"(?:huong dan(?: (?:toi|minh|em|cach|nop|ho so|tung buoc|nop ho so))*"
    r"|bat dau(?: (?:chuan bi|nop|ho so|lam))*|chuan bi ho so)(?: (?:di|nhe|a|voi|luon))*"
)
"""Begins the filing of the procedure that is talked of."""

_FIRST: Final = ((FilingAct.FILED, _FILED), (FilingAct.FORGET, _FORGET))
_ANYWHERE: Final = (
    (FilingAct.LIST, _LIST),
    (FilingAct.SLIP, _SLIP),
    (FilingAct.CHANGE, _CHANGE),
)
_AT_LIST: Final = ((FilingAct.ALL, _ALL), (FilingAct.STEPS, _STEPS))
_AT_STEPS: Final = ((FilingAct.DONE, _DONE), (FilingAct.STUCK, _STUCK))


def wish_anywhere(text: str) -> FilingAct | None:
    """Return what is wished of a filing in words that can be said of nothing else.

    >>> wish_anywhere("con thieu gi"), wish_anywhere("in ra giup toi"), wish_anywhere("hoc phi")
    (<FilingAct.LIST: 'list'>, <FilingAct.SLIP: 'slip'>, None)
    """
    return _first(text, _ANYWHERE)


def wish_at_list(text: str) -> FilingAct | None:
    """Return what is wished where the list is in sight.

    >>> wish_at_list("có hết rồi"), wish_at_list("đã nộp rồi"), wish_at_list("tiếp")
    (<FilingAct.ALL: 'all'>, <FilingAct.FILED: 'filed'>, <FilingAct.STEPS: 'steps'>)
    """
    return _wish(text, _AT_LIST)


def wish_at_step(text: str) -> FilingAct | None:
    """Return what is wished where a step is in sight.

    >>> wish_at_step("xong rồi"), wish_at_step("vướng"), wish_at_step("da nop xong")
    (<FilingAct.DONE: 'done'>, <FilingAct.STUCK: 'stuck'>, <FilingAct.FILED: 'filed'>)
    """
    return _wish(text, _AT_STEPS)


def _wish(text: str, here: tuple[tuple[FilingAct, re.Pattern[str]], ...]) -> FilingAct | None:
    if is_stop(text):
        return FilingAct.STOP
    found = _first(text, (*_FIRST, *here, *_ANYWHERE))
    return found or (FilingAct.STOP if _STOP.fullmatch(plain(text)) and _is_left(text) else None)


def _first(text: str, patterns: tuple[tuple[FilingAct, re.Pattern[str]], ...]) -> FilingAct | None:
    words = plain(text)
    return next((act for act, pattern in patterns if pattern.fullmatch(words)), None)


def _is_left(text: str) -> bool:
    """Tell whether words with accents say "bỏ" and "dừng" themselves, not "bố" and "đúng"."""
    words = frozenset(text.lower().split())
    return text.isascii() or words.isdisjoint({"bố", "bò", "đúng", "dùng", "đừng"})


def is_troubled(text: str) -> bool:
    """Tell whether a message says that something is wrong.

    >>> is_troubled("hệ thống báo lỗi 500"), is_troubled("phí bao nhiêu")
    (True, False)
    """
    return bool(_TROUBLED.search(plain(text)))


def step_said(text: str) -> int | None:
    """Return the number of the step that is wished for; None: none is.

    >>> step_said("quay lại bước 3"), step_said("bước tiếp theo")
    (3, None)
    """
    match = _STEP_NUMBER.fullmatch(plain(text))
    return int(match["at"]) if match else None
