"""How long a look-up waits for its answer, and how long a proof holds."""

from dataclasses import replace
from typing import Final

from bot.dialogue import Dialogue, DossierStage, DossierTalk

PROOF_SECONDS: Final = 30 * 60
"""Afterwards somebody else may hold the telephone."""

ASKED_SECONDS: Final = 24 * 60 * 60
"""After a day nobody remembers what the digits were asked for."""

MOST_ASIDES: Final = 3
"""After so many other messages a look-up is forgotten, as a form is."""

WAITING: Final = frozenset({DossierStage.CODE, DossierStage.FACTOR})
"""Something was asked for without which nothing is looked up."""


def is_proved(talk: DossierTalk | None, code: str = "") -> bool:
    """Tell whether the dossier (empty: whichever is talked of) was proved to be the citizen's."""
    return talk is not None and talk.stage not in WAITING and code in {"", talk.code}


def waits(talk: DossierTalk | None) -> bool:
    """Tell whether a code or its digits were asked for."""
    return talk is not None and talk.stage in WAITING


def with_talk(dialogue: Dialogue, talk: DossierTalk | None) -> Dialogue:
    """Return the state in which `talk` was the last thing said; other questions wait no more.

    A form can be gone on with.
    """
    form = dialogue.form and replace(dialogue.form, asides=max(1, dialogue.form.asides))
    return replace(
        dialogue,
        dossier_talk=talk,
        dossier=None,
        place=None,
        open_question=None,
        form=form,
        misses=0,
        erasing=False,
    )


def back_to_open(dialogue: Dialogue) -> Dialogue:
    """Return the state in which no consent is asked for any more."""
    talk = dialogue.dossier_talk
    if is_proved(talk) and talk is not None:
        talk = replace(talk, stage=DossierStage.OPEN, asides=0)
    return with_talk(dialogue, talk)


def without_unproved(dialogue: Dialogue, *, by_code_alone: bool) -> Dialogue:
    """Return the state without a dossier that was opened by its code, where that is not enough.

    Args:
        dialogue: as it was kept, perhaps before digits were asked for here.
        by_code_alone: the code is still enough.
    """
    talk = dialogue.dossier_talk
    if by_code_alone or talk is None or not talk.unproved:
        return dialogue
    return replace(dialogue, dossier_talk=None)


def still(dialogue: Dialogue, at: float) -> Dialogue:
    """Return the state without a proof, or a question, that is too old.

    Args:
        dialogue: as it was kept.
        at: when the message was sent, in seconds since 1970.
    """
    talk = dialogue.dossier_talk
    if talk is None:
        return dialogue
    most = ASKED_SECONDS if talk.stage in WAITING else PROOF_SECONDS
    return dialogue if at - talk.since <= most else replace(dialogue, dossier_talk=None)
