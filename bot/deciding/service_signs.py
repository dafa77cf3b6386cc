"""Words of those who ask which services are filed online, and of those who ask something near.

A question about one procedure ("khai sinh nộp online được không") is none of them. So beside the
words that ask for a list, and those of fields and levels, a message may say hardly anything.
All patterns read folded text (lower case, no accents), so they hold for both ways of typing.
"""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.online_services import Stated
from knowledge.procedure import Level
from knowledge.text import fold, syllables

_THING: Final = r"(?:thu tuc|tthc|dich vu(?: cong)?|dvc|viec|giay to|giay|ho so|loai|cai|muc)"
_WHICH: Final = re.compile(
    rf"\b{_THING} (?:\w+ ){{0,6}}(?:nao|gi|chi|sao)\b"
    rf"|\b(?:nhung|cac|may|bao nhieu|danh sach|danh muc|liet ke|toan bo|tat ca|so luong|ke)\b"
    rf"(?: \w+){{0,2}} {_THING}\b"
    r"|\b(?:danh sach|danh muc|liet ke)\b"
    rf"|\b(?:nao|gi|chi)\b.*\b(?:thu tuc|dich vu)\b|\b{_THING} (?:\w+ ){{0,3}}bao nhieu\b"
)
"""Folded words of those who want several to be named, or counted."""

_ONLINE: Final = re.compile(
    r"\b(?:online|onl|truc tuyen|toan trinh|vneid|internet|tu xa|tren app)\b"
    r"|\b(?:qua|tren|bang|len) (?:mang|cong|dien thoai|app|vneid)\b|\bnop mang\b|\bmang duoc\b"
    r"|\b(?:o|tai) nha\b|\bmuc(?: do)? (?:3|4|ba|bon)\b|\bcap do (?:3|4)\b"
    r"|\b(?:khong (?:can|phai)|khoi|ko can|khoi phai) (?:\w+ )?(?:ra|len|toi|den|di)\b"
)
"""Folded words for filing online."""

_ELSE: Final = re.compile(
    r"\bla gi\b|\bnghia la\b|\bkhac (?:nhau|gi|voi)\b|\blam sao\b|\bthe nao\b|\bcach nao\b"
    r"|\b(?:tai|vi) sao\b|^sao\b|\bsao (?:toi|lai|khong)\b|\bkhi nao\b|\bbao lau\b|\bmien phi\b"
    r"|\ble phi\b|\bbao nhieu tien\b|\bcan (?:nop |nhung |cac |co |chuan bi |mang |nhap )*"
    r"(?:giay|ho so|gi|thong tin)\b|\bgom (?:nhung )?giay\b|\bloi\b|\bbi tu choi\b"
    r"|\bkhong (?:\w+ ){0,2}(?:nop|lam|thay|dang nhap|dc|duoc)\b|\bbat buoc\b|\bphai (?:ra|len|den)"
    r" (?:truc tiep|tan noi)\b|\bho so (?:cua|nay)\b|\bgiay hen\b|\bda nop\b|\bnop roi\b"
    r"|\bthanh toan\b|\bo dau (?:ra|co)?\b|\bco phai\b|\bfile\b|\bchup\b|\bscan\b"
)
"""Folded words of other questions, which share many with these."""

_NOT_NEEDED_TO_GO: Final = re.compile(
    r"\b(?:khong|ko) (?:can|phai) (?:\w+ )?(?:ra|len|toi|den|di)\b|\bkhoi (?:phai )?\w+\b"
)
"""A negation that says that it is done online."""

_PAPERS: Final = re.compile(r"\b(?:loai )?(?:giay(?: to)?|ho so)\b")
"""Beside a field these are what a dossier needs: "đất đai nộp online những giấy tờ nào"."""

_FULL: Final = re.compile(r"\btoan trinh\b|\btron (?:goi|ven)\b|\bhoan toan\b|\b4\b|\bbon\b|\biv\b")
_PARTIAL: Final = re.compile(r"\bmot phan\b|\b(?:muc(?: do)?|cap do) (?:3|ba)\b")

_LEVELS: Final = {
    Level.COMMUNE: r"\bcap (?:xa|phuong)\b|\b(?:o|cua|tai|ubnd|uy ban) (?:xa|phuong)\b"
    r"|\b(?:xa|phuong) (?:minh|toi|em|lam|nhan)\b",
    Level.PROVINCE: r"\bcap (?:tinh|thanh pho|so)\b|\b(?:o|cua|tai|ubnd) (?:tinh|so)\b"
    r"|\btinh (?:minh|toi)\b",
    Level.MINISTRY: r"\bcap (?:bo|trung uong)\b|\btrung uong\b|\b(?:o|cua) (?:cac )?bo\b",
}
_LEVEL_SAID: Final = {level: re.compile(pattern) for level, pattern in _LEVELS.items()}

_OF_A_FIELD: Final = re.compile(
    r"\b(?:linh vuc|nganh|nhom|ben|ve"
    r"|(?<!\btren )(?<!\bqua )(?<!\blen )(?<!\bbang )(?<!\bnop )mang)\b"
    r"((?: \w+){1,5})"
)
"""What stands behind these is a field, known or not."""

