"""Several procedures in one message, answered one after the other."""

from dataclasses import replace

from bot.deciding.candidates import Candidate, close_to_best
from bot.deciding.cases import ask_case
from bot.deciding.clauses import shared
from bot.deciding.decisions import Answer, AnswerEach, AskCase, AskWhich
from bot.deciding.found import Found
from bot.deciding.judging import is_clear
from bot.deciding.outcomes import After, ask_which
from bot.deciding.telling import told_by_signs
from bot.dialogue import Dialogue
from bot.parse import AskedField, Parse

WELL_FOUND = 0.55
"""Each of several procedures in one message is found so well, or the message names only one."""


def answer_each(
    dialogue: Dialogue, parse: Parse, found: Found, fields: tuple[AskedField, ...]
) -> After | None:
    """Answer about each procedure that the message names; the first becomes the topic.

    One that is not clear is asked for behind the answers. None: the message names one procedure,
    or any of them is not found well.
    """
    if any(one[0].score < WELL_FOUND for one in found.mentions):
        return None
    asked = shared(one[0].asked for one in found.mentions)
    answers: list[Answer] = []
    question: After | None = None
    for candidates, own in zip(found.mentions, asked, strict=True):
        wanted = own or fields or (AskedField.OVERVIEW,)
        told = _told(parse, candidates, found)
        if told is not None and not told.procedure.suspect:
            answers.append(Answer(told.procedure, wanted))
        elif question is None and told is None:
            question = _question(dialogue, parse, candidates, wanted, found)
        else:
            return None
    return _together(answers, question)


def _together(answers: list[Answer], question: After | None) -> After | None:
    different = len({answer.procedure.code for answer in answers}) == len(answers)
    if not different or not answers or len(answers) + (question is not None) == 1:
        return None
    first = answers[0]
    after = Dialogue(topic=first.procedure.code, asked=first.fields)
    if question is None:
        return AnswerEach(tuple(answers)), after
    case, waiting = question
    if not isinstance(case, AskCase | AskWhich):
        return None
    return AnswerEach(tuple(answers), case), replace(after, open_question=waiting.open_question)


def _told(parse: Parse, candidates: tuple[Candidate, ...], found: Found) -> Candidate | None:
    """Return what the clause says clearly, by name or by the signs of a case."""
    best = candidates[0]
    clause = _clause(parse, best)
    if is_clear(clause, candidates):
        return best
    return told_by_signs(clause, close_to_best(candidates), candidates, found.siblings)


def _question(
    dialogue: Dialogue,
    parse: Parse,
    candidates: tuple[Candidate, ...],
    fields: tuple[AskedField, ...],
    found: Found,
) -> After:
    close = close_to_best(candidates)
    case = ask_case(dialogue, _clause(parse, candidates[0]), close, fields, found)
    return case or ask_which(dialogue, [one.procedure for one in close], fields)


def _clause(parse: Parse, best: Candidate) -> Parse:
    """Return the clause as if it were the message; its asking words are left out already."""
    return replace(parse, text=best.clause, entities=()) if best.clause else parse
