"""First words that are about a dossier that was filed, and those that only look like it.

All patterns read folded text, so they hold with accents and without.
"""

import re
from typing import Final

from bot.deciding.dossier_matters import Matter
from knowledge.text import fold

_WORD: Final = re.compile(r"\w+")
# In a repeated group no word may stand twice: it would be tried in every way.
_DOSSIER: Final = r"(?:ho so|hs|giay hen|phieu hen|bien nhan)"
_ME: Final = r"(?:toi|minh|em|con|chau|tui|tao|to|anh|chi|co|chu|bac|ong|ba)"
_WHOSE: Final = (
    r"(?:(?:vo|chong|con|con trai|con gai|me|bo|ba|ma|cha|ong|anh|chi|em|chau|nha|gia dinh|co|chu"
    r"|bac|cau|di|nguoi nha|ong xa|ba xa|toi|minh|tui|be|gai|trai|noi|ngoai|xa) ?){1,3}"
)
_LEAD: Final = (
    r"(?:(?:da|a|oi|ad|alo|co ai khong|co ai ko|cho|hoi|xin|muon|giup|xem|voi|ban|bot"
    rf"|{_ME}) )*"
)
_SOFT: Final = (
    r"(?: (?:a|ad|ban|oi|nhe|nha|nhi|vay|the|ha|roi|voi|di|giup|gium|dum|luon|bot|z|day|hen|ta"
    rf"|{_ME})){{0,8}}"
)
_WHEN: Final = r"(?:bao gio|khi nao|chung nao|luc nao|hom nao|ngay nao|bao lau nua)"
_RESULT: Final = (
    r"(?:ket qua|giay|giay to|giay khai sinh|giay chung nhan|giay phep(?: lai xe| xay dung)?|so do"
    r"|so hong"
    r"|so ho khau|can cuoc|cccd|the|the can cuoc|ho chieu|bang lai|bang|bien so|giay ket hon"
    r"|giay dang ky(?: ket hon| kinh doanh| xe)?|giay phep kinh doanh|khai sinh)"
)
_FILES: Final = (
    r"(?:nop|gui|dang ky|khai|xin|xin cap|lam"
    r"(?! (?:nha|viec|mat|roi|hong|an|ruong|sao|gi|chung|o|cho|the)\b))"
)

_LATE: Final = re.compile(
    rf"\b{_FILES} (?:\w+ ){{0,9}}?(?:roi|tuan|thang|ngay|hom|bua|lau|nay)\b(?: \w+){{0,3}}?"
    r" (?:chua|van chua|chang|khong) (?:co|thay|nhan|duoc|xong|tra|lay|ra|nhan duoc|duoc nhan"
    r"|duoc tra|duoc cap|thay tra|thay goi|ai goi)(?! phai)\b"
    rf"(?: (?:{_RESULT}|gi|ca|tin|goi|ai|duoc|tra|ve|het|la sao|sao|hoi am)){{0,6}}{_SOFT}$"
)
"""Filed some time ago, and nothing came."""

_STANDS: Final = re.compile(
    rf"\b(?:{_FILES}) (?:\w+ ){{0,12}}?(?:gio |bay gio |den gio )?"
    rf"(?:ra sao|the nao|sao|den dau|toi dau) roi{_SOFT}$"
    rf"|^{_LEAD}(?:viec |vu )?{_FILES} (?:\w+ ){{1,6}}?(?:da )?(?:xong|co ket qua|duyet) chua"
    rf"{_SOFT}$"
    rf"|^{_LEAD}{_RESULT}(?: \w+){{0,3}} cua {_WHOSE}(?: ?(?:thi|nay|do))* ?{_WHEN}"
    rf"(?: moi| thi| se)* (?:co|xong|lay duoc|nhan duoc|ra|lay|nhan|duoc lay|duoc nhan|tra){_SOFT}$"
    rf"|\bho so (?:cua )?{_ME} dau(?: roi)?{_SOFT}$"
)
"""… and how it stands is asked."""

_OF_HERS: Final = re.compile(
    rf"^{_LEAD}(?:(?:tra|tra cuu|kiem tra|coi|check|tim) )*(?:{_ME} )*(?:giup |gium |dum |cho )*"
    rf"{_DOSSIER} (?:cua )?{_WHOSE}{_SOFT}$"
    rf"|^{_LEAD}(?:tra|tra cuu|kiem tra|check) (?:giup|gium|dum|cho|ho) {_WHOSE}{_SOFT}$"
)
"""Somebody's dossier, and nothing else."""

_FETCHES: Final = re.compile(
    rf"^{_LEAD}{_WHEN} (?:thi )?{_ME} (?:(?:moi|se|duoc|co the) )*(?:lay|nhan|cam)(?: duoc)?"
    rf"(?: ve)? {_RESULT}{_SOFT}$"
)
"""When somebody gets her own result: filed already, unless a procedure is being talked about."""

_TOLD_BY: Final = re.compile(
    rf"^(?:(?:hay|nho|muon|vui long|lam on|ban|da|khi nao co|co gi|co ket qua) )*(?:{_ME} )*"
    r"(?:bao|bao tin|nhan|nhan tin|thong bao|gui tin|gui thong bao)"
    rf"(?: (?:cho|giup|den|lai|ve|{_ME}))* (?:qua|bang|tren|vao|o)"
    rf" (?:(?:tin nhan|dien thoai|so|app|ung dung) )?"
    rf"(?:zalo|telegram|tin nhan|sms|dien thoai|sdt|facebook|messenger){_SOFT}(?: duoc khong)?$"
)
"""By which channel to be told."""


