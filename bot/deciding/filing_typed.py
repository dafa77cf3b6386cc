"""What typed words do to a guided filing; words about anything else are answered as ever."""

import re
from datetime import datetime, time
from typing import Final

from bot.deciding.dossier_state import waits
from bot.deciding.faq_judging import Verdict, judge_faqs
from bot.deciding.filing_decisions import ListReminders
from bot.deciding.filing_marks import Marks, marks_said
from bot.deciding.filing_presses import (
    cannot_remind,
    decide_pressed_filing,
    go_on,
    remind_at,
    tick,
)
from bot.deciding.filing_telling import (
    FilingStep,
    Place,
    ask_trouble,
    state,
    tell_list,
    tell_step,
    tell_trouble,
)
from bot.deciding.filing_times import reminder_said
from bot.deciding.filing_values import FilingAct, PressedFiling, read_filing
from bot.deciding.filing_words import (
    BEGINS,
    ON_FILING,
    is_troubled,
    step_said,
    wish_anywhere,
    wish_at_list,
    wish_at_step,
)
from bot.deciding.form_asking import MOST_ASIDES
from bot.deciding.form_turns import BACK, ON, YES, plain
from bot.deciding.found import Found
from bot.deciding.judging import is_about_a_procedure
from bot.deciding.numbers import number_said
from bot.dialogue import Dialogue
from bot.filings.state import FilingStage
from bot.parse import Parse
from knowledge.faq import Faq
from knowledge.text import fold
from knowledge.work_calendar import VIETNAM

_MOST_WORDS: Final = 8
"""A longer message that says "lỗi" is a question of its own."""

_NO: Final = re.compile(
    r"(?:(?:da|thoi|khong|ko|k|hong|dung|khoi|a|nhe|nha|bo|nua|can|muon|chua|giu|lai|toi|em|de) ?)+"
)
_SURE: Final = re.compile(
    r"(?:(?:da|vang|u|uh|um|ok|oke|co|dong y|chac chan|chac|bo|huy|xoa|di|luon|a|nhe|nha|roi) ?)+"
)
_REFUSES: Final = frozenset({"thoi", "khong", "ko", "k", "hong", "dung", "khoi", "chua", "giu"})
_MOST_NUMBER: Final = 99


def decide_typed_filing(dialogue: Dialogue, parse: Parse, found: Found) -> FilingStep | None:
    """Take typed words for what they do to the filing; None: they are about something else."""
    if _names_a_code(parse) or _asks_in_a_form(dialogue, found):
        return None
    filing = dialogue.filing
    facts = found.filings.facts_of(filing.code) if filing else None
    if filing is None or facts is None:
        return _begun(dialogue, parse, found)
    place = Place(dialogue, facts, filing, found.filings)
    stopped = _stopped(place, parse.text, found)
    if stopped is not None or not _in_sight(dialogue):
        return stopped or _from_afar(place, parse, found)
    return _reminded(place, parse.text) or _in_words(place, parse, found)


def _names_a_code(parse: Parse) -> bool:
    return any(one.kind in {"dossier_code", "procedure_code"} for one in parse.entities)


def _asks_in_a_form(dialogue: Dialogue, found: Found) -> bool:
    """Tell whether a question of a form waits for these words."""
    return _form_waits(dialogue, found) and not (dialogue.form and dialogue.form.asides)


def _form_waits(dialogue: Dialogue, found: Found) -> bool:
    """Tell whether a form has a question that was not answered yet."""
    progress, form = dialogue.form, found.form
    if progress is None or form is None:
        return False
    settled = form.table.settled(dict(progress.answers))
    return bool(progress.changing) or form.table.next_question(settled) is not None


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


