"""Which papers of a list are ticked by typed words: by their numbers, or by their names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.deciding.form_turns import asks, plain
from bot.deciding.numbers import number_said
from bot.guide.filing import ListedPaper
from knowledge.text import fold

MOST_CHARACTERS: Final = 80
"""A longer message says more than which papers are there."""

_HAVE = r"(?:da co|co roi|co du|co|du|xong|tick|chon|danh dau|chuan bi xong|chuan bi|lam xong|lay)"
_LACK = (
    r"(?:chua co|chua xong|chua lay|chua lam|chua|khong co|con thieu|thieu|bo chon|bo tick"
    r"|bo danh dau|bo|huy|xoa|mat)"
)
_WHO = r"(?:(?:toi|minh|em|chau|con|cho|da|vang|thi|a|o|cai|ban|hien|cung) )*"
_SOFT = r"(?: (?:roi|nhe|nha|a|day|do|xong|luon|het|ca|nua|dau|hien|ra|di|ha))*"
_BETWEEN = r"(?: (?:va|voi|cung|,|so|cai|giay|muc|to))* "
_NUMBERS = rf"(?:(?:so|cai|giay|giay so|muc|to|thu) )*\d{{1,2}}(?:{_BETWEEN}\d{{1,2}})*"
_BY_NUMBER: Final = re.compile(
    rf"{_WHO}(?:(?P<have>{_HAVE})|(?P<lack>{_LACK}))?(?: (?:duoc|roi|them))?\s?"
    rf"(?P<numbers>{_NUMBERS})(?: (?P<later>co|xong|du|da co|chua co|chua))?{_SOFT}"
)
_BY_NAME: Final = re.compile(
    rf"{_WHO}(?:(?P<have>{_HAVE})|(?P<lack>{_LACK}))(?: (?:cai|to|duoc|them|san))*"
    rf" (?P<name>.+?){_SOFT}"
)
_NAME_FIRST: Final = re.compile(
    rf"{_WHO}(?P<name>.+?) (?:thi |cung )?(?:(?:toi|minh|em) )?"
    rf"(?:(?P<lack>chua co|chua xong|khong co|chua)"
    rf"|(?P<have>da co|co|xong|du|chuan bi xong)){_SOFT}"
)
_PLAIN: Final = frozenset(
    {"giay", "to", "ban", "sao", "chinh", "cua", "va", "hoac", "cac", "mau", "theo", "so", "co"}
    | {"nguoi", "cho", "viec", "ve", "neu", "cai", "toi", "minh", "em", "duoc", "la", "don"}
)
"""Folded words that many names hold: alone they name no paper."""
_OF_A_QUESTION: Final = re.compile(r"\b(?:khong|ko|bao nhieu|may)$")


_ALL_BUT: Final = re.compile(
    rf"{_WHO}(?:(?:chi )?(?:con )?(?:thieu|chua co) (?:moi|minh|duy nhat|moi moi)|chi (?:con )?"
    r"(?:thieu|chua co|chua xong)|(?:co|du|xong) (?:het|ca|du)(?: ca)?(?: roi)?(?: chi)?"
    r" (?:tru|thieu|ngoai|tru moi)|(?:tat ca|moi thu|moi giay)(?: (?:co|deu|du))* tru|tru)"
    r"(?: (?:cai|to|moi|co|so|ra))* (?P<name>.+?)(?: ra)?(?: con lai)?"
    rf"(?: (?:co|du|xong) (?:het|ca|du))?{_SOFT}"
)
"""Everything is there but one paper."""
_NOTHING: Final = re.compile(
    rf"{_WHO}(?:chua|khong|ko|hong) (?:co|chuan bi|lam)(?: duoc)?(?: (?:cai|giay|giay to))?"
    r" (?:gi|nao|giay to gi|giay nao)(?: (?:het|ca|dau|roi|a|sat))*"
)
_WHAT: Final = re.compile(
    rf"{_WHO}(?:(?:giai thich|noi ro|hoi|xem|the|con|vay) )*(?:(?:so|cai|giay|to|muc|thu|so thu) )*"
    r"(?P<at>\d{1,2})(?: (?:do|nay|kia))?(?: (?:y|nghia|co))?"
    r" (?:la|nghia|lay|xin)(?: (?:la|cai|giay|to))* (?:gi|sao|the nao|nao|o dau)"
    r"(?: (?:vay|the|a|ha|do|ban|nhi|day|khong|lam))*"
    rf"|{_WHO}(?:giai thich|noi ro)(?: (?:ve|ho|giup|toi|them))*(?: (?:so|cai|giay|to|muc|thu))*"
    r" (?P<also>\d{1,2})(?: (?:di|voi|nhe|a))*"
)
_ORDINALS: Final = {
    "dau tien": 1, "dau": 1, "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5,
    "sau": 6,
}  # fmt: skip
_ORDINAL: Final = re.compile(
    rf"\b(?:cai|giay|to|so|muc|thu)(?: thu)? (?P<said>{'|'.join(_ORDINALS)}|cuoi cung|cuoi)\b"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What typed words say of the papers, by their keys."""

    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    unknown: bool = False
    """A number stands beside no paper, or a name fits several: nothing is ticked."""


