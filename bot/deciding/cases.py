"""Asking for the citizen's case instead of a name, where siblings fit about equally well.

The questions are data (`knowledge/content/siblings`); here is decided which of them is asked, with
which answers, and whether the message itself answers it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.deciding.candidates import FOUND, Candidate
from bot.deciding.decisions import Answer, AskCase, AskWhich, Decision, OutOfRange
from bot.deciding.faqs import ask_faqs_again
from bot.deciding.found import Found
from bot.deciding.labels import labels_of
from bot.deciding.options import Option
from bot.deciding.outcomes import MAX_CHOICES, After, ask_procedure, ask_which, settle
from bot.deciding.telling import case_by_signs, case_of, codes_of, group_of
from bot.deciding.words import (
    LEAST_SHARED,
    naming_words,
    telling_words,
    vocabulary,
    without_asking,
    words_said,
)
from bot.dialogue import Dialogue, OpenQuestion
from bot.parse import AskedField, Parse
from knowledge.procedure import Procedure
from knowledge.siblings import Case, SiblingGroup, Siblings
from knowledge.text import fold, syllables

MAX_LISTED = 8
"""Names listed with a line each; a group has no more cases."""

BARE_SPREAD = 0.25
"""Of a bare subject so much is asked for: it fits all that is done with it about equally."""

_OTHER_CASE = re.compile(
    r"(?:(?:the|vay|con|neu|nhung|toi|minh|em|la) )*(?:khong phai )?(?:truong hop|loai)"
    r"(?: cua (?:toi|minh|em))? (?:khac|nay)(?: (?:thi sao|co khong|khong|a|nhe|co))*"
)
MOST_WORDS = 6
"""More words ask something of the topic ("quá hạn bao lâu thì bị phạt")."""
_ASIDE = re.compile(r"^\W*(?:neu|tai sao|vi sao|khi nao)\b|\bco (?:can|phai|bat buoc)\b")
_PARTICLES = frozenset({"con", "sao", "roi", "neu", "nhu", "vay", "bi", "nua", "luon"})
_WORD = re.compile(r"\w+")


def ask_case(
    dialogue: Dialogue,
    parse: Parse,
    close: Sequence[Candidate],
    fields: tuple[AskedField, ...],
    found: Found,
) -> After | None:
    """Ask what tells the siblings among `close` apart; None: they are no siblings.

    What is close beside them is offered by name, behind the cases.
    """
    group = group_of(close, found.siblings)
    if group is None:
        return None
    told = case_by_signs(group, without_asking(parse))
    if told is not None and told.then:
        group = found.siblings.get(told.then) or group
    options = _options(group, close, found.siblings)
    first = [code for one in close for code in codes_of(one)]
    return _ask(group, options, fields, first)


def ask_bare(
    dialogue: Dialogue, parse: Parse, fields: tuple[AskedField, ...], found: Found
) -> After | None:
    """Ask what is meant where nothing but a subject is named: "hộ nghèo", "xác nhận thông tin".

    None: the message says something by which its best candidate is not called.
    """
    said = naming_words(words_said(parse))
    candidates = found.mentions[0] if found.mentions else ()
    if len(said) < LEAST_SHARED or not candidates:
        return None
    if not said <= vocabulary(candidates[0].procedure):
        return None
    close = tuple(one for one in candidates if candidates[0].score - one.score < BARE_SPREAD)
    asked = ask_case(dialogue, parse, close, fields, found)
    return asked or ask_which(dialogue, [one.procedure for one in close], fields)


def ask_group(
    dialogue: Dialogue, group: SiblingGroup, fields: tuple[AskedField, ...], found: Found
) -> After:
    """Ask the whole question of a group, but for the case of the topic."""
    cases = [case for case in group.cases if case.code != (dialogue.topic or "?")]
    options = [_option(case, case.target, found.siblings) for case in cases]
    return _ask(group, options, fields, topic=dialogue.topic)


def ask_again(
    dialogue: Dialogue,
    fields: tuple[AskedField, ...],
    found: Found,
    *,
    out_of_range: bool = False,
) -> After:
    """Ask the open question once more, the same way."""
    if (general := ask_faqs_again(dialogue, found)) is not None:
        return general
    question = dialogue.open_question
    group = found.siblings.get(question.group) if question else None
    if question is None or group is None:
        again = not out_of_range
        return ask_which(dialogue, found.offered, fields, again=again, out_of_range=out_of_range)
    options = [
        Option(label, target, found.siblings.behind(target))
        for label, target in zip(question.labels, question.codes, strict=True)
    ]
    decision, after = _ask(group, options, fields, topic=dialogue.topic)
    if out_of_range and isinstance(decision, AskCase):
        return OutOfRange(decision), after
    return decision, after


def list_cases(dialogue: Dialogue, fields: tuple[AskedField, ...], found: Found) -> After:
    """List the procedures of the group by name, a line each: the citizen cannot tell the case."""
    shown = found.kin[:MAX_LISTED]
    if not shown:
        return ask_procedure(dialogue, fields)
    labels = labels_of(shown)
    codes = tuple(one.code for one in shown)
    after = Dialogue(
        asked=fields, open_question=OpenQuestion(codes, labels, fields, none_offered=True)
    )
    return AskWhich(shown, labels, fields, none_offered=True, listed=True), after


def other_case(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Turn to a sibling of the topic when the citizen says that her case is another.

    "Trường hợp khác" asks for the case; "bị mất thì sao" tells it.
    """
    plain = " ".join(_WORD.findall(fold(parse.text)))
    if found.topic is None:
        return None
    if not _OTHER_CASE.fullmatch(plain):
        return _told_beside(dialogue, parse, found.topic, found)
    group = group_beside(found.topic, found.twins.get(found.topic.code, ()), found.siblings)
    return ask_group(dialogue, group, parse.asked or dialogue.asked, found) if group else None


