"""Which of the remembered dossiers is meant, and what is left when some are forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.deciding.decisions import Decision
from bot.deciding.dossier_decisions import (
    AskDossierCode,
    AskFactor,
    Errand,
    ForgetDossier,
    Forgotten,
    ListDossiers,
    Otherwise,
    ReopenDossier,
    Which,
)
from bot.deciding.dossier_found import Scene
from bot.deciding.dossier_matters import IN_FULL, Matter
from bot.deciding.dossier_state import back_to_open, with_talk
from bot.dialogue import Dialogue, DossierStage, DossierTalk
from bot.dossiers.ports import Remembered

ALERT_SECONDS: Final = 3 * 24 * 60 * 60
"""So long a short question may be about what an alert said."""

_Step = tuple[Decision | Errand, Dialogue]


@dataclass(frozen=True, slots=True)
class Instead(Otherwise):
    """What is told, or found out, where no dossier is meant; and the state after it."""

    step: _Step


def instead_of(otherwise: Otherwise | None) -> _Step | None:
    """Return what is told where no dossier is meant; None: one is."""
    return otherwise.step if isinstance(otherwise, Instead) else None


@dataclass(frozen=True, slots=True)
class Ended:
    """What is remembered of a person before and after dossiers were forgotten."""

    before: Sequence[Remembered]
    after: Sequence[Remembered]


def after_remembered(
    dialogue: Dialogue,
    errand: ListDossiers | ForgetDossier,
    result: object,
    scene: Scene,
) -> _Step:
    """Return what follows from what is remembered of a person.

    Args:
        dialogue: the state before the errand.
        errand: what was found out, or done.
        result: `Remembered` of the list; of the forgetting, `Ended`.
        scene: where the message comes from.

    Raises:
        TypeError: the desk answered something else than was asked.
    """
    if isinstance(errand, ForgetDossier) and isinstance(result, Ended):
        return _after_forgetting(dialogue, errand, result)
    listed = isinstance(result, Sequence) and not isinstance(result, str)
    if isinstance(errand, ListDossiers) and isinstance(result, Sequence) and listed:
        return _after_list(dialogue, errand, result, scene)
    raise TypeError(f"The desk answered {type(errand).__name__} with {type(result).__name__}.")


def _after_list(
    dialogue: Dialogue, errand: ListDossiers, known: Sequence[Remembered], scene: Scene
) -> _Step:
    """Open the one that is meant without asking; else ask for the code, or for its digits."""
    if errand.which is not None:
        return _after_words(dialogue, errand, errand.which, known, scene)
    meant = [one for one in known if errand.code in {"", one.code}]
    if len(meant) == 1:
        return ReopenDossier(meant[0].code, errand.about), dialogue
    if errand.code:
        talk = DossierTalk(DossierStage.FACTOR, errand.code, errand.about, since=scene.at)
        terms = scene.terms
        day = scene.not_yet(errand.code)
        asked = AskFactor(errand.code, terms.factors, terms.samples, not_yet=day)
        return asked, with_talk(dialogue, talk)
    return _offer(dialogue, errand, known, scene)


def _offer(
    dialogue: Dialogue, errand: ListDossiers, known: Sequence[Remembered], scene: Scene
) -> _Step:
    before = dialogue.dossier_talk
    again = before is not None and before.stage is DossierStage.CODE and not before.asides
    talk = DossierTalk(DossierStage.CODE, about=errand.about, since=scene.at)
    no_news = errand.about is Matter.FOLLOW and not scene.can_follow
    asked = AskDossierCode(
        errand.about, tuple(known), scene.terms.samples, again=again, no_news=no_news
    )
    return asked, with_talk(dialogue, talk)


def _after_words(
    dialogue: Dialogue,
    errand: ListDossiers,
    which: Which,
    known: Sequence[Remembered],
    scene: Scene,
) -> _Step:
    if which.told_after is not None:
        return _after_question(dialogue, errand, which, known, scene)
    if which.talked and (len(known) < 2 or all(one.code != which.talked for one in known)):  # noqa: PLR2004
        return ReopenDossier(which.talked, errand.about), dialogue
    if which.position and which.position <= len(known):
        return ReopenDossier(known[which.position - 1].code, errand.about), dialogue
    rest = [one for one in known if one.code != which.but]
    if which.but and len(rest) == 1:
        return ReopenDossier(rest[0].code, errand.about), dialogue
    return _offer(dialogue, errand, rest, scene)


def _after_question(
    dialogue: Dialogue,
    errand: ListDossiers,
    which: Which,
    known: Sequence[Remembered],
    scene: Scene,
) -> _Step:
    """Answer a short question about the dossier of which something was told last."""
    code = _told_last(which, known, scene) or which.talked
    followed = [one.code for one in known if one.followed]
    if not code and which.sure and dialogue.topic is None and len(followed) == 1:
        code = followed[0]
    if code:
        otherwise = None if which.sure else which.otherwise
        brief = errand.about not in IN_FULL
        return ReopenDossier(code, errand.about, brief, otherwise), dialogue
    if (instead := instead_of(which.otherwise)) is not None:
        return instead
    return _offer(dialogue, errand, known, scene)


def _told_last(which: Which, known: Sequence[Remembered], scene: Scene) -> str:
    """Return the dossier of the last alert behind what was answered last; empty: there is none."""
    begins = max(which.told_after or 0.0, scene.at - ALERT_SECONDS)
    alerted = [one for one in known if one.told_at > begins]
    return max(alerted, key=lambda one: one.told_at).code if alerted else ""


def _after_forgetting(dialogue: Dialogue, errand: ForgetDossier, ended: Ended) -> _Step:
    """Tell what is told and remembered no more, and what still is."""
    left = {one.code for one in ended.after}
    gone = tuple(
        one
        for one in ended.before
        if errand.code in {"", one.code} and (errand.entirely or one.followed)
    )
    if not gone and (instead := instead_of(errand.otherwise)) is not None:
        return instead
    others = tuple(one for one in ended.after if one.followed or errand.entirely)
    kept = tuple(one for one in gone if one.code in left)
    told = Forgotten(errand.code, errand.entirely, gone, kept, others)
    talk = dialogue.dossier_talk
    if errand.entirely and talk is not None and errand.code in {"", talk.code}:
        return told, with_talk(dialogue, None)
    return told, back_to_open(dialogue)
