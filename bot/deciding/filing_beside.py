"""What becomes of a guided filing when a message is about something else, or not clear."""

from dataclasses import replace
from typing import Final

from bot.deciding.act_decisions import AskErasure, Erase, KeepData, Rate, Received
from bot.deciding.acts import is_act
from bot.deciding.decisions import (
    Answer,
    Aside,
    AskProcedure,
    Decision,
    GuideOnline,
    Missing,
    NotFound,
    NotUnderstood,
    Say,
    Talk,
    Unread,
    Unreadable,
)
from bot.deciding.dossier_decisions import DossierDecision, Errand
from bot.deciding.faq_decisions import AnswerFaq
from bot.deciding.filing_asked import form_waits
from bot.deciding.filing_decisions import FilingDecision, FilingErrand, KeepSlip, NotClear
from bot.deciding.filing_found import can_guide
from bot.deciding.filing_presses import decide_pressed_filing
from bot.deciding.filing_telling import FilingStep, Place, ask_trouble, tell_list, tell_trouble
from bot.deciding.filing_typed import decide_typed_filing
from bot.deciding.filing_values import FilingAct, OpenedSlip, PressedFiling
from bot.deciding.form_asking import MOST_ASIDES
from bot.deciding.form_decisions import AskCircumstance, FormStopped
from bot.deciding.found import Found, Said
from bot.dialogue import Dialogue
from bot.filings.state import Filing, FilingStage, Milestone
from bot.messages import Gesture
from bot.parse import AskedField, Parse

MOST_MISSES: Final = 2
"""So often the list or the step is shown again in a row; then the message is answered."""

_FEW_WORDS: Final = 3

_FILED: Final = frozenset(
    {
        AskedField.OVERVIEW,
        AskedField.DOCUMENTS,
        AskedField.ONLINE,
        AskedField.STEPS,
        AskedField.WHERE,
    }
)
"""Answers beside which a citizen is offered to be guided."""

_GREETS: Final = frozenset({Talk.GREET, Talk.HELP, Talk.BOT_IDENTITY})
_OPENS: Final = frozenset({Gesture.START, Gesture.HELP})
_QUIET = AskErasure | Erase | KeepData | Rate | DossierDecision | Errand
"""Beside these nothing else is offered."""


def decide_filing(dialogue: Dialogue, said: Said, found: Found) -> FilingStep | None:
    """Return what to do about a filing; None: the message is not clearly about one."""
    if isinstance(said, PressedFiling | OpenedSlip):
        return decide_pressed_filing(dialogue, said, found)
    if isinstance(said, Parse):
        return decide_typed_filing(dialogue, said, found)
    filing = dialogue.filing
    if said is Gesture.CANCEL and filing is not None and not filing.asides:
        press = PressedFiling(filing.code, FilingAct.STOP)
        return decide_pressed_filing(dialogue, press, found) if _is_free(dialogue, found) else None
    return None


def _is_free(dialogue: Dialogue, found: Found) -> bool:
    """Tell whether no question waits that can be cancelled; beside a list a form is answered."""
    asked = dialogue.form is not None and not dialogue.form.asides
    return not (asked and form_waits(dialogue, found))


def guided(decision: Decision) -> Decision:
    """Return an answer with the way to be guided, where there is something to guide with."""
    if isinstance(decision, Answer) and not _FILED.isdisjoint(decision.fields):
        return replace(decision, file=can_guide(decision.procedure))
    if isinstance(decision, GuideOnline):
        return replace(decision, file=can_guide(decision.procedure))
    return decision


def beside_filing(dialogue: Dialogue, said: Said, step: FilingStep, found: Found) -> FilingStep:
    """Return what was decided without regard to the filing in progress, with the way back to it.

    Args:
        dialogue: the state before.
        said: what the message says.
        step: what would be told or found out, and the state after it.
        found: what is known beside the message.
    """
    decision, after = step
    filing = dialogue.filing
    if filing is None or isinstance(decision, Erase | FilingDecision | FilingErrand):
        return step
    facts = found.filings.facts_of(filing.code)
    if facts is None:
        return decision, replace(after, filing=filing)
    place = Place(dialogue, facts, filing, found.filings)
    if filing.stage is FilingStage.FILED or isinstance(decision, _QUIET):
        return decision, replace(after, filing=filing)
    if _leads_back(decision):
        return decision, replace(after, filing=_later(filing))
    return _instead(place, said, decision, after) or _aside(place, said, decision, after)