def asks_of_filed(text: str, *, in_topic: bool) -> Matter | None:
    """Return what is wanted of a dossier that was filed; None: nothing of that is said.

    Args:
        text: as typed.
        in_topic: a procedure is talked about, of which "bao giờ tôi lấy được sổ đỏ" may ask.

    >>> asks_of_filed("hồ sơ của vợ tôi", in_topic=False)
    <Matter.STATUS: 'status'>
    >>> asks_of_filed("bao giờ được cấp sổ đỏ", in_topic=False)
    """
    plain = _plain(text)
    if _TOLD_BY.search(plain):
        return Matter.FOLLOW
    if _LATE.search(plain):
        return Matter.LATE
    status = _STANDS.search(plain) or _OF_HERS.search(plain)
    return Matter.STATUS if status or (not in_topic and _FETCHES.search(plain)) else None


_OF_DOSSIERS: Final = re.compile(
    r"\b(?:ho so|hs|tien do|tinh trang|ket qua|giay hen|phieu hen|bien nhan|da nop|don)\b"
)
_OF_PAPERS: Final = re.compile(r"\bho so\b.*\bgom (?:co |nhung |cac )*(?:gi|giay|loai|may)\b")
"""What a dossier is made of, before it is filed."""
_LOOKS: Final = re.compile(
    rf"^{_LEAD}(?:cach )?(?P<verb>tra cuu|tra|kiem tra|(?:so )?theo doi|coi|check)\b"
    r"(?P<rest>(?: \w+)*)$"
)
_EMPTY_TEXT: Final = """
    toi minh em con chau tui to anh chi co chu bac ong ba me bo vo chong nha cha a ad ban oi nhe
    nha nhi vay the voi di giup gium dum ho cho luon lai nua roi khong ko k duoc dc phat cai nay
    do kia muon can xin hoi gi sao bot day ngay nhanh viec cua da nop dau nao truoc"""
_EMPTY: Final = frozenset(_EMPTY_TEXT.split())
"""Words that name nothing to look up."""
_SURE_VERBS: Final = frozenset({"tra cuu", "theo doi", "so theo doi"})
"""Behind others a name may stand: "tra giúp chị Lan"."""
_ASKS_STATE: Final = re.compile(
    r"\b(?:chua|den dau|toi dau|bao gio|khi nao|sao roi|the nao roi|xong|bao lau)\b"
)
_TELL_FIELD: Final = re.compile(
    rf"^{_LEAD}(?:bao|nhan|gui|noi|nhan tin|thong bao)(?: (?:cho|giup|biet|lai|{_ME}))+ (?:biet )?"
    r"(?:phi|le phi|dia chi|so dien thoai|sdt|gia|thu tuc|giay to|mau|duong dan|link|cach|gio|lich"
    r"|thoi gian|dia diem|hotline|thong tin|noi|cho nao|o dau|bao nhieu)\b"
)
_IF: Final = re.compile(r"\b(?:khi|luc|neu|ngay khi|co gi|xong|thay doi)\b")
_OF_CODES: Final = re.compile(
    r"\b(?:ma|ho so|hs|giay hen|bien nhan|phieu|bien lai|quen|mat|lac|nho|roi mat)\b"
)
_WITHDRAWS: Final = re.compile(rf"\brut (?:lai )?{_DOSSIER}(?P<rest>(?: \w+)*)$")
_FILED: Final = re.compile(r"\b(?:da|vua|moi|lo) nop\b|\bnop (?:roi|hom|tuan|thang|nham|lan)\b")
FORGOT_CODE: Final = "forgot_dossier_code"


def is_another_matter(text: str, intent: str) -> bool:
    """Tell whether what sounds like a look-up is about something else: land, taxes, an address.

    >>> is_another_matter("tra cứu đất đai", "check_dossier")
    True
    >>> is_another_matter("tra cứu giúp tôi", "check_dossier")
    False
    """
    plain = _plain(text)
    if intent == FORGOT_CODE and not _OF_CODES.search(plain):
        return True
    if (withdrawn := _WITHDRAWS.search(plain)) and not _FILED.search(plain):
        return _names_something(withdrawn["rest"])
    if _OF_DOSSIERS.search(plain):
        return bool(_OF_PAPERS.search(plain))
    return _asks_to_be_told(plain) or _looks_something_up(plain)


def _asks_to_be_told(plain: str) -> bool:
    return bool(_TELL_FIELD.search(plain)) and not _IF.search(plain)


def _looks_something_up(plain: str) -> bool:
    looks = _LOOKS.search(plain)
    if looks is None or _ASKS_STATE.search(plain):
        return False
    return _names_something(looks["rest"], 1 if looks["verb"] in _SURE_VERBS else 2)


def _names_something(words: str, fewest: int = 2) -> bool:
    """Tell whether there are so many words that name something."""
    return sum(word not in _EMPTY for word in words.split()) >= fewest


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
