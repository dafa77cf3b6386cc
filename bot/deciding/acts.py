"""What citizens do rather than ask: gestures, ratings, the wish to have their data erased."""

import re
from dataclasses import replace
from typing import Final, TypeGuard

from bot.deciding.act_decisions import AskErasure, Erase, KeepData, Rate, Received
from bot.deciding.act_values import Act, PressedErasure, Rated
from bot.deciding.decisions import Missing, Talk
from bot.deciding.dossier_state import waits
from bot.deciding.found import Found
from bot.deciding.outcomes import After
from bot.deciding.talking import say
from bot.dialogue import Dialogue
from bot.messages import Gesture, IncomingMessage
from knowledge.text import fold

_UP, _DOWN = "👍", "👎"
_BESIDE_A_THUMB: Final = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f\\s]")
"""Skin tones, variation selectors, blanks."""

_WORD: Final = re.compile(r"\w+")
_WHO = (
    r"(?:(?:toi|minh|em|con|chau|tui|tao|to|anh|chi|ban|oi|hay|vui long|lam on|nho|cho|muon|can"
    r"|xin|giup|dum|ho) )*"
)
_ERASE = r"(?:xoa|xoa bo|go bo|huy|delete|clear|xoa sach|xoa het|xoa toan bo)"
_ALL = r"(?:(?:het|toan bo|tat ca|moi|sach|cac|nhung|bo) )*"
_DATA = (
    r"(?:(?:du lieu|thong tin|data|lich su(?: (?:tro chuyen|chat|hoi dap|nhan tin))?|tin nhan"
    r"|doan chat|cuoc tro chuyen|noi dung(?: (?:tro chuyen|chat))?)(?: (?:va|voi|,) )?)+"
)
_MINE = (
    r"(?:ca nhan )?(?:da (?:luu|nhan|gui) )?(?:cua |ve |lien quan den )?"
    r"(?:toi|minh|em|con|chau|tui|to)"
)
_SOFT = (
    r"(?: (?:di|nhe|nha|a|giup|voi|ngay|luon|het|toi|minh|em|ban|khoi day|o day|tren day"
    r"|duoc khong|nua|lai))*"
)
_KEEP_NOT = (
    r"(?:dung|dung co|ngung|khong (?:muon|thich|cho phep|cho|dong y)"
    r"(?: (?:bi|ban|bot|ai|de|viec))*)"
    r" (?:luu giu|luu tru|luu lai|luu|giu lai|giu|ghi nho|ghi lai|ghi)"
)
_ERASURE: Final = re.compile(
    rf"{_WHO}{_ERASE} {_ALL}{_DATA} {_MINE}{_SOFT}"
    rf"|{_WHO}{_ERASE} {_ALL}(?:lich su (?:tro chuyen|chat|hoi dap|nhan tin)|doan chat(?: nay)?"
    rf"|cuoc tro chuyen(?: nay)?){_SOFT}"
    rf"|{_WHO}{_KEEP_NOT} {_ALL}{_DATA}(?: {_MINE})?{_SOFT}"
)
"""Folded words of those who want nothing kept. Anything behind "dữ liệu" but its owner is another
thing: "xoá dữ liệu dân cư", "xoá đăng ký thường trú của tôi"."""

_SURE: Final = re.compile(
    r"(?:(?:da|vang|u|uh|um|ok|oke|co|dong y|chac chan|chac|yes|xoa|het|di|luon|a|nhe|nha|roi"
    r"|toi|muon) ?)+"
)
_NOT_SURE: Final = re.compile(
    r"(?:(?:da|thoi|khong|ko|k|hong|dung|khoi|no|a|nhe|nha|xoa|nua|can|muon|chua|giu|lai|toi|em"
    r"|de|huy) ?)+"
)
_REFUSES: Final = frozenset(
    {"thoi", "khong", "ko", "k", "hong", "dung", "khoi", "no", "chua", "giu", "huy"}
)
"""Without accents "đừng" reads like "đúng": taken for no, since nothing erased comes back."""


