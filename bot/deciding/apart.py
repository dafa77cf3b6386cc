"""The fee of a procedure told apart from other money: a fine, or what a benefit pays."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.deciding.decisions import Answer, AnswerEach, AskCase, AskWhich
from bot.deciding.outcomes import After
from bot.deciding.words import asks_for_a_fine
from bot.parse import AskedField, Parse
from knowledge.text import fold

_HOW_MUCH = r"(?:bao nhieu|may)"
_MONEY = r"(?:tien|dong|trieu|tram|nghin|ngan)"
_RECEIVED: Final = re.compile(
    rf"\b(?:nhan|huong|linh|lanh)(?: duoc| ve)? {_HOW_MUCH}(?: {_MONEY}\b|$|(?: moi| mot| 1) thang)"
    rf"|\bduoc (?:nhan |huong |linh |lanh |ho tro |tro cap |tra )*{_HOW_MUCH} {_MONEY}\b"
    r"|\bmuc (?:huong|tro cap|ho tro|huu)\b"
    rf"|\b(?:tro cap|ho tro|luong huu)(?: \w+){{0,5}} {_HOW_MUCH}(?: {_MONEY}\b|$)"
    rf"|\b{_HOW_MUCH} {_MONEY}(?: 1| mot| moi| hang)? thang\b"
    rf"|\b(?:moi|mot|1|hang) thang (?:duoc |nhan |linh |lanh |huong )*{_HOW_MUCH}(?: {_MONEY}\b|$)"
)
_PAID: Final = re.compile(
    r"\b(?:le phi|hoc phi|thue)\b"
    r"|\b(?:dong|nop|mat|ton|het|tra) (?:phi |tien )?(?:bao|may|tien|phi)\b"
)
"""She pays: "đóng bao nhiêu tiền một tháng", "xin trợ cấp mất bao nhiêu tiền"."""

_WORD: Final = re.compile(r"\w+")
TELLS_THE_FEE: Final = frozenset({AskedField.FEE, AskedField.OVERVIEW})
_TELLS_WHAT_IS_GOT: Final = TELLS_THE_FEE | {AskedField.RESULT}
"""What "được nhận bao nhiêu" is understood as."""


def asks_for_a_benefit(text: str) -> bool:
    """Tell whether `text` asks how much somebody receives, which no record of a procedure knows.

    >>> asks_for_a_benefit("trợ cấp người già được bao nhiêu tiền"), asks_for_a_benefit("mức hưởng")
    (True, True)
    >>> asks_for_a_benefit("xin trợ cấp mất bao nhiêu tiền"), asks_for_a_benefit("lệ phí bao nhiêu")
    (False, False)
    """
    plain = " ".join(_WORD.findall(fold(text)))
    return bool(_RECEIVED.search(plain)) and not _PAID.search(plain)


def told_apart(outcome: After, parse: Parse) -> After:
    """Say with every fee that it is not the money that was asked for."""
    decision, after = outcome
    if AskedField.FEE in parse.asked and asks_for_a_fine(parse.text):
        return _each(outcome, _fined)
    if not asks_for_a_benefit(parse.text):
        return outcome
    if isinstance(decision, AskWhich | AskCase):  # the fee would be told without a word beside it
        fields = _without_fee(decision.fields)
        question = after.open_question and replace(after.open_question, asked=fields)
        asked = replace(after, asked=_without_fee(after.asked), open_question=question)
        return replace(decision, fields=fields), asked
    return _each(outcome, _benefiting)


def _each(outcome: After, mark: Callable[[Answer], Answer]) -> After:
    decision, after = outcome
    if isinstance(decision, AnswerEach):
        return replace(decision, answers=tuple(map(mark, decision.answers))), after
    return (mark(decision) if isinstance(decision, Answer) else decision), after


def _fined(answer: Answer) -> Answer:
    return replace(answer, penalty=AskedField.FEE in answer.fields)


def _benefiting(answer: Answer) -> Answer:
    return replace(answer, benefit=not _TELLS_WHAT_IS_GOT.isdisjoint(answer.fields))


def _without_fee(fields: tuple[AskedField, ...]) -> tuple[AskedField, ...]:
    return tuple(field for field in fields if field is not AskedField.FEE)
