"""Every decision about a guided filing, as the shipped records and guides bring it about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.deciding.filing_decisions import (
    AskStopFiling,
    AskTrouble,
    AskWhen,
    AskWhichAnswer,
    CannotGuide,
    FilingDecision,
    FilingEnded,
    NoSuchSlip,
    NotClear,
    PutAside,
    Shown,
    SlipsLocked,
    TellFiled,
    TellList,
    TellPaper,
    TellSlip,
    TellStep,
    TellTrouble,
    WillRemind,
)
from bot.deciding.form_decisions import Answered, answered_in_order
from bot.filings.ports import FilingTerms, Reminder, Slip
from bot.filings.state import Checked, Filing
from bot.guide.filing import FilingView, view_of
from bot.messages import Choices, Reply
from knowledge.tables import Table
from tests.support.shipped import shipped_library

BIRTH = "1.001193"
PASSPORT = "1.001456"
AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
SLIP = "K7Q2MX"

OPEN = FilingTerms(
    is_open=True,
    page="https://motcua.example/phieu/",
    telegram_link="https://t.me/motcua_bot?start=",
    zalo_link="https://zalo.me/1234567890",
)
"""What is offered where everything is set up."""


def a_view(code: str = BIRTH, *, ticked: int = 0, **answers: str) -> FilingView:
    """A filing whose questions are answered, by their first answers where none is given."""
    library = shipped_library()
    procedure, table = library.get(code), library.table(code)
    assert procedure is not None
    given = _given(table, answers) if table else {}
    guide = library.guide(code)
    filing = Filing(code, tuple(given.items()))
    listed = view_of(procedure, table, guide, filing).listed
    keys = sorted(one.key for one in listed[:ticked])
    return view_of(procedure, table, guide, replace(filing, ticked=tuple(keys)))


def _given(table: Table, answers: dict[str, str]) -> dict[str, str]:
    given = dict(answers)
    while (question := table.next_question(table.settled(given))) is not None:
        given[question.key] = question.options[0].key
    return table.settled(given)


def answers_of(view: FilingView) -> tuple[Answered, ...]:
    """What was answered, in the order asked."""
    return answered_in_order(view.table, dict(view.filing.answers)) if view.table else ()


def a_shown(view: FilingView | None = None, terms: FilingTerms = OPEN) -> Shown:
    """On a channel that can remind."""
    return Shown(view or a_view(), terms, can_remind=True)


def labels_of(reply: Reply) -> list[str]:
    """What stands on its buttons, in their order."""
    menus = [block for block in reply.blocks if isinstance(block, Choices)]
    return [one.label for menu in menus for one in menu.items]


def every_filing_decision() -> Iterator[FilingDecision]:
    """At least one of each kind."""
    yield from _lists()
    yield from _steps()
    yield from _others()


def _lists() -> Iterator[FilingDecision]:
    view = a_view()
    answers = answers_of(view)
    everything = a_view(ticked=len(view.listed))
    some = replace(a_shown(a_view(ticked=1)), checked=Checked((view.listed[0].key,), 1.8e9))
    nowhere = replace(a_shown(terms=FilingTerms(is_open=True, page="/phieu/")), can_remind=False)
    yield TellList(a_shown(), answers, first=True)
    yield TellList(nowhere, answers, first=True, changed=True)
    yield TellList(replace(some, in_place=True), answers, first=False, again=True)
    yield TellList(a_shown(everything), answers, first=False, opened=True)
    yield TellList(a_shown(a_view(PASSPORT)), (), first=True)
    yield AskWhichAnswer(a_shown(), answers)


def _steps() -> Iterator[FilingDecision]:
    shown, library = a_shown(), shipped_library()
    steps = shown.view.steps
    for number, step in enumerate(steps, start=1):
        yield TellStep(shown, step, number, len(steps), unready=number == 1)
    stuck = next(step for step in steps if step.troubles)
    troubles = tuple(library.troubles[key] for key in stuck.troubles)
    yield AskTrouble(shown, stuck, troubles)
    yield AskTrouble(shown, steps[0], ())
    faq = library.faqs.get(troubles[0].faq)
    assert faq is not None
    yield TellTrouble(shown, stuck, faq)


def _others() -> Iterator[FilingDecision]:
    shown = a_shown()
    kept = replace(shown.view.filing, slip=SLIP, version=1)
    nowhere = replace(shown, terms=FilingTerms(is_open=True, page="/phieu/"))
    yield TellSlip(shown, Slip(kept, AT.timestamp()))
    yield TellSlip(nowhere, Slip(kept, AT.timestamp()))
    yield NoSuchSlip()
    yield SlipsLocked(AT)
    yield AskWhen(shown, None)
    yield AskWhen(shown, Reminder(BIRTH, AT.timestamp()), again=True)
    yield WillRemind(shown, AT)
    yield WillRemind(shown, None)
    yield WillRemind(shown, None, cannot=True)
    yield TellFiled(shown, can_look_up=True)
    yield TellFiled(shown, can_look_up=False)
    yield AskStopFiling(shown)
    yield PutAside(shown.view.procedure, shown)
    yield PutAside(shown.view.procedure)
    yield NotClear(shown.view.procedure)
    yield NotClear(shown.view.procedure, form=True)
    yield from (TellPaper(shown, paper) for paper in shown.view.listed)
    yield FilingEnded(shown.view.procedure)
    yield CannotGuide(shown.view.procedure)
