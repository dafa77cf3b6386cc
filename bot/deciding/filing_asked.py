"""What words of a filing do while the questions before its list are asked."""

from dataclasses import replace

from bot.deciding.decisions import Aside
from bot.deciding.dossier_state import waits
from bot.deciding.faq_decisions import AnswerFaq
from bot.deciding.filing_decisions import PutAside
from bot.deciding.filing_presses import file
from bot.deciding.filing_telling import FilingStep, Place, tell_list
from bot.deciding.filing_troubles import trouble_said
from bot.deciding.filing_values import FilingAct
from bot.deciding.filing_ways import way_said
from bot.deciding.filing_words import wish_before_list
from bot.deciding.form_asking import Asking, ask, begin_form, later
from bot.deciding.form_decisions import AskCircumstance
from bot.deciding.form_reading import answer_position
from bot.deciding.form_turns import ON, plain
from bot.deciding.found import Found
from bot.deciding.judging import is_about_a_procedure
from bot.dialogue import Dialogue
from bot.filings.state import Filing
from bot.parse import Parse


def form_waits(dialogue: Dialogue, found: Found) -> bool:
    """Tell whether a form that was begun has a question which was not answered yet."""
    progress, form = dialogue.form, found.form
    if progress is None or form is None or progress.code != form.procedure.code:
        return False
    asking = Asking(form, dialogue, found)
    return asking.is_begun and asking.question is not None


def said_while_asked(dialogue: Dialogue, parse: Parse, found: Found) -> FilingStep | None:
    """Do what words of a filing mean while a question waits; None: they answer it, or are others.

    Args:
        dialogue: the state before, with a form that waits.
        parse: what is typed.
        found: what is known beside the message.
    """
    form, talk = found.form, dialogue.dossier_talk
    if form is None or (waits(talk) and talk is not None and not talk.asides):
        return None
    asking = Asking(form, dialogue, found)
    if _is_answer(asking, parse):
        return None
    if ON.fullmatch(plain(parse.text)):
        return ask(asking, asking.given)
    if (act := wish_before_list(parse.text)) is not None:
        return _do(asking, act)
    return _by_way(asking, parse.text) or _troubled(asking, parse, found)


def _is_answer(asking: Asking, parse: Parse) -> bool:
    """Tell whether the question that was asked last is answered."""
    question = asking.question
    if asking.progress.asides or question is None:
        return False
    return answer_position(question, parse) is not None


def _by_way(asking: Asking, text: str) -> FilingStep | None:
    """Take the way of filing that words choose, and ask on."""
    before, way = asking.before, way_said(text)
    same = before.topic == asking.form.procedure.code and before.open_question is None
    if way is None or not same or way not in _place(asking).view.ways:
        return None
    return begin_form(before, asking.facts, way, asking.found)


def _do(asking: Asking, act: FilingAct) -> FilingStep:
    """Put the questions aside, or end them; what needs the list leads on to it."""
    if act is FilingAct.LATER:
        return put_aside(asking)
    place = _place(asking)
    if act is FilingAct.FILED:
        return file(place)
    if asking.filing is not None and act in {FilingAct.LIST, FilingAct.ALL}:
        return tell_list(place)
    asked, after = ask(asking, asking.given)
    if isinstance(asked, AskCircumstance):
        asked = replace(asked, before_list=True)
    return asked, after


def put_aside(asking: Asking) -> FilingStep:
    """Leave the questions for another time."""
    after = replace(asking.before, form=later(asking.progress), open_question=None, misses=0)
    return PutAside(asking.form.procedure), after


def _place(asking: Asking) -> Place:
    filing = asking.filing or Filing(
        asking.form.procedure.code, tuple(asking.given.items()), way=asking.progress.way
    )
    return Place(asking.before, asking.facts, filing, asking.found.filings)


def _troubled(asking: Asking, parse: Parse, found: Found) -> FilingStep | None:
    """Answer a trouble that is told before there is a list."""
    if is_about_a_procedure(parse, found.mentions):
        return None
    faq = trouble_said(found.filings, (), parse.text)
    if faq is None:
        return None
    after = replace(asking.before, form=later(asking.progress), open_question=None, misses=0)
    return Aside(AnswerFaq(faq), asking.form.procedure), after
