"""What follows from what the desk says: pure, like every decision."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.deciding.decisions import Decision
from bot.deciding.dossier_decisions import (
    Agreed,
    AskConsent,
    DossierAway,
    DossiersLocked,
    Errand,
    ForgetDossier,
    GoOnElsewhere,
    HandOverDossier,
    ListDossiers,
    LookUpDossier,
    NoDossier,
    RedeemWord,
    RememberDossier,
    ReopenDossier,
    TellBriefly,
    TellDossier,
    TellHistory,
    WordSpent,
)
from bot.deciding.dossier_found import Scene
from bot.deciding.dossier_lists import Ended, after_remembered, instead_of
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_state import back_to_open, is_proved, with_talk
from bot.dialogue import Dialogue, DossierStage, DossierTalk
from bot.dossiers.ports import Away, Found, Locked, LookUpResult, NoMatch, Remembered
from bot.dossiers.status import DossierStatus, State

Result = LookUpResult | Sequence[Remembered] | Ended | str | None
"""What the desk returned: of a look-up, of the list, the word handed out, or nothing."""

Step = tuple[Decision | Errand, Dialogue]
"""What to tell or what to find out next, and the state after it."""

_Opening = LookUpDossier | ReopenDossier | RedeemWord


def after_errand(dialogue: Dialogue, errand: Errand, result: Result, scene: Scene) -> Step:
    """Return what to tell, or the next errand; none leads back to itself.

    Args:
        dialogue: the state before the errand.
        errand: what was found out.
        result: what the desk returned for it.
        scene: where the message comes from.
    """
    match errand:
        case LookUpDossier() | ReopenDossier() | RedeemWord():
            if isinstance(result, Found | NoMatch | Locked | Away):
                return _after_opening(dialogue, errand, result, scene)
        case ListDossiers() | ForgetDossier():
            return after_remembered(dialogue, errand, result, scene)
        case RememberDossier(code, follow):
            return Agreed(code, follow), back_to_open(dialogue)
        case HandOverDossier():
            terms, word = scene.terms, result if isinstance(result, str) else ""
            told = GoOnElsewhere(word, terms.telegram_link, terms.zalo, terms.zalo_link)
            return told, back_to_open(dialogue)
        case _:
            assert_never(errand)
    raise TypeError(f"The desk answered {type(errand).__name__} with {type(result).__name__}.")


def _after_opening(
    dialogue: Dialogue, errand: _Opening, result: LookUpResult, scene: Scene
) -> Step:
    found = result.last if isinstance(result, Away) else result
    if isinstance(errand, ReopenDossier) and (other := instead_of(errand.otherwise)):
        meant = isinstance(found, Found) and is_meant(errand.about, found.status)
        if not meant:
            return other
    if isinstance(found, Found):
        return _opened(dialogue, errand, found, scene, away=isinstance(result, Away))
    return _why_not(errand, result, scene), _still_asked(dialogue, errand, scene)


def _why_not(errand: _Opening, result: LookUpResult, scene: Scene) -> Decision:
    if isinstance(result, Away):
        return DossierAway()
    if isinstance(result, Locked):
        return DossiersLocked(result.until)
    if isinstance(errand, RedeemWord):
        return WordSpent()
    return NoDossier(errand.code, scene.terms.factors, scene.terms.samples)


def _still_asked(dialogue: Dialogue, errand: _Opening, scene: Scene) -> Dialogue:
    """Return the state in which the right digits, or another code, can be typed next."""
    if isinstance(errand, RedeemWord):
        return with_talk(dialogue, dialogue.dossier_talk)
    asked = isinstance(errand, LookUpDossier) and bool(scene.terms.factors)
    stage, code = (DossierStage.FACTOR, errand.code) if asked else (DossierStage.CODE, "")
    return with_talk(dialogue, DossierTalk(stage, code, errand.about, since=scene.at))


def _opened(
    dialogue: Dialogue, errand: _Opening, found: Found, scene: Scene, *, away: bool = False
) -> Step:
    """Tell of a dossier that is proved; what proves it is not proved longer by asking again."""
    code, before = found.status.code, dialogue.dossier_talk
    if isinstance(errand, RedeemWord):
        follows = scene.can_be_told_later and not found.followed
        about = Matter.FOLLOW if follows else Matter.STATUS
    else:
        about = errand.about
    reopened = isinstance(errand, ReopenDossier) and before is not None and is_proved(before, code)
    since = before.since if reopened and before else scene.at
    record = scene.record_of(found.status.procedure_code)
    record = None if record is None or record.suspect else record
    unproved = not scene.terms.factors
    talk = DossierTalk(DossierStage.OPEN, code, about, since=since, unproved=unproved)
    after = replace(with_talk(dialogue, talk), topic=record.code if record else None, asked=())
    match about:
        case Matter.FOLLOW:
            return _follow(after, talk, found, scene)
        case Matter.HISTORY:
            return TellHistory(found), after
        case _:
            told = TellDossier(found, about, scene.terms, scene.can_follow, away, record)
            brief = isinstance(errand, ReopenDossier) and errand.brief
            return TellBriefly(told) if brief else told, after


def is_meant(about: Matter, status: DossierStatus) -> bool:
    """Tell whether what may be asked of a procedure is asked of a dossier in this state."""
    waits = {State.SUPPLEMENT} if about is Matter.SUPPLEMENT else {State.PAYMENT}
    if about in {Matter.PAY, Matter.PAID}:  # "nộp ở đâu", "nộp rồi": papers or money
        waits = {State.SUPPLEMENT, State.PAYMENT}
    return status.state in waits and not status.terse


def _follow(after: Dialogue, talk: DossierTalk, found: Found, scene: Scene) -> Step:
    """Ask for consent once; where the channel cannot tell of changes, go on where one can."""
    if found.followed:
        return Agreed(talk.code, follow=True), after
    if scene.can_be_told_later:
        asked = replace(talk, stage=DossierStage.CONSENT, follow=True)
        return AskConsent(talk.code, follow=True), replace(after, dossier_talk=asked)
    if scene.can_follow:
        return HandOverDossier(talk.code), after
    record = None if after.topic is None else scene.record_of(after.topic)
    return TellDossier(found, Matter.FOLLOW, scene.terms, can_follow=False, procedure=record), after
