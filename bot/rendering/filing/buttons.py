"""The buttons under what is told of a filing: short, and at most six."""

from collections.abc import Iterator
from typing import Final

from bot.deciding.filing_decisions import Shown
from bot.deciding.filing_values import FilingAct, filing_value
from bot.guide.filing import FilingView, chosen_way
from bot.messages import Choice, Choices
from bot.phrasebook import Phrasebook
from knowledge.procedure import FilingChannel

MOST_BUTTONS: Final = 6
"""More are not read on a small screen."""

_LABELS: Final = {
    FilingAct.START: "filing_button.start",
    FilingAct.ONLINE: "filing_button.prepare",
    FilingAct.STEPS: "filing_button.steps",
    FilingAct.SLIP: "filing_button.slip",
    FilingAct.REMIND: "filing_button.remind",
    FilingAct.FORGET: "filing_button.forget",
    FilingAct.CHANGE: "filing_button.change",
    FilingAct.FILED: "filing_button.filed",
    FilingAct.STOP: "filing_button.stop",
    FilingAct.STOP_SURE: "filing_button.stop_sure",
    FilingAct.LIST: "filing_button.list",
    FilingAct.DONE: "filing_button.done",
    FilingAct.STUCK: "filing_button.stuck",
    FilingAct.BACK: "filing_button.back",
    FilingAct.GO: "filing_button.go",
}
_WAYS: Final = {
    FilingChannel.ONLINE: "filing_button.online",
    FilingChannel.COUNTER: "filing_button.counter",
}
"""Labels of the ways of filing that are offered; by post one types it."""


def filing_button(book: Phrasebook, code: str, act: FilingAct, what: str = "") -> Choice:
    """Return the button that does `act` in the filing of the procedure `code`."""
    return Choice(book.say(_LABELS[act]), filing_value(code, act, what))


def list_buttons(book: Phrasebook, shown: Shown) -> Choices:
    """Return what can be done beside a list; a list without steps leads to none."""
    acts = tuple(_acts(shown))[:MOST_BUTTONS]
    return choices(book, shown, *acts)


def choices(book: Phrasebook, shown: Shown, *acts: FilingAct) -> Choices:
    """Return buttons of the filing that is shown."""
    return Choices(tuple(_button(book, shown, act) for act in acts))


def _button(book: Phrasebook, shown: Shown, act: FilingAct) -> Choice:
    code = shown.view.procedure.code
    if act is not FilingAct.WAY or (way := other_way(shown.view)) is None:
        return filing_button(book, code, act)
    return Choice(book.say(_WAYS[way]), filing_value(code, act, way))


def other_way(view: FilingView) -> FilingChannel | None:
    """Return the way of filing that can be taken instead; None: none, or an answer chooses it."""
    if view.table and chosen_way(view.table, view.guide, dict(view.filing.answers)):
        return None
    ways = (one for one in _WAYS if one is not view.way and one in view.ways)
    return next(ways, None)


def _acts(shown: Shown) -> Iterator[FilingAct]:
    view = shown.view
    if view.steps:
        yield FilingAct.STEPS
    if shown.terms.is_open and view.listed:
        yield FilingAct.SLIP
    if shown.terms.is_open and shown.can_remind:
        yield FilingAct.REMIND
    if view.filing.answers and view.table is not None:
        yield FilingAct.CHANGE
    if other_way(view) is not None:
        yield FilingAct.WAY
    yield FilingAct.FILED
    yield FilingAct.STOP