def _told_beside(dialogue: Dialogue, parse: Parse, topic: Procedure, found: Found) -> After | None:
    """Answer about the sibling whose case a few words tell; what was asked is asked of it."""
    said = without_asking(parse)
    if not said or len(said.split()) > MOST_WORDS or _ASIDE.search(fold(parse.text)):
        return None
    groups = found.siblings.holding(topic.code)
    cases = (case for group in groups if (case := case_by_signs(group, said)) is not None)
    case = next(cases, None)
    kin = {one.code: one for one in found.kin}
    if case is None or case.code not in kin or case.code == topic.code:
        return None
    elsewhere = (one[0] for one in found.mentions if not kin.keys() & set(codes_of(one[0])))
    if _says_more(said, case) and any(top.score >= FOUND for top in elsewhere):
        return None
    return settle(kin[case.code], parse.asked or dialogue.asked)


def _says_more(said: str, case: Case) -> bool:
    """Tell whether `said` has telling words beside the signs of the case: "mất hộ chiếu"."""
    signs = {word for sign in case.signs for word in syllables(fold(sign))}
    return bool(telling_words(said) - signs - _PARTICLES)


def beside_siblings(decision: Decision, siblings: Siblings) -> Decision:
    """Return an answer with the way to the siblings of its procedure, any other decision as is."""
    if not isinstance(decision, Answer):
        return decision
    group = group_beside(decision.procedure, decision.twins, siblings)
    return replace(decision, group=group.key) if group else decision


def group_beside(
    procedure: Procedure, twins: Iterable[Procedure], siblings: Siblings
) -> SiblingGroup | None:
    """Return the group in which `procedure` or one of its twins stands."""
    codes = (procedure.code, *(twin.code for twin in twins))
    return next((held[0] for code in codes if (held := siblings.holding(code))), None)


def _options(
    group: SiblingGroup, close: Sequence[Candidate], siblings: Siblings
) -> tuple[Option, ...]:
    """Return the cases that are close, in the group's order, then other procedures that are.

    A group of few cases is shown whole, as far as there is room.
    """
    near: dict[str, str] = {}
    others: list[Procedure] = []
    for one in close[:MAX_CHOICES]:
        case = case_of(one, group, siblings)
        if case is None:
            others.append(one.procedure)
        else:
            near.setdefault(case.label, one.procedure.code if case.code else case.target)
    room = MAX_CHOICES - len(near) - len(others)
    rest = [case.label for case in group.cases if case.label not in near]
    shown = {*near, *rest[: room if len(group.cases) <= MAX_CHOICES + 1 else 0]}
    cases = (case for case in group.cases if case.label in shown)
    options = [_option(case, near.get(case.label, case.target), siblings) for case in cases]
    names = zip(labels_of(others), others, strict=True)
    return (*options, *(Option(label, other.code, (other.code,)) for label, other in names))


def _option(case: Case, target: str, siblings: Siblings) -> Option:
    return Option(case.label, target, siblings.codes(case) if case.then else (target,))


def _ask(
    group: SiblingGroup,
    options: Sequence[Option],
    fields: tuple[AskedField, ...],
    first: Sequence[str] = (),
    topic: str | None = None,
) -> After:
    """Ask; `first` are codes in the order in which they fit, `topic` is talked of all the same."""
    behind = dict.fromkeys(code for option in options for code in option.codes)
    codes = (*(code for code in first if code in behind), *behind)
    decision = AskCase(
        group.key, group.question, tuple(options), fields, tuple(dict.fromkeys(codes))
    )
    question = OpenQuestion(
        codes=tuple(option.target for option in options),
        labels=tuple(option.label for option in options),
        asked=fields,
        none_offered=True,
        group=group.key,
    )
    return decision, Dialogue(topic=topic, asked=fields, open_question=question)
