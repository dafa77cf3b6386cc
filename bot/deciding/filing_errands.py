"""What follows from what the desk of filings says: pure, like every decision."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.deciding.dossier_decisions import Errand, LookUpDossier, RedeemWord, ReopenDossier
from bot.deciding.dossier_errands import Result
from bot.deciding.dossier_matters import Matter
from bot.deciding.filing_decisions import (
    AskWhen,
    AskWhichAnswer,
    CannotGuide,
    EndFiling,
    FileClosed,
    FilingDecision,
    FilingEnded,
    FilingErrand,
    KeepSlip,
    ListReminders,
    NoSuchSlip,
    NotClear,
    NoteFiled,
    OpenSlip,
    PutAside,
    SetReminder,
    Shown,
    SlipsLocked,
    TellFiled,
    TellList,
    TellSlip,
    WillRemind,
)
from bot.deciding.filing_found import FilingFacts
from bot.deciding.filing_presses import after_end, ask_code
from bot.deciding.filing_telling import FilingStep, Place, answers_of, tell_list
from bot.deciding.found import Found
from bot.dialogue import Dialogue
from bot.dossiers.ports import Found as FoundDossier
from bot.dossiers.ports import Locked
from bot.dossiers.status import DossierStatus
from bot.filings.ports import NoSlip, Reminder, Slip
from bot.filings.state import Filing, FilingStage, Milestone

_WITHOUT_FILING = NoSuchSlip | SlipsLocked | FilingEnded | CannotGuide | PutAside | NotClear
"""What is told without a view of the filing."""

SOON: Final = timedelta(days=7)
"""So long after who filed says so, at most, the office has her dossier: the post takes days."""

LATE: Final = timedelta(days=30)
"""So late, at most, she says that she has filed."""

FilingResult = Slip | NoSlip | Locked | Sequence[Reminder] | None
"""What the desk returned: the slip that was kept or opened, the reminders, or nothing."""


def after_filing_errand(
    dialogue: Dialogue, errand: FilingErrand, result: FilingResult, found: Found
) -> FilingStep:
    """Return what to tell, or the next errand; none leads back to itself.

    Args:
        dialogue: the state before the errand.
        errand: what was found out or kept.
        result: what the desk returned for it.
        found: what is known beside the message.

    Raises:
        TypeError: the desk returned what it does not promise.
    """
    match errand:
        case KeepSlip() if isinstance(result, Slip):
            return _kept(dialogue, errand, result, found)
        case OpenSlip() if isinstance(result, Slip | NoSlip | Locked):
            return _opened(dialogue, result, found)
        case FileClosed():
            kept = _with(dialogue, result.filing) if isinstance(result, Slip) else dialogue
            return errand.then, kept
        case EndFiling():
            return after_end(dialogue, errand.filing, found)
        case SetReminder() | ListReminders():
            return _about_reminder(dialogue, errand, result, found)
        case _:
            pass
    raise TypeError(f"The desk answered {type(errand).__name__} with {type(result).__name__}.")


def _with(dialogue: Dialogue, filing: Filing) -> Dialogue:
    before = dialogue.filing
    return replace(dialogue, filing=_as_seen(filing, before) if before else filing)


def _as_seen(filing: Filing, before: Filing) -> Filing:
    """Return what a slip holds, as far as this conversation is with it.

    Who looks at the list of a dossier that is filed has filed it all the same: on the slip it stays
    so, and what is in sight is each conversation's own.
    """
    filed = Milestone.FILED in before.reached and Milestone.FILED in filing.reached
    stage = before.stage if filed else filing.stage
    return replace(filing, stage=stage, asides=before.asides)


def _kept(dialogue: Dialogue, errand: KeepSlip, slip: Slip, found: Found) -> FilingStep:
    after = _with(dialogue, slip.filing)
    filing = after.filing or slip.filing
    facts = found.filings.facts_of(filing.code)
    if facts is None or (errand.then is None and not filing.slip):
        return NoSuchSlip(), after
    scene = replace(found.filings, checked=slip.checked)
    if errand.then is None:
        return TellSlip(scene.shown(facts, filing), slip), after
    return _shown_anew(errand.then, scene.shown(facts, filing), facts), after


def _shown_anew(told: FilingDecision, anew: Shown, facts: FilingFacts) -> FilingDecision:
    """Return what is told with the filing as it was kept: it may have changed elsewhere."""
    if isinstance(told, _WITHOUT_FILING):
        return told
    shown = replace(told.shown, view=anew.view, checked=anew.checked)
    if isinstance(told, TellList | AskWhichAnswer):
        return replace(told, shown=shown, answers=answers_of(facts.table, anew.view.filing))
    return replace(told, shown=shown)


def _opened(dialogue: Dialogue, result: Slip | NoSlip | Locked, found: Found) -> FilingStep:
    """Show the list of a slip; the state that it was opened from waits no more."""
    if isinstance(result, Locked):
        return SlipsLocked(result.until), dialogue
    facts = None if isinstance(result, NoSlip) else found.filings.facts_of(result.filing.code)
    if facts is None or isinstance(result, NoSlip):
        return NoSuchSlip(), dialogue
    before = replace(dialogue, filing=result.filing, form=None, stopping=None)
    scene = replace(found.filings, checked=result.checked)
    place = Place(before, facts, result.filing, scene)
    if result.filing.stage is FilingStage.FILED:
        return ask_code(place, TellFiled(scene.shown(facts, result.filing), scene.can_look_up))
    return tell_list(place, first=True, opened=True)


def _about_reminder(
    dialogue: Dialogue, errand: SetReminder | ListReminders, result: FilingResult, found: Found
) -> FilingStep:
    facts = found.filings.facts_of(errand.filing.code)
    if facts is None:
        return NoSuchSlip(), dialogue
    shown = found.filings.shown(facts, errand.filing)
    if isinstance(errand, SetReminder):
        return WillRemind(shown, errand.at), dialogue
    listed = () if result is None or isinstance(result, Slip | NoSlip | Locked) else result
    due = (one for one in listed if one.procedure == errand.filing.code)
    return AskWhen(shown, next(due, None), again=errand.again), dialogue


def became(dialogue: Dialogue, errand: Errand, result: Result, at: float) -> NoteFiled | None:
    """Return that the filing became the dossier which was just looked up; None: it did not.

    Whoever has filed may look at her list again. A dossier whose procedure its source does not
    name is hers only where its code answers the question that followed her filing.

    Args:
        dialogue: the state before the look-up.
        errand: what was found out of a dossier.
        result: what the desk of dossiers returned for it.
        at: when it was asked for, in seconds since 1970.
    """
    filing = dialogue.filing
    if filing is None or Milestone.FILED not in filing.reached:
        return None
    if not isinstance(errand, LookUpDossier | ReopenDossier | RedeemWord):
        return None
    if not isinstance(result, FoundDossier) or not _is_of_then(filing, result.status, at):
        return None
    named = result.status.procedure_code
    asked = isinstance(errand, LookUpDossier) and errand.about is Matter.FOLLOW
    its = named == filing.code or (not named and asked)
    return NoteFiled(filing.code, result.status.code) if its else None


def _is_of_then(filing: Filing, status: DossierStatus, at: float) -> bool:
    """Tell whether a dossier came in about when she says she filed; `at`: it is looked up."""
    filed = datetime.fromtimestamp(filing.filed_at, UTC)
    came = status.received_at or datetime.fromtimestamp(at, UTC)
    return filed - LATE <= came <= filed + SOON


def merged(dialogue: Dialogue, slip: Slip | None) -> Dialogue:
    """Return the state with the filing as its slip has it now.

    Args:
        dialogue: as it was kept, with a filing that has a slip.
        slip: as it is now; None: it has expired, and the filing goes on without.
    """
    filing = dialogue.filing
    if filing is None:
        return dialogue
    if slip is None:
        return replace(dialogue, filing=replace(filing, slip="", version=0))
    if slip.filing.version <= filing.version:
        return dialogue
    form = dialogue.form
    if form is not None and form.code == filing.code and form.answers != slip.filing.answers:
        dialogue = replace(dialogue, form=None)
    return replace(dialogue, filing=_as_seen(slip.filing, filing))
