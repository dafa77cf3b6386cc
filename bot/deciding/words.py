"""Which words of a message are worth searching for, and what a procedure is called."""

import re
from functools import lru_cache
from itertools import pairwise

from bot.parse import Parse
from knowledge.procedure import Procedure
from knowledge.text import fold, strip_accents, syllables

_FILLERS = frozenset(
    syllables(
        "a ad admin ai anh ban biet bot can chao cho con dung duoc em gi giup hoi khong ko la lam"
        " minh muon nao nhe oi on roi sao the thi toi tui va vay voi xin y"
    )
)
"""Syllables that name no procedure (folded); a search for them alone finds accidents."""

_ASKING = frozenset(
    syllables(
        "bao bieu buoc cac dau gian giay gio gom hao het hien ho khi lau le mat may muc ngay nhieu"
        " nhung nop o phai phi so thoi thu thuc tien to truoc tuc ve viec"
    )
)
"""Syllables of questions (folded); alone they name no procedure either."""

_GENERIC = frozenset(
    syllables(
        "bo bi cap cac cai dang doi duoc giai hop khai ky lai mat mo moi nhan qua quyet sung them"
        " thong tin trong tren va xac xoa"
    )
)
"""Syllables of half of all names (folded): sharing only these with one is chance."""

_TEXTS_OF_A_TURN = 128
"""A turn asks some twenty times for the words of a few texts. More are not kept: nobody's message
stays in memory for longer than a few turns."""

LEAST_SHARED = 2
"""A message must share so many words with what a procedure is called."""

_COSTS = re.compile(
    r"\b(?:mất|mat)\s+(?=(?:bao|mấy|may|khoảng|khoang|chừng|chung|lâu|lau|tiền|tien|phí|phi)\b)",
    re.IGNORECASE,
)

_FINED = re.compile(
    r"\bphạt\b|\b(?:bi|muc|nop|dong|tien|xu) phat\b|\bphat (?:bao|may|tien|sao|khong|ko|the)\b",
    re.IGNORECASE,
)
"""Without accents "phat" alone may be "phát", as in "cấp phát"."""

_OLD_WORD = re.compile(r"\b(?:muc(?: do)?|cap do) (?:4|bon|iv)\b")


def words_named(parse: Parse) -> tuple[str, ...]:
    """Return the procedures that the message names, in its order."""
    named = [entity.text for entity in parse.entities if entity.kind == "procedure"]
    return tuple(dict.fromkeys(words for words in named if says_something(words)))


def without_costs(text: str) -> str:
    """Return `text` without "mất" that asks how long or how much: it is no loss.

    >>> without_costs("xin cấp căn cước mất bao lâu")
    'xin cấp căn cước bao lâu'
    """
    return _COSTS.sub("", text)


def words_said(parse: Parse) -> str:
    """Return the message without asking words and codes; empty when nothing is left to search."""
    words = without_asking(parse)
    return words if says_something(words) else ""


def without_asking(parse: Parse) -> str:
    """Return the message without asking words and codes, whatever is left."""
    rest = list(parse.text)
    for entity in parse.entities:
        if entity.kind in {"asked", "dossier_code", "nearly_dossier_code", "procedure_code"}:
            rest[entity.start : entity.end] = " " * (entity.end - entity.start)
    return " ".join("".join(rest).split())


def says_something(words: str) -> bool:
    """Tell whether `words` hold one that can name a procedure."""
    return bool(content_words(words) - _ASKING)


@lru_cache(maxsize=_TEXTS_OF_A_TURN)
def content_words(text: str) -> frozenset[str]:
    """Return the folded syllables of `text` that can name a procedure.

    >>> sorted(content_words("Cho tôi hỏi về khai sinh"))
    ['khai', 'sinh', 've']
    """
    folded = map(strip_accents, syllables(text))
    return frozenset(word for word in folded if word not in _FILLERS and not word.isdecimal())


def vocabulary(procedure: Procedure) -> frozenset[str]:
    """Return the folded words by which a procedure is called."""
    return _vocabulary(called_by(procedure))


@lru_cache(maxsize=4096)
def _vocabulary(called: tuple[str, ...]) -> frozenset[str]:
    """Return the words of names, labels and sayings; those of a few procedures recur all day."""
    return content_words(" ".join(called))


def called_by(procedure: Procedure) -> tuple[str, ...]:
    """Return everything by which a procedure is called: names and keywords."""
    return (*names_of(procedure), *procedure.keywords)


def naming_words(text: str) -> frozenset[str]:
    """Return the folded syllables that can name a procedure, without those of questions.

    >>> sorted(naming_words("Thủ tục đăng ký khai tử"))
    ['dang', 'khai', 'ky', 'tu']
    """
    return content_words(text) - _ASKING


def tells_enough(text: str) -> bool:
    """Tell whether `text` holds several words that can name a procedure.

    >>> tells_enough("rớt cccd"), tells_enough("xác nhận"), tells_enough("tên gì")
    (True, False, False)
    """
    return len(content_words(text) - _ASKING) >= LEAST_SHARED and bool(telling_words(text))


def told(procedure: Procedure) -> tuple[str, ...]:
    """Return the texts of the record in which other procedures' words may occur."""
    papers = (paper.name for one in procedure.circumstances for paper in one.papers)
    steps = (step.text for step in procedure.steps)
    fees = (method.fee.text for method in procedure.methods)
    return (*papers, *procedure.results, *steps, *procedure.conditions, *fees)


def pairs(text: str) -> frozenset[tuple[str, str]]:
    """Return the folded syllables that stand side by side; most Vietnamese words have two.

    >>> sorted(pairs("Đăng ký kết hôn"))
    [('dang', 'ky'), ('ket', 'hon'), ('ky', 'ket')]
    """
    return frozenset(pairwise(syllables(fold(text))))


def names_of(procedure: Procedure) -> tuple[str, ...]:
    """Return name, label and aliases."""
    return (procedure.name, procedure.label or procedure.name, *procedure.aliases)


def is_called(procedure: Procedure, words: str) -> bool:
    """Tell whether `words` are a name of the procedure, whole, and nothing else.

    "Thủ tục", politeness and asking words count for nothing on either side.
    """
    return naming_words(words) in _naming_words(names_of(procedure))


@lru_cache(maxsize=512)
def _naming_words(names: tuple[str, ...]) -> frozenset[frozenset[str]]:
    """Return the words of each name; as above."""
    return frozenset(map(naming_words, names))


def telling_words(text: str) -> frozenset[str]:
    """Return the folded syllables that tell one procedure from another.

    >>> sorted(telling_words("cần điều kiện gì"))
    ['dieu', 'kien']
    """
    return content_words(text) - _ASKING - _GENERIC


def shares_words(procedure: Procedure, text: str) -> bool:
    """Tell whether `text` says enough of what `procedure` is called, more than one word of it."""
    said = content_words(text) - _ASKING
    shared = said & vocabulary(procedure)
    return len(shared) >= LEAST_SHARED and bool(shared - _GENERIC)


def says_old_word(text: str) -> bool:
    """Tell whether the citizen says "mức độ 4" (Decree 42/2022/NĐ-CP, art. 11: "toàn trình")."""
    return bool(_OLD_WORD.search(fold(text)))


def asks_for_a_fine(text: str) -> bool:
    """Tell whether `text` speaks of a fine, which no record of a procedure knows.

    >>> asks_for_a_fine("khai sinh trễ phạt mấy"), asks_for_a_fine("cấp phát lại sổ")
    (True, False)
    """
    return bool(_FINED.search(text))
