"""What typed words do to a guided filing; words about anything else are answered as ever."""

import re
from dataclasses import replace
from typing import Final

from bot.deciding.decisions import Aside
from bot.deciding.dossier_state import waits
from bot.deciding.faq_decisions import AnswerFaq
from bot.deciding.faq_judging import Verdict, judge_faqs
from bot.deciding.filing_afar import from_afar
from bot.deciding.filing_asked import form_waits, said_while_asked
from bot.deciding.filing_marks import Marks, marks_said, paper_asked
from bot.deciding.filing_presses import decide_pressed_filing, file, go_on, tick
from bot.deciding.filing_reminders import reminded
from bot.deciding.filing_telling import (
    FilingStep,
    Place,
    ask_trouble,
    state,
    tell_list,
    tell_paper,
    tell_step,
    tell_trouble,
)
from bot.deciding.filing_troubles import trouble_said
from bot.deciding.filing_typed_ways import by_way_said
from bot.deciding.filing_values import FilingAct, PressedFiling, filing_value, read_filing
from bot.deciding.filing_words import (
    BEGINS,
    asks_for_code,
    is_ready,
    is_troubled,
    step_said,
    wish_at_list,
    wish_at_step,
)
from bot.deciding.form_turns import BACK, ON, YES, asks, plain
from bot.deciding.found import Found
from bot.deciding.judging import is_about_a_procedure
from bot.deciding.numbers import number_said
from bot.dialogue import Dialogue
from bot.filings.state import FilingStage
from bot.parse import Parse
from knowledge.faq import Faq

_MOST_WORDS: Final = 8
"""A longer message that says "lỗi" is a question of its own."""

_NO: Final = re.compile(
    r"(?:(?:da|thoi|khong|ko|k|hong|dung|khoi|a|nhe|nha|bo|nua|can|muon|chua|giu|lai|toi|em|de) ?)+"
)
_SURE: Final = re.compile(
    r"(?:(?:da|vang|u|uh|um|ok|oke|co|dong y|chac chan|chac|bo|huy|xoa|di|luon|a|nhe|nha|roi) ?)+"
)
_NOT_YET: Final = re.compile(
    r"(?:(?:da|thoi|toi|minh|em|van|con|chua|khong|ko|k|hong|nop|gui|xong|duoc|a|nhe|nha|dau) ?)+"
)
_REFUSES: Final = frozenset({"thoi", "khong", "ko", "k", "hong", "dung", "khoi", "chua", "giu"})


def decide_typed_filing(dialogue: Dialogue, parse: Parse, found: Found) -> FilingStep | None:
    """Take typed words for what they do to the filing; None: they are about something else."""
    if _names_a_code(parse):
        return None
    if form_waits(dialogue, found):
        return said_while_asked(dialogue, parse, found)
    filing = dialogue.filing
    facts = found.filings.facts_of(filing.code) if filing else None
    if filing is None or facts is None:
        return _begun(dialogue, parse, found)
    place = Place(dialogue, facts, filing, found.filings)
    stopped = _stopped(place, parse.text, found)
    if stopped is not None or not _in_sight(dialogue):
        return stopped or from_afar(place, parse, found)
    return reminded(place, parse.text) or _in_words(place, parse, found)


def _names_a_code(parse: Parse) -> bool:
    return any(one.kind in {"dossier_code", "procedure_code"} for one in parse.entities)


def _begun(dialogue: Dialogue, parse: Parse, found: Found) -> FilingStep | None:
    """Begin with the procedure that is talked of, for who types what its button says."""
    if found.topic is None or waits(dialogue.dossier_talk):
        return None
    if not BEGINS.fullmatch(plain(parse.text)):
        return None
    return decide_pressed_filing(dialogue, PressedFiling(found.topic.code), found)


def _stopped(place: Place, text: str, found: Found) -> FilingStep | None:
    """Take a clear yes or no to the question whether the filing is to be forgotten."""
    words = plain(text)
    if place.before.stopping is None:
        return None
    if _NO.fullmatch(words) and not _REFUSES.isdisjoint(words.split()):
        return go_on(place)
    if _SURE.fullmatch(words):
        return _act(place, FilingAct.STOP_SURE, found)
    return None


def _act(place: Place, act: FilingAct, found: Found) -> FilingStep:
    return decide_pressed_filing(place.before, PressedFiling(place.filing.code, act), found)


def _in_sight(dialogue: Dialogue) -> bool:
    """Tell whether the list or a step was shown last."""
    filing, talk = dialogue.filing, dialogue.dossier_talk
    asked = waits(talk) and talk is not None and not talk.asides
    shown = filing is not None and filing.stage is not FilingStage.FILED and not filing.asides
    return shown and not asked


