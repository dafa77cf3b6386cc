"""Dossier codes as people type them, and the one spelling in which they are looked up.

Circular 01/2018/TT-VPCP: 000.00.01.H29-240115-0001. Circular 03/2025/TT-VPCP, with the identifiers
of Decision 20/2020/QĐ-TTg: H17.15-250710-0012. Circular 04/2025/TT-VPCP: two letters before the
number. Seen in practice: dates of eight digits, numbers of seven, "A." in front.

Everything is read in a plain form of the text that has the same length: capitals, hyphens, ASCII
digits. So offsets hold for the text itself, which should come from `understanding.clean`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.dossiers.mistyping import plausible_repairs
from bot.dossiers.signless import LONG_ENOUGH, glued, with_blanks

MAX_READINGS = 3
"""So many ways to read a mistyped code are offered."""

MOST_CODES = 5
"""More codes than that are not looked for in one message."""

_DASHES = "‐‑‒–—―⁃−˗➖⸺⸻﹘﹣－ー"
_DOTS = "．。｡·•․"
_PLAIN = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full width
        **{chr(code): chr(code - 0xFEE0 - 32) for code in range(0xFF41, 0xFF5B)},
        **{chr(code): chr(code - 32) for code in range(ord("a"), ord("z") + 1)},
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_DOTS, "."),
        **dict.fromkeys("\t\n\r\u00a0\u2002\u2003\u2009\u202f\u3000", " "),
    }
)

_DOT = r" {0,2}\. {0,2}"
_DASH = r" {0,2}-{1,2} {0,2}"
_BODY = (
    r"(?:[A-Z](?:\.| {1,2}\. {0,2}))?"
    rf"(?:\d{{3}}{_DOT}\d{{2}}{_DOT}\d{{2}}{_DOT}[A-Y]\d{{2}}|[A-Y]\d{{2}}(?:{_DOT}\d{{1,3}}){{0,4}})"
)
_HEAD = re.compile(rf"(?<![A-Z0-9_]){_BODY}{_DASH}(?=\d)", re.ASCII)
"""The code up to its date."""
_TAIL = re.compile(rf"\d{{1,16}}(?:(?:{_DASH}| )?(?:[A-Z]{{1,2}} ?)?\d{{1,16}}){{0,6}}", re.ASCII)
"""Date and number, and what may not belong to them any more."""

_WHOLE = re.compile(
    r"(?P<body>(?:[A-Z]\.)?(?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{1,3}){0,4}))"
    r"-(?P<tail>\d[\dA-Z-]*)",
    re.ASCII,
)
_SPLIT = (
    re.compile(r"(?P<date>\d{6}|\d{8})(?:-|(?=[A-Z]))(?P<number>[A-Z]{0,2}\d{4,8})", re.ASCII),
    re.compile(r"(?P<date>\d{6})(?P<number>\d{4,8})", re.ASCII),
    re.compile(r"(?P<date>\d{8})(?P<number>\d{4,8})", re.ASCII),
)
"""Between date and number the hyphen may be missing."""
_SHAPE = re.compile(
    r"(?:[A-Z]\.)?(?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{1,3}){0,4})"
    r"-\d{6,8}-[A-Z]{0,2}\d{3,12}",
    re.ASCII,
)
"""What is meant as a code, though its date need not exist."""

_CUT_BEFORE = re.compile(r"(?:^|\W)[A-Z][\-_,/]$|\d[.\-_,/:]$|\d [.\-] ?$")
"""The code goes on to the left, or a mistyped one does; "…-0092637, H17…" are two."""
_CUT_AFTER = re.compile(r"[.\-_/,]\d|\w")
_WORD_AFTER = re.compile(r"[^\W\d_]{2,}")
"""A word written onto the code ("0012xong chưa"); what looks like digits is none."""
_LIKE_DIGITS = frozenset("OQDILSBZ|")

_REGION = re.compile(
    r"(?<!\w)[A-Z0-9|]{1,20}"
    r"(?:(?: {0,2}[.\-]{1,2} {0,2}|[,/_:;]| (?=\d{4}|\d{1,3} ?[.\-]))[A-Z0-9|]{1,20}){1,12}"
)
_RUN = re.compile(r"[A-Z0-9|]+")
_FEWEST_DIGITS = 10
"""A code has twelve at least; one may be missing and one may be typed as a letter."""
_LONGEST = 44
_MOST_REGIONS = 12
"""Mistyped codes are looked for in so many places of a message."""
_MOST_DROPPED = 3

_NOBODY = re.compile(r"(?:^|\.)[A-Z]00")
"""Issuers are counted from 01."""

_FIRST_YEAR, _LAST_YEAR = 2000, 2099


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A code in a text. `start` and `end` are offsets into it."""

    start: int
    end: int
    raw: str
    """As typed."""
    value: str
    """In capitals, with hyphens and without spaces: H17.15-250710-0012."""


