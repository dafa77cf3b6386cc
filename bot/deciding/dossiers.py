"""Whether a mistyped dossier code was read rightly: the question, and what answers it."""

from dataclasses import replace

from bot.deciding.choosing import chosen
from bot.deciding.decisions import ConfirmDossierCode
from bot.deciding.found import Found, PressedCode
from bot.deciding.outcomes import After
from bot.deciding.talking import MIN_CONFIDENCE, dossier_matter, say
from bot.dialogue import Dialogue, DossierQuestion, OpenQuestion
from bot.parse import Parse
from bot.understanding import NEARLY_CODE

_CODES = frozenset({"dossier_code", "procedure_code", NEARLY_CODE})


def confirm_code(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Ask how a mistyped dossier code is meant; None: there is none, or a sound code beside it."""
    kinds = {entity.kind for entity in parse.entities}
    if NEARLY_CODE not in kinds or "dossier_code" in kinds or found.typed_code:
        return None
    typed = next(entity for entity in parse.entities if entity.kind == NEARLY_CODE)
    readings = tuple(typed.value.split())
    question = DossierQuestion(readings, parse.intent) if readings else None
    asked = ConfirmDossierCode(readings, digits=bool(found.scene.factor))
    return asked, replace(dialogue, misses=0, dossier=question)


def decide_confirmed(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Go on with the code that a yes, a number or a no chooses; None: something else is said."""
    question, position = dialogue.dossier, _position(dialogue, parse)
    if question is None or position is None:
        return None
    count = len(question.codes)
    if position > count:
        return ConfirmDossierCode(question.codes), dialogue
    answered = replace(dialogue, dossier=None)
    if position == count:
        return ConfirmDossierCode((), declined=True), answered
    return say(answered, found, dossier_matter(question.about))


def code_confirmed(dialogue: Dialogue, parse: Parse) -> str:
    """Return the reading that a yes or a number chooses; empty: none is chosen."""
    question, position = dialogue.dossier, _position(dialogue, parse)
    if question is None or position is None or position >= len(question.codes):
        return ""
    return question.codes[position]


def _position(dialogue: Dialogue, parse: Parse) -> int | None:
    """Return which reading is chosen, one past the last for none; more: a yes to several."""
    question = dialogue.dossier
    if question is None or any(entity.kind in _CODES for entity in parse.entities):
        return None
    count = len(question.codes)
    position = chosen(
        OpenQuestion(question.codes, question.codes, (), none_offered=True), parse.text
    )
    if position is None and parse.confidence >= MIN_CONFIDENCE:
        # A yes to several codes chooses none of them.
        yes = 0 if count == 1 else count + 1
        position = {"affirm": yes, "deny": count}.get(parse.intent)
    return position


def decide_pressed_code(dialogue: Dialogue, press: PressedCode, found: Found) -> After:
    """Go on as if the code on the button had been typed."""
    answered = replace(dialogue, dossier=None)
    if not press.code:
        return ConfirmDossierCode((), declined=True), answered
    about = dialogue.dossier.about if dialogue.dossier else ""
    return say(answered, found, dossier_matter(about))