def _leads_back(decision: Decision | Errand | FilingErrand) -> bool:
    """Tell whether a way back is shown already: to the questions, which come before the list."""
    if isinstance(decision, Aside):
        return decision.procedure is not None
    return isinstance(decision, AskCircumstance | FormStopped)


def _later(filing: Filing) -> Filing:
    return replace(filing, asides=min(filing.asides + 1, MOST_ASIDES))


def _instead(place: Place, said: Said, decision: Decision, after: Dialogue) -> FilingStep | None:
    """Answer a trouble where a step is in sight, and show again what nobody understood."""
    filing, misses = place.filing, place.before.misses
    if _is_lost(decision, said) and (filing.asides or misses >= MOST_MISSES):
        return NotClear(place.facts.procedure), replace(after, filing=_later(filing))
    if filing.asides:
        return None
    if isinstance(decision, AnswerFaq) and filing.stage is FilingStage.STEPS:
        troubles = {one.faq for one in place.scene.troubles.values()}
        return tell_trouble(place, decision.faq) if decision.faq.key in troubles else None
    if not _is_unclear(decision, filing) or misses >= MOST_MISSES:
        return None
    steps = filing.stage is FilingStage.STEPS
    told, after = ask_trouble(place) if steps else tell_list(place, again=True)
    return told, replace(after, misses=misses + 1)


def _aside(place: Place, said: Said, decision: Decision, after: Dialogue) -> FilingStep:
    """Answer, and offer to go on: for some messages, and to whoever comes back at any time."""
    filing = place.filing
    back = _comes_back(decision)
    if is_act(said) and not back:
        return decision, replace(after, filing=filing)
    after = replace(after, filing=filing if _is_chat(decision) else _later(filing))
    return Aside(decision, place.facts.procedure, filing=True), after


def _is_chat(decision: Decision) -> bool:
    """Tell whether nothing else was turned to: the list or the step stays in sight."""
    if isinstance(decision, Say):
        return isinstance(decision.what, Talk)
    return isinstance(decision, Unreadable)


def _comes_back(decision: Decision) -> bool:
    if isinstance(decision, Received):
        return decision.gesture in _OPENS
    return isinstance(decision, Say) and decision.what in _GREETS


def _is_lost(decision: Decision, said: Said) -> bool:
    """Tell whether nobody can make anything of a message; a few words are no question."""
    if isinstance(decision, Answer):
        few = isinstance(said, Parse) and not said.asked and len(said.text.split()) <= _FEW_WORDS
        return decision.related and few
    if isinstance(decision, Say):
        return decision.what in {Talk.AFFIRM, Talk.DENY}
    return isinstance(decision, NotUnderstood) or (
        isinstance(decision, Unreadable) and decision.why is Unread.EMPTY
    )


def _is_unclear(decision: Decision, filing: Filing) -> bool:
    if isinstance(decision, Answer):  # only the topic made it an answer
        return decision.related and decision.procedure.code == filing.code
    if isinstance(decision, Say):
        return decision.what in {Missing.OUT_OF_SCOPE, Talk.AFFIRM, Talk.DENY}
    return isinstance(decision, NotUnderstood | NotFound | AskProcedure) or (
        isinstance(decision, Unreadable) and decision.why is Unread.EMPTY
    )


def on_slip(dialogue: Dialogue, step: FilingStep, found: Found) -> FilingStep:
    """Keep a filing that was changed on its slip before it is told, if it has one."""
    decision, after = step
    before, filing = dialogue.filing, after.filing
    if filing is None or not filing.slip or not found.filings.terms.is_open:
        return step
    if not isinstance(decision, FilingDecision):
        return step
    if before is not None and _content(before) == _content(filing):
        return step
    return KeepSlip(_on_slip(filing), decision), after


def _content(filing: Filing) -> Filing:
    return replace(_on_slip(filing), asides=0, version=0)


def _on_slip(filing: Filing) -> Filing:
    """Return a filing as its slip keeps it: who looks at the list once more has filed all the same.

    Elsewhere it is opened as filed, and nobody is reminded of it.
    """
    filed = Milestone.FILED in filing.reached
    return replace(filing, stage=FilingStage.FILED) if filed else filing
