"""How people leave a form for another question, or take back what they answered.

Both stand before something else that is said in the same breath: the rest is returned as typed.
"""

import re

from knowledge.text import fold

_WORD = re.compile(r"\w+")
_BEFORE = r"(?:(?:a|da|u|uh|um|oi|o|ay|vang|ok) )*"
_WHO = r"(?:(?:cho|toi|minh|em|chau|chi|anh|muon|xin) )*"
_SOFT = r"(?: (?:di|nhe|nha|a|vay|roi|da|luon|ban|em))*"
_ELSE = (
    rf"{_WHO}(?:hoi|noi|xem|lam|chuyen|sang|qua|doi)(?: sang| qua| ve)? "
    r"(?:(?:cai|cau|viec|chuyen|thu tuc|van de|dieu) )?khac"
)
_ENOUGH = (
    rf"{_WHO}(?:dung lai|dung hoi|bo qua|ngung|khoi(?: (?:hoi|loc|can))?"
    rf"|(?:khong|ko|k|hong) {_WHO}(?:hoi|tra loi|lam|loc|can|xem)(?: (?:tiep|them))? nua)"
)
_LEAVE = re.compile(
    rf"{_BEFORE}(?:thoi (?:{_ELSE}|{_ENOUGH})|{_ELSE}|{_ENOUGH}){_SOFT}(?: {_ELSE}{_SOFT})?(?= |$)"
)
"""What can be said of a form only; "thôi" alone may begin an answer: "thôi tôi tự đi"."""
_ENOUGH_OF_IT = re.compile(rf"{_BEFORE}thoi{_SOFT}(?= |$)")
_CORRECT = re.compile(
    rf"{_BEFORE}(?:{_WHO}(?:(?:noi|chon|bam|go|tra loi|ghi) )?(?:sai|nham|lon)"
    rf"(?: (?:roi|mat|a|nhe|het|ra|day|cau truoc|so))*"
    rf"|{_WHO}(?:sua|doi|chon|tra loi) lai(?: (?:la|thanh|di|nhe|cau truoc))*"
    rf"|y (?:toi|minh|em|chau) (?:la|noi))(?= |$)"
)
"""Folded: "lộn" and "nhầm" say it as well as "sai"."""
_MEANT = {"lon": "lộn", "bo": "bỏ", "khoi": "khỏi", "doi": "đổi", "dung": "dừng", "sua": "sửa"}
"""With accents these must be the word itself: "lớn hơn 14 tuổi", "bố qua nộp"."""
_ASKS = re.compile(
    r"\b(?:gi|sao|dau|nao|bao nhieu|bao lau|may|ai|a khong|duoc khong|dc khong|duoc ko|dc ko"
    r"|co (?:can|phai|duoc|mat)|hay khong|ha|hay sao|the nao|chua)\b"
)

WHAT = re.compile(
    rf"{_BEFORE}(?:(?:cai|cau|chu|tu|y|o)? ?(?:hoi |tren |duoi )?(?:do|nay|kia|day|tren|ay)? ?"
    r"(?:co )?(?:nghia )?la (?:sao|gi|the nao|nhu nao|chi)"
    rf"|{_WHO}(?:khong|ko|k|hong|chua) hieu(?: (?:cau hoi|cau|nay|gi|lam|ca|y|het|do))*"
    rf"|{_WHO}(?:giai thich|noi ro)(?: (?:giup|cho|them|ro|hon|toi|minh|cau|nay|ra))*"
    r"|(?:hoi|noi) gi)(?: (?:a|vay|the|ta|ha|nhi|ban|di|voi|nhe|day|z|zay|ay))*"
)
"""What asks what the question means: "là sao", "tôi không hiểu câu này"."""

BACK = re.compile(
    r"(?:(?:cho|toi|minh|em|muon|xin) )*(?:quay lai|tro lai|lui lai|lui|back|cau truoc|sua lai"
    r"|chon lai)(?: (?:cau|buoc|truoc|do|di|nhe|a|voi|nao))*"
)
ON = re.compile(
    r"(?:(?:cho|toi|minh|em|muon) )*(?:tiep tuc|lam tiep|hoi tiep|tiep di|tiep)(?: (?:di|nhe|a))*"
)
YES = re.compile(r"(?:(?:da|vang|u|uh|um|ok|oke|co|duoc|muon|dong y) ?)+(?:a|nhe|nha|chu|di|em)?")
"""What answers "Bạn muốn làm tiếp không?", which stands under every answer while a form waits."""
MINE = re.compile(
    r"(?:(?:cho|toi|minh|em|muon|xem|hoi|loc) )*(?:giay to|ho so|danh sach) "
    r"(?:(?:cua|cho|rieng|theo|truong hop) )*(?:toi|minh|em)(?: (?:di|nhe|a))*"
)
ANEW = re.compile(r"(?:tra loi|lam|hoi|loc) lai(?: (?:tu dau|di|nhe|a))*")


def plain(text: str) -> str:
    """Return the folded words of a message, as the patterns here read them."""
    return " ".join(_WORD.findall(fold(text)))


def left_for(text: str) -> str | None:
    """Return what is said beside the wish to leave the form, "" for nothing; None: no such wish.

    >>> left_for("thôi hỏi cái khác, kết hôn cần gì"), left_for("không hỏi nữa")
    ('kết hôn cần gì', '')
    >>> left_for("thôi tôi tự đi"), left_for("đúng rồi") is None
    (None, True)
    """
    return _after(_LEAVE, text)


def after_enough(text: str) -> str | None:
    """Return what follows "thôi"; None: the message does not begin so.

    >>> after_enough("thôi tôi tự đi"), after_enough("tôi tự đi")
    ('tôi tự đi', None)
    """
    return _after(_ENOUGH_OF_IT, text)


def corrected(text: str) -> str | None:
    """Return what is right instead, "" where nothing is said; None: nothing is corrected.

    >>> corrected("sai rồi, tôi tự đi"), corrected("à nhầm"), corrected("tôi tự đi")
    ('tôi tự đi', '', None)
    """
    return _after(_CORRECT, text)


def asks(text: str) -> bool:
    """Tell whether a message asks, so that it is no answer.

    >>> asks("nhờ em gái nộp giùm được không"), asks("nhờ em gái nộp giùm")
    (True, False)
    """
    return "?" in text or bool(_ASKS.search(fold(text)))


def _after(pattern: re.Pattern[str], text: str) -> str | None:
    """Return the words after a match at the beginning, with their accents."""
    words = _WORD.findall(text)
    match = pattern.match(" ".join(map(fold, words)))
    if match is None:
        return None
    count = len(match[0].split())
    said = (one.lower() for one in words[:count])
    if any(_MEANT.get(fold(one), one) != one and not one.isascii() for one in said):
        return None
    return " ".join(words[count:])
