"""Searching for what a message names: the whole of it, and each of two procedures in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.deciding.clauses import clauses_of, covers
from bot.deciding.nearness import NEAR_NAME, nearness
from bot.deciding.signs import is_divorce, without_divorce
from bot.deciding.words import (
    is_called,
    says_something,
    telling_words,
    tells_enough,
    without_costs,
    words_named,
    words_said,
)
from bot.parse import AskedField, Parse
from bot.ports import Library, Match
from knowledge.procedure import Level, Procedure
from knowledge.text import fold, syllables

SURE = 0.78
"""A name or alias typed nearly whole. Rare procedures reach hardly 0.9 with their whole name,
since popularity counts too."""

FOUND = 0.45
"""Below this score a search result shares a few words with the question, no more."""

SPREAD = 0.2
"""Offered as buttons is what comes so near to the best."""

WEAK = 0.4
"""A whole message that finds nothing better tells a story around the name. Measured on 926
questions: 0.5 finds the right procedure first in 0.876, 0.4 in 0.882."""

EATEN = 0.05
"""The model marks words of a name as asking ("xác nhận *điều kiện* thường trú"). So the message
is searched as it stands, unless it finds so much more without the asking words. Alone, the whole
message finds 0.883 of 926 questions, the message without asking words 0.880."""

PART = 0.6
"""Each of several procedures in one message must be found so well on its own."""

LEAST_CLAUSES, MOST_MENTIONS = 2, 3
"""So many procedures in one message are answered one after the other."""

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
    clause: str = ""
    """The part of a message about several procedures that names this one; empty: all of it."""
    asked: tuple[AskedField, ...] = ()
    """What that part asks; empty: what the message asks."""


Mentions = tuple[tuple[Candidate, ...], ...]


def search(library: Library, parse: Parse, *, alone: bool) -> tuple[Mentions, tuple[str, ...]]:
    """Return what fits each procedure that the message names, and all codes in order.

    In the middle of a topic (not `alone`) several are told apart only where each is asked about:
    the model marks papers and places of the topic too. A correction names the old and the new.
    """
    level = _named_level(parse.text)
    whole = _promoted(_fold_twins(library, _whole(library, parse, alone=alone), level), parse)
    mentions: Mentions = (whole,) if whole else ()
    corrects = parse.intent == "correct" and not alone  # a first message has nothing to correct
    if not (whole and whole[0].named):
        several = () if corrects else _by_clauses(library, parse, whole, level, alone=alone)
        if not several and (alone or corrects):
            several = _several(library, parse, whole, level, alone=alone)
        mentions = several or mentions
    first = [candidates[0] for candidates in mentions]
    rest = (one for candidates in mentions for one in candidates[1:])
    codes = (code for one in (*first, *rest) for code in _codes(one))
    return mentions, tuple(dict.fromkeys(codes))[:10]


def _codes(candidate: Candidate) -> tuple[str, ...]:
    return (candidate.procedure.code, *(twin.code for twin in candidate.twins))


def _whole(library: Library, parse: Parse, *, alone: bool) -> Sequence[Match]:
    said, text = words_said(parse), without_costs(parse.text)
    if is_divorce(text):
        said, text = without_divorce(said), without_divorce(text)
    without = library.search(said, limit=10) if says_something(said) else ()
    if alone and not without and not says_something(text):
        return _called_so(library, text)
    if not alone or said == text:
        return without
    whole = library.search(text, limit=10)
    if not without:  # "lệ phí bao nhiêu": all of it asks; but a name may be all there is
        return whole if whole and _is_all_name(whole[0], text) else ()
    if _best(without) < SURE and _may_belong_to_a_name(parse, whole):
        return whole
    return without if _best(without) > _best(whole) + EATEN else whole


def _called_so(library: Library, text: str) -> Sequence[Match]:
    """Return what fits a message without a telling word, if it is a name all the same: "sao y"."""
    found = library.search(text, limit=10)
    return found if found and is_called(found[0].procedure, text) else ()


def _is_all_name(match: Match, text: str) -> bool:
    """Tell whether a message of asking words alone names a procedure: "tạm trú hết hạn sao"."""
    return is_called(match.procedure, text) or (match.score >= PART and tells_enough(text))


def _may_belong_to_a_name(parse: Parse, matches: Sequence[Match]) -> bool:
    """Tell whether words that the model marks as asking are telling words of a name that fits."""
    asking = " ".join(entity.text for entity in parse.entities if entity.kind == "asked")
    near = [match.procedure for match in matches if _best(matches) - match.score < EATEN]
    return any(telling_words(asking) & telling_words(procedure.name) for procedure in near)


def _promoted(candidates: tuple[Candidate, ...], parse: Parse) -> tuple[Candidate, ...]:
    """Put the candidate first whose name the whole message is: names of 20 words differ by one."""
    typed, said = (" ".join(syllables(fold(text))) for text in (parse.text, words_said(parse)))
    near = [nearness(one.procedure, typed) for one in candidates]
    near_said = [nearness(one.procedure, said) for one in candidates]
    best, best_said = max(near, default=0.0), max(near_said, default=0.0)
    if max(best, best_said) < NEAR_NAME:
        return candidates
    entire = best >= best_said
    first = candidates[near.index(best) if entire else near_said.index(best_said)]
    rest = (one for one in candidates if one is not first)
    return (replace(first, named=True, entire=entire), *rest)


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
            vague = bool(whole) and not any(_stands_alone(part, library) for part in named)
            return (whole,) if vague else tuple(named)
        if not alone and len(_tops(named)) > 1 and _first(whole) in _tops(named):
            return tuple(named)
        if not alone and len(named) == 1 and named[0][0].named:
            return tuple(named)  # "à nhầm, đăng ký khai sinh": the words around it say nothing
    return (whole,)


def _by_clauses(
    library: Library,
    parse: Parse,
    whole: tuple[Candidate, ...],
    level: Level | None,
    *,
    alone: bool,
) -> Mentions:
    """Return what each clause names, where several name a procedure; nothing: they name one.

    Each is found well, and is called so, or asks on its own, or the whole finds it too.
    """
    clauses = clauses_of(parse)
    asking = sum(bool(clause.asked) for clause in clauses) > 1
    if len(clauses) < LEAST_CLAUSES or not (alone or asking):
        return ()
    parts: dict[str, tuple[Candidate, ...]] = {}
    asked: dict[str, tuple[AskedField, ...]] = {}
    for clause in clauses:
        part = _part(library, clause.words, level)
        stands = bool(part) and _stands_alone(part, library)
        top = _first(part) if stands else next(reversed(parts), "")
        if stands:
            marked = replace(part[0], clause=clause.words)
            parts.setdefault(top, (marked, *part[1:]))
        asked[top] = asked.get(top, ()) + clause.asked
    if len(parts) < LEAST_CLAUSES:
        return ()
    called = all(is_called(part[0].procedure, part[0].clause) for part in parts.values())
    if whole and not called and covers(whole[0].procedure, clauses):
        return ()
    if not (called or asking or (whole and _first(whole) in parts)):
        return ()
    mentions = [
        (replace(part[0], asked=asked[top] or asked.get("", ())), *part[1:])
        for top, part in parts.items()
    ]
    return tuple(mentions[:MOST_MENTIONS])


def _part(library: Library, words: str, level: Level | None) -> tuple[Candidate, ...]:
    found = _fold_twins(library, library.search(words, limit=10), level)
    return _promoted(found, Parse(words, "", 0.0))


def _stands_alone(part: tuple[Candidate, ...], library: Library) -> bool:
    """Tell whether the part names one procedure, or siblings of which the case can be asked."""
    best, second = part[0], part[1] if len(part) > 1 else None
    if best.score < PART:
        return False
    if best.named or second is None or best.score - second.score >= EATEN:
        return True
    kin = set(library.siblings.holding(best.procedure.code))
    return bool(kin & set(library.siblings.holding(second.procedure.code)))


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


def close_to_best(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the best and what comes so near to it that it is offered too."""
    best = candidates[0].score
    return tuple(one for one in candidates if best - one.score < SPREAD)


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
