"""Whether a message stays with the open topic or leaves it for another procedure.

Citizens go on asking ("mất mấy ngày?"), and their words touch many procedures by accident. So a
topic is left on good evidence only.
"""

import re

from bot.deciding.candidates import FOUND, Candidate
from bot.deciding.found import Found
from bot.deciding.judging import is_about_a_procedure
from bot.deciding.words import (
    called_by,
    is_called,
    names_of,
    naming_words,
    pairs,
    told,
    words_said,
)
from bot.parse import Parse
from knowledge.procedure import Procedure
from knowledge.text import fold

CHANGE = 0.5
CHANGE_MARGIN = 0.3
"""Needed to leave a topic without any sign, and by so much better than the topic fits the words.

Measured in November 2026 on the 1,121 follow-ups of legalrag.jsonl, of which these numbers keep
0.983, and on 919 questions of our own asked in the middle of another topic.
"""

CHANGE_UNNAMED = 0.55
UNNAMED_MARGIN = 0.4
"""Enough where the other procedure is meant by words that no name of it has ("bìa đỏ bị lũ cuốn");
0.5 would keep 0.979."""

ASIDE = 0.1
"""So much more is needed where the words are those of a question about a paper or a case."""

CALLED_MARGIN = 0.1
"""Enough where nothing but the whole name of the other procedure is said.

A procedure marked by the model is no such sign: it marks papers and places of the topic as well.
"""

_TURN = re.compile(
    r"^\W*(?:khong\b(?! phai lam|\s*co)|ko\b|nham\b|a nham\b|y (?:toi|minh|em|la)\b|khong phai\b)"
    r"|\by (?:toi|minh|em) (?:la|noi|hoi)\b|\b(?:the|vay) con\b|\bchuyen sang\b|\bhoi (?:ve|sang) "
    r"(?:viec|thu tuc)\b|\bthu tuc khac\b"
)
"""Folded words that announce another subject."""
_THIS_ONE = re.compile(r"\b(?:thu tuc|viec|cai|loai|ho so|truong hop|giay to) (?:nay|do|tren)\b")
"""Folded words that point back to the topic."""
_ASIDE = re.compile(
    r"^\W*(?:neu|tai sao|vi sao|truong hop|bat buoc)\b"
    r"|\bco (?:can|phai|duoc|bat buoc|the)\b.*\b(?:khong|ko|k|chua)\b"
)
"""Folded words of questions about a paper or a case: "bản sao có cần công chứng không"."""
_AND_WHAT_OF = re.compile(r"^\W*(?:à |ừ |ok |vâng )?(?:thế |vậy )?còn\b", re.IGNORECASE)
"""Accented, since unaccented "con" is a child."""


_AND_THE_OTHER = re.compile(
    r"^\W*(?:the|vay|roi|con|a|u|ok|vang)\b|\bthi (?:sao|the nao|ra sao|nhu nao)\b|\bcung\b"
)
"""Folded words of those who ask the same about another procedure: "vậy khai tử thì sao"."""


def asks_the_same(parse: Parse) -> bool:
    """Tell whether the message names no field, since it asks what was asked before."""
    if parse.asked:
        return False
    return announces_another(parse) or bool(_AND_THE_OTHER.search(fold(parse.text)))


def announces_another(parse: Parse) -> bool:
    """Tell whether the message itself says that it turns to something else."""
    if parse.intent == "correct" or _AND_WHAT_OF.search(parse.text):
        return True
    return bool(_TURN.search(fold(parse.text)))


def other_topic(parse: Parse, found: Found) -> tuple[Candidate, ...]:
    """Return what fits the procedure the citizen turns to; nothing: the topic stays."""
    topic = found.topic
    turning = announces_another(parse)
    if topic is None or (not turning and _THIS_ONE.search(fold(parse.text))):
        return ()
    mentions = reversed(found.mentions) if parse.intent == "correct" else found.mentions
    for candidates in mentions:
        if not candidates or is_about(candidates[0], topic) or candidates[0].score < FOUND:
            continue
        if turning and is_about_a_procedure(parse, (candidates,)):
            return candidates
        if not turning and _clearly_other(parse, candidates, topic):
            return candidates
    return ()


def is_about(candidate: Candidate, topic: Procedure) -> bool:
    """Tell whether the candidate is the topic or the same procedure at another level."""
    return topic.code in {candidate.procedure.code, *(twin.code for twin in candidate.twins)}


def _clearly_other(parse: Parse, candidates: tuple[Candidate, ...], topic: Procedure) -> bool:
    best = candidates[0]
    called = is_called(best.procedure, words_said(parse))
    if _is_wider(best.procedure, topic):
        return called and not parse.asked
    own = max((c.score for c in candidates if is_about(c, topic)), default=0.0)
    lead = best.score - own
    aside = ASIDE if not called and _ASIDE.search(fold(parse.text)) else 0.0
    if best.score >= CHANGE_UNNAMED + aside and lead >= UNNAMED_MARGIN:
        return True
    if best.score < CHANGE + aside or lead < (CALLED_MARGIN if called else CHANGE_MARGIN):
        return False
    return bool(_foreign_pairs(parse.text, best.procedure, topic))


def _is_wider(procedure: Procedure, topic: Procedure) -> bool:
    """Tell whether the procedure's name is part of the topic's: people shorten what they talk of.

    Who talks of "đăng ký lại khai sinh" says "đăng ký khai sinh mất bao lâu" and means the same.
    """
    own = naming_words(procedure.name)
    return any(own <= naming_words(name) for name in names_of(topic))


def _foreign_pairs(text: str, other: Procedure, topic: Procedure) -> frozenset[tuple[str, str]]:
    """Return the pairs of syllables that name `other` and occur nowhere in the topic's record.

    "Bản sao trích lục hết bao nhiêu" in the middle of a death registration asks for what its
    record hands out, and not for the procedure that copies extracts.
    """
    named = pairs(text) & frozenset().union(*(pairs(name) for name in called_by(other)))
    if not named:
        return named
    return named - frozenset().union(*(pairs(part) for part in (*called_by(topic), *told(topic))))
