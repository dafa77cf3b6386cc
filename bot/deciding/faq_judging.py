"""Whether a message asks a general question, and how sure that is."""

from enum import StrEnum

from bot.deciding.found import Found
from bot.deciding.judging import best_of, judge
from bot.parse import Parse


class Verdict(StrEnum):
    """What is to be done with the general questions that were found."""

    ANSWER = "answer"
    ASK = "ask"
    """Several entries fit about equally."""
    ASK_BESIDE_PROCEDURES = "ask_beside_procedures"
    NO = "no"


WELL_FOUND = 0.5
"""Below this score an entry shares a few words with the message, no more."""

ABOUT_A_PROCEDURE = 0.6


def judge_faqs(parse: Parse, found: Found) -> Verdict:
    """Return what to do with the entries that were found for a message."""
    if not found.faqs:
        return Verdict.NO
    best, procedures = found.faqs[0], best_of(found.mentions)
    if best.score < WELL_FOUND or (procedures and procedures[0].named):
        return Verdict.NO
    if judge(parse, procedures).about > ABOUT_A_PROCEDURE:
        return Verdict.NO
    return Verdict.ANSWER