@dataclass(frozen=True, slots=True)
class NearlyCode:
    """What would be a code but for one slip, or can be read as two codes."""

    start: int
    end: int
    raw: str
    readings: tuple[str, ...]
    """The codes that may be meant, best first, three at most; empty: no single slip explains it."""


def normal_form(written: str) -> str | None:
    """Return the code that `written` is, in one spelling; None: no such code can exist.

    >>> normal_form("h17 . 15 – 250710 - 0012")
    'H17.15-250710-0012'
    >>> normal_form("H17.15-251310-0012")
    """
    forms = _forms(_compact(written.translate(_PLAIN)))
    return forms[0] if len(forms) == 1 else None


def day_of(code: str) -> date | None:
    """Return the day in a code as it is looked up; None: it is none.

    >>> day_of("H17.15-250710-0012").isoformat()
    '2025-07-10'
    """
    groups = code.split("-")
    return _day(groups[1]) if len(groups) > 1 else None


def find_codes(text: str) -> tuple[DossierCode | NearlyCode, ...]:
    """Return the dossier codes in `text`, sound and mistyped ones, in its order.

    Time grows linearly with the text.

    >>> [one.value for one in find_codes("hs h17.15 – 250710-0012 sao rồi")]
    ['H17.15-250710-0012']
    >>> find_codes("H17.15-25O710-0012")[0].readings
    ('H17.15-250710-0012',)
    """
    plain = text.translate(_PLAIN)
    if len(plain) != len(text):  # no letter we translate becomes two
        return ()
    if (whole := _alone(plain)) is not None:
        start, end, forms = whole
        return (_code(text, start, end, forms),)
    found = list(_sound(text, plain))[:MOST_CODES]
    spans = [(one.start, one.end) for one in found]
    for find in (_signless, _nearly):
        found += list(find(text, plain, spans))[: MOST_CODES - len(found)]
        spans = [(one.start, one.end) for one in found]
    return tuple(sorted(found, key=lambda one: one.start))


def _code(text: str, start: int, end: int, forms: tuple[str, ...]) -> DossierCode | NearlyCode:
    if len(forms) == 1:
        return DossierCode(start, end, text[start:end], forms[0])
    return NearlyCode(start, end, text[start:end], forms[:MAX_READINGS])


