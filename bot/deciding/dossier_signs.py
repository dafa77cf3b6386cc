"""What is wanted of a dossier: by the words that say so, else by the intent.

All patterns read folded text, so they hold with accents and without.
"""

import re
from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from bot.deciding.decisions import Missing
from bot.deciding.dossier_matters import Matter
from knowledge.text import fold

_WORD: Final = re.compile(r"\w+")
_DOSSIER: Final = r"(?:ho so|hs|ma ho so|mhs|giay hen|phieu hen|bien nhan)"
# In a repeated group no word may stand twice: it would be tried in every way.
_ME: Final = r"(?:toi|minh|em|con|chau|tui|to|anh|chi|cho|dum|giup|gium|lai|ngay|biet|voi)"
_SOFT: Final = rf"(?: (?:nua|di|nhe|nha|a|ad|ban|oi|dau|luon|{_ME}))*"
_TOLD: Final = (
    r"(?:bao tin|bao|thong bao|nhan thong bao|theo doi|nhac|nhan tin|gui tin|nhan tin nhan)"
)
"""What a follower is: "nhan" is nhắn as well as nhận."""


class Wish(Enum):
    """What is wanted besides knowing something of a dossier."""

    STOP = auto()
    """To be told no more."""
    FORGET = auto()
    """That it is remembered no longer."""
    REMEMBER = auto()
    OTHER = auto()
    """To look up another one."""
    LOST = auto()
    """To be told what to do without the code."""


_WISHES: Final[Mapping[Wish, re.Pattern[str]]] = {
    wish: re.compile(pattern)
    for wish, pattern in {
        Wish.STOP: rf"^(?:{_ME} |ban |hay |xin |nho |muon |da )*(?:"
        rf"(?:dung|thoi|ngung|ngung viec|khoi|huy|huy bo|tat|bo|thoi khoi|thoi dung) (?:{_ME} |can"
        rf" |muon |gui |nhan )*{_TOLD}(?: (?:{_ME} |ve |cac |nhung )*{_DOSSIER}(?: (?:nay|do))?)?"
        rf"{_SOFT}"
        rf"|(?:khong|ko|k) (?:{_ME} |can |muon |phai )*{_TOLD}(?: {_ME})* (?:nua|dau){_SOFT})$",
        Wish.LOST: rf"\b(?:quen|mat|khong (?:nho|biet|con|co|thay|giu)|ko (?:nho|biet|con|co|thay)"
        rf"|lac|lam roi)(?: {_ME}| mat| roi| het| cai)* (?:ma ho so|ma hs|ma so ho so|ma nao"
        r"|ma bien nhan)\b",
        Wish.FORGET: rf"^(?:{_ME} |ban |hay |muon )*(?:(?:quen|dung nho|dung luu|thoi nho|bo nho)"
        rf" (?:cac |nhung |het |tat ca )*{_DOSSIER}(?: (?:nay|do|tren|kia))?{_SOFT}"
        rf"|xoa (?:cac |nhung |het |tat ca )*{_DOSSIER} (?:nay )?(?:da luu|da nho|khoi bo nho)"
        rf"{_SOFT})$",
        Wish.REMEMBER: rf"^(?:{_ME} |ban |hay |nho |muon )*(?:nho|luu|ghi nho)"
        rf"(?: {_ME})* (?:ma )?{_DOSSIER}(?: (?:nay|do|tren|di|nhe|nha|a|{_ME}))*$",
        Wish.OTHER: rf"^(?:{_ME} |muon |tra |tra cuu |xem |kiem tra |hoi |sang |mot |cai )*"
        rf"(?:{_DOSSIER}|ma) khac{_SOFT}$",
    }.items()
}

_NO_MORE: Final = re.compile(
    r"\b(?:tat|ngung|huy|bo theo doi|thoi theo doi)\b|\bkhoi (?:bao|nhan|gui|nhac)\b"
    r"|\bdung (?:bao|nhan|gui|nhac|thong bao|theo doi)\b|\b(?:khong|ko|k) (?:\w+ ){0,4}nua\b"
)
"""Where messages about a dossier are spoken of, these words end them."""

_LOST_WHEN_ASKED: Final = re.compile(
    r"(?:(?:da|a|u|toi|minh|em|chau|con|thi|bi|lai|nhung|lam|danh) )*"
    r"(?:quen|mat|khong (?:nho|biet|con|co|thay)|ko (?:nho|biet|con|co|thay)|lac mat|k nho|k co)"
    r"(?: (?:ma|roi|mat|no|giay|do|ca|het|a|nua|ban|oi|so|hen|phieu|cai|gi|o dau|lam sao|dau))*"
)
"""What says so only where the code was just asked for: "quên rồi", "không có mã"."""

