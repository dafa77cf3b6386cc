"""What to answer to typed words."""

from dataclasses import replace

from bot.deciding.apart import told_apart
from bot.deciding.candidates import FOUND, SURE, Candidate, close_to_best
from bot.deciding.cases import (
    ask_again,
    ask_bare,
    ask_case,
    other_case,
)
from bot.deciding.choosing import chosen, chosen_by_signs, decide_chosen, decide_target
from bot.deciding.decisions import (
    Answer,
    Decision,
    GuideOnline,
    Missing,
    NotFound,
    NotUnderstood,
    UnknownCode,
)
from bot.deciding.faqs import decide_faq
from bot.deciding.filing_days import filing_day
from bot.deciding.found import Found
from bot.deciding.judging import best_of, is_about_a_procedure, is_clear
from bot.deciding.online_services import decide_services
from bot.deciding.outcomes import After, ask_procedure, ask_which, guide_online, settle
from bot.deciding.several import answer_each
from bot.deciding.signs import is_injection
from bot.deciding.talking import (
    ASK_PROCEDURE,
    MIN_CONFIDENCE,
    SUBMIT_ONLINE,
    decide_talk,
    say,
)
from bot.deciding.telling import told_by_signs, told_otherwise
from bot.deciding.topics import announces_another, asks_the_same, is_about, other_topic
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


def decide_typed(dialogue: Dialogue, parse: Parse, found: Found) -> After:
    """Return the decision for a typed message and the state after it."""
    if is_injection(parse.typed or parse.text):
        return say(dialogue, found, Missing.OUT_OF_SCOPE)
    decision, after = told_apart(_decide(dialogue, parse, found), parse)
    if isinstance(decision, Answer) and AskedField.TIME in decision.fields:
        decision = replace(decision, filed=filing_day(parse.typed or parse.text))
    if isinstance(decision, Answer | GuideOnline) and says_old_word(parse.text):
        return replace(decision, old_word=True), after
    return decision, after


def _decide(dialogue: Dialogue, parse: Parse, found: Found) -> After:
    if found.typed_code:
        return _by_code(dialogue, parse, found)
    if (choice := _by_choice(dialogue, parse, found)) is not None:
        return choice
    general = (
        decide_services(dialogue, parse, found)
        or decide_faq(dialogue, parse, found)
        or decide_talk(dialogue, parse, found)
    )
    if general is not None:
        return general
    if found.topic is not None:
        return _with_topic(dialogue, found.topic, parse, found)
    return _first(dialogue, parse, found)


def _by_choice(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Go on where the message answers the open question, or says that the case is another."""
    if (question := dialogue.open_question) is not None:
        if (position := chosen(question, parse.text)) is not None:
            return decide_chosen(dialogue, position, parse.asked, found)
        if target := chosen_by_signs(question, parse.text, found):
            return decide_target(dialogue, target, parse.asked or question.asked, found)
    return other_case(dialogue, parse, found)


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
    if (left := _leaving(dialogue, parse, found)) is not None:
        return left
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


def _leaving(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Answer about what the citizen turns to; None: the topic stays."""
    if (each := _each(dialogue, parse, found, parse.asked)) is not None:
        return each
    if candidates := other_topic(parse, found):
        fields = parse.asked or (dialogue.asked if asks_the_same(parse) else ())
        return _pick(dialogue, parse, candidates, fields, found)
    return None


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
    if (each := _each(dialogue, parse, found, fields)) is not None:
        return each
    if is_about_a_procedure(parse, found.mentions):
        return _pick(dialogue, parse, best_of(found.mentions), fields, found)
    return _nothing_found(dialogue, parse, found, fields)


def _nothing_found(
    dialogue: Dialogue, parse: Parse, found: Found, fields: tuple[AskedField, ...]
) -> After:
    if _is_question(parse) and (bare := ask_bare(dialogue, parse, fields, found)) is not None:
        return bare
    if any(found.mentions) or not (parse.asked or _is_question(parse)):
        return _missed(dialogue, parse)
    if dialogue.open_question is not None:
        return ask_again(dialogue, fields, found)
    return ask_procedure(dialogue, fields)


def _pick(
    dialogue: Dialogue,
    parse: Parse,
    candidates: tuple[Candidate, ...],
    fields: tuple[AskedField, ...],
    found: Found,
) -> After:
    best = candidates[0]
    if best.entire and parse.asked:
        fields = ()
    close = close_to_best(candidates)
    otherwise = told_otherwise(parse, candidates, found.siblings)
    told = told_by_signs(parse, close, candidates, found.siblings)
    clear = is_clear(parse, candidates) or told is best
    if not clear or otherwise is not None:
        close = tuple(dict.fromkeys((*close[:1], *((otherwise,) if otherwise else ()), *close[1:])))
        by_name = [one.procedure for one in close]
        asked = ask_case(dialogue, parse, close, fields, found)
        return asked or ask_which(dialogue, by_name, fields)
    if _wants_to_file(parse):
        return guide_online(best.procedure, best.twins)
    return settle(best.procedure, fields, best.twins)


def _each(
    dialogue: Dialogue, parse: Parse, found: Found, fields: tuple[AskedField, ...]
) -> After | None:
    """Answer about several procedures; None: the message names one, or corrects itself."""
    if len(found.mentions) == 1 or parse.intent == CORRECT:
        return None
    return answer_each(dialogue, parse, found, fields)


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
