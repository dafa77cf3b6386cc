"""What somebody may have meant to type: every string one slip away, the likeliest slips first.

Knows nothing of codes but that they are made of groups of letters and digits between dots and
hyphens; which of the strings is a code is for `dossier_code` to say.
"""

import re
from collections.abc import Iterator

_MEANT = {
    "O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "|": "1", "B": "8", "S": "5", "Z": "2",
    "G": "6", "0": "OD", "1": "IL", "8": "B", "5": "S", "6": "G",
}  # fmt: skip
"""Signs that are taken for one another on paper, and what they may stand for."""

_KEYBOARD = "1234567890"
_SEPARATORS = ".-"
_ISSUERS = "HG"
"""Provinces and ministries (Decision 20/2020/QĐ-TTg): the letters most codes begin with."""

_GROUP = re.compile(r"[A-Z0-9|]+")
_FEWEST_GROUPS = 3
_DATE = re.compile(r"(?<=-)\d{6}(?:\d{2})?(?=-)")
_BEHIND_BODY = re.compile(r"(?<=-)[\dA-Z|-]+$")
_DIGITS_MEANT = str.maketrans({sign: meant for sign, meant in _MEANT.items() if meant.isdigit()})


def plausible_repairs(written: str) -> Iterator[Iterator[str]]:
    """Yield groups of repairs, the likeliest kind of slip first; some repairs recur.

    `written` has no spaces and only capitals. A group may be empty.

    >>> [next(group, "") for group in plausible_repairs("H17-25O710-0012")][0]
    'H17-250710-0012'
    """
    yield _look_alikes(written)
    yield _wrong_separators(written)
    yield _doubled(written)
    yield _others(written)


def _look_alikes(written: str) -> Iterator[str]:
    yield _BEHIND_BODY.sub(lambda match: match.group().translate(_DIGITS_MEANT), written)
    body_end = written.find("-")
    letters_too = 0 <= written.find(".") < body_end  # "028-…" is no code that begins with O
    for place, sign in enumerate(written):
        for meant in _MEANT.get(sign, ""):
            if meant.isdigit() or (letters_too and place < body_end):
                yield _put(written, place, meant)


def _wrong_separators(written: str) -> Iterator[str]:
    groups = _GROUP.findall(written)
    if len(groups) >= _FEWEST_GROUPS:  # one wrong key, pressed each time: "H17/15/250710/0012"
        yield "-".join((".".join(groups[:-2]), *groups[-2:]))
    for place, sign in enumerate(written):
        if not sign.isalnum():
            yield from (_put(written, place, meant) for meant in _SEPARATORS if meant != sign)


def _doubled(written: str) -> Iterator[str]:
    places = range(1, len(written))
    yield from (_put(written, at, "") for at in places if written[at] == written[at - 1])


def _others(written: str) -> Iterator[str]:
    """Yield what a missing, exchanged, superfluous or neighbouring sign explains."""
    for place in range(1, len(written)):
        yield from (written[:place] + meant + written[place:] for meant in _SEPARATORS)
    yield from _exchanged(written)
    for place in range(len(written) + 1):
        before = written[place - 1 : place]
        missing = dict.fromkeys(("0", before if before.isdigit() else "0"))
        yield from (written[:place] + sign + written[place:] for sign in missing)
        if not before.isalnum():
            yield from (written[:place] + sign + written[place:] for sign in _ISSUERS)
    # Which of nine digits of a number is too many nobody can tell.
    yield from (_put(written, place, "") for place in range(written.rfind("-") + 1))
    yield from _dates(written)


def _exchanged(written: str) -> Iterator[str]:
    """Yield two neighbours exchanged, and day and month exchanged."""
    if date := _DATE.search(written):
        end = date.end()
        month, day = written[end - 4 : end - 2], written[end - 2 : end]
        yield f"{written[: end - 4]}{day}{month}{written[end:]}"
    for place in range(len(written) - 1):
        one, two = written[place], written[place + 1]
        if one != two:
            yield f"{written[:place]}{two}{one}{written[place + 2 :]}"


def _dates(written: str) -> Iterator[str]:
    """Yield other digits in the date: first those beside the typed one on a keyboard."""
    date = _DATE.search(written)
    if date is None:
        return
    by_distance: dict[int, list[str]] = {}
    for place in range(date.start(), date.end()):
        key = _KEYBOARD.index(written[place])
        for other, digit in enumerate(_KEYBOARD):
            by_distance.setdefault(abs(key - other), []).append(_put(written, place, digit))
    for distance in sorted(by_distance):
        yield from by_distance[distance]


def _put(written: str, place: int, sign: str) -> str:
    return written[:place] + sign + written[place + 1 :]
