"""General questions: when one is answered, asked back for, or left to procedures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.deciding.decisions import Decision, Guide, Missing, Say, Talk, Unread, Unreadable
from bot.deciding.faq_decisions import AnswerFaq, AskFaq
from bot.deciding.faq_found import FAQ_MARK, FoundFaq, PressedFaq, faq_value
from bot.deciding.faq_judging import Verdict, judge_faqs
from bot.deciding.found import Found
from bot.deciding.judging import best_of
from bot.deciding.labels import labels_of
from bot.deciding.outcomes import After
from bot.dialogue import Dialogue, OpenQuestion
from bot.parse import Parse
from knowledge.procedure import Procedure

CLOSE = 0.06
"""Entries whose scores differ less fit about equally."""

MOST_OFFERED = 3
"""Entries offered when it is not clear which is meant."""

TOUCHED = 0.2
"""Entries that share so much with a message are offered below the fixed text of their matter."""

_DOSSIERS = frozenset({"ho-so"})
TOPICS: Mapping[Talk | Guide | Missing, frozenset[str]] = {
    Talk.FEEDBACK: frozenset({"phan-anh"}),
    Guide.SCAM: frozenset({"lua-dao"}),
    Guide.DATA_PRIVACY: frozenset({"du-lieu-ca-nhan"}),
    Guide.ACCOUNT: frozenset({"vneid", "cong-dich-vu-cong"}),
    Guide.PAYMENT: frozenset({"thanh-toan", "phi-le-phi"}),
    Missing.DOSSIER_STATUS: _DOSSIERS,
    Missing.DOSSIER_CODE: _DOSSIERS,
    Missing.DOSSIER_LATE: _DOSSIERS,
    Missing.DOSSIER_SUPPLEMENT: _DOSSIERS,
    Missing.DOSSIER_WITHDRAWAL: _DOSSIERS,
}
"""The folders of general questions that belong to a fixed text."""


def decide_faq(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Answer a general question, or ask which is meant; None: it is not about one."""
    match judge_faqs(dialogue, parse, found):
        case Verdict.ANSWER:
            return answer_faq(dialogue, found.faqs[0], found)
        case Verdict.ASK:
            return _ask(dialogue, parse, found, close_faqs(found.faqs), ())
        case Verdict.ASK_BESIDE_PROCEDURES:
            best = [one.procedure for one in best_of(found.mentions)[:1]]
            return _ask(dialogue, parse, found, close_faqs(found.faqs)[:2], best)
        case Verdict.NO:
            return None


def close_faqs(faqs: tuple[FoundFaq, ...]) -> tuple[FoundFaq, ...]:
    """Return the entries that fit about as well as the best one, three at most."""
    close = [one for one in faqs if faqs[0].score - one.score < CLOSE]
    return tuple(close[:MOST_OFFERED])


def answer_faq(dialogue: Dialogue, one: FoundFaq, found: Found) -> After:
    """Answer the entry; the topic stays, and so does what was asked of it."""
    after = replace(dialogue, misses=0, open_question=None)
    return AnswerFaq(one.faq, one.procedures, one.records, one.related, found.topic), after


def decide_pressed_faq(dialogue: Dialogue, press: PressedFaq, found: Found) -> After:
    """Answer a button that asks a general question."""
    return faq_target(dialogue, f"{FAQ_MARK}{press.key}", found)


def faq_target(dialogue: Dialogue, target: str, found: Found) -> After:
    """Answer the entry behind a chosen button; one that is no longer known is told to be so."""
    for one in found.faqs_offered:
        if faq_value(one.faq) == target:
            return answer_faq(dialogue, one, found)
    return Unreadable(Unread.BROKEN_BUTTON), dialogue


def ask_faqs_again(dialogue: Dialogue, found: Found) -> After | None:
    """Ask the open question once more, if it offers general questions."""
    question = dialogue.open_question
    if question is None or not found.faqs_offered:
        return None
    faqs = tuple(one.faq for one in found.faqs_offered)
    labels = (*(faq.label for faq in faqs), *labels_of(found.offered))
    return AskFaq(faqs, found.offered, labels, question.asked, found.topic), dialogue


def beside_faqs(decision: Decision, found: Found) -> Decision:
    """Return a fixed text with the general questions of its matter, any other decision as is."""
    if not isinstance(decision, Say) or decision.what not in TOPICS:
        return decision
    near = [one for one in found.faqs if one.score >= TOUCHED]
    faqs = [one.faq for one in near if one.faq.topic in TOPICS[decision.what]]
    return replace(decision, faqs=tuple(faqs[:MOST_OFFERED]))


def _ask(
    dialogue: Dialogue,
    parse: Parse,
    found: Found,
    close: tuple[FoundFaq, ...],
    procedures: Sequence[Procedure],
) -> After:
    if len(close) + len(procedures) == 1:
        return answer_faq(dialogue, close[0], found)
    faqs = tuple(one.faq for one in close)
    labels = (*(faq.label for faq in faqs), *labels_of(procedures))
    targets = (*map(faq_value, faqs), *(one.code for one in procedures))
    question = OpenQuestion(targets, labels, parse.asked)
    after = replace(dialogue, misses=0, open_question=question)
    return AskFaq(faqs, tuple(procedures), labels, parse.asked, found.topic), after
