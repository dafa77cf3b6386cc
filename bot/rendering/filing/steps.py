"""One step of filing: its number and title, what is to be done, and what belongs to it."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bot.deciding.filing_decisions import TellStep
from bot.deciding.filing_values import FilingAct
from bot.guide.filing import FilingView, method_of
from bot.messages import (
    FILING_STEP,
    Block,
    Choices,
    FactList,
    Heading,
    Link,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.parse import AskedField
from bot.rendering.desk import Desk
from bot.rendering.fields import Sheet
from bot.rendering.filing.buttons import filing_button
from bot.rendering.filing.checklist import text_of
from bot.rendering.filing.telling import as_shown
from bot.rendering.held import held_blocks, is_held
from bot.rendering.prose import inside, shown
from bot.rendering.sources import PORTAL_HOME, address_of, source_of
from bot.rendering.wording import form_number
from knowledge.guides import MOST_FILLED_WORDS, GuideStep, fields_of
from knowledge.procedure import FeeStatus, FilingChannel

_CUT: Final = "…"
"""In a fee that is told in part: what is left out may be what she pays."""

_PAPERS: Final = {
    FilingChannel.ONLINE: "filing_step.online",
    FilingChannel.COUNTER: "filing_step.counter",
    FilingChannel.POST: "filing_step.post",
}


def render_step(desk: Desk, told: TellStep) -> Reply:
    """Return one step, with the ways on, back, and to help."""
    book, view, step = desk.book, told.shown.view, told.step
    title = book.say("filing_step.title", number=told.number, of=told.of, title=step.title)
    blocks: list[Block] = [Heading(title)]
    if told.unready:
        blocks.append(Paragraph(book.say("filing_step.unready", count=len(view.missing))))
    blocks.append(Paragraph(step_text(desk, view, step)))
    if step.papers:
        blocks += _papers(desk, view)
    if step.portal:
        blocks.append(Link(book.say("link.file_online"), address_of(view.procedure)))
    blocks.append(_buttons(desk, told))
    outcome = Outcome(OutcomeFamily.GUIDED, FILING_STEP)
    sources = (source_of(desk, view.procedure),) if _tells_a_fact(step) else ()
    return as_shown(Reply(tuple(blocks), outcome, sources, view.procedure.code), told.shown)


def _buttons(desk: Desk, told: TellStep) -> Choices:
    code, key = told.shown.view.procedure.code, told.step.key
    acts = [FilingAct.DONE, FilingAct.STUCK]
    if told.number > 1:
        acts.append(FilingAct.BACK)
    buttons = tuple(filing_button(desk.book, code, act, key) for act in acts)
    return Choices((*buttons, filing_button(desk.book, code, FilingAct.LIST)))


def _papers(desk: Desk, view: FilingView) -> Iterator[Block]:
    """Yield the papers in short: those that are needed, and those that are there beside them."""
    if is_held(desk, view.procedure, AskedField.DOCUMENTS):
        yield from held_blocks(desk, AskedField.DOCUMENTS)
        return
    papers = [one for one in view.listed if one.ticked or not one.conditions]
    told = [text_of(desk.book, view, one) for one in papers]
    # Originals and copies are counted on paper; a file is uploaded once.
    names = [one.name for one in told]
    counted = [f"{one.name}: {one.quantity}" for one in told]
    if lines := tuple(names if view.way is FilingChannel.ONLINE else counted):
        way = _PAPERS[view.way or FilingChannel.COUNTER]
        yield FactList(desk.book.say(way), lines)


def _tells_a_fact(step: GuideStep) -> bool:
    """Tell whether something of the record stands in the step, so that its source is named."""
    return step.papers or any(name in _SAID for name in fields_of(step.text))


def step_text(desk: Desk, view: FilingView, step: GuideStep) -> str:
    """Return the text of a step with what the record says to its fields, or in general words."""

    def put(match: re.Match[str]) -> str:
        say, generally, too_long = _SAID[match[1]]
        said = say(desk, view) or desk.book.say(generally)
        is_long = len(said.split()) > MOST_FILLED_WORDS
        return desk.book.say(too_long) if is_long and too_long else said

    text = step.text.replace("{portal}", PORTAL_HOME.removeprefix("https://"))
    return _FIELD.sub(put, text)


def _forms(desk: Desk, view: FilingView) -> str:
    if is_held(desk, view.procedure, AskedField.FORMS):
        return ""
    papers = [one.paper.form for one in view.listed if one.paper.form and not one.conditions]
    forms = view.procedure.forms
    numbers = papers or [one.number for one in forms if one.number]
    if numbers:
        told = ", ".join(dict.fromkeys(form_number(one) for one in numbers))
        return desk.book.say("filing_field.numbered", numbers=told)
    return ", ".join(dict.fromkeys(shown(view.procedure, one.name) for one in forms))


def _fee(desk: Desk, view: FilingView) -> str:
    method = method_of(view.procedure, view.way)
    if method is None or method.fee.status is FeeStatus.NOT_PUBLISHED:
        return ""
    sheet = Sheet(desk, view.procedure, detail=False)
    whole, brief = (inside(sheet.fee_of(method, short=short)) for short in (False, True))
    if len(whole.split()) <= MOST_FILLED_WORDS:
        return whole
    if _CUT in brief:
        return desk.book.say("filing_field.fees")
    return brief if brief == whole else desk.book.say("filing_field.fee_more", fee=brief)


def _time(desk: Desk, view: FilingView) -> str:
    method = method_of(view.procedure, view.way)
    if method is None or method.time is None or not (method.time.amount or method.time.text):
        return ""
    return inside(Sheet(desk, view.procedure, detail=False).time_of(method))


def _agency(desk: Desk, view: FilingView) -> str:
    held = is_held(desk, view.procedure, AskedField.AGENCY)
    return "" if held else shown(view.procedure, view.procedure.agency).rstrip(".")


def _results(desk: Desk, view: FilingView) -> str:
    if is_held(desk, view.procedure, AskedField.RESULT):
        return ""
    return "; ".join(shown(view.procedure, one).rstrip(".;") for one in view.procedure.results)


_SAID: Final[Mapping[str, tuple[Callable[[Desk, FilingView], str], str, str]]] = {
    "forms": (_forms, "filing_field.forms", "filing_field.forms"),
    "fee": (_fee, "filing_field.fee", "filing_field.fees"),
    "time": (_time, "filing_field.time", ""),
    "agency": (_agency, "filing_field.agency", "filing_field.agency"),
    "results": (_results, "filing_field.results", "filing_field.results"),
}
"""What the record says to a field of `knowledge.guides.FILLED`; empty: the words beside it.
Then what is said instead of something long, which stands in the list; empty: it is said all the
same, a time limit is never left out."""

_FIELD: Final = re.compile(rf"\{{({'|'.join(_SAID)})\}}")
"""Other braces are checked when guides are read; here they stay as they are."""
