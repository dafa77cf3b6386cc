"""A reminder that is wished in words."""

from datetime import datetime, time

from bot.deciding.filing_decisions import ListReminders, SetReminder
from bot.deciding.filing_presses import cannot_remind, remind_at
from bot.deciding.filing_telling import FilingStep, Place, state
from bot.deciding.filing_times import reminder_said
from bot.deciding.filing_values import FilingAct, PressedFiling, read_filing
from bot.dialogue import Dialogue
from knowledge.work_calendar import VIETNAM


def reminded(place: Place, text: str) -> FilingStep | None:
    """Set the reminder that is wished, or forget it; without a day to come it is asked when.

    A bare day is one only where it was asked for: "1-3" ticks papers.
    """
    today = place.scene.at.astimezone(VIETNAM).date()
    said = reminder_said(text, today)
    if said is None or not (said.wished or _asked_when(place.before)):
        return None
    if not (place.scene.can_remind and place.scene.terms.is_open):
        return cannot_remind(place)
    if said.off:
        return SetReminder(place.filing, None), state(place, place.filing)
    if said.day is None:
        return ListReminders(place.filing, again=said.named), state(place, place.filing)
    return remind_at(place, datetime.combine(said.day, time(12), VIETNAM))


def _asked_when(dialogue: Dialogue) -> bool:
    """Tell whether the last reply asked when to remind: its buttons name numbers of days."""
    values = dialogue.menu.values if dialogue.menu else ()
    read = (read_filing(one) for one in values)
    return any(
        isinstance(one, PressedFiling) and one.act is FilingAct.REMIND and bool(one.what)
        for one in read
    )
