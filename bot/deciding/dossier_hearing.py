"""What of a message about a dossier is heard before the language model reads the rest."""

import re
from typing import Final

from bot.deciding.act_values import PressedExample
from bot.deciding.choosing import chosen
from bot.deciding.dossier_doubts import says_birth_year
from bot.deciding.dossier_found import DossierSaid, GivenFactor
from bot.deciding.dossier_reading import (
    MOST_CHARACTERS,
    apart_from_factor,
    read_factor,
    read_word,
)
from bot.deciding.dossier_values import OpenedWord
from bot.deciding.found import PressedCode, Said, read_press
from bot.dialogue import Dialogue, DossierStage, OpenQuestion
from bot.dossiers.codes import find_codes
from bot.dossiers.ports import Terms
from bot.dossiers.status import FactorKind
from bot.messages import IncomingMessage
from bot.personal_data import Kind

_LONGEST: Final = 2_000
"""Digits beside a code are not looked for in longer messages, which are not read either."""

_DIGIT: Final = re.compile(r"\d")

_NUMBERS: Final = frozenset(
    {Kind.PHONE, Kind.IDENTITY, Kind.NUMBER, Kind.CARD, Kind.ACCOUNT, Kind.CODE}
)
"""Whole numbers that people send where four digits of them were asked for."""


def asks_factor(dialogue: Dialogue) -> bool:
    """Tell whether four digits were asked for."""
    talk = dialogue.dossier_talk
    return talk is not None and talk.stage is DossierStage.FACTOR


def digits_asked(message: IncomingMessage, dialogue: Dialogue, terms: Terms) -> str:
    """Return the four digits that were asked for; empty: the message is not that.

    Read before anything is masked: four digits name nobody, whatever they are called.
    """
    if message.choice or message.gesture is not None or not asks_factor(dialogue):
        return ""
    years = FactorKind.BIRTH_YEAR in terms.factors
    if not years and says_birth_year(message.text):
        return ""
    return read_factor(message.text, years=years) or ""


def without_year(text: str, dialogue: Dialogue) -> str:
    """Return a text without the digits of a day of birth that is no answer: nobody needs them."""
    waits = asks_factor(dialogue) and len(text) <= MOST_CHARACTERS
    return _DIGIT.sub(" ", text) if waits and says_birth_year(text) else text


def apart(text: str, terms: Terms) -> tuple[str, str]:
    """Return a typed text without the digits beside a dossier code, and those."""
    if not terms.factors or len(text) > _LONGEST:
        return text, ""
    return apart_from_factor(text, years=FactorKind.BIRTH_YEAR in terms.factors)


def heard_alone(message: IncomingMessage, factor: str) -> DossierSaid | None:
    """Return what the whole message is, if it is digits that were asked for, or a secret word."""
    if message.choice or message.gesture is not None:
        return None
    if factor and not message.text:
        return GivenFactor(factor)
    word = read_word(message.text)
    return OpenedWord(word) if word else None


def dossier_chosen(message: IncomingMessage, dialogue: Dialogue) -> Said | PressedExample | None:
    """Return which of the dossiers on the buttons is meant by a number or by words of its label.

    On any channel: whoever was asked which dossier is meant may answer in her own way.
    """
    talk, menu = dialogue.dossier_talk, dialogue.menu
    asked = talk is not None and talk.stage is DossierStage.CODE and not talk.asides
    if menu is None or not asked or not any(map(_is_dossier, menu.values)):
        return None
    position = chosen(OpenQuestion(menu.values, menu.labels, ()), message.text)
    if position is None or position >= len(menu.values):
        return None
    return read_press(menu.values[position])


def _is_dossier(value: str) -> bool:
    return isinstance(read_press(value), PressedCode)


def not_digits(text: str, dialogue: Dialogue, masked: tuple[Kind, ...]) -> GivenFactor | None:
    """Return that something else than four digits came where they were asked for.

    A whole telephone number was masked already; who types one answers the question all the same.
    """
    if not asks_factor(dialogue) or find_codes(text):
        return None
    if len(text) <= MOST_CHARACTERS and says_birth_year(text):
        return GivenFactor("", is_year=True)
    if _NUMBERS.intersection(masked):
        return GivenFactor("")
    talk = dialogue.dossier_talk
    first = talk is not None and not talk.asides
    return GivenFactor("") if first and read_factor(text) == "" else None
