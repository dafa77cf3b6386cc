"""Which answer of a form typed words give: by number, by words of its label, by what people say."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.deciding.choosing import MAX_WORDS_OF_A_CHOICE, SAYS_UNSURE, chosen
from bot.deciding.form_words import ALONE, by_oneself, masked, reader, sure_signs, tells
from bot.deciding.numbers import number_said
from bot.deciding.telling import case_by_signs
from bot.dialogue import OpenQuestion
from bot.parse import Parse
from knowledge.siblings import Case, SiblingGroup
from knowledge.tables import UNSURE, Option, Question, Table
from knowledge.text import fold, syllables

FEW_WORDS = 4
"""So few words beside a word that asks are an answer all the same: "nộp online"."""

LEAST_WORDS = 2
"""A label of one word ("Có", "Công an") is said by chance in a question."""

LEAST_LETTERS = 5
"""Of a sign in a message that answers no question: "mẹ" is said of anything."""

_UNSURE_WORD = "chắc"
"""Stands for the last button, which every question has."""
_SHORT_NO = re.compile(r"\b(?:ko|kg|hok|hong|hem|k)\b")
_WORD = re.compile(r"\w+")
_NUMERALS = frozenset(
    {"một", "nhất", "đầu", "hai", "nhì", "ba", "bốn", "tư", "năm", "sáu", "bảy", "tám", "chín"}
    | {"mười", "cuối", "chót"}
)
_FOLDED_NUMERALS = frozenset(map(fold, _NUMERALS))
_NO_NUMBER = "vay"
"""A polite word that no number stands beside: it chooses nothing."""
_NO = frozenset({"khong", "chua"})
_BESIDE_NO = frozenset(
    {"co", "phai", "dung", "roi", "gi", "nao", "ca", "het", "dau", "da", "a", "nhe", "nha", "em"}
    | {"toi", "minh", "ban", "thi"}
)
"""What says no more than no: "dạ chưa có gì cả"."""
_PLAIN = frozenset(
    {"be", "ban", "nguoi", "truong", "hop", "la", "cua", "cho", "va", "hoac", "khong", "thuoc"}
    | {"nao", "bi", "minh", "co", "o", "duoc", "toi", "em"}
)
"""Folded words that tell no case."""


def answer_position(question: Question, parse: Parse) -> int | None:
    """Return which answer is typed, one past the last for "not sure", more for no such number.

    None: the words are no answer.
    """
    sure = (_exactly(question, parse.text), by_oneself(question, parse.text))
    if (at := next((one for one in sure if one is not None), None)) is not None:
        return at
    parse = replace(parse, text=_masked(question, parse.text))
    text = _read(parse.text)
    words = _WORD.findall(text)
    if SAYS_UNSURE.fullmatch(" ".join(words)):
        return len(question.options)
    labels = (*(one.label for one in question.options), _UNSURE_WORD)
    position = chosen(OpenQuestion(labels, labels, ()), text)
    if position is None or not _is_sure(question, position, parse.text):
        return _by_signs(question, parse)
    if position >= len(question.options) or not parse.asked:
        return position
    told = {*_WORD.findall(fold(labels[position])), str(position + 1)}
    return position if set(words) <= told else _by_signs(question, parse)


def answer_said(question: Question, text: str) -> str:
    """Return the key of the only answer whose label or sign is all that is typed, or "not sure".

    Empty: the words are more than that, or another thing.

    >>> by = (Option("me", "Bạn tự đi"), Option("nho", "Nhờ người khác"))
    >>> answer_said(Question("ai", "Ai đi?", by), "nho nguoi khac")
    'nho'
    """
    at = _exactly(question, text)
    if at is not None:
        return question.options[at].key
    return UNSURE if SAYS_UNSURE.fullmatch(" ".join(_WORD.findall(_read(text)))) else ""


def _masked(question: Question, text: str) -> str:
    """Return the text without people whom no answer names; a number stays as it is typed."""
    return text if number_said(text, len(question.options)) is not None else masked(question, text)


def _is_sure(question: Question, position: int, text: str) -> bool:
    """Tell whether a choice is one by its number, or by words that mean it."""
    if position >= len(question.options) or number_said(text, len(question.options)) is not None:
        return True
    return _read(text) == "khong" or tells(question, position, text)


def _exactly(question: Question, text: str) -> int | None:
    """Return the only answer of which a label or a sign is all that is typed, accents or not.

    Else words of another label would win: "nhóm cá nhân" beside "của cá nhân", "tu di" read "tư".
    """
    typed = _WORD.findall(fold(text))
    said = [
        at
        for at, one in enumerate(question.options)
        if any(typed == _WORD.findall(fold(words)) for words in (one.label, *one.signs))
    ]
    return said[0] if len(said) == 1 else None


def position_by_a_word(question: Question, text: str) -> int | None:
    """Return the only answer of whose label a telling word is said, accents and all.

    >>> by = (Option("me", "Bạn tự đi"), Option("nho", "Nhờ người khác"))
    >>> position_by_a_word(Question("ai", "Ai đi?", by), "nhờ em gái nộp giùm")
    1
    """
    words, read = syllables(masked(question, text)), reader(text)
    if len(words) > MAX_WORDS_OF_A_CHOICE:
        return None
    typed = [read(one) for one in words]
    pairs = set(pairwise(typed))
    alone = {read(one) for one in ALONE}
    labels = [[read(x) for x in syllables(one.label)] for one in question.options]
    plain = {word for word in typed if fold(word) in _PLAIN}
    bags = [set(one) - plain for one in labels]
    common = {word for bag in bags for word in bag if sum(word in one for one in bags) > 1}
    hits = []
    for at, label in enumerate(labels):
        joined = {x for pair in pairwise(label) if pair in pairs for x in pair}
        if set(typed) & (bags[at] - common) & (alone | joined):
            hits.append(at)
    return hits[0] if len(hits) == 1 else None


def _read(text: str) -> str:
    """Return the folded text; "chưa có" is no, and "tự" or "bà" is no number.

    >>> _read("chưa có ạ"), _read("tôi tự đi"), _read("số tư")
    ('khong', 'toi tu di vay', 'so tu')
    """
    plain = _SHORT_NO.sub("khong", fold(text))
    words = set(_WORD.findall(plain))
    if words & _NO and words <= _NO | _BESIDE_NO:
        return "khong"
    accented = set(_WORD.findall(text.lower()))
    lost = words & _FOLDED_NUMERALS and not accented & _NUMERALS and not text.isascii()
    return f"{plain} {_NO_NUMBER}" if lost else plain


def _by_signs(question: Question, parse: Parse) -> int | None:
    most = FEW_WORDS if parse.asked else MAX_WORDS_OF_A_CHOICE
    option = _told(question, parse.text) if len(_WORD.findall(parse.text)) <= most else None
    return None if option is None else question.options.index(option)


def _told(question: Question, text: str, least_letters: int = 1) -> Option | None:
    """Return the only answer of which `text` holds a sign of so many letters."""
    signs = (
        tuple(x for x in sure_signs(one.signs, text) if len(x) >= least_letters)
        for one in question.options
    )
    pairs = zip(question.options, signs, strict=True)
    cases = tuple(Case(one.label, one.key, signs=held) for one, held in pairs)
    case = case_by_signs(SiblingGroup(question.key, question.text, cases), text)
    return next((one for one in question.options if case and one.key == case.code), None)


def settled_by(table: Table, text: str) -> dict[str, str]:
    """Return the answers that a message gives before anybody asked: "khai sinh online cần gì".

    A sign of just one answer stands in it, or all telling words of just one label. Questions that
    hang on others are left to be asked.
    """
    words = [fold(one) for one in syllables(text)]
    found: dict[str, str] = {}
    for question in table.questions:
        if question.only_if.any_of:
            continue
        option = _said(question, words) or _told(question, text, LEAST_LETTERS)
        if option is not None:
            found[question.key] = option.key
    return found


def _said(question: Question, words: Sequence[str]) -> Option | None:
    bags = [_telling(one) for one in question.options]
    common = set(bags[0]).intersection(*bags) if all(bags) else set()
    said = [
        option
        for option, bag in zip(question.options, bags, strict=True)
        if len(set(bag)) >= LEAST_WORDS and set(bag) - common and _in_order(bag, words)
    ]
    return said[0] if len(said) == 1 else None


def _in_order(told: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether words stand in a message in their order: "xe cũ ... chủ" is no "chủ cũ"."""
    rest = iter(words)
    return all(word in rest for word in told)


def _telling(option: Option) -> list[str]:
    return [word for one in syllables(option.label) if (word := fold(one)) not in _PLAIN]
