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
    rf"nop(?: {_PAPERS})?(?: (?:tung buoc|theo buoc|ngay|luon|thoi))?",
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
    r"(?:gui|chuyen|mo|xem|lam|dung)(?: (?:tiep|no|phieu|ma|danh sach|cai nay|qua|sang|vao|ve|o"
    r"|tren|bang|cho|toi|minh|em|con|nguoi nha|ra))*"
    r" (?:zalo|telegram|may khac|dien thoai(?: khac)?)",
)
_CHANGE = _whole(
    r"(?:doi|sua|thay doi|chinh|chinh sua|xem)(?: lai)?(?: (?:cac|may|cau))* tra loi",
    r"tra loi lai(?: cau(?: nao)?)?",
)
_FORGET = _whole(
    r"(?:(?:dung|thoi|khoi|khong|ko|k|hong|hok|khoi can|can|huy|bo|tat|ngung|phai|co|dat|muon) )+"
    r"(?:(?:lich|hen|loi) )?nhac(?: (?:nho|nua|lai|hen))*"
)
_STOP = _whole(
    rf"(?:huy|bo|xoa|dung|ngung)(?: (?:bo|luon|het|viec|cai))*(?: {_PAPERS})?(?: nay)?",
    r"(?:thoi )?(?:khong|ko|k|hong) (?:lam|nop|can|chuan bi)(?: ho so)? nua",
)
_LATER = _whole(
    r"(?:thoi )?(?:de|lam|tinh|khi khac|luc khac|hom khac|mai)(?: (?:lam|nop|tinh|tra loi))*"
    r" (?:sau|luc khac|khi khac|hom khac)(?: (?:lam|nop|tinh|tra loi|tiep))*",
    r"(?:(?:hom nay|gio|dang) )*(?:ban|met)(?: (?:lam|qua))*(?: (?:roi|de))*"
    r" (?:mai|hom khac|khi khac)"
    r"(?: (?:lam|nop|tinh))*",
    r"(?:(?:toi|minh|em) )*(?:mai|hom khac|luc khac|khi khac|toi nay|cuoi tuan)"
    r"(?: (?:toi|minh|em|se|moi))* (?:lam|nop|tinh)(?: tiep)?",
    r"(?:tam )?dung (?:o day|tai day|mot chut|chut)|nghi (?:mot )?chut|ban roi|dang ban",
)
_CODE = _whole(
    r"(?:cho|lay|xin|dua|gui)?(?: (?:toi|minh|em))?(?: ?cai)? ?ma(?: (?:cua|phieu|toi|minh|em|do))*"
    r"(?: (?:dau|o dau|la gi|nao|may|so may|bao nhieu))?"
)
"""The code: of the slip, where there is one or the list is in sight."""
_ALL = _whole(
    r"(?:(?:co|chuan bi|lam|xong|gom|lo|kiem) )*(?:du|het|day du|tat ca|san het)"
    rf"(?: (?:du|het|ca|xong|{_PAPERS}|cac|moi|thu))*",
    r"chuan bi xong(?: (?:het|ca|tat ca|roi))*|(?:lam )?xong(?: roi)? (?:het|ca|tat ca)(?: roi)?",
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
    r" (?:ho so|viec|viec nop|nop ho so|danh sach|chuan bi ho so)"
    r"(?: (?:cua toi|nay|do|di|nhe|a|hom truoc|hom qua|hom no|dang lam|do dang))*"
)
"""Goes on with a filing whatever was talked of since."""

BEGINS: Final = re.compile(
    r"(?:(?:cho|toi|minh|em|muon|xin|hay|giup|nho) )*"
    r"(?:huong dan(?: (?:toi|minh|em|cach|nop|ho so|tung buoc|nop ho so))*"
    r"|(?:hd|chi|day)(?: (?:toi|minh|em|cach|lam))* nop|nop (?:giup|gium|ho)(?: (?:toi|minh|em))*"
    r"|bat dau(?: (?:chuan bi|nop|ho so|lam))*|chuan bi ho so)(?: (?:di|nhe|a|voi|luon))*"
)
"""Begins the filing of the procedure that is talked of."""

_READY = _whole(r"(?:(?:lam|buoc nay|doc|xem) )?xong(?: (?:buoc nay|roi))*")
"""Said at the list it is not clear of what: nothing is ticked by it."""
_AGAIN = re.compile(
    r"(?:(?:toi|minh|em|cho|muon) )*nop(?: (?:ho so|giay to))? (?:tung buoc|theo buoc)"
    r"(?: (?:di|nhe|a|luon))*"
    r"|(?:xem |sang |qua )?buoc (?:tiep theo|ke tiep)|bat dau nop"
)
"""Goes to the steps whatever was talked of since."""
_HERE = re.compile(rf"{_AGAIN.pattern}|nop(?: ho so| luon| thoi| di)?")

_FIRST: Final = ((FilingAct.FILED, _FILED), (FilingAct.FORGET, _FORGET), (FilingAct.LATER, _LATER))
_ANYWHERE: Final = (
    (FilingAct.LIST, _LIST),
    (FilingAct.SLIP, _SLIP),
    (FilingAct.CHANGE, _CHANGE),
)
_AT_LIST: Final = ((FilingAct.ALL, _ALL), (FilingAct.STEPS, _STEPS))
_AT_STEPS: Final = ((FilingAct.DONE, _DONE), (FilingAct.STUCK, _STUCK), (FilingAct.STEPS, _HERE))


def wish_afar(text: str, *, same: bool) -> FilingAct | None:
    """Return what is wished of a filing that waits, in words that are said of hardly anything else.

    Args:
        text: as typed.
        same: its procedure is still what is talked of.

    >>> wish_afar("nộp từng bước", same=False), wish_afar("xong", same=True)
    (<FilingAct.STEPS: 'steps'>, <FilingAct.GO: 'go'>)
    >>> wish_afar("đã nộp rồi", same=True), wish_afar("đã nộp rồi", same=False)
    (<FilingAct.FILED: 'filed'>, None)
    """
    words = plain(text)
    if _AGAIN.fullmatch(words):
        return FilingAct.STEPS
    if (act := wish_anywhere(text)) is not None:
        return act
    if _FORGET.fullmatch(words):
        return FilingAct.FORGET
    if same and (act := _first(text, _FIRST)) is not None:
        return act
    goes = _READY.fullmatch(words) or _ALL.fullmatch(words) or _STUCK.fullmatch(words)
    return FilingAct.GO if goes and same else None


def asks_for_code(text: str) -> bool:
    """Tell whether "the code" is asked for, of whatever was given one.

    >>> asks_for_code("cho tôi cái mã"), asks_for_code("mã hồ sơ đâu")
    (True, False)
    """
    return bool(_CODE.fullmatch(plain(text)))


def is_ready(text: str) -> bool:
    """Tell whether something is done, not said what: "xong rồi"."""
    return bool(_READY.fullmatch(plain(text)))


def wish_before_list(text: str) -> FilingAct | None:
    """Return what of a filing is wished while its questions are asked.

    >>> wish_before_list("để sau"), wish_before_list("danh sách"), wish_before_list("đã nộp rồi")
    (<FilingAct.LATER: 'later'>, <FilingAct.LIST: 'list'>, <FilingAct.FILED: 'filed'>)
    """
    if _STUCK.fullmatch(plain(text)):  # of the question
        return None
    first = _first(text, ((FilingAct.FILED, _FILED), (FilingAct.LATER, _LATER)))
    act = first or wish_afar(text, same=True) or _first(text, ((FilingAct.STEPS, _STEPS),))
    return FilingAct.SLIP if act is None and asks_for_code(text) else act


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
