"""Which of the offered procedures was chosen: by button, by number, or by words of its label."""

import re
from collections.abc import Sequence

from bot.deciding.candidates import FOUND
from bot.deciding.cases import ask_again, ask_group, list_cases
from bot.deciding.decisions import AskProcedure, Decision, Unread, Unreadable
from bot.deciding.faq_found import FAQ_MARK
from bot.deciding.faqs import faq_target
from bot.deciding.found import Found, Press
from bot.deciding.numbers import number_said
from bot.deciding.outcomes import After, ask_procedure, ask_which, settle
from bot.deciding.telling import case_by_signs
from bot.dialogue import Dialogue, OpenQuestion
from bot.parse import AskedField
from knowledge.siblings import GROUP_MARK
from knowledge.text import fold

MAX_WORDS_OF_A_CHOICE = 9
"""A longer message is a question of its own, even where it repeats words of a label."""

MIN_SHARE_OF_LABEL_WORDS = 0.6
"""So many of the words typed must stand in the label; "cấp tỉnh nhé" has 2 of 3."""

_NONE = re.compile(r"^(?:khong|ko|k) (?:phai|co|dung)\b.*\b(?:tren|nao|ca|het|cai|do)\b|^deu khong")
SAYS_UNSURE = re.compile(
    r"(?:(?:toi|minh|em|chau|thuc ra) )*(?:chua|khong|ko|k|chang|hong) (?:\w+ )?"
    r"(?:chac|ro|biet|phan biet)\b(?: \w+){0,4}"
)
"""Folded words of those who cannot tell their case."""
_YES = frozenset({"co", "dung", "phai", "vang", "u", "uh", "ok", "yes", "roi"})
_NO = frozenset({"khong", "ko", "k", "hong", "chua", "no"})
_POLITE = frozenset(
    {"a", "ad", "anh", "ban", "cho", "chon", "cua", "da", "em", "la", "minh", "nha", "nhe", "oi"}
    | {"thi", "thoi", "toi", "truong", "hop", "vay"}
)
"""Folded syllables that choose nothing."""
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
    count = len(question.codes) + question.none_offered
    if (position := number_said(text, count)) is not None:
        return position
    if question.none_offered and _NONE.search(plain):
        return len(question.codes)
    if question.group and SAYS_UNSURE.fullmatch(plain):
        return len(question.codes)
    if len(question.codes) == 1 and question.none_offered:
        words = set(plain.split()) - _POLITE
        if words and (words <= _YES or words <= _NO):
            return 0 if words <= _YES else 1
    return _by_words(question.labels, plain.split())


def chosen_by_signs(question: OpenQuestion, text: str, found: Found) -> str:
    """Return what the case leads to that a short answer tells in its own words ("rơi mất ví").

    A case of the group that was not shown may be told too. Empty: none or several, or the message
    names a procedure of other things.
    """
    group = found.siblings.get(question.group)
    if group is None or len(_WORD.findall(text)) > MAX_WORDS_OF_A_CHOICE:
        return ""
    kin = {one.code for one in found.kin}
    tops = [one[0] for one in found.mentions if one[0].score >= FOUND]
    case = case_by_signs(group, text)
    if case is None or any(top.procedure.code not in kin for top in tops):
        return ""
    return case.target


def _by_words(labels: Sequence[str], words: Sequence[str]) -> int | None:
    if not 0 < len(words) <= MAX_WORDS_OF_A_CHOICE:
        return None
    typed = set(words)
    bags = [set(_WORD.findall(fold(label))) for label in labels]
    if typed in bags:
        return bags.index(typed)
    typed = typed - _POLITE or typed
    for words_of_one in (_YES, _NO):
        if typed <= words_of_one:
            return _beginning(labels, words_of_one)
    common = set.intersection(*bags) if len(bags) > 1 else set()
    hits = [len(typed & (bag - common)) for bag in bags]
    best = max(hits, default=0)
    if best == 0 or hits.count(best) > 1:
        return None
    position = hits.index(best)
    return (
        position if len(typed & bags[position]) >= MIN_SHARE_OF_LABEL_WORDS * len(typed) else None
    )


def _beginning(labels: Sequence[str], words: frozenset[str]) -> int | None:
    """Return the only label that begins with yes, or with no."""
    first = [_WORD.findall(fold(label))[:1] for label in labels]
    hits = [at for at, word in enumerate(first) if word and word[0] in words]
    return hits[0] if len(hits) == 1 else None


def decide_chosen(
    dialogue: Dialogue, position: int, fields: tuple[AskedField, ...], found: Found
) -> tuple[Decision, Dialogue]:
    """Answer the question that waited for this choice, or say that no button has the number."""
    question = dialogue.open_question
    if question is None:
        return AskProcedure(fields), dialogue
    fields = fields or question.asked
    if question.none_offered and position == len(question.codes):
        return _none_chosen(dialogue, fields, found)
    if position >= len(question.codes):
        return ask_again(dialogue, fields, found, out_of_range=True)
    return decide_target(dialogue, question.codes[position], fields, found)


def decide_target(
    dialogue: Dialogue, target: str, fields: tuple[AskedField, ...], found: Found
) -> After:
    """Answer what the chosen case leads to, or ask the question that follows."""
    if target.startswith(FAQ_MARK):
        return faq_target(dialogue, target, found)
    if target.startswith(GROUP_MARK):
        return _decide_group(dialogue, target.removeprefix(GROUP_MARK), fields, found)
    for procedure in (*found.offered, *found.kin):
        if procedure.code == target:
            return settle(procedure, fields, found.twins.get(target, ()))
    return Unreadable(Unread.BROKEN_BUTTON), dialogue


def _none_chosen(dialogue: Dialogue, fields: tuple[AskedField, ...], found: Found) -> After:
    """The last button: no procedure of those named, or a case that the citizen cannot tell."""
    if dialogue.open_question is not None and dialogue.open_question.group:
        return list_cases(dialogue, fields, found)
    return ask_procedure(dialogue, fields, declined=True)


def _decide_group(
    dialogue: Dialogue, key: str, fields: tuple[AskedField, ...], found: Found
) -> After:
    group = found.siblings.get(key)
    if group is None:
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    return ask_group(dialogue, group, fields, found)


def decide_pressed(dialogue: Dialogue, press: Press, found: Found) -> tuple[Decision, Dialogue]:
    """Answer a button: it carries the procedure and what is asked of it."""
    question = dialogue.open_question
    if press.listed and found.kin:
        return list_cases(dialogue, press.fields, found)
    if press.group:
        return _decide_group(dialogue, press.group, press.fields, found)
    if not press.code:
        return ask_procedure(dialogue, question.asked if question else (), declined=True)
    return _decide_procedure(dialogue, press, found)


def _decide_procedure(dialogue: Dialogue, press: Press, found: Found) -> After:
    question = dialogue.open_question
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