def _from_afar(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    """Take words that go on with a filing though something else was talked of since.

    A number means nothing any more: what it stood beside is shown again.
    """
    words, filing = plain(parse.text), place.filing
    other = place.before
    if ON_FILING.fullmatch(words) or wish_anywhere(parse.text) is FilingAct.LIST:
        return go_on(place)
    elsewhere = waits(other.dossier_talk) or _form_waits(other, found)
    if filing.stage is FilingStage.FILED or elsewhere:
        return None
    yes = filing.asides < MOST_ASIDES and YES.fullmatch(words)
    number = other.open_question is None and number_said(parse.text, _MOST_NUMBER) is not None
    if ON.fullmatch(words) or yes or (number and other.place is None and other.menu is None):
        return go_on(place)
    return _reminded(place, parse.text, sure=True) or _of_late(place, parse.text, found)


def _of_late(place: Place, text: str, found: Found) -> FilingStep | None:
    """Take what is clearly said of the list or the step, shortly after something else."""
    if place.filing.asides >= MOST_ASIDES or place.before.open_question is not None:
        return None
    steps = place.filing.stage is FilingStage.STEPS
    if steps and BACK.fullmatch(plain(text)):
        return go_on(place)
    act = wish_at_step(text) if steps else wish_at_list(text)
    return None if act in {None, FilingAct.STOP} else _act(place, act, found)


def _reminded(place: Place, text: str, *, sure: bool = False) -> FilingStep | None:
    """Set the reminder that is wished; without a day to come it is asked when.

    Args:
        place: the filing.
        text: as typed.
        sure: a bare day is none.
    """
    today = place.scene.at.astimezone(VIETNAM).date()
    said = reminder_said(text, today)
    if said is None or (sure and "nhac" not in fold(text)):
        return None
    if not (place.scene.can_remind and place.scene.terms.is_open):
        return cannot_remind(place)
    if said.day is None:
        return ListReminders(place.filing, again=said.named), state(place, place.filing)
    return remind_at(place, datetime.combine(said.day, time(12), VIETNAM))


def _in_words(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    picked = _picked(place.before, parse.text)
    if picked is not None:
        return decide_pressed_filing(place.before, picked, found)
    if place.filing.stage is FilingStage.STEPS:
        return _at_step(place, parse, found)
    return _at_list(place, parse, found)


def _picked(dialogue: Dialogue, text: str) -> PressedFiling | None:
    """Return the answer to be changed whose number is typed, on channels without numbers too."""
    menu = dialogue.menu
    read = [read_filing(one) for one in menu.values] if menu else []
    asked = [x for x in read if isinstance(x, PressedFiling) and x.act is FilingAct.ASK]
    at = number_said(text, len(asked)) if asked else None
    return asked[at] if at is not None and at < len(asked) else None


def _at_list(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    if (act := wish_at_list(parse.text)) is not None:
        return _listed(place, act, found)
    marks = marks_said(parse.text, place.view.listed)
    if marks is not None and not (marks.unknown and parse.asked):
        return _marked(place, marks)
    if YES.fullmatch(plain(parse.text)):
        return tell_list(place) if place.view.missing else tell_step(place)
    return None


def _listed(place: Place, act: FilingAct, found: Found) -> FilingStep:
    """Do what is wished; who says that all is there when all is ticked goes on."""
    if act is FilingAct.ALL and not place.view.missing:
        return tell_step(place)
    return _act(place, act, found)


def _marked(place: Place, marks: Marks) -> FilingStep:
    if marks.unknown:
        return tell_list(place, again=True)
    return tick(place, marks.keys, on=marks.on)


def _at_step(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    text, steps = parse.text, place.view.steps
    number = step_said(text)
    if number is not None and 1 <= number <= len(steps):
        return tell_step(place, steps[number - 1].key)
    faq = None if _elsewhere(parse, found) else _trouble_said(place, text)
    if faq is not None and not BACK.fullmatch(plain(text)):
        return tell_trouble(place, faq)
    act = _step_wish(text)
    return _act(place, act, found) if act else _troubled(place, parse, found)


def _step_wish(text: str) -> FilingAct | None:
    words = plain(text)
    if BACK.fullmatch(words):
        return FilingAct.BACK
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


def _trouble_said(place: Place, text: str) -> Faq | None:
    """Return the answer to the trouble of which a sign is said, those of this step first."""
    words, step = f" {plain(text)} ", place.view.step
    usual = step.troubles if step is not None else ()
    known = place.scene.troubles
    keys = (*(key for key in usual if key in known), *(key for key in known if key not in usual))
    said = (
        one
        for one in (known[key] for key in keys)
        if any(f" {plain(sign)} " in words for sign in one.signs)
    )
    return next((faq for one in said if (faq := place.scene.faq_of(one.faq)) is not None), None)