_MATTERS: Final[Mapping[Matter, re.Pattern[str]]] = {
    matter: re.compile(pattern)
    for matter, pattern in {
        Matter.FOLLOW: r"\b(?:bao|nhac|nhan|nhan tin|thong bao|bao tin|goi)"
        rf"(?: (?:tin|thong bao|luon|nha|nhe|{_ME}))* (?:khi|luc|neu|ngay khi|ve)\b"
        r"|\b(?:co|nao|khi nao|neu|he|ma) (?:\w+ ){1,6}(?:thi |la )?"
        r"(?:bao|nhac|nhan tin|nhan|thong bao)"
        r" (?:tin |lai |cho |giup |voi )*(?:toi|minh|em|con|chau|tui)\b"
        rf"|\btheo doi (?:{_ME} |tien do |tinh trang )*(?:{_DOSSIER}|nay|no)\b|^theo doi\b"
        r"|\b(?:nhan|dang ky|bat) (?:nhan )?(?:thong bao|bao tin|tin bao)\b"
        r"|\bbao (?:tin |cho |lai )*(?:toi|minh|em|con|chau|tui)"
        r"(?: (?:biet|voi|nhe|nha|a|di)\b|$)|^(?:nhac|nhan|nhan tin|bao) (?:cho )?(?:toi|minh|em)$",
        Matter.HISTORY: r"\blich su\b|\bqua (?:nhung |may |cac )?(?:buoc|khau|cho|phong|noi) nao"
        r"|\b(?:nhung|cac) buoc (?:da )?(?:qua|xu ly|lam)|\bda (?:lam|xu ly|qua) (?:nhung )?(?:gi"
        r"|buoc nao|den buoc)|\bqua trinh (?:xu ly|giai quyet)|\btien trinh\b|\bdien bien\b",
        Matter.SUPPLEMENT: r"\bbo sung\b|\bcon thieu\b|\bthieu (?:gi|giay|cai|nhung)|\bnop them\b"
        r"|\bphai them\b|\bcan them\b",
        Matter.WITHDRAW: rf"\brut (?:lai )?(?:{_ME} )*{_DOSSIER}|^rut (?:lai|ho so|ve|duoc)\b"
        r"|\bmuon rut\b|\bxin rut\b",
        Matter.LATE: r"\b(?:sao|the nao ma|vi sao|tai sao|gi ma) (?:\w+ ){0,4}(?:lau|cham|chua|tre"
        r"|mai)\b|\blau (?:the|vay|qua|lam|roi)\b|\btre (?:hen|han|roi|qua|the|thi|vay|may)\b"
        r"|\bcham (?:tre|qua|the|vay|roi|tra|may)\b|\bqua (?:han|hen)\b"
        r"|\bmai (?:khong|chua|ma chua)"
        r"|\b(?:xin loi|khieu nai|phan anh) (?:ve |o |vi |the |lam |cho |voi )*",
        Matter.STATUS: r"\b(?:khi nao|bao gio|chung nao|luc nao|hom nao|ngay nao|may gio)"
        r" (?:\w+ ){0,4}(?:co|xong|tra|lay|nhan|duoc|toi|den|ra)\b"
        r"|\b(?:xong|duyet|ra|co ket qua|co|tra|giai quyet|ky|nhan duoc) (?:chua|roi chua)\b"
        r"|\b(?:den|toi) dau\b|\btinh (?:hinh|trang)\b|\bthe nao roi\b|\bsao roi\b|\bgio sao\b"
        r"|\bbao lau nua\b|\bcon (?:may|bao nhieu) (?:ngay|hom)\b|\bdang o (?:dau|khau)\b"
        r"|\b(?:nhan|lay) ket qua\b|\b(?:dong|nop) (?:tien|phi|le phi) o dau\b|\bdang lam gi\b"
        r"|\bai (?:dang )?(?:xu ly|giu|lam)\b|\bhen (?:ngay nao|khi nao|tra)\b",
    }.items()
}
"""In the order in which they are looked for: "sao chưa báo tôi" is late, but wants nothing told."""

_MINE: Final = re.compile(
    rf"(?<!cach )(?<!de )\b(?:tra cuu|tra|kiem tra|xem|coi|check|hoi|do|theo doi)"
    rf"(?: (?:{_ME}|tinh trang|tien do|ve))*(?: (?:cai|bo|tinh trang|tien do))* {_DOSSIER}"
    r"(?: (?:cua|nay|do|da nop|toi|minh|em|con|chau|me|bo|vo|chong|giup|voi|nhe|nha|a|di|duoc khong"
    r"|phat|cai|gium|cho|hom truoc|khong|ban|oi|ad|o day))*$"
    rf"|\b{_DOSSIER} (?:cua )?(?:toi|minh|em|chau|con|me|bo|vo|chong|nha toi|nop)"
    r"(?: \w+){0,6} (?:den|toi) dau(?: roi)?\b"
)
"""Somebody wants her own dossier looked up, and not to know how that is done."""

