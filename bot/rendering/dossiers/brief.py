"""One question about a dossier that was told a moment ago, answered in few lines."""

from collections.abc import Callable, Iterator
from typing import Final

from bot.deciding.dossier_decisions import TellBriefly, TellDossier
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_values import DossierAct
from bot.deciding.faq_found import FAQ_MARK
from bot.deciding.found import dossier_value
from bot.dossiers.status import ENDED, DossierStatus, State
from bot.guide.dossier_days import CLOSED, READY, local_day
from bot.messages import Block, Choice, Choices, Outcome, OutcomeFamily, Paragraph, Reply
from bot.rendering.desk import Desk
from bot.rendering.dossiers.asked import (
    supplement_blocks,
)
from bot.rendering.dossiers.brief_asked import (
    money_lines,
    paid_lines,
    pay_lines,
    state_line,
    supplement_lines,
    supplement_until_lines,
    supplement_where_lines,
    supplemented_lines,
)
from bot.rendering.dossiers.card import Pace, pace_of, progress_words
from bot.rendering.dossiers.late import (
    decree_note,
    feedback_link,
    late_blocks,
    not_late_words,
    why_blocks,
)
from bot.rendering.dossiers.now import now_blocks, now_words, reason_of
from bot.rendering.dossiers.telling import act_button, before_card
from bot.rendering.dossiers.words import (
    MOST_NOTE,
    day_words,
    short,
    state_words,
    unit_words,
)
from bot.rendering.sources import portal_link
from bot.rendering.talk import hotline

_FAQS: Final = {
    Matter.PROXY: ("nho-nguoi-khac-nhan-ket-qua", "dossier_button.proxy"),
    Matter.COLLECT: ("mang-gi-khi-nhan-ket-qua", "dossier_button.bring"),
    Matter.COMPLAIN: ("khieu-nai-gui-ai", "dossier_button.complain"),
    Matter.PAY: ("trang-thai-nghia-vu-tai-chinh", "dossier_button.pay"),
}
"""The general question that says more, and the words on its button."""

_HIDDEN: Final = frozenset(
    {Matter.MONEY, Matter.PAID, Matter.PAY, Matter.SUPPLEMENT, Matter.SUPPLEMENT_UNTIL}
    | {Matter.SUPPLEMENTED, Matter.HOLDER, Matter.CONTACT, Matter.WHY}
)
"""What a dossier that is published by its code alone does not tell."""

_OF_DECREE: Final = frozenset({Matter.PROXY, Matter.BRING})
"""Told as the general questions tell it, from the same document."""

_Lines = Iterator[Block]


def tell_briefly(desk: Desk, brief: TellBriefly) -> Reply:
    """Return the answer to one question, with the way back to everything that is known."""
    told, book = brief.told, desk.book
    status, about = told.found.status, told.about
    pace = pace_of(desk, status)
    which = Paragraph(book.say("dossier_brief.which", code=status.code))
    hidden = status.terse and about in _HIDDEN
    said = list((_terse if hidden else _LINES[about])(desk, status, pace))
    blocks = [*before_card(desk, told), which, *said, Choices(tuple(_buttons(desk, told)))]
    late = pace.is_late and about in _TELLS_LATE
    sources = decree_note(book) if late or about in _OF_DECREE else ()
    return Reply(
        tuple(blocks),
        Outcome(OutcomeFamily.LOOKED_UP, f"dossier_{about}"),
        sources,
        told.procedure.code if told.procedure and not status.terse else None,
        afterwards=book.say("dossier_ask.afterwards"),
    )


def _buttons(desk: Desk, told: TellDossier) -> Iterator[Choice]:
    book, status = desk.book, told.found.status
    yield Choice(book.say("alert.view"), dossier_value(status.code))
    if told.about in _FAQS:
        key, label = _FAQS[told.about]
        yield Choice(book.say(label), f"{FAQ_MARK}{key}")
    if told.about is Matter.HOLDER and len(status.history) > 1:
        yield act_button(book, DossierAct.HISTORY, status.code)
    if told.can_follow and not told.found.followed and status.state not in ENDED:
        yield act_button(book, DossierAct.FOLLOW, status.code)


