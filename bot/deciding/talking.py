"""Intents that are not a question about a procedure, and when they are believed."""

from collections.abc import Mapping
from dataclasses import replace

from bot.deciding.candidates import FOUND
from bot.deciding.cases import ask_again
from bot.deciding.decisions import AskProcedure, Guide, InOtherLanguage, Missing, Say, Talk
from bot.deciding.found import Found
from bot.deciding.judging import best_of, is_about_a_procedure, judge
from bot.deciding.numbers import number_said
from bot.deciding.online_services import LIST_ONLINE, list_services
from bot.deciding.outcomes import After, ask_procedure, ask_which, settle
from bot.deciding.signs import (
    has_filed,
    is_abroad,
    is_divorce,
    is_stop,
    without_divorce,
)
from bot.deciding.words import (
    called_by,
    content_words,
    naming_words,
    tells_enough,
    vocabulary,
    without_asking,
    words_said,
)
from bot.dialogue import Dialogue
from bot.languages import is_other_language, language_of
from bot.parse import Parse
from bot.understanding import OTHER_LANGUAGE, OUT_OF_SCOPE
from knowledge.procedure import Procedure
from knowledge.text import fold, syllables

ASK_PROCEDURE = "ask_procedure"
SUBMIT_ONLINE = "submit_online"

MIN_CONFIDENCE = 0.4
"""Below this the best of some thirty intents is little better than a guess."""

BELIEVED = 0.6
"""Needed to leave a message unanswered that asks for a field or names a procedure."""

BELIEVED_IN_TOPIC = 0.95
"""In the middle of a topic "hồ sơ", "tài khoản" and "nộp tiền" are mostly the topic's own."""

BELIEVED_IN_QUESTION = 0.9
"""Short answers to a question say little of their subject."""

FEW_WORDS = 4
"""More words that can name something are no answer to a question with buttons."""

BESIDE_DIVORCE = 0.9
"""Probability needed of what a message asks beside a divorce ("ly hôn rồi, xin giấy độc thân")."""

FIXED: Mapping[str, Talk | Guide | Missing] = {
    "greet": Talk.GREET,
    "goodbye": Talk.GOODBYE,
    "thanks": Talk.THANKS,
    "affirm": Talk.AFFIRM,
    "deny": Talk.DENY,
    "help": Talk.HELP,
    "bot_identity": Talk.BOT_IDENTITY,
    "give_feedback": Talk.FEEDBACK,
    "insult": Talk.INSULT,
    "cancel": Talk.CANCEL,
    "report_scam": Guide.SCAM,
    "data_privacy": Guide.DATA_PRIVACY,
    "account_help": Guide.ACCOUNT,
    "payment_help": Guide.PAYMENT,
    "list_procedures": Guide.PROCEDURES,
    "check_dossier": Missing.DOSSIER_STATUS,
    "subscribe_dossier": Missing.DOSSIER_SUBSCRIPTION,
    "forgot_dossier_code": Missing.DOSSIER_CODE,
    "dossier_late": Missing.DOSSIER_LATE,
    "supplement_dossier": Missing.DOSSIER_SUPPLEMENT,
    "withdraw_dossier": Missing.DOSSIER_WITHDRAWAL,
    "request_human": Missing.HUMAN,
    "ask_office_hours": Missing.OFFICE_HOURS,
    "out_of_scope": Missing.OUT_OF_SCOPE,
}
"""Intents with one text each."""

HANDLED = frozenset(
    {
        *FIXED,
        ASK_PROCEDURE,
        OTHER_LANGUAGE,
        SUBMIT_ONLINE,
        LIST_ONLINE,
        "correct",
        "choose",
        "repeat",
        "more_detail",
    }
)
"""Every intent the assistant knows; the training data hold the same ones (tested)."""

_GOING_ON = frozenset({"repeat", "more_detail", "choose", "affirm"})
_CLOSING = frozenset({Talk.CANCEL, Talk.GOODBYE})


