"""The steps of a look-up that buttons and words take alike."""

from dataclasses import replace

from bot.deciding.dossier_decisions import (
    AskDossierCode,
    AskFactor,
    ListDossiers,
    LookUpDossier,
    NotAgreed,
    RememberDossier,
    ReopenDossier,
)
from bot.deciding.dossier_errands import Step
from bot.deciding.dossier_found import Scene
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_signs import OF_INTENT
from bot.deciding.dossier_state import is_proved, waits, with_talk
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
    """Look up the dossier that is talked of, else those that are remembered."""
    talk = dialogue.dossier_talk
    if talk is not None and is_proved(talk):
        return ReopenDossier(talk.code, about), dialogue
    return ListDossiers(about), dialogue


def ask_code(dialogue: Dialogue, scene: Scene, *, lost: bool = False, again: bool = False) -> Step:
    """Ask for the code of a dossier."""
    about = about_of(dialogue, "")
    talk = DossierTalk(DossierStage.CODE, about=about, since=scene.at)
    asked = AskDossierCode(about, (), scene.terms.samples, again=again, lost=lost)
    return asked, with_talk(dialogue, talk)


def ask_again(dialogue: Dialogue, talk: DossierTalk, scene: Scene) -> Step:
    """Ask once more for what a look-up waits for."""
    if talk.stage is DossierStage.CODE:
        return ask_code(dialogue, scene, again=True)
    terms, kept = scene.terms, replace(talk, asides=0, since=scene.at)
    asked = AskFactor(talk.code, terms.factors, terms.samples, again=True)
    return asked, with_talk(dialogue, kept)


def resumed(dialogue: Dialogue, scene: Scene) -> Step:
    """Go on with the look-up that a question interrupted."""
    talk = dialogue.dossier_talk
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
        return RememberDossier(talk.code, talk.follow), dialogue
    back = replace(talk, stage=DossierStage.OPEN, asides=0)
    return NotAgreed(talk.code), with_talk(dialogue, back)
