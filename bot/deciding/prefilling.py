"""Answers of a form that the citizen gave before anybody asked: "bé bị bỏ rơi khai sinh cần gì"."""

from knowledge.tables import Option, Question, Table
from knowledge.text import fold, syllables

LEAST_WORDS = 2
"""A label of one word ("Có", "Công an") is said by chance."""

_PLAIN = frozenset(
    {"be", "ban", "nguoi", "truong", "hop", "la", "cua", "cho", "va", "hoac", "khong", "thuoc"}
    | {"nao", "bi", "minh", "co", "o", "duoc", "toi", "em"}
)
"""Folded words that tell no case."""


def settled_by(table: Table, text: str) -> dict[str, str]:
    """Return the answers that `text` gives: all telling words of just one label stand in it.

    Questions that hang on others are left to be asked.
    """
    words = {fold(one) for one in syllables(text)}
    found: dict[str, str] = {}
    for question in table.questions:
        option = _said(question, words) if not question.only_if.any_of else None
        if option is not None:
            found[question.key] = option.key
    return found


def _said(question: Question, words: set[str]) -> Option | None:
    bags = [_telling(one) for one in question.options]
    common = set[str].intersection(*bags) if all(bags) else set()
    said = [
        option
        for option, bag in zip(question.options, bags, strict=True)
        if len(bag) >= LEAST_WORDS and bag - common and bag <= words
    ]
    return said[0] if len(said) == 1 else None


def _telling(option: Option) -> set[str]:
    return {fold(one) for one in syllables(option.label)} - _PLAIN
