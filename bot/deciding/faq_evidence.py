"""What speaks for and against a general question: named signals that anybody can look at.

How much each one counts is fitted (`bot/deciding/faq_calibration.py`), never set by hand.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.deciding.candidates import Candidate
from bot.deciding.evidence import OUT_OF_SCOPE, QUESTIONS
from bot.deciding.faq_found import FoundFaq
from bot.deciding.judging import judge
from bot.deciding.signs import bears_out, is_abroad, is_errand
from bot.deciding.words import LEAST_SHARED, content_words, naming_words, telling_words
from bot.parse import Parse
from knowledge.faq import Faq

TALK = (
    *("greet", "goodbye", "thanks", "affirm", "deny", "insult", "bot_identity", "cancel"),
    *("choose", "repeat", "more_detail", "help", "request_human", "list_procedures"),
    "ask_office_hours",
)
"""Intents of messages that ask nothing, or what the assistant and the office answer themselves."""

_MOST_WORDS = 12
"""From so many words on a message is long."""

LEAST_SAID = 0.56
"""Share of the words that the entry says: of 231 questions that it answers, 0.96 reach it."""

LEAST_IF_STRANGE = 0.85
"""Needed where the message seems out of scope."""

_FLOOR = 0.01
"""Keeps logarithms between -4.6 and 4.6."""

FAQ_SIGNALS = (
    "score", "lead", "said", "way_said", "heard", "shared", "told", "words", "about", "procedure",
    "procedure_name_said", "procedure_named", "question", "out_of_scope", "talk", "matter",
    "borne_out", "errand", "abroad",
)  # fmt: skip


def faq_evidence(
    parse: Parse, faqs: Sequence[FoundFaq], candidates: Sequence[Candidate]
) -> Mapping[str, float]:
    """Return the value of each of FAQ_SIGNALS for the best of `faqs`; at least one is needed.

    Args:
        parse: the message.
        faqs: the entries that fit it, best first.
        candidates: the procedures that fit it, best first; perhaps none.
    """
    best, rest = faqs[0], faqs[1:]
    procedure = candidates[0] if candidates else None
    named = procedure is not None and procedure.named
    return {
        "score": best.score,
        "lead": math.log(best.score - (rest[0].score if rest else 0.0) + _FLOOR),
        "said": best.said,
        "way_said": best.named,
        "heard": best.heard,
        "shared": _shared(parse.text, best.faq),
        "told": _told(parse.text, best.faq),
        "words": min(len(naming_words(parse.text)), _MOST_WORDS) / _MOST_WORDS,
        "about": _log_odds(1.0 if named else judge(parse, candidates).about),
        "procedure": procedure.score if procedure else 0.0,
        "procedure_name_said": procedure.name_said if procedure else 0.0,
        "procedure_named": float(named),
        **_intents(parse),
        "borne_out": float(bears_out(parse.intent, parse.text)),
        "errand": float(is_errand(parse.text)),
        "abroad": float(is_abroad(parse.text)),
    }


def says_something_of(text: str, faq: Faq, *, strange: bool) -> bool:
    """Tell whether `text` shares enough words with the entry, and one that tells of what it is.

    The search leaves out what it never heard of: of "free fire bị lag" only "bị" is left. What
    seems `strange` may say hardly a word that the entry does not.
    """
    said = _vocabulary(faq)
    shared = len(content_words(text) & said)
    if shared < LEAST_SHARED or not telling_words(text) & said:
        return False
    return _shared(text, faq) >= (LEAST_IF_STRANGE if strange else LEAST_SAID)


def _intents(parse: Parse) -> Mapping[str, float]:
    shares = dict(parse.intents) or {parse.intent: parse.confidence}
    question = sum(shares.get(intent, 0.0) for intent in QUESTIONS)
    outside = sum(shares.get(intent, 0.0) for intent in OUT_OF_SCOPE)
    talk = sum(shares.get(intent, 0.0) for intent in TALK)
    return {
        "question": _log_odds(question),
        "out_of_scope": _log_odds(outside),
        "talk": _log_odds(talk),
        "matter": _log_odds(1 - question - outside - talk),
    }


def _shared(text: str, faq: Faq) -> float:
    """Return the share of the words of `text` that the entry says anywhere.

    The search leaves out what it never heard of ("free fire bị lag"); this counts it.
    """
    words = content_words(text)
    return len(words & _vocabulary(faq)) / max(1, len(words))


def _told(text: str, faq: Faq) -> float:
    """Return the share of the telling words of `text` with which the entry is asked for.

    What its answer says beside does not count: "chuyển tuyến" is no "chuyển" of a payment.
    """
    words = telling_words(text)
    return len(words & _asked_words(faq)) / len(words) if words else 1.0


@lru_cache(maxsize=512)
def _asked_words(faq: Faq) -> frozenset[str]:
    return content_words(" ".join((faq.question, faq.label, *faq.asked)))


@lru_cache(maxsize=512)
def _vocabulary(faq: Faq) -> frozenset[str]:
    return content_words(" ".join((faq.question, faq.label, *faq.asked, *faq.answer, *faq.steps)))


def _log_odds(share: float) -> float:
    kept = min(max(share, 0.0), 1.0)
    return math.log((kept + _FLOOR) / (1 - kept + _FLOOR))