def paper_asked(text: str, count: int) -> int | None:
    """Return which of `count` papers is asked about, from 0; None: none is.

    >>> paper_asked("cái 2 là cái gì", 3), paper_asked("giải thích số 1", 3), paper_asked("2", 3)
    (1, 0, None)
    """
    match = _WHAT.fullmatch(_in_figures(plain(text), count))
    at = int(match["at"] or match["also"]) if match else 0
    return at - 1 if 1 <= at <= count else None


def _in_figures(words: str, count: int) -> str:
    """Return words with "cái đầu" and "giấy thứ hai" as "số 1" and "số 2"."""
    return _ORDINAL.sub(lambda one: f"so {_ORDINALS.get(one['said'], count)}", words)


def marks_said(text: str, listed: Sequence[ListedPaper], *, bare: bool = True) -> Marks | None:
    """Return which papers are ticked, or no longer; None: the words say nothing of the kind.

    Args:
        text: as typed.
        listed: the papers as they are numbered, from 1.
        bare: a number alone means the paper beside which it stands.
    """
    if not listed or len(text) > MOST_CHARACTERS:
        return None
    words = plain(text)
    if _NOTHING.fullmatch(words):
        return Marks(off=frozenset(one.key for one in listed))
    return _all_but(words, listed) or _by_number(text, listed, bare=bare) or _by_name(text, listed)


def _all_but(words: str, listed: Sequence[ListedPaper]) -> Marks | None:
    match = _ALL_BUT.fullmatch(_in_figures(words, len(listed)))
    if match is None or asks(match["name"]):
        return None
    name = match["name"]
    if re.fullmatch(_NUMBERS, name):
        numbers = [int(one) for one in re.findall(r"\d+", name)]
        sound = all(1 <= one <= len(listed) for one in numbers)
        keys = frozenset(listed[one - 1].key for one in numbers) if sound else frozenset()
    else:
        named = _named(name, listed)
        if named is None:
            return None
        keys = named
    needed = frozenset(one.key for one in listed if not one.conditions)
    return Marks(needed - keys, keys) if keys else Marks(unknown=True)


def _by_number(text: str, listed: Sequence[ListedPaper], *, bare: bool) -> Marks | None:
    words = _in_figures(plain(text), len(listed))
    match = _BY_NUMBER.fullmatch(words)
    if match is None:
        return _by_one_number(text, listed) if bare else None
    lack = match["lack"] or (match["later"] or "").startswith("chua")
    alone = not (match["have"] or lack or match["later"] or words.endswith(" roi"))
    numbers = [int(one) for one in re.findall(r"\d+", match["numbers"])]
    if "?" in text or (alone and not bare):
        return None
    if not all(1 <= one <= len(listed) for one in numbers):
        return Marks(unknown=True)
    return _marks((listed[one - 1].key for one in numbers), on=not lack)


def _marks(keys: Iterable[str], *, on: bool) -> Marks:
    return Marks(on=frozenset(keys)) if on else Marks(off=frozenset(keys))


def _by_one_number(text: str, listed: Sequence[ListedPaper]) -> Marks | None:
    """Read "số hai", "cái cuối": a bare number ticks, and never takes a tick away."""
    at = number_said(text, len(listed))
    if at is None:
        return None
    if at >= len(listed):
        return Marks(unknown=True)
    return _marks((listed[at].key,), on=True)


def _by_name(text: str, listed: Sequence[ListedPaper]) -> Marks | None:
    words = plain(text)
    if "?" in text or _OF_A_QUESTION.search(words):
        return None
    for pattern in (_BY_NAME, _NAME_FIRST):
        match = pattern.fullmatch(words)
        name = match["name"] if match else ""
        if match is None or asks(name):
            continue
        keys = _named(name, listed)
        if keys is not None:
            return _marks(keys, on=not match["lack"]) if keys else Marks(unknown=True)
    return None


def _named(name: str, listed: Sequence[ListedPaper]) -> frozenset[str] | None:
    """Return the papers of this name, nothing where several fit equally; None: it is no paper's."""
    said = [one for one in name.split() if one not in _PLAIN]
    if not said:
        return None
    scores = {one.key: _share(said, _words(one)) for one in listed}
    best = max(scores.values())
    if best < 1:
        return None
    full = [one for one in listed if scores[one.key] == best]
    exact = [one for one in full if set(_words(one)) <= set(said)]
    hits = exact or full
    return frozenset({hits[0].key}) if len(hits) == 1 else frozenset()


def _words(listed: ListedPaper) -> list[str]:
    return [one for one in plain(fold(listed.paper.name)).split() if one not in _PLAIN]


def _share(said: Sequence[str], name: Sequence[str]) -> float:
    """Return which share of the words said stands in the name."""
    return sum(one in name for one in said) / len(said)
