"""What the buttons beside a dossier do."""

from dataclasses import replace
from typing import Final

from bot.deciding.decisions import Unread, Unreadable
from bot.deciding.dossier_decisions import AskConsent, ForgetDossier, ReopenDossier
from bot.deciding.dossier_errands import Step
from bot.deciding.dossier_found import Scene
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_state import is_proved, with_talk
from bot.deciding.dossier_steps import ask_code, ask_consent, begin, consented, her_own, resumed
from bot.deciding.dossier_values import DossierAct, PressedDossier
from bot.dialogue import Dialogue, DossierStage, DossierTalk
from bot.dossiers.codes import normal_form

_ASKS: Final = frozenset({DossierAct.RETYPE, DossierAct.OTHER, DossierAct.LOST})
"""These ask for a code."""

_ENDS: Final = frozenset({DossierAct.STOP, DossierAct.FORGET})
_CONSENT: Final = frozenset({DossierAct.REMEMBER, DossierAct.AGREE, DossierAct.REFUSE})


def decide_pressed_dossier(dialogue: Dialogue, press: PressedDossier, scene: Scene) -> Step:
    """Do what a button says; what it shows must be proved or remembered, as ever."""
    act, talk = press.act, dialogue.dossier_talk
    code = press.code or (talk.code if talk else "")
    if press.code and normal_form(press.code) != press.code:
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    if act in _ASKS:
        return ask_code(dialogue, scene, lost=act is DossierAct.LOST)
    if act in _CONSENT and press.to is not None and _is_of_another_question(dialogue, press):
        return _answer_of_before(dialogue, press, code, scene)
    return _done(dialogue, act, code, scene)


def _done(dialogue: Dialogue, act: DossierAct, code: str, scene: Scene) -> Step:
    if act in _ENDS:
        return ForgetDossier(code, entirely=act is DossierAct.FORGET), dialogue
    if act in _CONSENT:
        return about_consent(dialogue, act, code, scene)
    return _shown(dialogue, act, code, scene)


def _shown(dialogue: Dialogue, act: DossierAct, code: str, scene: Scene) -> Step:
    if act is DossierAct.RESUME:
        return resumed(dialogue, scene)
    about = Matter.HISTORY if act is DossierAct.HISTORY else Matter.FOLLOW
    return begin(dialogue, code, about, scene) if code else her_own(dialogue, about)


def _is_of_another_question(dialogue: Dialogue, press: PressedDossier) -> bool:
    """Tell whether a button answers another question for consent than the one asked last."""
    talk = dialogue.dossier_talk
    if talk is None or talk.stage is not DossierStage.CONSENT or press.act is DossierAct.REMEMBER:
        return talk is not None
    return talk.follow != (press.to is DossierAct.FOLLOW) or press.code not in {"", talk.code}


def _answer_of_before(dialogue: Dialogue, press: PressedDossier, code: str, scene: Scene) -> Step:
    """Ask again for what an old button agrees to; an old refusal leaves a newer question open."""
    talk = dialogue.dossier_talk
    if press.act is DossierAct.REFUSE:
        if talk is not None and talk.stage is DossierStage.CONSENT:
            return ask_consent(dialogue, talk)
        return ForgetDossier(code, entirely=False), dialogue
    if press.to is DossierAct.REMEMBER or talk is None or not is_proved(talk, code):
        return about_consent(dialogue, DossierAct.REMEMBER, code, scene)
    return _ask(dialogue, talk, follow=True)


def about_consent(dialogue: Dialogue, act: DossierAct, code: str, scene: Scene) -> Step:
    """Ask for consent, or take an answer to that question, which must be the last thing asked.

    What an old button agrees to is not known any more: it asks again. An old refusal takes back
    what may have been agreed to since.
    """
    talk = dialogue.dossier_talk
    if talk is None or not is_proved(talk, code):
        return _unproved(dialogue, act, code, scene)
    if talk.stage is DossierStage.CONSENT and act is not DossierAct.REMEMBER:
        return consented(dialogue, talk, sure=act is DossierAct.AGREE)
    if act is DossierAct.REFUSE:
        return ForgetDossier(talk.code, entirely=False), dialogue
    return _ask(dialogue, talk, follow=act is DossierAct.AGREE and talk.follow)


def _ask(dialogue: Dialogue, talk: DossierTalk, *, follow: bool) -> Step:
    if follow:  # whether she follows already, and where she can be told, is seen first
        return ReopenDossier(talk.code, Matter.FOLLOW), dialogue
    asked = replace(talk, stage=DossierStage.CONSENT, follow=False, asides=0)
    return AskConsent(talk.code, follow=False), with_talk(dialogue, asked)


def _unproved(dialogue: Dialogue, act: DossierAct, code: str, scene: Scene) -> Step:
    if act is DossierAct.REFUSE:
        return ForgetDossier(code, entirely=False), dialogue
    about = Matter.STATUS if act is DossierAct.REMEMBER else Matter.FOLLOW
    return begin(dialogue, code, about, scene) if code else her_own(dialogue, about)