def decide_talk(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Return the decision for small talk and the like; None: it is about a procedure."""
    if any(entity.kind == "dossier_code" for entity in parse.entities):
        return say(dialogue, found, dossier_matter(parse.intent))
    if is_stop(parse.text):
        return say(dialogue, found, Talk.CANCEL)
    if dialogue.open_question is None and number_said(parse.text, 0) is not None:
        return _nothing_to_choose(dialogue, found.topic)
    if found.topic is None and _is_for_others(parse, found):
        return say(dialogue, found, _who_else(parse))
    return _by_intent(dialogue, parse, found) if parse.confidence >= MIN_CONFIDENCE else None


def _by_intent(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    if parse.intent in _GOING_ON:
        return _go_on(dialogue, parse, found)
    what = FIXED.get(parse.intent)
    if what is Missing.OUT_OF_SCOPE and (again := _ask_again(dialogue, parse, found)) is not None:
        return again
    if parse.intent == LIST_ONLINE and not _asks_more(Guide.PROCEDURES, parse, found):
        return list_services(dialogue, parse, found)
    if what is None or _asks_more(what, parse, found):
        return None
    return _offer_found(dialogue, parse, found, what) or say(dialogue, found, what)


def _offer_found(
    dialogue: Dialogue, parse: Parse, found: Found, what: Talk | Guide | Missing
) -> After | None:
    """Offer procedures of the subject that somebody wants to see listed."""
    if what is not Guide.PROCEDURES:
        return None
    best = next((c for c in found.mentions if c and c[0].score >= FOUND), ())
    procedures = [candidate.procedure for candidate in best]
    return ask_which(dialogue, procedures, parse.asked) if procedures else None


def _is_for_others(parse: Parse, found: Found) -> bool:
    """Tell whether courts or other countries do what is asked, and nothing here clearly fits."""
    if is_divorce(parse.text):
        best = best_of(found.mentions)
        beside = tells_enough(without_divorce(parse.text))
        sure = beside and judge(parse, best).about >= BESIDE_DIVORCE
        return not best or not (best[0].named or sure)
    return is_abroad(parse.text) and not is_about_a_procedure(parse, found.mentions)


def _who_else(parse: Parse) -> Missing:
    return Missing.COURT if is_divorce(parse.text) else Missing.OUT_OF_SCOPE


def _asks_more(what: Talk | Guide | Missing, parse: Parse, found: Found) -> bool:
    """Tell whether a procedure is meant, whatever the intent."""
    if is_about_a_procedure(parse, found.mentions):
        return True
    if isinstance(what, Talk):
        return bool(parse.asked)
    if found.topic is None:
        return what is Missing.OUT_OF_SCOPE and bool(parse.asked) and not words_said(parse)
    if what is Missing.OUT_OF_SCOPE:
        return parse.confidence < BELIEVED or _touches_topic(parse, found)
    asks = bool(parse.asked) and not has_filed(parse.text)
    return asks or parse.confidence < BELIEVED_IN_TOPIC


def _ask_again(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Repeat the open question after a few words that touch what it offers ("xe máy", "5 tuổi").

    They answer it in a way that chooses no button; only once, lest it go round in circles.
    """
    question = dialogue.open_question
    words = naming_words(without_asking(parse))
    if question is None or found.topic is not None:  # buttons beside an answer want no choice
        return None
    if dialogue.misses or len(words) > FEW_WORDS:
        return None
    if parse.confidence >= BELIEVED_IN_QUESTION:
        return None
    if not any(_says_word_of(one, parse.text, words) for one in (*found.offered, *found.kin)):
        return None
    decision, after = ask_again(dialogue, parse.asked or question.asked, found)
    return decision, replace(after, misses=1)


def _says_word_of(procedure: Procedure, text: str, words: frozenset[str]) -> bool:
    """Tell whether one of the folded `words` names the procedure; "dự" is not "đủ"."""
    read = fold if text.isascii() else str
    said = {read(one) for one in syllables(text) if fold(one) in words}
    return bool(said & {read(one) for name in called_by(procedure) for one in syllables(name)})


def _touches_topic(parse: Parse, found: Found) -> bool:
    if found.topic is None:
        return False
    return bool(parse.asked) or bool(content_words(parse.text) & vocabulary(found.topic))


def _go_on(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Go on with what is open: the waiting question first, then the topic."""
    question = dialogue.open_question
    if question is not None and found.topic is None:
        return ask_again(dialogue, parse.asked or question.asked, found)
    if parse.asked or any(found.mentions):
        return _detail(parse, dialogue, found) if parse.intent == "more_detail" else None
    if parse.intent == "affirm":
        return say(dialogue, found, Talk.AFFIRM)
    if found.topic is None or parse.intent == "choose":
        return _nothing_to_choose(dialogue, found.topic)
    return _detail(parse, dialogue, found)


def _nothing_to_choose(dialogue: Dialogue, topic: Procedure | None) -> After:
    """Ask for a procedure; in the middle of a topic say that no list is open for a number."""
    if topic is None:
        return ask_procedure(dialogue, ())
    return AskProcedure((), topic=topic), replace(dialogue, open_question=None, misses=0)


def _detail(parse: Parse, dialogue: Dialogue, found: Found) -> After | None:
    """Tell the topic's answer again, in full for "chi tiết hơn"."""
    if found.topic is None:
        return None
    fields = parse.asked or dialogue.asked
    twins = found.twins.get(found.topic.code, ())
    return settle(found.topic, fields, twins, detail=parse.intent == "more_detail")


def in_other_language(dialogue: Dialogue, parse: Parse) -> After | None:
    """Say in the language of the message that only Vietnamese is understood; None: it is that.

    A code is a code in every language. What is talked of stays.
    """
    if any(entity.kind.endswith("_code") for entity in parse.entities):
        return None
    told = parse.intent == OTHER_LANGUAGE and parse.confidence >= MIN_CONFIDENCE
    if not told and not (parse.intent == OUT_OF_SCOPE and is_other_language(parse.text)):
        return None
    return InOtherLanguage(language_of(parse.text)), replace(dialogue, misses=0)


def dossier_matter(intent: str) -> Missing:
    """Return what is wanted of the dossier whose code was typed."""
    what = FIXED.get(intent)
    return what if isinstance(what, Missing) else Missing.DOSSIER_STATUS


def say(dialogue: Dialogue, found: Found, what: Talk | Guide | Missing) -> After:
    """Say a fixed text; the topic and the open question stay, but for a farewell."""
    if what in _CLOSING:
        return Say(what), Dialogue()
    if what is Missing.OUT_OF_SCOPE:
        misses = dialogue.misses + 1
        return Say(what, found.topic, misses), replace(dialogue, misses=misses)
    question = None if what is Talk.DENY else dialogue.open_question
    after = replace(dialogue, misses=0, open_question=question)
    return Say(what, found.topic), after