def wants_erasure(text: str) -> bool:
    """Tell whether the citizen wants her data erased.

    >>> wants_erasure("xoá dữ liệu của tôi"), wants_erasure("Xoa het thong tin cua toi di")
    (True, True)
    >>> wants_erasure("xoá đăng ký thường trú"), wants_erasure("xoá dữ liệu dân cư của tôi")
    (False, False)
    """
    return bool(_ERASURE.fullmatch(_plain(text)))


def thumb(text: str) -> bool | None:
    """Return whether the message is thumbs up or thumbs down; None: it is neither.

    >>> thumb("👍🏽"), thumb("👎 👎"), thumb("👍 cảm ơn"), thumb("👍👎")
    (True, False, None, None)
    """
    bare = set(_BESIDE_A_THUMB.sub("", text))
    return {frozenset(_UP): True, frozenset(_DOWN): False}.get(frozenset(bare))


def act_of(message: IncomingMessage, dialogue: Dialogue) -> Act | None:
    """Return what the message does; None: it asks or tells something, or a button was pressed."""
    if message.gesture is not None or message.choice:
        return message.gesture
    text = message.text
    if (up := thumb(text)) is not None:
        return Rated(None, up)
    if wants_erasure(text):
        return Gesture.ERASE
    return _about_erasure(text) if dialogue.erasing else None


def _about_erasure(text: str) -> PressedErasure | None:
    """Read the answer to the question whether everything is to be erased."""
    plain = re.sub(r"\bdung\b", "co", _plain(text)) if "đúng" in text.lower() else _plain(text)
    if _NOT_SURE.fullmatch(plain) and not _REFUSES.isdisjoint(plain.split()):
        return PressedErasure(sure=False)
    return PressedErasure(sure=True) if _SURE.fullmatch(plain) else None


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def is_act(said: object) -> TypeGuard[Act]:
    """Tell whether a message does something rather than ask."""
    return isinstance(said, Gesture | Rated | PressedErasure)


def decide_act(dialogue: Dialogue, act: Act, found: Found) -> After:
    """Return what to tell; an open question stays open, but for those who cancel."""
    match act:
        case Rated(turn, up):
            return Rate(up, turn, found.topic), dialogue
        case PressedErasure(sure):
            return _erasure(dialogue, found, sure=sure)
        case _:
            return _decide_gesture(dialogue, act, found)


def _decide_gesture(dialogue: Dialogue, gesture: Gesture, found: Found) -> After:
    match gesture:
        case Gesture.ERASE:
            return AskErasure(), replace(dialogue, erasing=True)
        case Gesture.CANCEL:
            return say(dialogue, found, Talk.CANCEL)
        case Gesture.DOSSIERS:
            decision, _ = say(dialogue, found, Missing.DOSSIER_STATUS)
            return decision, dialogue
        case _:
            return Received(gesture, _is_waiting(dialogue)), dialogue


def _erasure(dialogue: Dialogue, found: Found, *, sure: bool) -> After:
    """Erase what was asked about a moment ago; an old button asks again."""
    if not sure:
        return KeepData(found.topic), replace(dialogue, erasing=False)
    bare = replace(dialogue, menu=None, answered_at=0.0, notice=0)
    if dialogue.erasing or bare == Dialogue():  # pressed twice: nothing is there any more
        return Erase(), Dialogue()
    return AskErasure(), replace(dialogue, erasing=True)


def _is_waiting(dialogue: Dialogue) -> bool:
    """Tell whether a question wants an answer; the other levels beside an answer may be left."""
    form = dialogue.form is not None and not dialogue.form.asides
    asked = dialogue.open_question is not None and dialogue.topic is None
    return form or asked or dialogue.dossier is not None or waits(dialogue.dossier_talk)
