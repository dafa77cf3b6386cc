"""Which papers of a list are ticked by typed words: by their numbers, or by their names."""

import re
from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Marks:
    """What typed words say of the papers."""

    keys: frozenset[str]
    on: bool
    unknown: bool = False
    """A number stands beside no paper, or a name fits several: nothing is ticked."""


def marks_said(text: str, listed: Sequence[ListedPaper]) -> Marks | None:
    """Return which papers are ticked, or no longer; None: the words say nothing of the kind.

    Args:
        text: as typed.
        listed: the papers as they are numbered, from 1.
    """
    if not listed or len(text) > MOST_CHARACTERS:
        return None
    return _by_number(text, listed) or _by_name(text, listed)


def _by_number(text: str, listed: Sequence[ListedPaper]) -> Marks | None:
    match = _BY_NUMBER.fullmatch(plain(text))
    if match is None:
        return _by_one_number(text, listed)
    lack = match["lack"] or (match["later"] or "").startswith("chua")
    bare = not (match["have"] or lack or match["later"])
    numbers = [int(one) for one in re.findall(r"\d+", match["numbers"])]
    if "?" in text or not all(1 <= one <= len(listed) for one in numbers):
        return None if "?" in text else Marks(frozenset(), on=True, unknown=True)
    papers = [listed[one - 1] for one in numbers]
    on = not papers[0].ticked if bare and len(papers) == 1 else not lack
    return Marks(frozenset(one.key for one in papers), on)


def _by_one_number(text: str, listed: Sequence[ListedPaper]) -> Marks | None:
    """Read "số hai", "cái cuối": a bare number does what a press on that paper does."""
    at = number_said(text, len(listed))
    if at is None:
        return None
    if at >= len(listed):
        return Marks(frozenset(), on=True, unknown=True)
    return Marks(frozenset({listed[at].key}), on=not listed[at].ticked)


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
            return Marks(keys, on=not match["lack"], unknown=not keys)
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
