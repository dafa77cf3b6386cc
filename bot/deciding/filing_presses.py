"""What the buttons of a guided filing do."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.deciding.decisions import DoubtfulRecord, Unread, Unreadable
from bot.deciding.dossier_decisions import NotInGroups
from bot.deciding.dossier_matters import Matter
from bot.deciding.filing_decisions import (
    AskStopFiling,
    CannotGuide,
    EndFiling,
    FileClosed,
    FilingEnded,
    KeepSlip,
    ListReminders,
    NoSuchSlip,
    OpenSlip,
    PutAside,
    SetReminder,
    TellFiled,
    WillRemind,
)
from bot.deciding.filing_found import FilingFacts, can_guide
from bot.deciding.filing_telling import (
    FilingStep,
    Place,
    ask_first,
    ask_if_filed,
    ask_trouble,
    ask_which_answer,
    state,
    tell_filed,
    tell_list,
    tell_step,
)
from bot.deciding.filing_values import (
    FilingAct,
    OpenedSlip,
    PressedFiling,
    filing_value,
    read_filing,
    slip_value,
)
from bot.deciding.form_asking import ask_to_change, begin_form
from bot.deciding.found import Found
from bot.dialogue import Dialogue, DossierStage, DossierTalk, StopQuestion
from bot.filings.state import Filing, FilingStage
from bot.guide.filing import (
    filed_by,
    method_of,
    next_step,
    step_before,
    ticked,
)
from knowledge.procedure import FilingChannel
from knowledge.work_calendar import VIETNAM

REMINDED_AT: Final = 8
"""The hour of reminders, when offices open and nobody sleeps."""

MOST_DAYS: Final = 366
"""A reminder further away is a year mistyped."""


def decide_pressed_filing(
    dialogue: Dialogue, press: PressedFiling | OpenedSlip, found: Found
) -> FilingStep:
    """Do what a button of a filing does, or open the slip of a code."""
    if isinstance(press, OpenedSlip):
        return _open(dialogue, press.code, found)
    facts = found.filings.facts_of(press.code)
    if facts is None:
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    filing = dialogue.filing
    if filing is None or filing.code != press.code:
        return _begin(dialogue, facts, press, found)
    place = Place(dialogue, facts, filing, found.filings)
    if press.act in {FilingAct.START, FilingAct.ONLINE}:
        return _again(place, press, found)
    return _ACTS[press.act](place, press.what)


def _open(dialogue: Dialogue, code: str, found: Found) -> FilingStep:
    """Open a slip; what is ticked on no slip would be lost by it, so that is asked first."""
    if found.filings.is_group:
        return NotInGroups(), dialogue
    if not (code and found.filings.terms.is_open):
        return NoSuchSlip(), dialogue
    asked = ask_first(dialogue, slip_value(code), found.filings)
    return asked or (OpenSlip(code), dialogue)


def _begin(
    dialogue: Dialogue, facts: FilingFacts, press: PressedFiling, found: Found
) -> FilingStep:
    """Begin a filing; a button of one that is forgotten begins it anew."""
    procedure = facts.procedure
    if procedure.suspect:
        return DoubtfulRecord(procedure), dialogue
    if not can_guide(procedure):
        return CannotGuide(procedure), dialogue
    act = FilingAct.ONLINE if press.act is FilingAct.ONLINE else FilingAct.START
    if (asked := ask_first(dialogue, filing_value(press.code, act), found.filings)) is not None:
        return asked
    way = FilingChannel.ONLINE if act is FilingAct.ONLINE else None
    before = replace(dialogue, filing=None, stopping=None)
    if facts.table is not None:
        return begin_form(before, facts, way, found)
    return tell_list(Place(before, facts, Filing(press.code, way=way), found.filings), first=True)


def _again(place: Place, press: PressedFiling, found: Found) -> FilingStep:
    """Go on with a filing that is begun once more; one that is filed begins anew."""
    if place.filing.stage is FilingStage.FILED:
        before = replace(place.before, filing=None)
        return _begin(before, place.facts, press, found)
    if press.act is FilingAct.ONLINE:
        return by_way(place, FilingChannel.ONLINE)
    return go_on(place)


def go_on(place: Place, _what: str = "") -> FilingStep:
    """Show what was shown last of the filing."""
    if place.filing.stage is FilingStage.STEPS:
        return tell_step(place)
    return tell_list(place)


def tick(place: Place, on: frozenset[str], *, off: frozenset[str] = frozenset()) -> FilingStep:
    """Tick papers, and take ticks away; what is no paper of the list changes nothing.

    Args:
        place: the filing.
        on: keys of the papers that are at hand.
        off: of those that are not.
    """
    filing = place.filing
    listed = {one.key for one in place.view.listed}
    for key in sorted((on | off) & listed):
        filing = ticked(filing, key, on=key in on)
    return tell_list(place.having(filing), in_place=place.scene.pressed)


def tick_all(place: Place, _what: str = "") -> FilingStep:
    """Tick everything that is needed; what may be needed is left to her."""
    return tick(place, frozenset(one.key for one in place.view.missing))


def _ask(place: Place, what: str) -> FilingStep:
    table = place.facts.table
    question = table.question(what) if table else None
    if table is None or question is None or what not in dict(place.filing.answers):
        return ask_which_answer(place)
    return ask_to_change(place, table, question)


def _done(place: Place, what: str) -> FilingStep:
    place = place.having(replace(place.filing, step=what or place.filing.step))
    after = next_step(place.view)
    return tell_step(place, after) if after else ask_if_filed(place)


def _back(place: Place, what: str) -> FilingStep:
    place = place.having(replace(place.filing, step=what or place.filing.step))
    before = step_before(place.view)
    return tell_step(place, before) if before else tell_list(place)


def _way(place: Place, what: str) -> FilingStep:
    if what not in frozenset(FilingChannel):
        return tell_list(place)
    return by_way(place, FilingChannel(what))


def by_way(place: Place, way: FilingChannel) -> FilingStep:
    """Take another way of filing, with the answer that chooses it: the papers may be others."""
    if method_of(place.facts.procedure, way) is None:
        return tell_list(place)
    changed = filed_by(place.filing, place.facts.table, place.facts.guide, way)
    return tell_list(place.having(replace(changed, step="")), changed=True)


def _slip(place: Place, _what: str = "") -> FilingStep:
    if place.scene.is_group:
        return NotInGroups(), place.before
    if not place.scene.terms.is_open:
        return tell_list(place)
    return KeepSlip(replace(place.filing, asides=0)), state(place, place.filing)


def _remind(place: Place, what: str) -> FilingStep:
    if not (place.scene.can_remind and place.scene.terms.is_open):
        return cannot_remind(place)
    if not what.isdecimal() or not 0 < int(what) <= MOST_DAYS:
        return ListReminders(place.filing), state(place, place.filing)
    return remind_at(place, place.scene.at + timedelta(days=int(what)))


def cannot_remind(place: Place) -> FilingStep:
    """Say that this channel cannot write of itself."""
    shown = place.scene.shown(place.facts, place.filing)
    return WillRemind(shown, None, cannot=True), state(place, place.filing)


def remind_at(place: Place, day: datetime) -> FilingStep:
    """Set a reminder for the morning of a day."""
    at = day.astimezone(VIETNAM).replace(hour=REMINDED_AT, minute=0, second=0, microsecond=0)
    return SetReminder(place.filing, at), state(place, place.filing)


def _forget(place: Place, _what: str = "") -> FilingStep:
    if not place.scene.terms.is_open:
        return tell_list(place)
    return SetReminder(place.filing, None), state(place, place.filing)


def file(place: Place, _what: str = "") -> FilingStep:
    """Take it that she has filed; where dossiers can be looked up the next message is its code."""
    told, after = ask_code(place, tell_filed(place))
    if not place.scene.terms.is_open:
        return told, after
    return FileClosed(told.shown.view.filing, told), after


def ask_code(place: Place, told: TellFiled) -> tuple[TellFiled, Dialogue]:
    """Wait for the code of the dossier that the filing became, where it can be looked up."""
    after = state(place, told.shown.view.filing)
    if told.can_look_up:
        talk = DossierTalk(DossierStage.CODE, about=Matter.FOLLOW, since=place.scene.at.timestamp())
        after = replace(after, dossier_talk=talk)
    return told, after


def stop(place: Place, _what: str = "") -> FilingStep:
    """Ask once where something would be lost, else end it."""
    if not place.filing.ticked or place.before.stopping is not None:
        return end(place)
    asked = AskStopFiling(place.scene.shown(place.facts, place.filing))
    return asked, replace(state(place, place.filing), stopping=StopQuestion())


def put_aside(place: Place, _what: str = "") -> FilingStep:
    """Leave the filing for another time: nothing is forgotten."""
    after = state(place, place.filing)
    shown = place.scene.shown(place.facts, place.filing)
    return PutAside(place.facts.procedure, shown), replace(
        after, filing=replace(place.filing, asides=1)
    )


def end(place: Place, _what: str = "") -> FilingStep:
    """Forget the filing, its reminder, and that its slip is hers."""
    after = replace(state(place, place.filing), filing=None, stopping=place.before.stopping)
    return EndFiling(place.filing), after


def after_end(dialogue: Dialogue, filing: Filing, found: Found) -> FilingStep:
    """Tell that a filing is forgotten, or do what its end was asked back for."""
    question = dialogue.stopping
    press = read_filing(question.instead) if question else None
    dialogue = replace(dialogue, filing=None, stopping=None)
    if press is not None:
        return decide_pressed_filing(dialogue, press, found)
    facts = found.filings.facts_of(filing.code)
    if facts is None:
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    return FilingEnded(facts.procedure), dialogue


_ACTS: Final[Mapping[FilingAct, Callable[[Place, str], FilingStep]]] = {
    FilingAct.LIST: lambda place, _: tell_list(place),
    FilingAct.TICK: lambda place, what: tick(place, frozenset({what})),
    FilingAct.UNTICK: lambda place, what: tick(place, frozenset(), off=frozenset({what})),
    FilingAct.ALL: tick_all,
    FilingAct.CHANGE: lambda place, _: ask_which_answer(place),
    FilingAct.ASK: _ask,
    FilingAct.STEPS: tell_step,
    FilingAct.DONE: _done,
    FilingAct.STUCK: ask_trouble,
    FilingAct.BACK: _back,
    FilingAct.WAY: _way,
    FilingAct.SLIP: _slip,
    FilingAct.REMIND: _remind,
    FilingAct.FORGET: _forget,
    FilingAct.FILED: file,
    FilingAct.GO: go_on,
    FilingAct.STOP: stop,
    FilingAct.STOP_SURE: end,
    FilingAct.LATER: put_aside,
}
"""START and ONLINE begin."""
