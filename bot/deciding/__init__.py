"""What to do with a message: pure, with no clock, no log and nothing to wait for."""

from dataclasses import replace

from bot.deciding.act_values import Act
from bot.deciding.acts import decide_act
from bot.deciding.cases import beside_siblings
from bot.deciding.choosing import decide_pressed
from bot.deciding.decisions import ConfirmDossierCode, Decision, NotFound, Unread, Unreadable
from bot.deciding.dossier_after_card import or_dossier
from bot.deciding.dossier_asides import (
    beside_dossier,
    better_alone,
    no_look_up,
    only_by_card,
)
from bot.deciding.dossier_decisions import DossierDecision, Errand, NotInGroups
from bot.deciding.dossier_errands import Step, after_errand
from bot.deciding.dossier_found import DossierSaid
from bot.deciding.dossier_state import without_unproved
from bot.deciding.dossier_talk import decide_dossier
from bot.deciding.dossiers import confirm_code, decide_confirmed, decide_pressed_code
from bot.deciding.faq_found import PressedFaq
from bot.deciding.faqs import beside_faqs, decide_pressed_faq
from bot.deciding.filing_beside import beside_filing, decide_filing, guided, on_slip
from bot.deciding.filing_decisions import FilingErrand
from bot.deciding.filing_errands import after_filing_errand
from bot.deciding.filing_telling import FilingStep
from bot.deciding.form_found import PressedForm
from bot.deciding.forms import (
    after_aside,
    beside_form,
    decide_pressed_form,
    decide_typed_form,
    without_left_form,
)
from bot.deciding.found import Found, Press, PressedCode, PressedOfFiling, Said, look_up, read_press
from bot.deciding.offices import beside_offices, decide_office
from bot.deciding.online_services import show_services
from bot.deciding.place_found import PressedPlace
from bot.deciding.places import beside_places, decide_place, decide_pressed_place
from bot.deciding.questions import decide_typed
from bot.deciding.service_decisions import ServicesAsked
from bot.deciding.talking import in_other_language
from bot.dialogue import Dialogue
from bot.parse import Parse

__all__ = [
    "Decision",
    "Found",
    "Press",
    "Said",
    "Unread",
    "after_errand",
    "after_filing_errand",
    "decide",
    "look_up",
    "plan",
    "read_press",
]

PressedElse = PressedCode | PressedFaq | PressedPlace | ServicesAsked
"""A button that is about no procedure."""


def plan(dialogue: Dialogue, said: Said, found: Found) -> FilingStep:
    """Return what to answer, or what to find out or keep before, and the state after it."""
    step = decide_filing(dialogue, said, found)
    if step is None:
        step = _plan(replace(dialogue, stopping=None), said, found)
    return on_slip(dialogue, step, found)


def _plan(dialogue: Dialogue, said: Said, found: Found) -> FilingStep:
    """Return what to answer beside a filing in progress, or what to find out before.

    Where no dossiers can be looked up it is what `decide` returns; in a group nothing is.
    """
    if not found.scene.terms.is_open:
        return beside_filing(dialogue, said, decide(dialogue, said, found), found)
    by_code_alone = not found.scene.terms.factors
    dialogue = without_unproved(dialogue, by_code_alone=by_code_alone)
    step = decide_dossier(dialogue, said, found)
    if step is not None:
        return beside_filing(dialogue, said, _or_alone(dialogue, step, found), found)
    step = beside_dossier(dialogue, said, _beside_card(dialogue, said, found), found)
    beside = beside_filing(dialogue, said, _or_alone(dialogue, step, found), found)
    told, after = beside
    if isinstance(told, FilingErrand):
        return beside
    # What is told where no dossier is meant leads back to the filing as well.
    return or_dossier(dialogue, said, (told, after), found)


def _or_alone(dialogue: Dialogue, step: Step, found: Found) -> Step:
    """Return a step, but in a group none that is about anybody's dossier."""
    if found.scene.is_group and isinstance(step[0], Errand | DossierDecision | ConfirmDossierCode):
        return NotInGroups(), replace(dialogue, dossier=None, dossier_talk=None)
    return step


def _beside_card(dialogue: Dialogue, said: Said, found: Found) -> tuple[Decision, Dialogue]:
    """Return what is decided where nothing is looked up."""
    heard = no_look_up(said)
    decided = decide(dialogue, heard, found)
    if not only_by_card(dialogue, decided[0]):
        return decided
    bare = replace(dialogue, topic=None, asked=())
    alone = decide(bare, heard, replace(found, topic=None))
    return alone if better_alone(alone[0], said) else decided


def decide(dialogue: Dialogue, said: Said, found: Found) -> tuple[Decision, Dialogue]:
    """Return what to answer, and what the conversation remembers afterwards."""
    if isinstance(said, Act):
        return decide_act(dialogue, said, found)
    if isinstance(said, DossierSaid | PressedOfFiling):
        # Of the time when dossiers could be looked up; of filings, which `plan` takes.
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    dialogue = replace(dialogue, erasing=False)
    if isinstance(said, PressedForm):
        return decide_pressed_form(dialogue, said, found)
    if isinstance(said, Parse):
        dialogue = without_left_form(dialogue, said)
        if (step := decide_typed_form(dialogue, said, found)) is not None:
            return step
    decision, after = _decide(dialogue, said, found)
    parse = said if isinstance(said, Parse) else None
    decision, after = beside_form(decision, after, parse, found)
    decision, after = beside_places(dialogue, (decision, after), parse, found)
    decision, after = beside_offices((decision, after), parse, found)
    decision = guided(beside_faqs(beside_siblings(decision, found.siblings), found))
    return after_aside(dialogue, decision, after, found)


def _decide(
    dialogue: Dialogue, said: Parse | Press | PressedElse | Unread, found: Found
) -> tuple[Decision, Dialogue]:
    match said:
        case Unread():
            return Unreadable(said), dialogue
        case Press():
            return decide_pressed(replace(dialogue, dossier=None), said, found)
        case Parse():
            return _decide_typed(dialogue, said, found)
        case _:
            return _decide_pressed_else(dialogue, said, found)


def _decide_pressed_else(
    dialogue: Dialogue, press: PressedElse, found: Found
) -> tuple[Decision, Dialogue]:
    if isinstance(press, PressedCode):
        return decide_pressed_code(dialogue, press, found)
    dialogue = replace(dialogue, dossier=None)
    if isinstance(press, PressedFaq):
        return decide_pressed_faq(dialogue, press, found)
    if isinstance(press, ServicesAsked):
        return show_services(dialogue, press, found)
    return decide_pressed_place(dialogue, press, found)


def _decide_typed(dialogue: Dialogue, parse: Parse, found: Found) -> tuple[Decision, Dialogue]:
    """Dossier codes that want a yes come first, and what is no Vietnamese is not searched for."""
    if (confirmed := decide_confirmed(dialogue, parse, found)) is not None:
        return confirmed
    dialogue = replace(dialogue, dossier=None)
    first = decide_place(dialogue, parse, found) or decide_office(dialogue, parse, found)
    dialogue = replace(dialogue, place=None)
    first = first or confirm_code(dialogue, parse, found) or in_other_language(dialogue, parse)
    if first is not None:
        return first
    decision, after = decide_typed(dialogue, parse, found)
    if isinstance(decision, NotFound) and parse.typed:  # never quote what was not typed
        return replace(decision, words=parse.typed), after
    return decision, after