_OWN: Final = re.compile(rf"\b{_DOSSIER} cua (?:toi|minh|em|chau|con|me|bo|vo|chong)\b")
_IN_GENERAL: Final = re.compile(r"\bthi\b|\blam sao\b|\bo dau\b|\bcach\b")

_TELL: Final = r"(?:bao|nhac|nhan|nhan tin|thong bao|bao tin)"
_NEWS: Final = r"(?:ket qua|xong|tin moi|thay doi|gi moi|cap nhat|duyet|tra ket qua)"
_TELL_ME: Final = re.compile(
    rf"\b{_TELL}(?: (?:tin|{_ME}))* (?:khi|luc|neu|ngay khi)(?: \w+){{0,3}} {_NEWS}\b"
    rf"|\b(?:co|khi|bao gio|chung nao) (?:\w+ ){{0,3}}{_NEWS} (?:thi |la |nho )*{_TELL}"
    r" (?:tin |lai |cho |giup )*(?:toi|minh|em|con|chau|tui)\b"
)
"""Somebody wants to be told: "báo tôi khi có kết quả", "có kết quả thì nhắn mình"."""

SUBSCRIBE: Final = "subscribe_dossier"
OF_INTENT: Final[Mapping[str, Matter]] = {
    "check_dossier": Matter.STATUS,
    SUBSCRIBE: Matter.FOLLOW,
    "dossier_late": Matter.LATE,
    "supplement_dossier": Matter.SUPPLEMENT,
    "withdraw_dossier": Matter.WITHDRAW,
}
OF_MISSING: Final[Mapping[Missing, Matter]] = {
    Missing.DOSSIER_STATUS: Matter.STATUS,
    Missing.DOSSIER_SUBSCRIPTION: Matter.FOLLOW,
    Missing.DOSSIER_LATE: Matter.LATE,
    Missing.DOSSIER_SUPPLEMENT: Matter.SUPPLEMENT,
    Missing.DOSSIER_WITHDRAWAL: Matter.WITHDRAW,
}
"""What is meant where a text says that nothing can be looked up."""

MOST_WORDS: Final = 12
"""A longer message says more than a few words about the dossier that was just told."""


def matter_by_signs(text: str) -> Matter | None:
    """Return what the words want of a dossier that is talked of; None: they do not say.

    >>> matter_by_signs("khi nào có"), matter_by_signs("sao lau the"), matter_by_signs("học phí")
    (<Matter.STATUS: 'status'>, <Matter.LATE: 'late'>, None)
    """
    plain = _plain(text)
    return next((one for one, pattern in _MATTERS.items() if pattern.search(plain)), None)


def matter_said(text: str, intent: str) -> Matter | None:
    """Return what a message wants of a dossier; None: neither its words nor its intent say more.

    "Khi nào xong thì gọi tôi" asks when, and wants to be told: the intent tells them apart.
    """
    signs, meant = matter_by_signs(text), OF_INTENT.get(intent, Matter.STATUS)
    return meant if signs in {None, Matter.STATUS} and meant is not Matter.STATUS else signs


def wish_of(text: str, intent: str = "") -> Wish | None:
    """Return what is wanted besides knowing something of a dossier; None: nothing.

    Whoever speaks of messages about dossiers (`intent`) may say in more ways that none are wanted.

    >>> wish_of("dung bao tin nua"), wish_of("quên mã hồ sơ rồi"), wish_of("lệ phí khai sinh")
    (<Wish.STOP: 1>, <Wish.LOST: 5>, None)
    """
    plain = _plain(text)
    if intent == SUBSCRIBE and _NO_MORE.search(plain):
        return Wish.STOP
    return next((one for one, pattern in _WISHES.items() if pattern.search(plain)), None)


def has_lost_it(text: str) -> bool:
    """Tell whether the answer to the question for a code is that there is none at hand."""
    return bool(_LOST_WHEN_ASKED.fullmatch(_plain(text)))


def wants_look_up(text: str) -> bool:
    """Tell whether somebody wants a dossier looked up, whatever general question is near to it.

    >>> wants_look_up("tra cứu hồ sơ giúp tôi"), wants_look_up("tra cứu hồ sơ ở đâu")
    (True, False)
    """
    plain = _plain(text)
    own = _OWN.search(plain) and not _IN_GENERAL.search(plain)
    told = _TELL_ME.search(plain) and few_words(text)
    return bool(_MINE.search(plain) or told or (own and matter_by_signs(text)))


def few_words(text: str) -> bool:
    """Tell whether a message is short enough to be about what was told a moment ago."""
    return len(_WORD.findall(text)) <= MOST_WORDS


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
