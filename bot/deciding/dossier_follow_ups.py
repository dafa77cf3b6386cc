"""What people ask once they have read how their dossier stands, in few words.

The whole message must be such a question: what names a procedure, or says more, is none. All
patterns read folded text, so they hold with accents and without.
"""

import re
from collections.abc import Mapping
from typing import Final

from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_signs import Wish
from knowledge.text import fold

MOST_CHARACTERS: Final = 80

_WORD: Final = re.compile(r"\w+")
# In a repeated group no word may stand twice: it would be tried in every way.
_BEFORE: Final = (
    r"(?:(?:da|a|u|oi|the|vay|ma|gio|bay gio|hien gio|thi|cho|toi|minh|em|chau|con|hoi|ban|ad|anh"
    r"|chi|neu|nhung|co|vang|ok|vi|ha|xin|biet|tui|bac|hay|muon|voi) )*"
)
_AFTER: Final = (
    r"(?: (?:vay|the|a|ha|nhi|nhe|nha|ban|oi|ad|em|anh|chi|chau|con|khong|ko|k|roi|day|nay|do|toi"
    r"|minh|gi|hay sao|ta|bay gio|gio|tiep|nua|bac|chu|dau|duoc|cho|luon|ma|voi|tui|la|sao))*"
)
_DOSSIER: Final = r"(?:ho so|hs)(?: (?:nay|do|cua|toi|minh|em|chau|bo sung))*"
_RESULT: Final = r"(?: (?:ket qua|kq|giay to|giay|the|so|no|ve|ho so))*"
_WHERE: Final = (
    r"(?:o (?:dau|cho nao)|cho nao|dau|nhu the nao|the nao|bang cach nao|cach nao|kieu gi|vao dau"
    r"|qua dau|cho ai|lam sao|ra sao|tai dau)"
)
_WHEN: Final = r"(?:khi nao|bao gio|chung nao|luc nao|hom nao|ngay nao|bua nao|may gio)"
_PAPERS: Final = r"(?: (?:nhung|giay to|giay|cai|cac))*"
_PAPERS_BEFORE: Final = r"(?:(?:nhung|giay to|giay|cai|cac) )*"
_MONEY: Final = r"(?: (?:tien|phi|le phi|khoan nay|khoan do|khoan))"
_RELATIVE: Final = (
    r"(?:nguoi (?:khac|nha|than)|ban be|vo|chong|con trai|con gai|con|me|bo|ba|ong|chau|anh|chi|em"
    r"|ai)(?: (?:toi|minh|em|chau))?"
)