def _in_words(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    picked = _picked(place.before, parse.text)
    if picked is not None:
        return decide_pressed_filing(place.before, picked, found)
    steps = place.filing.stage is FilingStage.STEPS
    done = _at_step(place, parse, found) if steps else _at_list(place, parse, found)
    return done or by_way_said(place, parse.text)


def _picked(dialogue: Dialogue, text: str) -> PressedFiling | None:
    """Return the answer to be changed whose number is typed, on channels without numbers too."""
    menu = dialogue.menu
    read = [read_filing(one) for one in menu.values] if menu else []
    asked = [x for x in read if isinstance(x, PressedFiling) and x.act is FilingAct.ASK]
    at = number_said(text, len(asked)) if asked else None
    return asked[at] if at is not None and at < len(asked) else None


def _at_list(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    text, view = parse.text, place.view
    if (act := wish_at_list(text)) is not None:
        return _listed(place, act, found)
    if asks_for_code(text):
        return _act(place, FilingAct.SLIP, found)
    if (at := paper_asked(text, len(view.listed))) is not None:
        return tell_paper(place, at)
    marks = marks_said(text, view.listed)
    if marks is not None and not (marks.unknown and parse.asked):
        return _marked(place, marks)
    return _agreed(place, text) or _troubled_at_list(place, parse, found)


def _agreed(place: Place, text: str) -> FilingStep | None:
    """Go on with who says yes, or that she is done: nobody knows of what, so nothing is ticked."""
    done = is_ready(text)
    if not done and not YES.fullmatch(plain(text)):
        return None
    return tell_list(place, again=done) if place.view.missing else tell_step(place)


def _listed(place: Place, act: FilingAct, found: Found) -> FilingStep:
    """Do what is wished; who says that all is there when all is ticked goes on."""
    if act is FilingAct.ALL and not place.view.missing:
        return tell_step(place)
    return _act(place, act, found)


def _marked(place: Place, marks: Marks) -> FilingStep:
    if marks.unknown:
        return tell_list(place, again=True)
    return tick(place, marks.on, off=marks.off)


def _troubled_at_list(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    """Answer a trouble that is told at the list, which stays what is gone on with."""
    faq = None if _elsewhere(parse, found) else trouble_said(place.scene, (), parse.text)
    if faq is None:
        return None
    after = state(place, place.filing)
    waiting = replace(after, filing=replace(place.filing, asides=1))
    return Aside(AnswerFaq(faq), place.facts.procedure, filing=True), waiting


def _if_filed(place: Place, text: str) -> FilingStep | None:
    """Take a yes or no to the question whether it is filed, which stands after the last step."""
    values = place.before.menu.values if place.before.menu else ()
    if filing_value(place.filing.code, FilingAct.FILED) not in values:
        return None
    words = plain(text)
    if wish_at_step(text) is FilingAct.DONE or YES.fullmatch(words):
        return file(place)
    return tell_step(place) if _NOT_YET.fullmatch(words) else None


def _at_step(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    """Take words at a step; "làm tiếp" after a trouble was asked about is back to the step."""
    text = parse.text
    if (said := _if_filed(place, text)) is not None:
        return said
    if ON.fullmatch(plain(text)) and place.before.open_question is not None:
        return tell_step(place)
    return _said_at_step(place, parse, found)


def _said_at_step(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    text, view = parse.text, place.view
    number = step_said(text)
    if number is not None and 1 <= number <= len(view.steps):
        return tell_step(place, view.steps[number - 1].key)
    if (faq := _trouble_here(place, parse, found)) is not None:
        return tell_trouble(place, faq)
    if (act := _step_wish(place, text)) is not None:
        return _act(place, act, found)
    marks = marks_said(text, view.listed, bare=False)
    return _marked(place, marks) if marks is not None else _troubled(place, parse, found)


def _trouble_here(place: Place, parse: Parse, found: Found) -> Faq | None:
    """Return the answer to the trouble that is told, those of this step first."""
    if _elsewhere(parse, found) or BACK.fullmatch(plain(parse.text)):
        return None
    step = place.view.step
    return trouble_said(place.scene, step.troubles if step else (), parse.text)


def _step_wish(place: Place, text: str) -> FilingAct | None:
    words = plain(text)
    if BACK.fullmatch(words):
        return FilingAct.BACK
    if asks_for_code(text) and (place.filing.slip or not asks(text)):
        return FilingAct.SLIP
    return wish_at_step(text) or (FilingAct.DONE if YES.fullmatch(words) else None)


def _troubled(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    """Ask what is wrong, where a few words say that something is and no general answer fits."""
    few = len(plain(parse.text).split()) <= _MOST_WORDS
    if not few or not is_troubled(parse.text) or _elsewhere(parse, found):
        return None
    general = judge_faqs(place.before, parse, found)
    return ask_trouble(place) if general in {Verdict.NO, Verdict.ASK_BESIDE_PROCEDURES} else None


def _elsewhere(parse: Parse, found: Found) -> bool:
    """Tell whether a message names a procedure, or asks what a record answers."""
    return is_about_a_procedure(parse, found.mentions)
