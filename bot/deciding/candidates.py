"""Searching for what a message names: the whole of it, and each of two procedures in it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.deciding.signs import is_divorce, without_divorce
from bot.deciding.words import (
    is_called,
    names_of,
    says_something,
    telling_words,
    tells_enough,
    words_named,
    words_said,
)
from bot.parse import Parse
from bot.ports import Library, Match
from knowledge.procedure import Level, Procedure
from knowledge.text import fold, similar, syllables

SURE = 0.78
"""A name or alias typed nearly whole. Rare procedures reach hardly 0.9 with their whole name,
since popularity counts too."""

FOUND = 0.45
"""Below this score a search result shares a few words with the question, no more."""

WEAK = 0.4
"""A whole message that finds nothing better tells a story around the name. Measured on 926
questions: 0.5 finds the right procedure first in 0.876, 0.4 in 0.882."""

EATEN = 0.05
"""The model marks words of a name as asking ("xác nhận *điều kiện* thường trú"). So the message
is searched as it stands, unless it finds so much more without the asking words. Alone, the whole
message finds 0.883 of 926 questions, the message without asking words 0.880."""

NEAR_NAME = 0.93
"""Share of equal letters from which on a message is a name with a slip in it; "cấp lại" and "cấp
đổi thẻ căn cước" share 0.85."""

_LEAST_LENGTH = NEAR_NAME / (2 - NEAR_NAME)
"""Texts whose lengths differ more cannot be so near; saves comparing them."""

_LEAST_BEGINNING = 6
"""Blanks in the beginning of a long official name that stands for the whole of it."""

PART = 0.6
"""Each of two procedures in one message must be found so well on its own."""

