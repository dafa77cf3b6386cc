"""What to answer to typed words."""

from dataclasses import replace

from bot.deciding.candidates import SURE, Candidate
from bot.deciding.choosing import chosen, decide_chosen
from bot.deciding.decisions import (
    Answer,
    AnswerBoth,
    Decision,
    GuideOnline,
    NotFound,
    NotUnderstood,
    UnknownCode,
)
from bot.deciding.found import Found
from bot.deciding.outcomes import After, ask_procedure, ask_which, guide_online, settle
from bot.deciding.talking import ASK_PROCEDURE, MIN_CONFIDENCE, SUBMIT_ONLINE, decide_talk
from bot.deciding.topics import announces_another, is_about, other_topic
from bot.deciding.weighing import FOUND, WELL_FOUND, WORTH_ASKING, is_clear
from bot.deciding.words import (
    content_words,
    says_old_word,
    says_something,
    shares_words,
    vocabulary,
    words_named,
    words_said,
)
from bot.dialogue import Dialogue
from bot.parse import AskedField, Parse
from knowledge.procedure import Procedure

CORRECT = "correct"
_QUESTIONS = frozenset({ASK_PROCEDURE, SUBMIT_ONLINE, CORRECT})
HALF = 0.5
"""Confidence from which on a question about a procedure gets choices, however vague they are."""

HALF_FOUND = 0.38
"""Needed of what shares no telling word with the question: the search knows it by synonyms."""

SPREAD = 0.2
"""Offered as buttons is what comes so near to the best."""


def decide_typed(dialogue: Dialogue, parse: Parse, found: Found) -> After:
    """Return the decision for a typed message and the state after it."""
    decision, after = _decide(dialogue, parse, found)
    if isinstance(decision, Answer | GuideOnline) and says_old_word(parse.text):
        return replace(decision, old_word=True), after
    return decision, after


def _decide(dialogue: Dialogue, parse: Parse, found: Found) -> After:
    if found.typed_code:
        return _by_code(dialogue, parse, found)
    if dialogue.open_question is not None:
        position = chosen(dialogue.open_question, parse.text)
        if position is not None:
            return decide_chosen(dialogue, position, parse.asked, found)
    if (talk := decide_talk(dialogue, parse, found)) is not None:
        return talk
    if found.topic is not None:
        return _with_topic(dialogue, found.topic, parse, found)
    return _first(dialogue, parse, found)


def _by_code(dialogue: Dialogue, parse: Parse, found: Found) -> After:
    if not found.by_code:
        return UnknownCode(found.typed_code), replace(dialogue, misses=0)
    if len(found.by_code) > 1:
        code = found.typed_code
        return ask_which(dialogue, found.by_code, parse.asked, replaced_code=code)
    procedure = found.by_code[0]
    twins = found.twins.get(procedure.code, ())
    if parse.intent == SUBMIT_ONLINE:
        return guide_online(procedure, twins)
    decision, after = settle(procedure, parse.asked, twins)
    if isinstance(decision, Answer) and found.typed_code != procedure.code:
        decision = replace(decision, typed_code=found.typed_code)
    return decision, after


def _with_topic(dialogue: Dialogue, topic: Procedure, parse: Parse, found: Found) -> After:
    if candidates := other_topic(parse, found):
        fields = parse.asked or (dialogue.asked if announces_another(parse) else ())
        return _pick(dialogue, parse, candidates, fields)
    twins = found.twins.get(topic.code, ())
    if _wants_to_file(parse):
        return guide_online(topic, twins)
    if parse.asked or _names(topic, found):
        return settle(topic, parse.asked, twins)
    if _near_topic(parse, topic) and not _names_something_else(parse):
        decision, after = settle(topic, (), twins)
        if isinstance(decision, Answer):
            decision = replace(decision, related=True, instead=_instead(topic, parse, found))
        return decision, after
    return _missed(dialogue, parse)


def _instead(topic: Procedure, parse: Parse, found: Found) -> tuple[Procedure, ...]:
    """Return what may be meant by words that the topic does not answer, two at most."""
    near = [one for candidates in found.mentions for one in candidates if one.score >= FOUND]
    others = [one.procedure for one in near if not is_about(one, topic)]
    return tuple(other for other in others if shares_words(other, parse.text))[:2]


