"""Whether a message stays with the open topic or leaves it for another procedure.

Citizens go on asking ("mất mấy ngày?"), and their words touch many procedures by accident. So a
topic is left on good evidence only.
"""

import re

from bot.deciding.found import Candidate, Found
from bot.deciding.words import content_words, is_called, vocabulary, words_named, words_said
from bot.parse import Parse
from knowledge.procedure import Procedure
from knowledge.text import fold

FOUND = 0.45
"""Below this score a search result shares a few words with the question, no more."""

CHANGE = 0.6
"""Needed to leave a topic on one sign: a procedure is marked, or called whole, or "còn …"."""

SURE = 0.78
"""A name or alias typed nearly whole: needed to leave a topic without any sign.

Rare procedures reach hardly 0.9 with their whole name, since popularity counts too.
"""

CHANGE_MARGIN = 0.1
"""By so much the other procedure must fit better than the topic fits the same words."""

_TURN = re.compile(
    r"^\W*(?:khong\b(?! phai lam|\s*co)|ko\b|nham\b|a nham\b|y (?:toi|minh|em|la)\b|khong phai\b)"
    r"|\by (?:toi|minh|em) (?:la|noi|hoi)\b|\b(?:the|vay) con\b|\bchuyen sang\b|\bhoi (?:ve|sang) "
    r"(?:viec|thu tuc)\b|\bthu tuc khac\b"
)
"""Folded words that announce another subject."""
_THIS_ONE = re.compile(r"\b(?:thu tuc|viec|cai|loai|ho so|truong hop|giay to) (?:nay|do|tren)\b")
"""Folded words that point back to the topic."""
_AND_WHAT_OF = re.compile(r"^\W*(?:à |ừ |ok |vâng )?(?:thế |vậy )?còn\b", re.IGNORECASE)
"""Accented, since unaccented "con" is a child."""


def announces_another(parse: Parse) -> bool:
    """Tell whether the message itself says that it turns to something else."""
    if parse.intent == "correct" or _AND_WHAT_OF.search(parse.text):
        return True
    return bool(_TURN.search(fold(parse.text)))


def other_topic(parse: Parse, found: Found) -> tuple[Candidate, ...]:
    """Return what fits the procedure the citizen turns to; nothing: the topic stays."""
    turning = announces_another(parse)
    if not turning and _THIS_ONE.search(fold(parse.text)):
        return ()
    named = any(entity.kind == "procedure" for entity in parse.entities)
    mentions = reversed(found.mentions) if parse.intent == "correct" else found.mentions
    for candidates in mentions:
        if not candidates or is_about(candidates[0], found.topic):
            continue
        called = is_called(candidates[0].procedure, words_said(parse))
        if candidates[0].score < (SURE, CHANGE, FOUND)[turning + (named or called)]:
            continue
        if turning or _clearly_other(parse, candidates, found.topic):
            return candidates
    return ()


def is_about(candidate: Candidate, topic: Procedure | None) -> bool:
    """Tell whether the candidate is the topic or the same procedure at another level."""
    if topic is None:
        return False
    return topic.code in {candidate.procedure.code, *(twin.code for twin in candidate.twins)}


def _clearly_other(
    parse: Parse, candidates: tuple[Candidate, ...], topic: Procedure | None
) -> bool:
    if topic is None:
        return True
    own = max((c.score for c in candidates if is_about(c, topic)), default=0.0)
    if candidates[0].score - own < CHANGE_MARGIN:
        return False
    called = is_called(candidates[0].procedure, words_said(parse))
    if _is_wider(candidates[0].procedure, topic):
        return called and not parse.asked
    if called:
        return True
    said = " ".join(words_named(parse)) or parse.text
    return bool(content_words(said) - vocabulary(topic))


def _is_wider(procedure: Procedure, topic: Procedure) -> bool:
    """Tell whether the procedure's name is part of the topic's: people shorten what they talk of.

    Who talks of "đăng ký lại khai sinh" says "đăng ký khai sinh mất bao lâu" and means the same.
    """
    return content_words(procedure.name) <= vocabulary(topic)