def _terse(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    """Yield that only state and days are published, and what they say."""
    yield Paragraph(desk.book.say("dossier_brief.terse"))
    yield state_line(desk, status)


def _now(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    yield from now_blocks(desk, status, pace)


def _collect(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    book = desk.book
    if (none := _no_result(desk, status, pace)) is not None:
        yield from none
        return
    if status.collect and not status.terse:
        way = short(status.collect, MOST_NOTE)
        yield Paragraph(book.say("dossier_brief.collect", way=way))
    elif status.state is State.DONE:
        unit = unit_words(book, status)
        yield Paragraph(book.say("dossier_brief.collect_unknown", unit=unit))
    yield Paragraph(now_words(desk, status, pace))


def _bring(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    if status.state is State.SUPPLEMENT:
        yield from supplement_where_lines(desk, status, pace)
        yield from supplement_blocks(desk, status)
        return
    yield from _no_result(desk, status, pace) or ()
    if status.state not in CLOSED | {State.WITHDRAWN}:
        yield Paragraph(desk.book.say("dossier_brief.bring"))


def _proxy(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    yield from _no_result(desk, status, pace) or ()
    if status.state not in CLOSED:
        unit = unit_words(desk.book, status)
        yield Paragraph(desk.book.say("dossier_brief.proxy", unit=unit))


def _no_result(desk: Desk, status: DossierStatus, pace: Pace) -> list[Block] | None:
    """Return that there is no result to collect; None: there is, or was."""
    if status.state in READY:
        return None
    if status.state in CLOSED:
        return [
            Paragraph(desk.book.say("dossier_brief.never_result")),
            Paragraph(now_words(desk, status, pace)),
        ]
    state = state_words(desk.book, status.state)
    return [Paragraph(desk.book.say("dossier_brief.no_result", state=state)), *_due(desk, status)]


def _due(desk: Desk, status: DossierStatus) -> _Lines:
    if status.due_at is None:
        yield Paragraph(desk.book.say("dossier_brief.due_unknown"))
        return
    day = day_words(desk.book, local_day(status.due_at))
    yield Paragraph(desk.book.say("dossier_brief.due", day=day))


def _when(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    book = desk.book
    if pace.is_late:
        yield from late_blocks(desk, status, pace)
        return
    if status.state in CLOSED | READY:
        yield state_line(desk, status)
        if said := progress_words(desk, status, pace):
            yield Paragraph(f"{said}.")
        yield Paragraph(now_words(desk, status, pace))
        return
    if status.state in {State.SUPPLEMENT, State.PAYMENT} or status.due_at is None:
        yield Paragraph(not_late_words(desk, status))
        if status.due_at is not None and status.state is State.PAYMENT:
            yield from _due(desk, status)
        return
    yield from _due(desk, status)
    if said := progress_words(desk, status, pace):
        yield Paragraph(f"{said}.")
    over = local_day(status.due_at) < desk.today
    unit = unit_words(book, status)
    yield Paragraph(
        book.say("dossier_brief.over" if over else "dossier_brief.no_promise", unit=unit)
    )


def _holder(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    book = desk.book
    yield state_line(desk, status)
    if status.unit and not status.terse:
        yield Paragraph(book.say("dossier_brief.unit", unit=short(status.unit)))
    else:
        yield Paragraph(book.say("dossier_brief.unit_unknown"))
    if said := progress_words(desk, status, pace):
        yield Paragraph(f"{said}.")


def _contact(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    unit = unit_words(desk.book, status)
    yield Paragraph(desk.book.say("dossier_brief.contact", unit=unit))
    if desk.profile.hotline and desk.profile.sample:
        yield Paragraph(desk.book.say("office.sample"))
    yield from hotline(desk)


def _why(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    book = desk.book
    if status.state in {State.REFUSED, State.STOPPED}:
        yield Paragraph(now_words(desk, status, pace))
        if not reason_of(status):
            yield Paragraph(book.say("dossier_brief.no_reason"))
        yield Paragraph(book.say("dossier_brief.in_writing"))
        yield portal_link(book)
    elif status.state is State.SUPPLEMENT:
        yield from supplement_blocks(desk, status)
    elif status.state is State.WITHDRAWN:
        yield Paragraph(now_words(desk, status, pace))
    else:
        yield from why_blocks(desk, status, pace)
        yield from _late(desk, status, pace)


def _late(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    if pace.is_late:
        yield from late_blocks(desk, status, pace)


def _is_it_late(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    if pace.is_late:
        yield from late_blocks(desk, status, pace)
    elif pace.days is not None and pace.days.late and status.state in READY:
        yield Paragraph(f"{progress_words(desk, status, pace)}.")
        yield Paragraph(now_words(desk, status, pace))
    else:
        yield Paragraph(not_late_words(desk, status))


def _complain(desk: Desk, status: DossierStatus, pace: Pace) -> _Lines:
    if pace.is_late:
        yield from late_blocks(desk, status, pace)
        return
    yield Paragraph(desk.book.say("dossier_brief.complain", unit=unit_words(desk.book, status)))
    yield from hotline(desk)
    yield feedback_link(desk.book)


_LINES: Final[dict[Matter, Callable[[Desk, DossierStatus, Pace], _Lines]]] = {
    Matter.NOW: _now,
    Matter.MONEY: money_lines,
    Matter.PAY: pay_lines,
    Matter.PAID: paid_lines,
    Matter.COLLECT: _collect,
    Matter.BRING: _bring,
    Matter.PROXY: _proxy,
    Matter.WHEN: _when,
    Matter.HOLDER: _holder,
    Matter.CONTACT: _contact,
    Matter.WHY: _why,
    Matter.LATE: _is_it_late,
    Matter.COMPLAIN: _complain,
    Matter.SUPPLEMENT: supplement_lines,
    Matter.SUPPLEMENT_WHERE: supplement_where_lines,
    Matter.SUPPLEMENT_UNTIL: supplement_until_lines,
    Matter.SUPPLEMENTED: supplemented_lines,
}
_TELLS_LATE: Final = frozenset({Matter.NOW, Matter.WHEN, Matter.WHY, Matter.LATE, Matter.COMPLAIN})
