"""What words do to a filing that waits though something else was talked of since.

It is never forgotten: what is said of hardly anything else reaches it at any time; what may mean
many things ("ok", "2") only shortly after it was left.
"""

from typing import Final

from bot.deciding.dossier_state import is_proved, waits
from bot.deciding.filing_marks import marks_said
from bot.deciding.filing_presses import decide_pressed_filing, go_on, tick
from bot.deciding.filing_reminders import reminded
from bot.deciding.filing_telling import FilingStep, Place
from bot.deciding.filing_typed_ways import by_way_said
from bot.deciding.filing_values import FilingAct, PressedFiling
from bot.deciding.filing_words import (
    ON_FILING,
    asks_for_code,
    is_ready,
    wish_afar,
    wish_anywhere,
    wish_at_list,
    wish_at_step,
)
from bot.deciding.form_asking import MOST_ASIDES
from bot.deciding.form_turns import BACK, ON, YES, plain
from bot.deciding.found import Found
from bot.deciding.numbers import number_said
from bot.filings.state import FilingStage
from bot.parse import Parse

_MOST_NUMBER: Final = 99


def from_afar(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    """Take words that go on with a filing, or do what its buttons do; None: they are others.

    A number means nothing any more: what it stood beside is shown again.

    Args:
        place: the filing; no question of a form waits.
        parse: what is typed.
        found: what is known beside the message.
    """
    words, text = plain(parse.text), parse.text
    filed = place.filing.stage is FilingStage.FILED
    on = ON_FILING.fullmatch(words) or (not filed and ON.fullmatch(words))
    if on or (filed and wish_anywhere(text) is FilingAct.LIST):
        return go_on(place)
    if filed:
        return None
    if (act := _wish(place, text)) is not None:
        return decide_pressed_filing(place.before, PressedFiling(place.filing.code, act), found)
    return reminded(place, text) or _unless_asked(place, parse, found)


def _unless_asked(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    """Take words that may be an answer to what was asked of a dossier."""
    if _is_asked(place):
        return None
    return _of_late(place, parse, found) or _by_way(place, parse.text)


def _is_asked(place: Place) -> bool:
    """Tell whether a dossier's code or digits were asked for and are not given up yet."""
    return waits(place.before.dossier_talk)


def _is_same(place: Place) -> bool:
    """Tell whether nothing but the filing's procedure is talked of."""
    talk = place.before.dossier_talk
    card = talk is not None and is_proved(talk) and not talk.asides
    return not card and place.before.topic in {None, place.filing.code}


def _wish(place: Place, text: str) -> FilingAct | None:
    act = wish_afar(text, same=_is_plain(place))
    if act is FilingAct.GO and not _is_late(place):
        act = None
    if act is None and is_ready(text) and not _is_plain(place):
        return FilingAct.GO
    if act is None and place.filing.slip and not _is_asked(place) and asks_for_code(text):
        return FilingAct.SLIP
    return act


def _is_plain(place: Place) -> bool:
    """Tell whether nothing else asks: what is done is the step then."""
    return _is_same(place) and place.before.open_question is None


def _is_late(place: Place) -> bool:
    return place.filing.asides >= MOST_ASIDES


def _by_way(place: Place, text: str) -> FilingStep | None:
    return by_way_said(place, text) if _is_same(place) else None


def _marked(place: Place, text: str) -> FilingStep | None:
    """Tick what is clearly said to be there: "xong 2", "có giấy chứng sinh rồi"."""
    marks = marks_said(text, place.view.listed, bare=False) if _is_same(place) else None
    return tick(place, marks.on, off=marks.off) if marks is not None else None


def _of_late(place: Place, parse: Parse, found: Found) -> FilingStep | None:
    """Take what is clearly said of the list or the step, shortly after something else."""
    before, words = place.before, plain(parse.text)
    if before.open_question is not None or _is_late(place):
        return None
    bare = before.place is None and before.menu is None
    number = bare and number_said(parse.text, _MOST_NUMBER) is not None
    if number or YES.fullmatch(words):
        return go_on(place)
    return _at_once(place, parse.text, found)


def _at_once(place: Place, text: str, found: Found) -> FilingStep | None:
    """Do what the same words do where the list or the step is in sight; nothing is ended by it."""
    steps = place.filing.stage is FilingStage.STEPS
    act = wish_at_step(text) if steps else wish_at_list(text)
    if (steps and BACK.fullmatch(plain(text))) or (act is None and is_ready(text)):
        return go_on(place)
    if act is None:
        return _marked(place, text)
    if act is FilingAct.STOP:
        return None
    return decide_pressed_filing(place.before, PressedFiling(place.filing.code, act), found)
