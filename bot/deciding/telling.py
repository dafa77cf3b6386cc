"""Which case of siblings a message tells by itself, and which group's question parts candidates."""

from collections.abc import Sequence

from bot.deciding.candidates import Candidate
from bot.deciding.words import naming_words, without_asking, words_said
from bot.parse import Parse
from knowledge.siblings import Case, SiblingGroup, Siblings
from knowledge.text import fold, syllables


def told_by_signs(
    parse: Parse, close: Sequence[Candidate], candidates: Sequence[Candidate], siblings: Siblings
) -> Candidate | None:
    """Return the candidate whose case the message itself tells ("đánh rơi thẻ căn cước").

    Or the usual one, where the message says nothing but its name: "khai sinh cần gì".
    """
    group = group_of(close, siblings)
    case = _case_told(group, without_asking(parse), siblings) if group else None
    if case is None:
        return close[0] if _is_usual(parse, close[0], siblings) else None
    return next((one for one in candidates if case.code in codes_of(one)), None)


def told_otherwise(
    parse: Parse, candidates: Sequence[Candidate], siblings: Siblings
) -> Candidate | None:
    """Return the sibling of the best whose case the message tells, though the best fits better.

    "Chồng em người Hàn, đăng ký kết hôn ở đâu" is near the ordinary marriage, and is none.
    """
    best = candidates[0]
    if best.named:
        return None
    for group in holding_groups(best, siblings):
        case = _case_told(group, without_asking(parse), siblings)
        if case is not None:
            near = (one for one in candidates[1:] if case.code in codes_of(one))
            return next(near, None)
    return None


def _case_told(group: SiblingGroup, text: str, siblings: Siblings) -> Case | None:
    """Return the only case with a code that `text` tells, after a second question too."""
    case = case_by_signs(group, text)
    afters = (siblings.get(one.then) for one in (case, *group.cases) if one and one.then)
    if case is None or case.then:
        told = [one for after in afters if after and (one := case_by_signs(after, text))]
        case = told[0] if told and all(one == told[0] for one in told) else None
    return case


def _is_usual(parse: Parse, best: Candidate, siblings: Siblings) -> bool:
    usual = {group.usual for group in siblings.holding(best.procedure.code)}
    name = f"{best.procedure.name} {best.procedure.label}"
    said = naming_words(words_said(parse))
    return best.procedure.code in usual and said <= naming_words(name)


def case_by_signs(group: SiblingGroup, text: str) -> Case | None:
    """Return the only case of which `text` holds a sign; None for none or several.

    Accents count where the text has some: "mặt ví" holds no sign "mất ví".
    """
    said = f" {' '.join(syllables(text))} "
    read = fold if said.isascii() else str
    told = [
        case
        for case in group.cases
        if any(f" {read(' '.join(syllables(sign)))} " in said for sign in case.signs)
    ]
    return told[0] if len(told) == 1 else None


def group_of(close: Sequence[Candidate], siblings: Siblings) -> SiblingGroup | None:
    """Return the group whose question parts `close`: the nearest to the best that parts most.

    No question where more than half of what is close is something else.
    """
    found: SiblingGroup | None = None
    most = 0
    for group in holding_groups(close[0], siblings):
        held = [case for one in close if (case := case_of(one, group, siblings)) is not None]
        if len({case.target for case in held}) > 1 and len(held) > max(most, len(close) // 2 - 1):
            found, most = group, len(held)
    return found


def holding_groups(candidate: Candidate, siblings: Siblings) -> tuple[SiblingGroup, ...]:
    """Return the group of a candidate or of a twin of it, and the one asked before."""
    groups = (siblings.holding(code) for code in codes_of(candidate))
    return next((held for held in groups if held), ())


def case_of(candidate: Candidate, group: SiblingGroup, siblings: Siblings) -> Case | None:
    """Return the case of `group` that can lead to the candidate or to a twin of it."""
    codes = set(codes_of(candidate))
    return next((case for case in group.cases if codes & set(siblings.codes(case))), None)


def codes_of(candidate: Candidate) -> tuple[str, ...]:
    """Return the codes of a candidate: its own, then those of its twins."""
    return (candidate.procedure.code, *(twin.code for twin in candidate.twins))