def _alone(plain: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Return the code that the whole message is, wherever it has spaces."""
    kept = plain.strip(" .,;:!?()[]\"'-")
    if len(kept) > 2 * _LONGEST:
        return None
    forms = _forms(_compact(kept))
    start = plain.index(kept)
    return (start, start + len(kept), forms) if forms else None


def _compact(plain: str) -> str:
    return re.sub("-+", "-", plain.replace(" ", ""))


def _forms(compact: str) -> tuple[str, ...]:
    """Return the codes that `compact` may be: two where the hyphen is missing before a number."""
    match = _WHOLE.fullmatch(compact)
    if match is None:
        return ()
    splits = (split.fullmatch(match["tail"]) for split in _SPLIT)
    forms = (
        f"{match['body']}-{one['date']}-{one['number']}"
        for one in splits
        if one is not None and _exists(one["date"])
    )
    return tuple(dict.fromkeys(forms))


def _exists(digits: str) -> bool:
    """Tell whether yymmdd or yyyymmdd is a day of this century."""
    day = _day(digits)
    return day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR


def _day(digits: str) -> date | None:
    full = digits if len(digits) == len("yyyymmdd") else f"20{digits}"
    try:
        return date(int(full[:4]), int(full[4:6]), int(full[6:]))
    except ValueError:
        return None


def _sound(text: str, plain: str) -> Iterator[DossierCode | NearlyCode]:
    position = 0
    while head := _HEAD.search(plain, position):
        position = head.end()
        if _CUT_BEFORE.search(plain[max(0, head.start() - 4) : head.start()]):
            continue
        options = _ends(plain, head)
        if not options:
            continue
        first, *longer = options
        forms = first[1]
        if longer and not re.match(r" ?\w", plain[longer[-1][0] :]):  # "0012 345" may be one number
            forms = tuple(dict.fromkeys((*longer[-1][1], *forms)))
        end = first[0] if forms == first[1] else longer[-1][0]
        yield _code(text, head.start(), end, forms)
        position = end


def _ends(plain: str, head: re.Match[str]) -> list[tuple[int, tuple[str, ...]]]:
    """Return where the code may end and what it is then, the shortest first."""
    tail = _TAIL.match(plain, head.end())
    if tail is None:
        return []
    body = _compact(head.group())
    found = []
    for end in range(head.end() + 1, tail.end() + 1):
        if plain[end - 1].isdigit() and not plain[end : end + 1].isdigit():
            forms = _forms(body + _compact(plain[head.end() : end]))
            if forms and not _cut_off(plain[end : end + 12]):
                found.append((end, forms))
    return found


def _cut_off(after: str) -> bool:
    """Tell whether more of the same stands right behind."""
    if _CUT_AFTER.match(after) is None:
        return False
    word = _WORD_AFTER.match(after)
    return word is None or set(word.group()) <= _LIKE_DIGITS


Spans = list[tuple[int, int]]


def _signless(text: str, plain: str, taken: Spans) -> Iterator[NearlyCode]:
    """Yield codes without their signs; glued digits that no day explains have no reading."""
    for find in (with_blanks, glued):
        for start, end, ways in find(plain):
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            forms = tuple(dict.fromkeys(form for way in ways for form in _forms(way)))
            if forms or (find is glued and end - start >= LONG_ENOUGH):
                yield NearlyCode(start, end, text[start:end], forms[:MAX_READINGS])


def _nearly(text: str, plain: str, taken: Spans) -> Iterator[DossierCode | NearlyCode]:
    examined = 0
    for region in _REGION.finditer(plain):
        if any(region.start() < end and start < region.end() for start, end in taken):
            continue
        if sum(sign.isdigit() for sign in region.group()) < _FEWEST_DIGITS:
            continue
        examined += 1
        if examined > _MOST_REGIONS:
            return
        if (code := _mistyped(text, plain, region)) is not None:
            yield code


def _mistyped(text: str, plain: str, region: re.Match[str]) -> NearlyCode | None:
    runs = list(_RUN.finditer(plain, region.start(), region.end()))
    while runs and len(runs[0].group()) > 1 and runs[0].group().isalpha():
        runs.pop(0)  # "hs-H17…"
    for kept in range(len(runs), max(1, len(runs) - _MOST_DROPPED), -1):
        start, end = runs[0].start(), runs[kept - 1].end()
        compact = _compact(plain[start:end])
        readings = _readings(compact) if len(compact) <= _LONGEST else ()
        if plain[start + 1] == " ":  # the letter may be a word: "của e 17.15-250710-0012"
            readings = (*_readings(compact[1:]), *readings)
        if readings or _SHAPE.fullmatch(compact):
            readings = tuple(dict.fromkeys(readings))[:MAX_READINGS]
            return NearlyCode(start, end, text[start:end], readings)
    return None


def _readings(compact: str) -> tuple[str, ...]:
    """Return the codes one slip away from `compact`, those of the likeliest kind of slip."""
    for repairs in plausible_repairs(compact):
        forms = dict.fromkeys(form for repair in repairs for form in _forms(repair))
        if likely := [form for form in forms if not _NOBODY.search(form)]:
            return tuple(likely[:MAX_READINGS])
    return ()
