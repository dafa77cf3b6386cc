"""The buttons beside a dossier: what each does, and how it is written in a button's value."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DOSSIER_ACT_MARK: Final = "hs:"

_VALUE: Final = re.compile(
    r"hs:(?P<act>[a-z]+)(?::(?P<to>follow|remember))?(?::(?P<code>[A-Z0-9.-]{1,44}))?"
)
_WORD: Final = re.compile(r"hs:word:(?P<word>[A-Z0-9]{8})")


class DossierAct(StrEnum):
    """What a button beside a dossier does."""

    HISTORY = "history"
    """Shows every step so far."""
    FOLLOW = "follow"
    """Wants to be told of changes; consent is asked for first."""
    REMEMBER = "remember"
    """Wants the dossier remembered; consent is asked for first."""
    AGREE = "agree"
    REFUSE = "refuse"
    STOP = "stop"
    """Wants to be told no more."""
    FORGET = "forget"
    """Wants it remembered no longer."""
    RETYPE = "retype"
    """Types the code anew."""
    RESUME = "resume"
    """Goes on with a look-up that a question interrupted."""
    LOST = "lost"
    """Does not know the code."""
    OTHER = "other"
    """Looks up another dossier than those remembered."""


@dataclass(frozen=True, slots=True)
class PressedDossier:
    """A pressed button beside a dossier."""

    act: DossierAct
    code: str = ""
    """Which dossier; empty: the one talked about."""
    to: DossierAct | None = None
    """What is agreed to or refused, FOLLOW or REMEMBER; None: the button is of an older version."""


@dataclass(frozen=True, slots=True)
class OpenedWord:
    """A word that opens a proved dossier once: in a link, or typed."""

    word: str


def dossier_act_value(act: DossierAct, code: str = "", to: DossierAct | None = None) -> str:
    """Return the value of a button; with a code of 44 characters 63 bytes at most.

    >>> dossier_act_value(DossierAct.STOP, "H17.15-250710-0012")
    'hs:stop:H17.15-250710-0012'
    """
    return f"{DOSSIER_ACT_MARK}{act}{f':{to}' if to else ''}{f':{code}' if code else ''}"


def word_value(word: str) -> str:
    """Return the value that a link with a word stands for."""
    return f"{DOSSIER_ACT_MARK}word:{word}"


def read_dossier_act(value: str) -> PressedDossier | OpenedWord | None:
    """Read the value of such a button; None: it is none.

    >>> read_dossier_act("hs:history"), read_dossier_act("hs:word:K7QM2XWA").word
    (PressedDossier(act=<DossierAct.HISTORY: 'history'>, code='', to=None), 'K7QM2XWA')
    """
    if match := _WORD.fullmatch(value):
        return OpenedWord(match["word"])
    match = _VALUE.fullmatch(value)
    if match is None or match["act"] not in frozenset(DossierAct):
        return None
    to = DossierAct(match["to"]) if match["to"] else None
    return PressedDossier(DossierAct(match["act"]), match["code"] or "", to)