_FILLERS: Final = frozenset(
    syllables(
        "3 4 a ad anh app ba bac ban bang bao ben biet bo bon cac cai can cap chi chinh cho"
        " chua chung co con cong cua da dan dang danh dau dc de den di dich dien do doan doi"
        " dong du dum duoc dvc dvctt em full gi gia giai giay gio gium giup goi gom ha hanh"
        " hay het hien ho hoan hoi internet iv ke kha khai khoi khong ko la lam lay len liet"
        " linh loai luon luong ma mang may minh moi mot muc muon nang nao nay nganh ngoi nguoi"
        " nha nhan nhe nhi nhieu nhom nhu nhung nop nua o oi onl online phai phan phu phuong"
        " qua quoc quyet ra roi sach sao so su ta tai tat tay tham thay the thi thoai thu thuc"
        " thuoc tien tiep tinh to toan toi tong trang tren trinh tro tron trong truc trung"
        " truoc tthc tu tuc tui tuong tuyen ubnd uong uy va vay ve ven viec vien vneid vu vuc"
        " xa xem xin y rua ri hi he hen hau nghen nghe han mo te ne hok hong dzay vay ta roi"
    )
)
"""Folded syllables that may stand beside such a question and name no procedure."""

MOST_BESIDE: Final = 1
"""Syllables that may stand beside the question and say nothing that is known."""


@dataclass(frozen=True, slots=True)
class ListAsked:
    """A message that asks which services are filed online."""

    rest: tuple[str, ...]
    """Folded syllables that belong neither to the question nor to the field."""
    unknown_field: str = ""
    """The words behind "lĩnh vực" and the like, where they name no field that is known."""


def may_ask_for_list(text: str) -> bool:
    """Tell whether `text` has the words of such a question, without looking at what else it says.

    >>> may_ask_for_list("hộ tịch cái nào làm qua mạng"), may_ask_for_list("khai sinh ở đâu")
    (True, False)
    """
    words = " ".join(syllables(fold(text)))
    if not (_WHICH.search(words) and _ONLINE.search(words)):
        return False
    return not _ELSE.search(_NOT_NEEDED_TO_GO.sub(" ", words))


def asks_for_list(text: str, field_words: str) -> ListAsked | None:
    """Tell whether `text` asks for services that are filed online; None: it does not.

    Args:
        text: as typed.
        field_words: the folded words in it that name a field that is known; empty: none does.

    >>> asks_for_list("thủ tục nào nộp online được", "")
    ListAsked(rest=(), unknown_field='')
    >>> asks_for_list("khai sinh nộp online cần giấy tờ gì", "") is None
    True
    """
    if not may_ask_for_list(text):
        return None
    words = " ".join(syllables(fold(text)))
    if field_words and not _WHICH.search(_PAPERS.sub(" ", words)):
        return None
    without_field = re.sub(rf"\b{re.escape(field_words)}\b", " ", words) if field_words else words
    rest = _beside(without_field)
    if not field_words and rest and (named := _OF_A_FIELD.search(without_field)):
        inside = _beside(named[1])
        if inside == rest:
            return ListAsked((), " ".join(inside))
    most = 0 if field_words else MOST_BESIDE
    return ListAsked(rest) if len(rest) <= most else None


def may_ask_of_a_field(text: str) -> bool:
    """Tell whether `text` asks if something is filed online, and nothing else.

    >>> may_ask_of_a_field("hộ tịch nộp online được không"), may_ask_of_a_field("hộ tịch là gì")
    (True, False)
    """
    words = " ".join(syllables(fold(text)))
    return bool(_ONLINE.search(words)) and not _ELSE.search(_NOT_NEEDED_TO_GO.sub(" ", words))


def asks_of_a_field(text: str, field_words: str) -> bool:
    """Tell whether nothing but a field is named of which it is asked whether it is filed online.

    >>> asks_of_a_field("đất đai có nộp online được không", "dat dai")
    True
    >>> asks_of_a_field("đất đai nộp online ban đêm được không", "dat dai")
    False
    """
    if not field_words or not may_ask_of_a_field(text):
        return False
    words = " ".join(syllables(fold(text)))
    return not _beside(re.sub(rf"\b{re.escape(field_words)}\b", " ", words))


def level_said(text: str) -> Level | None:
    """Return the level of government that a message names.

    >>> level_said("cấp xã có những thủ tục nào"), level_said("việc nào khỏi lên xã")
    (<Level.COMMUNE: 'commune'>, None)
    """
    words = fold(text)
    return next((level for level, said in _LEVEL_SAID.items() if said.search(words)), None)


def stated_said(text: str) -> Stated | None:
    """Return the level of filing online that a message asks for.

    >>> stated_said("dịch vụ mức độ 4"), stated_said("nộp qua mạng")
    (<Stated.FULL: 'full'>, None)
    """
    words = fold(text)
    partial, full = bool(_PARTIAL.search(words)), bool(_FULL.search(words))
    if partial == full:  # none, or both
        return None
    return Stated.FULL if full else Stated.PARTIAL


def _beside(words: str) -> tuple[str, ...]:
    return tuple(one for one in words.split() if one not in _FILLERS)