_AND = re.compile(r"\s+(?:và|va|với|voi|cùng|cung|lẫn|lan|kèm|kem)\s+|\s*[;+&]\s*", re.IGNORECASE)
_LEVEL_WORDS = {
    Level.COMMUNE: ("cap xa", "o xa", "o phuong", "ubnd xa", "ubnd phuong"),
    Level.PROVINCE: ("cap tinh", "len tinh", "o tinh", "so tu phap", "cong an tinh"),
    Level.MINISTRY: ("cap bo", "trung uong", "o bo"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure that fits, standing for its level twins."""

    procedure: Procedure
    score: float
    """0 to 1."""
    twins: tuple[Procedure, ...] = ()
    """The same procedure at other levels, nearest to the citizen first."""
    named: bool = False
    """The message is its name or alias, perhaps with a slip; it may ask something beside."""
    entire: bool = False
    """Nothing is asked beside: what the model marks as asking belongs to the name."""
    heard: float = 0.0
    said: float = 0.0
    name_said: float = 0.0
    """As in `Match`: shares of the question and of the name that agree."""


Mentions = tuple[tuple[Candidate, ...], ...]


def search(library: Library, parse: Parse, *, alone: bool) -> tuple[Mentions, tuple[str, ...]]:
    """Return what fits each procedure that the message names, and all codes in order.

    Two procedures are told apart only outside a topic (`alone`): in the middle of one the model
    marks its papers and places too. A correction names the old and the new procedure.
    """
    level = _named_level(parse.text)
    whole = _promoted(_fold_twins(library, _whole(library, parse, alone=alone), level), parse)
    mentions: Mentions = (whole,) if whole else ()
    corrects = parse.intent == "correct" and not alone  # a first message has nothing to correct
    if not (whole and whole[0].named) and (alone or corrects):
        mentions = _several(library, parse, whole, level, alone=alone)
    codes = (code for candidates in mentions for one in candidates for code in _codes(one))
    return mentions, tuple(dict.fromkeys(codes))[:10]


def _codes(candidate: Candidate) -> tuple[str, ...]:
    return (candidate.procedure.code, *(twin.code for twin in candidate.twins))


def _whole(library: Library, parse: Parse, *, alone: bool) -> Sequence[Match]:
    said, text = words_said(parse), parse.text
    if is_divorce(text):
        said, text = without_divorce(said), without_divorce(text)
    without = library.search(said, limit=10) if says_something(said) else ()
    if not alone or said == text or not says_something(text):
        return without
    whole = library.search(text, limit=10)
    if not without:  # "lệ phí bao nhiêu": all of it asks; but a name may be all there is
        return whole if whole and is_called(whole[0].procedure, text) else ()
    if _best(without) < SURE and _may_belong_to_a_name(parse, whole):
        return whole
    return without if _best(without) > _best(whole) + EATEN else whole


def _may_belong_to_a_name(parse: Parse, matches: Sequence[Match]) -> bool:
    """Tell whether words that the model marks as asking are telling words of a name that fits."""
    asking = " ".join(entity.text for entity in parse.entities if entity.kind == "asked")
    near = [match.procedure for match in matches if _best(matches) - match.score < EATEN]
    return any(telling_words(asking) & telling_words(procedure.name) for procedure in near)


def _promoted(candidates: tuple[Candidate, ...], parse: Parse) -> tuple[Candidate, ...]:
    """Put the candidate first whose name the whole message is: names of 20 words differ by one."""
    typed, said = (" ".join(syllables(fold(text))) for text in (parse.text, words_said(parse)))
    near = [_nearness(one.procedure, typed) for one in candidates]
    near_said = [_nearness(one.procedure, said) for one in candidates]
    best, best_said = max(near, default=0.0), max(near_said, default=0.0)
    if max(best, best_said) < NEAR_NAME:
        return candidates
    entire = best >= best_said
    first = candidates[near.index(best) if entire else near_said.index(best_said)]
    rest = (one for one in candidates if one is not first)
    return (replace(first, named=True, entire=entire), *rest)


def _nearness(procedure: Procedure, text: str) -> float:
    """Return how much of a name `text` is: 1 all of it, 0 where the lengths differ too much.

    A beginning of several words is near: official names drag on, and their ends change.
    """
    said = text.removeprefix("thu tuc ")
    best = 0.0
    for name in names_of(procedure):
        if len(name) < _LEAST_LENGTH * len(said):  # most names: no need to fold them
            continue
        folded = _folded(name)
        if said == folded:
            return 1.0
        if folded.startswith(f"{said} ") and said.count(" ") >= _LEAST_BEGINNING:
            best = max(best, NEAR_NAME)
        elif len(said) >= _LEAST_LENGTH * len(folded):
            best = max(best, similar(said, folded))
    return best


@lru_cache(maxsize=8192)
def _folded(name: str) -> str:
    """Return a name as it is compared; the names of a few thousand procedures recur all day."""
    return " ".join(syllables(fold(name))).removeprefix("thu tuc ")


def _several(
    library: Library,
    parse: Parse,
    whole: tuple[Candidate, ...],
    level: Level | None,
    *,
    alone: bool,
) -> Mentions:
    """Return the procedures named one by one, where the message names more than one.

    The named parts count where the whole finds little. Two parts count where each is found well
    and the whole finds one of them: "khai sinh kết hợp nhận cha, mẹ, con" is one procedure.
    """
    weak = not whole or whole[0].score < WEAK
    if weak or parse.intent == "correct":
        words = (one for one in words_named(parse) if tells_enough(one))
        named = [part for one in words if (part := _part(library, one, level))]
        named = [part for part in named if part[0].score >= WEAK]
        if weak:
            # "photo bằng đại học rồi chứng thực": the marked "chứng thực" alone says less.
            vague = bool(whole) and not any(_stands_alone(part) for part in named)
            return (whole,) if vague else tuple(named)
        if not alone and len(_tops(named)) > 1 and _first(whole) in _tops(named):
            return tuple(named)
    return _joined(library, parse, whole, level)


def _joined(
    library: Library, parse: Parse, whole: tuple[Candidate, ...], level: Level | None
) -> Mentions:
    """Return the two procedures that "và", "với" … join, or the whole as one."""
    pieces = [piece for piece in _AND.split(words_said(parse)) if says_something(piece)]
    if len(pieces) == 1:
        return (whole,)
    parts = [_part(library, piece, level) for piece in pieces[:3]]
    parts = [part for part in parts if part and _stands_alone(part)]
    if len(_tops(parts)) > 1 and _first(whole) in _tops(parts):
        return tuple(parts)
    return (whole,)


def _part(library: Library, words: str, level: Level | None) -> tuple[Candidate, ...]:
    return _fold_twins(library, library.search(words, limit=10), level)


def _stands_alone(part: tuple[Candidate, ...]) -> bool:
    second = part[1].score if len(part) > 1 else 0.0
    return part[0].score >= PART and part[0].score - second >= EATEN


def _tops(parts: Iterable[tuple[Candidate, ...]]) -> frozenset[str]:
    return frozenset(_first(part) for part in parts)


def _first(candidates: tuple[Candidate, ...]) -> str:
    return candidates[0].procedure.code


def _best(result: Sequence[Match]) -> float:
    return result[0].score if result else 0.0


def _fold_twins(
    library: Library, matches: Iterable[Match], level: Level | None
) -> tuple[Candidate, ...]:
    candidates: list[Candidate] = []
    seen: set[str] = set()
    for match in matches:
        if match.procedure.code in seen:
            continue
        family = (match.procedure, *others(library, match.procedure))
        family = tuple(sorted(family, key=_distance))
        nearest = next((twin for twin in family if level in twin.levels), family[0])
        seen.update(twin.code for twin in family)
        rest = tuple(twin for twin in family if twin.code != nearest.code)
        candidates.append(
            Candidate(
                nearest,
                match.score,
                rest,
                heard=match.heard,
                said=match.said,
                name_said=match.named,
            )
        )
    return tuple(candidates)


def others(library: Library, procedure: Procedure) -> tuple[Procedure, ...]:
    """Return the same procedure at other levels."""
    return tuple(twin for twin in library.twins(procedure.code) if twin.code != procedure.code)


def _named_level(text: str) -> Level | None:
    folded = fold(text)
    for level, words in _LEVEL_WORDS.items():
        if any(word in folded for word in words):
            return level
    return None


def _distance(procedure: Procedure) -> int:
    """Return how far the deciding level is from the citizen."""
    order = tuple(Level)
    return min((order.index(level) for level in procedure.levels), default=len(order))
