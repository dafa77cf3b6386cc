"""Rasa's repair of BILOU tags: B-egin, I-nside, L-ast, O-utside, U-nit.

A tag sequence may be inconsistent, because each tag is the likeliest of its token alone. The rules
are those of rasa/nlu/utils/bilou_utils.py (3.6.21), held by the parity test.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

OUTSIDE = "O"
_PREFIXES = ("B-", "I-", "L-", "U-")


def prefix(tag: str) -> str:
    """Return "B-", "I-", "L-", "U-" or "" for a tag without one."""
    return tag[:2] if tag[:2] in _PREFIXES else ""


def kind(tag: str) -> str:
    """Return the tag without its prefix."""
    return tag[2:] if tag[:2] in _PREFIXES else tag


def repaired(tags: Sequence[str], sure: Sequence[float]) -> tuple[list[str], list[float]]:
    """Return tags and confidences such that every B- has its end and one kind."""
    tags, sure = list(tags), list(sure)
    for start, tag in enumerate(tags):
        if prefix(tag) == "B-":
            _close(tags, sure, start, _end(tags, start))
    return tags, sure


def _close(tags: list[str], sure: list[float], start: int, last: int) -> None:
    kinds = [kind(tag) for tag in tags[start : last + 1]]
    chosen = kinds[0]
    if any(other != chosen for other in kinds):
        chosen, score = _likeliest(kinds, sure[start : last + 1])
        for place in range(start, last + 1):
            if kind(tags[place]) != chosen:
                sure[place] = round(score, 2)
    if last == start:
        tags[start] = f"U-{chosen}"
        return
    tags[start], tags[last] = f"B-{chosen}", f"L-{chosen}"
    for place in range(start + 1, last):
        tags[place] = f"I-{chosen}"


def _end(tags: Sequence[str], start: int) -> int:
    place = start + 1
    while place < len(tags) and prefix(tags[place]) == "I-":
        place += 1
    if place < len(tags) and prefix(tags[place]) == "L-":
        return place
    return place - 1


def _likeliest(kinds: Sequence[str], sure: Sequence[float]) -> tuple[str, float]:
    """Return the kind with the best harmonic mean of confidence and share of tokens."""
    values = defaultdict(list)
    for name, value in zip(kinds, sure, strict=True):
        values[name].append(value)
    scores = {}
    for name, count in Counter(kinds).items():
        mean = round(sum(values[name]) / len(values[name]), 2)
        share = round(count / len(kinds), 2)
        scores[name] = 2 * mean * share / (mean + share)
    best = max(scores, key=lambda name: scores[name])
    return best, scores[best]
