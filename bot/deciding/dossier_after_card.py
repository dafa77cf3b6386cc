"""What short messages mean after a dossier, or an alert about it, was read."""

import re
from typing import Final

from bot.deciding.dossier_decisions import (
    Errand,
    ForgetDossier,
    ListDossiers,
    Otherwise,
    ReopenDossier,
    Which,
)
from bot.deciding.dossier_errands import Step
from bot.deciding.dossier_follow_ups import asked_after_card, may_ask_after_card
from bot.deciding.dossier_lists import Instead
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_state import is_proved, waits
from bot.deciding.found import Found, Said
from bot.dialogue import Dialogue, DossierStage
from bot.parse import Parse
from knowledge.text import fold

_WORD: Final = re.compile(r"\w+")
_STOP: Final = re.compile(
    r"(?:xin |hay |ban )?(?:stop|dung|dung lai|ngung|ngung lai|unsubscribe)"
    r"(?: (?:di|nhe|nha|a|het|luon|ngay|giup|toi))*"
)
"""Ends messages, where nothing else is in progress that it could end."""

_OTHER: Final = re.compile(
    r"(?:(?:the|con|xem|toi|cho|vay|a|muon|hoi|minh|em) )*(?:(?:ho so|hs|cai|bo|ma) )?"
    r"(?:kia|con lai|thu hai kia|tiep theo|ke tiep)"
    r"(?: (?:thi|sao|den dau|the nao|roi|di|nhe|nha|a|cua|toi|minh))*"
)
_NUMBERED: Final = re.compile(
    r"(?:(?:the|con|xem|toi|cho|vay|a) )*(?:ho so|hs)(?: (?:so|thu))? (?P<number>[1-9]|nhat|mot|hai"
    r"|ba|bon|tu|nam)(?: (?:thi|sao|den dau|the nao|roi|di|nhe|nha|a|cua|toi|minh))*"
)
_ORDINALS: Final = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5}


def after_card(dialogue: Dialogue, parse: Parse) -> Step | None:
    """Take a short question about the dossier told a moment ago, or about another one of hers.

    An alert may have come since: then it is about the dossier of the alert.
    """
    plain = " ".join(_WORD.findall(fold(parse.text)))
    if (which := _which(dialogue, plain)) is not None:
        return ListDossiers(Matter.STATUS, which=which), dialogue
    talk, about = dialogue.dossier_talk, asked_after_card(parse.text)
    if about is None or talk is None or not is_proved(talk) or talk.asides:
        return None
    which = Which(talked=talk.code, told_after=dialogue.answered_at)
    return ListDossiers(about, which=which), dialogue


def _which(dialogue: Dialogue, plain: str) -> Which | None:
    talk = dialogue.dossier_talk
    if _is_waiting(dialogue):
        return None
    if talk is not None and _OTHER.fullmatch(plain):
        return Which(but=talk.code)
    match = _NUMBERED.fullmatch(plain)
    if match is None:
        return None
    number = match["number"]
    return Which(position=_ORDINALS.get(number) or int(number))


def or_dossier(dialogue: Dialogue, said: Said, step: Step, found: Found) -> Step:
    """Return what finds out whether a dossier is meant, where the words alone do not say.

    Args:
        dialogue: the state before.
        said: what the message says.
        step: what is told where none is meant.
        found: what is known beside the message.
    """
    if not isinstance(said, Parse) or found.scene.is_group or _is_waiting(dialogue):
        return step
    errand = _may_be(dialogue, said.typed or said.text, Instead(step))
    return step if errand is None else (errand, dialogue)


def _may_be(dialogue: Dialogue, text: str, otherwise: Otherwise) -> Errand | None:
    if _STOP.fullmatch(" ".join(_WORD.findall(fold(text)))):
        return ForgetDossier("", entirely=False, otherwise=otherwise)
    sure, unsure, talk = asked_after_card(text), may_ask_after_card(text), dialogue.dossier_talk
    if talk is None:
        about, is_sure = sure or unsure, sure is not None
        which = Which(told_after=dialogue.answered_at, otherwise=otherwise, sure=is_sure)
        return ListDossiers(about, which=which) if about else None
    if unsure is None or talk.asides:
        return None
    return ReopenDossier(talk.code, unsure, brief=True, otherwise=otherwise)


def _is_waiting(dialogue: Dialogue) -> bool:
    """Tell whether another question wants an answer."""
    form = dialogue.form is not None and not dialogue.form.asides
    asked = dialogue.open_question is not None and dialogue.topic is None
    talk = dialogue.dossier_talk
    consent = talk is not None and talk.stage is DossierStage.CONSENT
    asked = asked or consent or waits(talk)
    return form or asked or dialogue.dossier is not None or dialogue.erasing
