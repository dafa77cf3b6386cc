"""Whether a message asks a general question, and how sure that is."""

import math
import re
from collections.abc import Mapping
from enum import StrEnum

from bot.deciding.candidates import Candidate
from bot.deciding.evidence import OUT_OF_SCOPE
from bot.deciding.faq_calibration import (
    FIRST_SIGNALS,
    FIRST_START,
    GENERAL,
    GENERAL_BESIDE,
    GENERAL_SIGNALS,
    GENERAL_START,
    GENERAL_SURE,
)
from bot.deciding.faq_evidence import TALK, faq_evidence, says_something_of
from bot.deciding.faq_found import FoundFaq
from bot.deciding.found import Found
from bot.deciding.judging import best_of, is_about_a_procedure
from bot.deciding.signs import is_stop
from bot.deciding.words import LEAST_SHARED, telling_words, vocabulary, without_asking
from bot.dialogue import Dialogue
from bot.parse import Parse
from knowledge.text import fold, syllables

FIRST = 0.25
"""From this probability on the best entry is answered without asking which is meant."""

FIRST_BEFORE_FIXED = 0.3
"""Needed where a fixed text is at hand, below which the best entries are offered too."""

FIRST_CLEAR = 0.75
"""An entry that is asked so clearly makes up for some doubt whether it is a general question."""

LEAST_OF_A_WAY = 0.18
"""So much of a way of asking is said by whoever means it: of 167 questions answered rightly each
has 0.2 or more; "xin nghỉ phép" says 0.1 of how a tour guide's licence is asked for."""

MOST_OF_A_NAME = 4
"""A bare name has so few telling words; more of them are a question without its asking word."""

NEARER_TO_A_NAME = 0.2
"""So much more of the procedure's name is said than of how the entry is asked for: "sổ đỏ" says
0.4 more, "hộ kinh doanh" 0.22, "lệ phí hộ nghèo" 0.11, "chữ ký số" less."""

FIXED_TEXT = frozenset(
    {
        *("account_help", "payment_help", "data_privacy", "report_scam", "give_feedback"),
        *("list_online_services", "check_dossier", "subscribe_dossier", "forgot_dossier_code"),
        *("dossier_late", "supplement_dossier", "withdraw_dossier"),
    }
)
"""Intents with a fixed text of their own matter."""


class Verdict(StrEnum):
    """What is to be done with the general questions that were found."""

    ANSWER = "answer"
    ASK = "ask"
    """Several entries fit about equally."""
    ASK_BESIDE_PROCEDURES = "ask_beside_procedures"
    NO = "no"


FIRST_WHEN_BUSY = 0.35
"""Needed in the middle of a topic or of a question; the entries are never asked for there."""

GENERAL_CLEAR = 0.8
"""Enough for what is asked so clearly."""

NEVER = 2.0
"""No probability reaches it."""

AS_WELL = 0.1
"""Scores of both finders tell no more apart than this."""

_THIS = re.compile(r"\b(?:thu tuc|viec|ho so|giay to) nay\b")
_OF_FIELDS = frozenset(
    syllables(
        "ket tra chuan mau don viet theo dem mang lay tai noi cho dia diem quy trinh dieu kien luat"
        " cu nguoi dan xong co han online truc tuyen khi thoi gian ben"
    )
)
"""Folded words with which anything is asked of a procedure; alone they ask no general question."""

_STRANGE = frozenset({*TALK, *OUT_OF_SCOPE})
"""Intents of messages that ask nothing of ours."""


def judge_faqs(dialogue: Dialogue, parse: Parse, found: Found) -> Verdict:
    """Return what to do with the entries that were found for a message.

    Whoever asks just as an entry is asked means it, but for "mất bao lâu" in the middle of a topic.
    """
    if not found.faqs or _is_for_others(parse, found):
        return Verdict.NO
    if found.faqs[0].exact:
        return Verdict.ANSWER
    if found.topic is not None and parse.asked:  # "nộp online có rẻ hơn không": the topic's fees
        return Verdict.NO
    busy = found.topic is not None or dialogue.open_question is not None
    return _weigh(parse, found, busy=busy)


