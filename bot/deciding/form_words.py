"""Which words of a typed answer may choose one, and which only look like words of a label.

A label holds syllables that stand in other words too: "công nhân" is nobody of "Công an", "tôi đi"
nobody who is sent ("nhờ người khác đi"), "cô tôi" no yes. What chooses wrongly costs a citizen a
paper, so it is asked again instead.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from knowledge.tables import Question
from knowledge.text import fold, syllables

MASK: Final = "xx"
"""Stands for words of people that no answer of the question names; no Vietnamese syllable."""

_PEOPLE: Final = frozenset(
    {
        *("công nhân", "công chức", "viên chức", "nhân viên", "giáo viên", "sinh viên", "học sinh"),
        *("cô giáo", "thầy giáo", "bác sĩ", "y tá", "kỹ sư", "luật sư", "thư ký", "kế toán"),
        *("nông dân", "ngư dân", "người dân", "lao động", "tự do", "tài xế", "lái xe", "thợ hồ"),
        *("thợ may", "thợ điện", "thợ xây", "nội trợ", "bảo vệ", "giúp việc", "buôn bán"),
        *("kinh doanh", "làm thuê", "làm ruộng", "làm rẫy", "về hưu", "nghỉ hưu", "thất nghiệp"),
        *("cán bộ", "bộ đội", "quân nhân", "công an", "chủ quán", "ông chủ", "bà chủ"),
        *("bố mẹ", "ba mẹ", "ba má", "cha mẹ", "ông bà", "bà ngoại", "bà nội", "ông ngoại"),
        *("ông nội", "anh trai", "em trai", "chị gái", "em gái", "con gái", "con trai", "con dâu"),
        *("con rể", "chị dâu", "anh rể", "em rể", "em dâu", "vợ chồng", "anh em", "chị em"),
        *("cô chú", "chú bác", "cháu gái", "cháu trai", "con cháu", "mẹ chồng", "mẹ vợ"),
        *("bố chồng", "bố vợ", "ba chồng", "ba vợ", "người nhà", "cả nhà", "gia đình"),
        *("họ hàng", "hàng xóm", "người quen", "người yêu", "bạn bè", "bạn gái", "bạn trai"),
        *("đồng nghiệp", "chủ trọ", "người ta", "một mình"),
    }
)
"""What people do and are to each other, in two syllables."""

_PAIRS: Final = frozenset(
    (first, second) for one in _PEOPLE for first, second in pairwise(one.split())
)
_FOLDED_PAIRS: Final = frozenset((fold(first), fold(second)) for first, second in _PAIRS)

_KIN: Final = frozenset(
    {"bố", "ba", "má", "mẹ", "cha", "cô", "dì", "chú", "bác", "cậu", "mợ", "thím", "ông", "bà"}
    | {"anh", "chị", "con", "cháu", "vợ", "chồng"}
)
_FOLDED_KIN: Final = frozenset(map(fold, _KIN))
_NO_KIN: Final = frozenset({("tuyên", "bố"), ("công", "bố"), ("ba", "bánh"), ("chú", "ý")})
"""In these it is no word of kin."""
_OF_MINE: Final = frozenset({"toi", "tui", "minh", "em", "chau"})

_LIGHT: Final = frozenset({"đi", "làm", "nộp", "xin", "người"})
"""Beside these anything may be meant."""

ALONE: Final = frozenset(
    {"nhờ", "thuê", "mượn", "mua", "bán", "tặng", "mất", "hỏng", "rách", "đổi", "tự", "con", "cha"}
    | {"mẹ", "vợ", "chồng", "ông", "bà", "nhà", "đất", "xe", "tàu", "cháy", "trọ", "chết", "cưới"}
    | {"tù", "thẻ", "sổ", "máy", "khung", "biển", "ly", "tiền", "tên", "đo", "cũ", "mới", "hộ"}
)
"""Words of one syllable: one of them is enough where it stands in one label only."""

_ACCENTED_YES_NO: Final = frozenset(
    {"có", "đúng", "phải", "vâng", "ừ", "rồi", "không", "chưa", "hông"}
)
_YES_NO: Final = frozenset(map(fold, _ACCENTED_YES_NO)) | {"u", "uh", "ok", "yes", "ko", "k", "no"}

_NEEDS_ACCENTS: Final = frozenset({"co", "di", "ma", "cau", "chu"})
"""Signs of one syllable that without accents are said by everybody: "dì" and "đi"."""

_SELF: Final = re.compile(
    r"(?:(?:thi|de|chi|chac|a|da|thoi|chinh) )*(?:toi|minh|em|chau|con|tui|ban than)"
    r"(?: (?:se|tu|truc tiep|dich than|muon))*(?: (?:di|lam|nop|xin|ra|den))+"
    r"(?: (?:nop|lam|xin|thoi|nhe|nha|a|ma|chu|mot minh|day|luon|vay))*"
)
_FOR_ME: Final = re.compile(
    r"(?:(?:cho|cua|da|vang|a|la|lam|xin|chinh) )*(?:toi|minh|em|chau|tui|ban than)"
    r"(?: (?:a|nhe|nha|thoi|day))*"
)
_AUNT: Final = "dì"
_WHO: Final = frozenset({"ai", "tự"})
_MYSELF: Final = frozenset(
    {("tự", one) for one in ("nộp", "đi", "làm", "xin", "yêu")} | {("tự", "đứng")}
)
_MINE: Final = frozenset({("cho", "mình"), ("chính", "mình"), ("của", "mình")})


def reader(text: str) -> Callable[[str], str]:
    """Return how words are compared with a text: with accents where it has some."""
    return fold if text.isascii() else str


def masked(question: Question, text: str) -> str:
    """Return the words of a text; what names people whom no answer names is no word of a label.

    >>> from knowledge.tables import Option
    >>> unit = Question("", "", (Option("q", "Quân đội"), Option("c", "Công an")))
    >>> masked(unit, "tôi là công nhân"), masked(unit, "bo toi di"), masked(unit, "cong an")
    ('tôi là xx xx', 'xx xx di', 'cong an')
    """
    read = reader(text)
    words = list(syllables(text))
    known, kin = _named(question, folded=text.isascii())
    people = (_FOLDED_PAIRS if text.isascii() else _PAIRS) - known
    for at, pair in enumerate(list(pairwise(map(read, words)))):
        first, second = map(fold, pair)
        mine = first in _FOLDED_KIN and second in _OF_MINE and pair[0] not in kin
        if pair in people or mine:
            words[at : at + 2] = [MASK, MASK]
    return " ".join(words)


@lru_cache(maxsize=1024)
def _named(
    question: Question, *, folded: bool
) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """Return the pairs of words, and the words of kin, that labels and signs hold."""
    read = fold if folded else str
    said = [syllables(one) for option in question.options for one in (option.label, *option.signs)]
    pairs = frozenset(pair for one in said for pair in pairwise([read(x) for x in one]))
    return pairs, frozenset(read(word) for one in said for word in _kin(one))


def _kin(words: Sequence[str]) -> Iterator[str]:
    """Yield the words of kin of a label."""
    for at, word in enumerate(words):
        around = {tuple(words[at - 1 : at + 1]), tuple(words[at : at + 2])}
        if word in _KIN and around.isdisjoint(_NO_KIN):
            yield word


def tells(question: Question, position: int, text: str) -> bool:
    """Tell whether words of a text surely choose a label: its own, with their accents.

    Args:
        question: what was asked.
        position: of the label that shares words with the text.
        text: as typed, or masked.
    """
    read, words = reader(text), syllables(text)
    if all(_is_polite(word) for word in words):
        said = [one for one in words if fold(one) in _YES_NO]
        return any(one in _ACCENTED_YES_NO or one.isascii() for one in said)
    bags = [{read(one) for one in syllables(option.label)} for option in question.options]
    others = set[str]().union(*(bag for at, bag in enumerate(bags) if at != position))
    light = {read(one) for one in _LIGHT}
    kin = {read(one) for one in _kin(syllables(question.options[position].label))}
    mine = {one for one, of in pairwise(words) if fold(one) in _FOLDED_KIN and of in _OF_MINE}
    own = ({read(one) for one in words} & bags[position]) - (mine - kin)
    return bool(own - others - light) or own == bags[position]


def _is_polite(word: str) -> bool:
    return fold(word) in _YES_NO or fold(word) in {"a", "da", "nha", "nhe", "toi", "em", "minh"}


def by_oneself(question: Question, text: str) -> int | None:
    """Return the only answer that is about whoever types: "để tôi đi", "cho mình".

    None: the words say something else, or no answer or several are about her.
    """
    words = syllables(text)
    plain = " ".join(map(fold, words))
    if _FOR_ME.fullmatch(plain):
        return _only(question, _MINE)
    about = _WHO & set(syllables(question.text))
    if not about or _AUNT in words or not _SELF.fullmatch(plain):
        return None
    return _only(question, _MYSELF)


def _only(question: Question, pairs: frozenset[tuple[str, str]]) -> int | None:
    """Return the only answer whose label holds one of the pairs of words."""
    said = [set(pairwise(syllables(one.label))) for one in question.options]
    hits = [at for at, one in enumerate(said) if one & pairs]
    return hits[0] if len(hits) == 1 else None


def sure_signs(signs: Sequence[str], text: str) -> tuple[str, ...]:
    """Return the signs that may be looked for in a text: some need accents, so the text must."""
    if not text.isascii():
        return tuple(signs)
    return tuple(one for one in signs if fold(one) not in _NEEDS_ACCENTS)
