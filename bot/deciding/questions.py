"""What to answer to typed words."""

from dataclasses import replace

from bot.deciding.choosing import chosen, decide_chosen
from bot.deciding.decisions import (
    Answer,
    Decision,
    GuideOnline,
    NotFound,
    NotUnderstood,
    UnknownCode,
)
from bot.deciding.found import Candidate, Found
from bot.deciding.outcomes import After, ask_procedure, ask_which, guide_online, settle
from bot.deciding.talking import ASK_PROCEDURE, MIN_CONFIDENCE, SUBMIT_ONLINE, decide_talk
from bot.deciding.topics import (
    FOUND,
    SURE,
    announces_another,
    is_about,
    other_topic,
)
from bot.deciding.words import (
    content_words,
    is_called,
    says_old_word,
    vocabulary,
    words_named,
    words_said,
)
from bot.dialogue import Dialogue
from bot.parse import AskedField, Parse
from knowledge.procedure import Procedure

_QUESTIONS = frozenset({ASK_PROCEDURE, SUBMIT_ONLINE, "correct"})
CLEAR_MARGIN = 0.08
"""The best is answered without asking back when it leads the next by so much."""

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
        related = replace(decision, related=True) if isinstance(decision, Answer) else decision
        return related, after
    return _missed(dialogue, parse)


def _names_something_else(parse: Parse) -> bool:
    """Tell whether the citizen turns to something that was searched for in vain."""
    named = words_named(parse) or (parse.intent == "correct" and words_said(parse))
    return announces_another(parse) and bool(named)


def _names(topic: Procedure, found: Found) -> bool:
    best = [candidates[0] for candidates in found.mentions if candidates]
    return any(is_about(one, topic) and one.score >= SURE for one in best)


def _near_topic(parse: Parse, topic: Procedure) -> bool:
    return _is_question(parse) or bool(content_words(parse.text) & vocabulary(topic))


def _first(dialogue: Dialogue, parse: Parse, found: Found) -> After:
    waiting = dialogue.open_question
    fields = parse.asked or (waiting.asked if waiting else dialogue.asked)
    if _wants_to_file(parse):
        fields = (AskedField.ONLINE,)
    candidates = next((c for c in found.mentions if c and c[0].score >= FOUND), ())
    if candidates:
        return _with_second(_pick(dialogue, parse, candidates, fields), found)
    if not any(found.mentions) and (parse.asked or _is_question(parse)):
        if waiting is not None:
            return ask_which(dialogue, found.offered, fields, again=True)
        return ask_procedure(dialogue, fields)
    return _missed(dialogue, parse)


def _pick(
    dialogue: Dialogue,
    parse: Parse,
    candidates: tuple[Candidate, ...],
    fields: tuple[AskedField, ...],
) -> After:
    best, rest = candidates[0], candidates[1:]
    near = [c for c in rest if best.score - c.score < CLEAR_MARGIN]
    if near and not is_called(best.procedure, words_said(parse)):
        close = (best, *(c for c in rest if best.score - c.score < SPREAD))
        return ask_which(dialogue, [c.procedure for c in close], fields)
    if _wants_to_file(parse):
        return guide_online(best.procedure, best.twins)
    return settle(best.procedure, fields, best.twins)


def _with_second(outcome: After, found: Found) -> After:
    decision, after = outcome
    if not isinstance(decision, Answer):
        return outcome
    own = {decision.procedure.code, *(twin.code for twin in decision.twins)}
    for candidates in found.mentions[1:]:
        if candidates and candidates[0].score >= FOUND and candidates[0].procedure.code not in own:
            return replace(decision, also=candidates[0].procedure), after
    return outcome


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