_PATTERNS: Final[Mapping[Matter, tuple[str, ...]]] = {
    Matter.SUPPLEMENTED: (
        r"(?:(?:da|moi|vua) )*bo sung(?: (?:giay to|giay|ho so|du|day du|het|xong))* (?:roi"
        r"|xong|ma)",
        r"(?:(?:da|moi|vua) )+(?:bo sung|nop them|nop bo sung)(?: (?:giay to|giay|ho so|du|het))*",
    ),
    Matter.SUPPLEMENT_UNTIL: (
        rf"{_WHEN}(?: (?:thi|la|moi))* (?:het han|het han bo sung|phai bo sung|bo sung)",
        rf"(?:het )?han(?: chot| cuoi)? bo sung(?: (?:den|toi|la|{_WHEN}|may ngay|bao lau))*",
        rf"(?:het )?han(?: (?:den|toi|la))* (?:{_WHEN}|ngay may)",
        r"(?:con )?(?:may|bao nhieu|bao lau)(?: (?:ngay|hom|nua))* (?:de |phai |thi )?"
        r"(?:het han|bo sung|het han bo sung)",
        rf"bo sung (?:truoc|den|tre nhat|cham nhat) {_WHEN}",
        r"khong bo sung(?: (?:duoc|kip|thi))* (?:co sao|sao|lam sao|bi gi|the nao)",
    ),
    Matter.SUPPLEMENT_WHERE: (
        rf"(?:bo sung|nop them|nop bo sung|nop giay)(?: (?:giay to|giay|ho so))* (?:{_WHERE}|sao)",
        r"(?:bo sung|nop them|nop bo sung)(?: (?:giay to|giay|qua))*"
        r" (?:mang|online|buu dien|truc tuyen)",
    ),
    Matter.SUPPLEMENT: (
        rf"(?:(?:con|dang|bi|ho so|toi) )*thieu{_PAPERS} gi",
        rf"(?:(?:can|phai|con) )*(?:bo sung|nop them|them){_PAPERS} gi",
    ),
    Matter.PAID: (
        rf"(?:(?:da|moi|vua) )*(?:dong|nop|tra|chuyen|chuyen khoan){_MONEY}+ (?:xong|du|roi"
        rf"|het roi)",
        rf"(?:(?:da|moi|vua) )+(?:dong|nop|tra|chuyen|chuyen khoan){_MONEY}+",
    ),
    Matter.PAY: (
        rf"(?:dong|nop|tra|chuyen){_MONEY}+ (?:{_WHERE}|sao)",
        rf"(?:dong|nop|tra|chuyen khoan|thanh toan){_MONEY}*(?: qua| bang)?"
        r" (?:mang|online|app|ngan hang|chuyen khoan|tien mat|truc tuyen)",
        rf"(?:thanh toan|chuyen khoan|dong){_MONEY}* {_WHERE}",
        r"chuyen khoan duoc", r"so tai khoan (?:nao|la gi|o dau|la bao nhieu)",
    ),
    Matter.MONEY: (
        r"(?:(?:phai|can|con|het|mat) )*(?:dong|nop|tra)(?: (?:het|mat|tien|la|them))* bao nhieu"
        r"(?: tien)?",
        r"(?:(?:het|mat|la|so tien|tien) )*bao nhieu tien", r"so tien(?: la)? bao nhieu",
        r"may tien",
        r"(?:(?:phai|can|con) )+(?:dong|nop|tra)(?: them)?(?: tien| phi| le phi)(?: gi)?",
        r"(?:dong|nop) (?:tien|phi|khoan) gi", r"tien gi",
    ),
    Matter.PROXY: (
        rf"(?:nho )?{_RELATIVE} (?:di |den |ra )?(?:lay|nhan){_RESULT}"
        r"(?: (?:ho|thay|giup|gium|dum|toi|minh|em))*(?: duoc)?",
        rf"nho (?:\w+ ){{0,3}}(?:lay|nhan){_RESULT}(?: (?:ho|thay|giup|gium|dum|duoc))*",
        rf"(?:lay|nhan){_RESULT} (?:ho|thay)",
        rf"uy quyen(?: (?:cho|nguoi khac|nguoi nha))*(?: (?:di|den))?(?: (?:lay|nhan){_RESULT})?",
    ),
    Matter.BRING: (
        rf"(?:(?:can|phai|nen) )*(?:mang|dem|cam|xach|mang theo|dem theo|cam theo|chuan bi)(?: di)?"
        rf"{_PAPERS} gi(?: (?:theo|di|de|khi|den|toi|lay|nhan|ket qua))*",
        rf"(?:(?:di|den|khi|luc) )*(?:lay|nhan){_RESULT} (?:(?:can|phai|mang|dem|theo|co) )*"
        rf"{_PAPERS_BEFORE}gi",
        rf"can{_PAPERS} gi (?:de|khi|luc|di)(?: (?:di|den))? (?:lay|nhan){_RESULT}",
        r"(?:can |phai )(?:mang|dem)(?: (?:theo|giay hen|can cuoc|cccd|bien lai|giay to))+",
    ),
    Matter.COLLECT: (
        rf"(?:lay|nhan){_RESULT} {_WHERE}",
        rf"(?:den|ra|toi|qua|len|di|vao)(?: (?:dau|cho nao|dau de))+(?: de)? (?:lay|nhan){_RESULT}",
        rf"(?:o dau|cho nao) (?:de )?(?:lay|nhan){_RESULT}",
        r"(?:gui|giao|ship|chuyen)(?: (?:ket qua|giay))? (?:ve nha|tan nha|ve|buu dien"
        r"|qua buu dien)",
        rf"chua (?:nhan|lay|thay)(?: duoc)?{_RESULT}",
    ),
    Matter.WHEN: (
        r"(?:con )?(?:may|bao nhieu) (?:hom|ngay|bua)(?: (?:nua|moi|la|thi|xong|co|duoc|lay"
        r"|nhan))*",
        r"(?:con |mat )?bao lau(?: (?:nua|moi|thi|la|xong|co|duoc|lay|nhan))*",
        r"dung (?:hen|han|ngay)(?: hen)?", r"kip(?: hen)?", r"(?:co )?(?:lau|tre)(?: hen)?",
        rf"{_WHEN}(?: (?:thi|moi|duoc|se|den|toi|di|la|cho))*"
        rf" (?:xong|co|tra|lay|nhan|ra|lay duoc|nhan duoc){_RESULT}",
        r"hen (?:ngay nao|khi nao|ngay may|tra ngay nao)", rf"(?:tra|lay|nhan){_RESULT} {_WHEN}",
    ),
    Matter.HOLDER: (
        r"(?:(?:ho so|dang|den|toi|o|lam) )*(?:buoc|khau|giai doan|phong|cho) nao",
        rf"ai (?:dang )?(?:giu|xu ly|lam|phu trach|giai quyet|cam)(?: {_DOSSIER})?",
        rf"{_DOSSIER} (?:dang )?ai (?:dang )?(?:giu|xu ly|lam|cam)",
        r"(?:phong|co quan|don vi|noi|ben|can bo) nao (?:dang )?"
        rf"(?:giu|xu ly|lam|giai quyet|phu trach)(?: {_DOSSIER})?",
    ),
    Matter.CONTACT: (
        r"(?:so dien thoai|sdt|so dt|dien thoai|dia chi|so)(?: (?:lien he|cua|cai))*"
        r" (?:noi|cho|co quan|don vi|ho|phuong|xa|uy ban|ubnd|ben)(?: (?:do|ay|nay|nhan|giai quyet"
        r"|tra|xu ly))*(?: (?:la gi|la bao nhieu|o dau|la so nao))?",
        r"goi (?:so nao|ai|cho ai|dau|vao so nao|di dau)",
        r"lien he (?:ai|o dau|so nao|the nao|voi ai)",
        r"hoi (?:ai|o dau|cho nao)", r"(?:noi|cho|co quan|don vi) (?:do|ay|nay) o dau",
    ),
    Matter.COMPLAIN: (
        rf"(?:khieu nai|phan anh|to cao|kien nghi|keu)(?: (?:{_WHERE}|voi ai|gui dau|gui o dau"
        rf"|gui ai"
        rf"|duoc|len dau))?",
        r"(?:viet|lam|gui) don(?: khieu nai| phan anh)?(?: (?:the nao|sao|o dau|cho ai"
        r"|nhu the nao))?",
    ),
    Matter.WHY: (
        rf"(?:sao|tai sao|vi sao)(?: (?:lai|ho|co quan|ben do|phuong|{_DOSSIER}|toi|bi|khong|chua"
        rf"|dau|phai|duoc))* (?:nhan|tiep nhan|chap nhan|duyet|tra lai|tra ve|tra|tu choi|dung"
        rf"|dung xu ly|huy|bo sung)(?: {_DOSSIER})?",
        r"(?:tai|vi) sao", r"sao(?: lai)?", r"ly do(?: (?:gi|la|vi|nao|tai))*",
        rf"(?:{_DOSSIER} )?(?:bi )?(?:tra lai|tra ve|tu choi|dung|tra)(?: thi)?"
        r" (?:sao|lam sao|the nao|phai lam gi|lam gi|vi sao)",
    ),
    Matter.NOW: (
        r"(?:phai|can|nen) lam (?:gi|sao|the nao)(?: tiep theo)?",
        r"lam (?:gi|sao|the nao)(?: (?:tiep|truoc))?",
        r"tiep theo(?: thi)?(?: (?:lam gi|la gi|sao|the nao|phai lam gi))?",
        r"buoc tiep theo(?: la)?",
        r"(?:phai|can) lam gi nua",
        r"(?:dau |khong |khong he )?(?:xin |yeu cau )?rut(?: ho so)? dau",
        r"(?:dau |khong |khong he )(?:co )?(?:xin |yeu cau )?rut(?: ho so)?",
    ),
    Matter.HISTORY: (r"xem(?: lai)?(?: (?:cac|nhung|may))? buoc(?: da qua| da lam)?",),
}  # fmt: skip
_SURE: Final = {
    matter: re.compile(rf"{_BEFORE}(?:{'|'.join(cores)}){_AFTER}")
    for matter, cores in _PATTERNS.items()
}

