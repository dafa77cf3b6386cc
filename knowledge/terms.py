"""What is compared when a procedure is looked for: single syllables and pairs of them."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from knowledge.text import fold, strip_accents, syllables

_Y_AS_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_OPEN_Y = re.compile(r"(?:[hklmst]|qu)[yýỳỷỹỵ]")
"""Syllables written with i or y at will: ký/kí, lý/lí, tỷ/tỉ, quý/quí."""

_OPENING = re.compile(r"^\s*thủ tục:?\s+", re.IGNORECASE)
_LEVEL = r"(?:trung\s+ương|tỉnh|tinh|huyện|xã|bộ)"
_LEVEL_TAIL = re.compile(
    rf"""[\s,]*\(?\s*thực\s+hiện\s+(?:tại|ở)\s+cấp\s+[^()]*\)?[\s.]*$
    |\s*\(\s*cấp\s+{_LEVEL}\s*\)[\s.]*$
    |\s+tại\s+(?:công\s+an\s+cấp\s+{_LEVEL}|(?:cục|phòng)\s+quản\s+lý\s+xuất\s+nhập\s+cảnh)
    [^()]*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""The same procedure stands once per level; some names are published with a slip ("cấp tinh")."""
_CHANNEL_TAIL = re.compile(
    r"\s+(?:thực\s+hiện\s+)?(?:bằng\s+dịch\s+vụ\s+công|trực\s+tuyến\s+toàn\s+trình).*$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_NARROWING = re.compile(
    r"[,;]?\s+(?:đối với|trong (?:các )?trường hợp|theo quy định|thuộc thẩm quyền|mà)\s",
    re.IGNORECASE,
)


_WRITTEN_OUT = {
    "bhyt": "bảo hiểm y tế",
    "bhxh": "bảo hiểm xã hội",
    "bhtn": "bảo hiểm thất nghiệp",
    "tnlđ": "tai nạn lao động",
    "bhtnlđ": "bảo hiểm tai nạn lao động",
    "bnn": "bệnh nghề nghiệp",
    "kcb": "khám chữa bệnh",
    "dsphsk": "dưỡng sức phục hồi sức khỏe",
    "tnhh": "trách nhiệm hữu hạn",
    "htx": "hợp tác xã",
    "ubnd": "ủy ban nhân dân",
    "qsdđ": "quyền sử dụng đất",
    "gcn": "giấy chứng nhận",
    "tthc": "thủ tục hành chính",
    "pccc": "phòng cháy chữa cháy",
}
"""Abbreviations that records and people share; both are compared written out."""


_MOST_SYLLABLES = 16_384
"""Vietnamese writes some 7,000 different syllables; the rest are numbers and slips."""


class Syllable(NamedTuple):
    """A syllable as typed and as compared."""

    accented: str
    bare: str


class Terms(NamedTuple):
    """The distinct terms of a text; a pair is two syllables with a blank between them."""

    accented: frozenset[str]
    bare: frozenset[str]


def split(text: str) -> tuple[Syllable, ...]:
    """Return the syllables of `text`; i and y are one where writers choose freely.

    >>> split("Đăng kí")
    (Syllable(accented='đăng', bare='dang'), Syllable(accented='kí', bare='ki'))
    """
    return tuple(itertools.chain.from_iterable(map(_compared, syllables(text))))


@lru_cache(maxsize=_MOST_SYLLABLES)
def _compared(word: str) -> tuple[Syllable, ...]:
    """Return a syllable as it is compared, or those of what an abbreviation stands for."""
    return tuple(_spelled(one) for one in _WRITTEN_OUT.get(word, word).split())


def _spelled(word: str) -> Syllable:
    spelled = word.translate(_Y_AS_I) if _OPEN_Y.fullmatch(word) else word
    return Syllable(spelled, strip_accents(spelled))


def pairs(words: Sequence[str]) -> Iterator[str]:
    """Yield each two neighbours, joined with a blank."""
    return (f"{one} {two}" for one, two in itertools.pairwise(words))


def terms(text: str) -> Terms:
    """Return the distinct syllables and pairs of `text`, with accents and without."""
    words = split(text)
    accented = [word.accented for word in words]
    bare = [word.bare for word in words]
    return Terms(
        frozenset((*accented, *pairs(accented))),
        frozenset((*bare, *pairs(bare))),
    )


def core(name: str) -> str:
    """Return an official name without "Thủ tục", the level and the channel at its end.

    >>> core("Cấp lại thẻ căn cước (thực hiện tại cấp tỉnh)")
    'Cấp lại thẻ căn cước'
    """
    bare = _OPENING.sub("", " ".join(name.split()))
    kept = _CHANNEL_TAIL.sub("", _LEVEL_TAIL.sub("", bare)).strip(" .,;")
    return kept or name.strip()


def twin_key(name: str) -> str:
    """Return what the names of level twins have in common."""
    return " ".join(word.bare for word in split(core(name)))


def variants(name: str) -> Iterator[tuple[str, bool]]:
    """Yield the ways an official name is said: (text, whether it is only a part of the name).

    The alternatives in brackets ("công trình không theo tuyến/dự án") are each a way to say it.
    """
    whole = core(name)
    yield whole, False
    if whole != name:
        yield name, False
    plain = _BRACKETS.sub("", whole).strip()
    if plain and plain != whole:
        yield plain, False
        for inside in re.findall(r"\(([^()]*/[^()]*)\)", whole):
            yield from ((f"{plain} {choice.strip()}", True) for choice in inside.split("/")[:12])
    for narrowing in (_NARROWING, _LISTING):
        head = narrowing.split(plain, maxsplit=1)[0]
        if head != plain and len(syllables(head)) >= _LEAST_HEAD:
            yield head, True


_LISTING = re.compile(r"[,;]\s")
_LEAST_HEAD = 4
"""Syllables of a head worth knowing: "Cấp giấy phép" alone would fit everything."""

_NAMED_LEVEL = (
    (
        "commune",
        re.compile(
            r"\b(?:cap xa|o xa|tai xa|xa phuong|cong an xa|cong an phuong|ubnd xa|phuong)\b"
        ),
    ),
    ("province", re.compile(r"\b(?:cap tinh|cong an tinh|so tu phap|o tinh|tai tinh|thanh pho)\b")),
    ("ministry", re.compile(r"\b(?:trung uong|cap bo|bo cong an|cuc canh sat|tren bo|tai cuc)\b")),
)


def named_levels(text: str) -> frozenset[str]:
    """Return the levels of government that a question names, as values of `Level`."""
    bare = fold(text)
    return frozenset(level for level, sign in _NAMED_LEVEL if sign.search(bare))