def _names_something_else(parse: Parse) -> bool:
    """Tell whether the citizen turns to something that was searched for in vain."""
    named = words_named(parse) or (parse.intent == "correct" and words_said(parse))
    return announces_another(parse) and bool(named)


def _names(topic: Procedure, found: Found) -> bool:
    best = [candidates[0] for candidates in found.mentions if candidates]
    return any(is_about(one, topic) and one.score >= SURE for one in best)


def _near_topic(parse: Parse, topic: Procedure) -> bool:
    words = content_words(parse.text)
    return _is_question(parse) or bool(words & vocabulary(topic)) or not says_something(parse.text)


def _first(dialogue: Dialogue, parse: Parse, found: Found) -> After:
    waiting = dialogue.open_question
    fields = parse.asked or (waiting.asked if waiting else dialogue.asked)
    if _wants_to_file(parse):
        fields = (AskedField.ONLINE,)
    if _are_two(parse, found):
        return _both(found, fields)
    if candidates := next((c for c in found.mentions if c and c[0].score >= FOUND), ()):
        return _pick(dialogue, parse, candidates, fields)
    if maybe := _worth_asking(parse, found):
        return ask_which(dialogue, maybe, fields)
    return _nothing_found(dialogue, parse, found, fields)


def _nothing_found(
    dialogue: Dialogue, parse: Parse, found: Found, fields: tuple[AskedField, ...]
) -> After:
    if any(found.mentions) or not (parse.asked or _is_question(parse)):
        return _missed(dialogue, parse)
    if dialogue.open_question is not None:
        return ask_which(dialogue, found.offered, fields, again=True)
    return ask_procedure(dialogue, fields)


def _pick(
    dialogue: Dialogue,
    parse: Parse,
    candidates: tuple[Candidate, ...],
    fields: tuple[AskedField, ...],
) -> After:
    best, rest = candidates[0], candidates[1:]
    if best.entire and parse.asked:
        fields = ()
    if not is_clear(candidates):
        close = (best, *(c for c in rest if best.score - c.score < SPREAD))
        return ask_which(dialogue, [c.procedure for c in close], fields)
    if _wants_to_file(parse):
        return guide_online(best.procedure, best.twins)
    return settle(best.procedure, fields, best.twins)


def _both(found: Found, fields: tuple[AskedField, ...]) -> After:
    """Answer about two procedures; the first becomes the topic."""
    asked = fields or (AskedField.OVERVIEW,)
    first, second = (candidates[0].procedure for candidates in found.mentions[:2])
    answers = AnswerBoth(Answer(first, asked), Answer(second, asked))
    return answers, Dialogue(topic=first.code, asked=asked)


def _are_two(parse: Parse, found: Found) -> bool:
    """Tell whether the message names two procedures, each found well, neither of them doubtful."""
    tops = [candidates[0] for candidates in found.mentions[:2]]
    different = len({one.procedure.code for one in tops}) > 1
    well_found = all(one.score >= WELL_FOUND and not one.procedure.suspect for one in tops)
    clear = all(is_clear(candidates) for candidates in found.mentions[:2])
    return different and clear and well_found and parse.intent != CORRECT


def _worth_asking(parse: Parse, found: Found) -> list[Procedure]:
    """Return what may be meant by a question about a procedure that was not found well."""
    if parse.intent not in _QUESTIONS or parse.confidence < HALF or not found.mentions:
        return []
    near = [
        one
        for one in found.mentions[0]
        if one.score >= (WORTH_ASKING if shares_words(one.procedure, parse.text) else HALF_FOUND)
    ]
    return [one.procedure for one in near]


def _is_question(parse: Parse) -> bool:
    return parse.intent in _QUESTIONS and parse.confidence >= MIN_CONFIDENCE


def _wants_to_file(parse: Parse) -> bool:
    return parse.intent == SUBMIT_ONLINE and set(parse.asked) <= {AskedField.ONLINE}


def _missed(dialogue: Dialogue, parse: Parse) -> After:
    misses = dialogue.misses + 1
    after = replace(dialogue, misses=misses, open_question=None)
    named = any(entity.kind == "procedure" for entity in parse.entities)
    decision: Decision
    if named or _is_question(parse):
        decision = NotFound(parse.text, misses)
    else:
        decision = NotUnderstood(misses)
    return decision, after
