"""Whether a message asks a general question, and how sure that is."""

import math
from collections.abc import Mapping
from enum import StrEnum

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
from bot.deciding.faq_evidence import TALK, faq_evidence
from bot.deciding.found import Found
from bot.deciding.judging import best_of, is_about_a_procedure
from bot.deciding.words import LEAST_SHARED, telling_words, vocabulary, without_asking
from bot.parse import Parse
from knowledge.faq import Faq
from knowledge.terms import split

FIRST = 0.25
"""From this probability on the best entry is answered without asking which is meant."""


_STRANGE = frozenset({*TALK, *OUT_OF_SCOPE})
"""Intents of messages that ask nothing of ours."""


class Verdict(StrEnum):
    """What is to be done with the general questions that were found."""

    ANSWER = "answer"
    ASK = "ask"
    """Several entries fit about equally."""
    ASK_BESIDE_PROCEDURES = "ask_beside_procedures"
    NO = "no"


def judge_faqs(parse: Parse, found: Found) -> Verdict:
    """Return what to do with the entries that were found for a message.

    Whoever asks just as an entry is asked means it, but for "mất bao lâu" in the middle of a topic.
    """
    if not found.faqs or not _leaves(parse, found):
        return Verdict.NO
    if _asks(parse.text, found.faqs[0].faq):
        return Verdict.ANSWER
    signals = faq_evidence(parse, found.faqs, best_of(found.mentions))
    general = _probability(GENERAL_START, GENERAL_SIGNALS, signals)
    if general < _needed(parse, found):
        return Verdict.NO
    if general < GENERAL_SURE and is_about_a_procedure(parse, found.mentions):
        return Verdict.ASK_BESIDE_PROCEDURES
    sure = _probability(FIRST_START, FIRST_SIGNALS, signals) >= FIRST
    return Verdict.ANSWER if sure else Verdict.ASK


def _needed(parse: Parse, found: Found) -> float:
    """Return the probability from which on the message is taken for a general question.

    In the middle of a topic, for small talk and for what seems out of scope it must be sure.
    """
    if parse.intent in _STRANGE or found.topic is not None:
        return GENERAL_SURE
    return GENERAL_BESIDE if is_about_a_procedure(parse, found.mentions) else GENERAL


def _leaves(parse: Parse, found: Found) -> bool:
    """Tell whether the message says something by which what is talked of is not called.

    "Thanh toán online có an toàn không" leaves a residence registration, and comes back to it;
    "bao lâu" does not.
    """
    open_ones = (*((found.topic,) if found.topic else ()), *found.offered)
    if not open_ones:
        return True
    words = telling_words(without_asking(parse)).difference(*map(vocabulary, open_ones))
    return len(words) >= LEAST_SHARED


def _asks(text: str, faq: Faq) -> bool:
    """Tell whether `text` is the question of an entry, or a way of asking it."""
    said = _bare(text)
    return any(said == _bare(one) for one in (faq.question, faq.label, *faq.asked))


def _bare(text: str) -> tuple[str, ...]:
    return tuple(word.bare for word in split(text))


def _probability(start: float, weights: Mapping[str, float], signals: Mapping[str, float]) -> float:
    odds = start + sum(weight * signals[name] for name, weight in weights.items())
    return 1 / (1 + math.exp(-odds))