_UNSURE: Final = {
    matter: re.compile(rf"{_BEFORE}(?:{'|'.join(cores)}){_AFTER}")
    for matter, cores in {
        Matter.MONEY: (
            r"(?:tien )?(?:le phi|phi)(?: (?:het|la|mat|nay))*(?: bao nhieu(?: tien)?)?",
            r"(?:mat|ton) (?:phi|tien|le phi)", r"(?:mat|ton|het) bao nhieu",
        ),
        Matter.PAY: (rf"nop {_WHERE}",),
        Matter.PAID: (r"(?:da |moi |vua )?(?:dong|nop) (?:roi|xong)",),
        Matter.SUPPLEMENT: (rf"(?:(?:can|phai|nop) )+{_PAPERS_BEFORE}gi",),
    }.items()
}  # fmt: skip
"""What means the dossier only where its state says that this is still to be done."""


def asked_after_card(text: str) -> Matter | None:
    """Return what a short message asks of the dossier that was told; None: no such question.

    >>> asked_after_card("bây giờ tôi phải làm gì"), asked_after_card("lay o dau vay")
    (<Matter.NOW: 'now'>, <Matter.COLLECT: 'collect'>)
    >>> asked_after_card("thủ tục này cần giấy gì")
    """
    return _first(_SURE, text)


