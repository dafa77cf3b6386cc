"""Which of the offered procedures was chosen: by button, by number, or by words of its label."""

import re
from collections.abc import Sequence

from bot.deciding.decisions import AskProcedure, Decision, Unread, Unreadable
from bot.deciding.found import Found, Press
from bot.deciding.outcomes import ask_procedure, ask_which, settle
from bot.dialogue import Dialogue, OpenQuestion
from bot.parse import AskedField
from knowledge.text import fold

MAX_WORDS_OF_A_CHOICE = 9
"""A longer message is a question of its own, even where it repeats words of a label."""

MIN_SHARE_OF_LABEL_WORDS = 0.6
"""So many of the words typed must stand in the label; "cấp tỉnh nhé" has 2 of 3."""

_NUMERALS = {
    "mot": 1, "nhat": 1, "dau": 1, "dau tien": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4,
    "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_LAST = frozenset({"cuoi", "cuoi cung", "chot"})
_NUMBER = re.compile(
    r"(?:(?:minh|toi|em|cho|chon|lay|muon|xem|hoi|so|cai|muc|thu tuc|lua chon|phuong an|dong"
    r"|thu|y|o)\s+)*"
    rf"(?P<number>\d{{1,3}}|{'|'.join(sorted((*_NUMERALS, *_LAST), key=len, reverse=True))})"
    r"(?:\s+(?:nhe|nha|a|di|do|ay|thoi|em|ban|ad))*"
)
_NONE = re.compile(r"^(?:khong|ko|k) (?:phai|co|dung)\b.*\b(?:tren|nao|ca|het|cai|do)\b|^deu khong")
_WORD = re.compile(r"\w+")


def chosen(question: OpenQuestion, text: str) -> int | None:
    """Return the position chosen, from 0; one past the end for "none of them", if offered.

    A number without a button gives a greater position still.

    None: the text chooses nothing.

    >>> chosen(OpenQuestion(("a", "b"), ("Cấp xã", "Cấp tỉnh"), ()), "số 2 nhé")
    1
    """
    folded = fold(text)
    plain = " ".join(_WORD.findall(folded))
    if match := _NUMBER.fullmatch(plain):
        return _position(match["number"], len(question.codes) + question.none_offered)
    if question.none_offered and _NONE.search(plain):
        return len(question.codes)
    return _by_words(question.labels, plain.split())


def _position(number: str, count: int) -> int:
    if number in _LAST:
        return count - 1
    value = int(number) if number.isdecimal() else _NUMERALS[number]
    return value - 1 if 1 <= value <= count else count


def _by_words(labels: Sequence[str], words: Sequence[str]) -> int | None:
    if not 0 < len(words) <= MAX_WORDS_OF_A_CHOICE:
        return None
    typed = set(words)
    bags = [set(_WORD.findall(fold(label))) for label in labels]
    if typed in bags:
        return bags.index(typed)
    common = set.intersection(*bags) if len(bags) > 1 else set()
    hits = [len(typed & (bag - common)) for bag in bags]
    best = max(hits, default=0)
    if best == 0 or hits.count(best) > 1:
        return None
    position = hits.index(best)
    return (
        position if len(typed & bags[position]) >= MIN_SHARE_OF_LABEL_WORDS * len(typed) else None
    )


def decide_chosen(
    dialogue: Dialogue, position: int, fields: tuple[AskedField, ...], found: Found
) -> tuple[Decision, Dialogue]:
    """Answer the question that waited for this choice, or say that no button has the number."""
    question = dialogue.open_question
    if question is None:
        return AskProcedure(fields), dialogue
    fields = fields or question.asked
    if question.none_offered and position == len(question.codes):
        return ask_procedure(dialogue, fields, declined=True)
    if position >= len(question.codes):
        return ask_which(dialogue, found.offered, fields, out_of_range=True)
    code = question.codes[position]
    for procedure in found.offered:
        if procedure.code == code:
            return settle(procedure, fields, found.twins.get(code, ()))
    return Unreadable(Unread.BROKEN_BUTTON), dialogue


def decide_pressed(dialogue: Dialogue, press: Press, found: Found) -> tuple[Decision, Dialogue]:
    """Answer a button: it carries the procedure and what is asked of it."""
    question = dialogue.open_question
    if not press.code:
        return ask_procedure(dialogue, question.asked if question else (), declined=True)
    if not found.by_code:
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    fields = press.fields
    if not fields and question is not None and press.code in question.codes:
        fields = question.asked
    if len(found.by_code) > 1:
        return ask_which(dialogue, found.by_code, fields, replaced_code=press.code)
    procedure = found.by_code[0]
    twins = found.twins.get(procedure.code, ())
    return settle(procedure, fields, twins, detail=press.detail)
