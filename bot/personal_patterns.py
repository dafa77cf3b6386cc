"""How numbers that name a person are written; `bot.personal_data` says what they are.

Patterns that look for words read folded text: small letters, no accents, ASCII digits.
"""

import re
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What was masked."""

    IDENTITY = "identity"
    PHONE = "phone"
    CARD = "card"
    ACCOUNT = "account"
    CODE = "code"
    """A one-time code, a password."""
    EMAIL = "email"
    NUMBER = "number"
    """A long number that is most likely somebody's."""


MASK: Final = re.compile(rf"⟦({'|'.join(Kind)})⟧|⟦\w{{0,8}}$")
"""A mask, or what is left of one where the text was cut."""

_GAP = r"[ \u00a0.\-–()]{0,3}"
_S = r"[ \u00a0.\-–]{1,2}"
_JOINT = r"[ \u00a0.\-–]?"

DAY: Final = re.compile(
    r"(?<!\d)\d{1,2}(?P<by>[./\-–])\d{1,2}(?P=by)(?:19|20)\d\d(?!\d)"
    r"|(?<!\d)\d{1,6}/(?:19|20)\d\d(?!\d)"
)
"""Days, and the beginnings of the numbers of decisions."""
PUBLIC: Final = re.compile(
    r"(?<![\d.])\d\.\d{6}(?:\.\w{1,4}){0,8}(?!\w)"  # a procedure
    rf"|(?<!\d)1[89]00{_JOINT}(?:\d{_JOINT}){{3,5}}\d(?!\d)"  # a hotline
    r"|(?<![\w.,+])[1-9]\d{0,2}(?:[.,]\d{3}){1,4}[.,]000(?!\d)"  # an amount
    r"|(?<![\w.,+])[1-9]\d{0,2}(?:[.,]\d{3}){2,5}(?!\d)(?=\s?(?:d|vn|tr|t[yi]|usd))"
    r"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"  # a page of the National Portal
    r"|[\w.+\-]{1,64}@(?:[\w\-]{1,63}\.){0,5}gov\.vn\b",
    re.IGNORECASE,
)
MONEY_AFTER: Final = re.compile(r"k\b|\s{0,2}(?:d|dong|vnd|tr|trieu|ty|ti|usd|nghin|ngan)\b")
"""A "k" apart from the number says "không"."""
DOSSIER_BEFORE: Final = re.compile(
    r"\b(?:ma ho so|ma hs|mhs|so ho so|ho so so|so bien nhan|ma bien nhan|ma tra cuu)\W{0,3}"
    r"(?:(?:la|cua|toi|em|minh|so)\W{1,2})*$"
)

EMAIL: Final = re.compile(r"[\w.+\-]{1,64}[@＠][\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
CITIZEN: Final = re.compile(
    r"(?<!\d)(?:0\d{11}"
    rf"|0\d\d(?:{_S}\d{{3}}){{3}}|0\d{{3}}(?:{_S}\d{{4}}){{2}}|0\d{{5}}{_S}\d{{6}}"
    rf"|0\d\d{_S}\d{{3}}{_S}\d{{6}}|0\d\d{_S}\d{_S}\d\d{_S}\d{{6}}|0\d\d{_S}\d{{9}})(?!\d)"
)
INSURED: Final = re.compile(r"(?<!\w)[A-Za-z]{2}\d{13}(?!\w)")
PHONE: Final = re.compile(
    rf"(?<!\d)(?:\(?(?:\+|00){_GAP}84{_GAP}0?|\(?84{_GAP}|\(?0{_GAP})"
    rf"(?:[35789](?:{_GAP}\d){{8}}|2(?:{_GAP}\d){{9}}|1{_GAP}[2689](?:{_GAP}\d){{8}})(?!\d)"
    rf"|(?<![\d\w])\+[1-9](?:{_GAP}\d){{7,14}}(?!\d)"
)
LONG_NUMBER: Final = re.compile(r"(?<!\d)\d{9,24}(?!\d)")
CARD_RUN: Final = re.compile(r"(?<!\d)\d{4,19}(?:[ \u00a0\-–]\d{1,19}){1,6}(?!\d)")

_TO_IT = (
    r"(?:\W{1,3}(?:la|so|cua|toi|minh|em|con|chau|vo|chong|bo|me|ba|ong|anh|chi|cu|day|ne"
    r"|moi|nay|vneid|gui|ve|nhan|duoc|ngan hang))*\W{0,3}"
)
"""What stands between a word and its number."""
BESIDE_WORDS: Final = tuple(
    (kind, re.compile(rf"\b(?:{words}){_TO_IT}(?P<number>{number})(?!\d)"))
    for kind, words, number in (
        (
            Kind.IDENTITY,
            r"cccd|cmnd|cmt|cmtnd|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?"
            r"|dinh danh(?: ca nhan)?",
            rf"\d(?:{_JOINT}\d){{8,11}}",
        ),
        (Kind.IDENTITY, r"ho chieu|passport", r"[a-z]\d{7,8}"),
        (
            Kind.NUMBER,
            r"bhxh|bhyt|bao hiem xa hoi|so bao hiem|the bao hiem|bao hiem y te|ma so thue|mst",
            rf"\d(?:{_JOINT}\d){{9,12}}",
        ),
        (
            Kind.PHONE,
            r"sdt|so dien thoai|dien thoai|so may|di dong|hotline cua toi|zalo|phone",
            rf"\d(?:{_JOINT}\d){{8,10}}",
        ),
        (
            Kind.ACCOUNT,
            r"stk|so tk|so tai khoan|tai khoan(?: ngan hang)?|tk(?: ngan hang)?|the atm|so the"
            r"|vietcombank|vcb|bidv|agribank|vietinbank|techcombank|tcb|mbbank|mb bank|sacombank",
            rf"\d(?:{_JOINT}\d){{5,18}}",
        ),
        (
            Kind.CODE,
            r"otp|ma xac (?:thuc|nhan|minh)|mat khau|password|passcode|pass|mk|pin|ma bao mat"
            r"|ma kich hoat",
            rf"\d(?:{_JOINT}\d){{3,7}}",
        ),
    )
)
CODE_BEFORE: Final = re.compile(
    rf"(?<![\d.,/])(?P<number>\d(?:{_JOINT}\d){{3,7}})(?!\d)"
    r"\W{1,3}(?:day )?(?:la |chinh la |co phai (?:la )?)?(?:cai )?(?:ma )?"
    r"(?:otp|ma xac (?:thuc|nhan)|xac thuc|mat khau)\b"
)
PASSWORD: Final = re.compile(
    r"\b(?:mat khau|password|passcode|pass|mk)"
    r"(?: (?:vneid|dvc|cua (?:toi|em|minh)|dang nhap|moi|cu))* ?(?::|=| la ) ?"
    r"(?P<number>[^\s\d@#$%^&*!]{0,40}[\d@#$%^&*!]\S{0,60})"
)
PASSWORD_WORD: Final = re.compile(
    r"\b(?:mat khau|password|passcode|pass|mk)"
    r"(?: (?:vneid|dvc|cua (?:toi|em|minh)|dang nhap|moi|cu))* ?(?::|=| la ) ?"
    r"(?P<number>[a-z]{6,40})(?=\W{0,3}$)"
)
"""One word behind "mật khẩu là" at the end of the message: a password, if it is no syllable."""
