"""The steps of a look-up that buttons and words take alike."""

from dataclasses import replace

from bot.deciding.dossier_decisions import (
    AskConsent,
    AskDossierCode,
    AskFactor,
    ListDossiers,
    LookUpDossier,
    NotAgreed,
    RememberDossier,
    ReopenDossier,
    Which,
)
from bot.deciding.dossier_doubts import Doubt
from bot.deciding.dossier_errands import Step
from bot.deciding.dossier_found import Scene
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_signs import OF_INTENT
from bot.deciding.dossier_state import is_proved, waits, with_talk
from bot.deciding.dossier_values import DossierAct, dossier_act_value
from bot.dialogue import Dialogue, DossierStage, DossierTalk


def begin(dialogue: Dialogue, code: str, about: Matter, scene: Scene) -> Step:
    """Look up the dossier of a code; what was proved, or is remembered, needs no digits."""
    if scene.factor:
        return LookUpDossier(code, scene.factor, about), dialogue
    if is_proved(dialogue.dossier_talk, code):
        return ReopenDossier(code, about), dialogue
    if not scene.terms.factors:
        return LookUpDossier(code, "", about), dialogue
    return ListDossiers(about, code), dialogue


def her_own(dialogue: Dialogue, about: Matter) -> Step:
    """Look up the dossier that is talked of, else those that are remembered.

    Where several are remembered the citizen chooses how which of them stands.
    """
    talk = dialogue.dossier_talk
    if talk is None or not is_proved(talk):
        return ListDossiers(about), dialogue
    if about is Matter.STATUS:
        return ListDossiers(about, which=Which(talked=talk.code)), dialogue
    return ReopenDossier(talk.code, about), dialogue


def ask_consent(dialogue: Dialogue, talk: DossierTalk) -> Step:
    """Ask for consent again; what was asked for stays the same."""
    asked = replace(talk, stage=DossierStage.CONSENT, asides=0)
    return AskConsent(talk.code, talk.follow), with_talk(dialogue, asked)


def ask_code(
    dialogue: Dialogue, scene: Scene, *, lost: bool = False, again: bool = False, why: bool = False
) -> Step:
    """Ask for the code of a dossier."""
    about = about_of(dialogue, "")
    talk = DossierTalk(DossierStage.CODE, about=about, since=scene.at)
    again = again or (lost and _was_told_where(dialogue))
    no_news = about is Matter.FOLLOW and not scene.can_follow
    asked = AskDossierCode(about, (), scene.terms.samples, again, lost, why, no_news)
    return asked, with_talk(dialogue, talk)


def _was_told_where(dialogue: Dialogue) -> bool:
    """Tell whether the last reply said where a code stands: then no button asks for that."""
    talk, menu = dialogue.dossier_talk, dialogue.menu
    if talk is None or talk.stage is not DossierStage.CODE or talk.asides:
        return False
    return menu is None or dossier_act_value(DossierAct.LOST) not in menu.values


def ask_again(
    dialogue: Dialogue, talk: DossierTalk, scene: Scene, doubt: Doubt | None = None
) -> Step:
    """Ask once more for what a look-up waits for, and answer what is doubted."""
    if talk.stage is DossierStage.CODE:
        return ask_code(dialogue, scene, again=True)
    terms, kept = scene.terms, replace(talk, asides=0, since=scene.at)
    again = doubt is None or (doubt is Doubt.UNKNOWN and dialogue.misses > 0)
    asked = AskFactor(talk.code, terms.factors, terms.samples, again, doubt)
    after = with_talk(dialogue, kept)
    return asked, replace(after, misses=dialogue.misses + 1) if doubt else after


def resumed(dialogue: Dialogue, scene: Scene) -> Step:
    """Go on with the look-up that a question interrupted."""
    talk = dialogue.dossier_talk
    if talk is not None and talk.stage is DossierStage.CONSENT:
        return ask_consent(dialogue, talk)
    if talk is None or is_proved(talk):
        return her_own(dialogue, about_of(dialogue, ""))
    if talk.stage is DossierStage.CODE:
        return ListDossiers(wanted(talk)), dialogue
    terms, kept = scene.terms, replace(talk, asides=0, since=scene.at)
    return AskFactor(talk.code, terms.factors, terms.samples), with_talk(dialogue, kept)


def about_of(dialogue: Dialogue, intent: str) -> Matter:
    """Return what is wanted: by the intent, else what was wanted when the code was asked for.

    A code that stands alone is always read as wanting to know where the dossier is.
    """
    talk = dialogue.dossier_talk
    if talk is not None and waits(talk) and OF_INTENT.get(intent) in {None, Matter.STATUS}:
        return wanted(talk)
    return OF_INTENT.get(intent, Matter.STATUS)


def wanted(talk: DossierTalk) -> Matter:
    """Return what is wanted of the dossier; a word of another version wants to know where it is."""
    return next((one for one in Matter if one == talk.about), Matter.STATUS)


def consented(dialogue: Dialogue, talk: DossierTalk, *, sure: bool) -> Step:
    """Keep that the citizen agreed, or that nothing is kept."""
    if sure:
        return RememberDossier(talk.code, talk.follow, talk.since), dialogue
    back = replace(talk, stage=DossierStage.OPEN, asides=0)
    return NotAgreed(talk.code), with_talk(dialogue, back)