def _weigh(parse: Parse, found: Found, *, busy: bool) -> Verdict:
    if found.faqs[0].named < LEAST_OF_A_WAY or _is_a_bare_name(parse, found):
        return Verdict.NO
    signals = faq_evidence(parse, found.faqs, best_of(found.mentions))
    general = _probability(GENERAL_START, GENERAL_SIGNALS, signals)
    first = _probability(FIRST_START, FIRST_SIGNALS, signals)
    said = says_something_of(parse.text, found.faqs[0].faq, strange=parse.intent in OUT_OF_SCOPE)
    if not said or general < _needed(parse, found, clear=first >= FIRST_CLEAR, busy=busy):
        return Verdict.NO
    if general < GENERAL_SURE and is_about_a_procedure(parse, found.mentions):
        return Verdict.ASK_BESIDE_PROCEDURES
    if busy:
        return Verdict.ANSWER if first >= FIRST_WHEN_BUSY else Verdict.NO
    return _among_entries(parse, general, first)


def _among_entries(parse: Parse, general: float, first: float) -> Verdict:
    """Return whether the best entry is clear; where it is not, a fixed text may be better."""
    if parse.intent in FIXED_TEXT:
        return Verdict.ANSWER if first >= FIRST_BEFORE_FIXED else Verdict.NO
    if first >= FIRST:
        return Verdict.ANSWER
    return Verdict.ASK if general >= GENERAL_BESIDE else Verdict.NO


def _needed(parse: Parse, found: Found, *, clear: bool, busy: bool) -> float:
    """Return the probability from which on the message is taken for a general question.

    In the middle of a topic or of a question, and where nothing is said but what is asked, it must
    be sure; nearly so for small talk, for what seems out of scope, and beside a procedure.
    """
    bare = bool(parse.asked) and not telling_words(without_asking(parse))
    if busy or bare:
        return GENERAL_CLEAR if clear and not bare else GENERAL_SURE
    if parse.intent in _STRANGE:
        return GENERAL_CLEAR if clear else GENERAL_SURE
    if is_about_a_procedure(parse, found.mentions):
        if _says_only(parse.text, best_of(found.mentions)[0], found.faqs[0]):
            return NEVER
        return GENERAL_CLEAR if clear else GENERAL_BESIDE
    return GENERAL


def _says_only(text: str, best: Candidate, faq: FoundFaq) -> bool:
    """Tell whether `text` says nothing by which the procedure is not called, which fits as well."""
    as_well = best.score >= faq.score - AS_WELL
    return as_well and telling_words(text) <= vocabulary(best.procedure)


def _is_a_bare_name(parse: Parse, found: Found) -> bool:
    """Tell whether a message is a piece of a procedure's name and asks nothing: "hộ chiếu".

    An entry that speaks of the thing is asked for with more words than that.
    """
    best = best_of(found.mentions)
    words = telling_words(parse.text)
    if parse.asked or not best or not 0 < len(words) <= MOST_OF_A_NAME:
        return False
    nearer = best[0].name_said - found.faqs[0].named >= NEARER_TO_A_NAME
    return nearer and words <= vocabulary(best[0].procedure)


def _is_for_others(parse: Parse, found: Found) -> bool:
    """Tell whether a dossier, the open topic or the open question is spoken of.

    "Thanh toán online có an toàn không" leaves a residence registration, and comes back to it;
    "bao lâu" does not, and without any topic it asks one of a procedure.
    """
    if any(entity.kind.endswith("dossier_code") for entity in parse.entities):
        return True
    if is_stop(parse.text) or _THIS.search(fold(parse.text)):
        return True
    open_ones = (*((found.topic,) if found.topic else ()), *found.offered)
    if open_ones:
        rest = telling_words(without_asking(parse)).difference(*map(vocabulary, open_ones))
        return len(rest) < (LEAST_SHARED if parse.asked else 1)
    return bool(parse.asked) and not telling_words(parse.text) - _OF_FIELDS


def _probability(start: float, weights: Mapping[str, float], signals: Mapping[str, float]) -> float:
    odds = start + sum(weight * signals[name] for name, weight in weights.items())
    return 1 / (1 + math.exp(-odds))