def may_ask_after_card(text: str) -> Matter | None:
    """Return what a message asks of a dossier in a certain state, and of its procedure else.

    >>> may_ask_after_card("lệ phí bao nhiêu"), may_ask_after_card("lệ phí khai sinh")
    (<Matter.MONEY: 'money'>, None)
    """
    return _first(_UNSURE, text)


def _first(patterns: Mapping[Matter, re.Pattern[str]], text: str) -> Matter | None:
    if len(text) > MOST_CHARACTERS:
        return None
    plain = _plain(text)
    return next((one for one, pattern in patterns.items() if pattern.fullmatch(plain)), None)


_WHY: Final = re.compile(r"(?<!lam )\bsao\b(?! (?:roi|day|nhi))|\b(?:the nao ma|gi ma|ly do)\b")
_THIS: Final = re.compile(r"\b(?:nay|do|tren)\b")
_ALL: Final = re.compile(r"\b(?:het|tat ca|cac|nhung|moi|toan bo|ca hai|nao nua)\b")
_OWN: Final = re.compile(r"\b(?:ho so|hs) (?:cua )?(?:toi|minh|em|chau|con|tui|anh|chi|bac)\b")
_SHORT_WISHES: Final = {
    Wish.FORGET: re.compile(
        r"(?:dung|thoi|khong|khoi|bo) (?:can )?(?:nho|luu|giu)(?: (?:ho so|hs|gi|cai))*"
        r"(?: (?:nao|het|nua|di|nhe|nha|a|toi|minh|cua|cho))*"
        r"|(?:quen|xoa) (?:het|tat ca)(?: (?:ho so|hs|di|nhe|nha|a|cua|toi|minh))*"
    ),
    Wish.REMEMBER: re.compile(
        r"(?:(?:ban|hay|xin|vay|da) )*(?:nho|luu|ghi nho)"
        r"(?: (?:giup|gium|dum|ho|lai|luon|di|nhe|nha|a|cho|toi|minh|em|voi|ho so|hs|nay|cai))+"
    ),
}


def why_or(about: Matter, text: str) -> Matter:
    """Return WHY where it is asked why something takes long, else what is asked.

    >>> why_or(Matter.LATE, "sao lâu thế"), why_or(Matter.LATE, "trễ rồi làm sao")
    (<Matter.WHY: 'why'>, <Matter.LATE: 'late'>)
    """
    return Matter.WHY if about is Matter.LATE and _WHY.search(_plain(text)) else about


def short_wish(text: str, *, talked: bool) -> Wish | None:
    """Return what a few words wish that mean a dossier only by what was said before.

    >>> short_wish("nhớ giùm", talked=True), short_wish("nhớ giùm", talked=False)
    (<Wish.REMEMBER: 3>, None)
    """
    plain = _plain(text)
    wish = next((one for one, words in _SHORT_WISHES.items() if words.fullmatch(plain)), None)
    return wish if talked or "ho so" in plain else None


def means_this(text: str) -> bool:
    """Tell whether one dossier is meant, and not all of them."""
    return bool(_THIS.search(_plain(text)))


def means_all(text: str) -> bool:
    """Tell whether all dossiers are meant."""
    return bool(_ALL.search(_plain(text)))


def names_own(text: str) -> bool:
    """Tell whether somebody speaks of her dossier as of the only one she has."""
    return bool(_OWN.search(_plain(text)))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))
