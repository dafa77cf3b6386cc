"""A form in progress: the next question, what was answered, and what interrupts it.

Buttons work at any time; typed words answer only the question that was asked last.
"""

from dataclasses import replace

from bot.deciding.decisions import (
    Answer,
    Aside,
    AskProcedure,
    Decision,
    Missing,
    NotFound,
    NotUnderstood,
    Say,
    Talk,
    Unread,
    Unreadable,
)
from bot.deciding.dossier_state import waits
from bot.deciding.faq_judging import Verdict, judge_faqs
from bot.deciding.filing_decisions import NotClear
from bot.deciding.filing_telling import ask_first
from bot.deciding.filing_values import filing_value
from bot.deciding.form_asking import (
    MOST_ASIDES,
    Asking,
    answer,
    ask,
    asked_back,
    back,
    later,
    stop,
)
from bot.deciding.form_decisions import answered_in_order, option_of
from bot.deciding.form_found import FoundForm, PressedForm, Step
from bot.deciding.form_reading import (
    answer_position,
    answer_said,
    position_by_a_word,
    settled_by,
)
from bot.deciding.form_turns import (
    ANEW,
    BACK,
    MINE,
    ON,
    WHAT,
    YES,
    after_enough,
    asks,
    corrected,
    left_for,
)
from bot.deciding.form_turns import plain as words_of
from bot.deciding.found import Found
from bot.deciding.outcomes import After
from bot.deciding.signs import is_stop
from bot.dialogue import Dialogue, Form
from bot.parse import AskedField, Parse
from knowledge.tables import UNSURE, Question

MOST_MISSES = 2
"""So often a question is asked again in a row; then the message is answered for what it is."""

_MAY_MEAN_NO = frozenset({"khong", "ko", "k", "hong", "chua", "thoi", "co", "da khong"})
"""Answers to "Bạn muốn làm tiếp không?" as well."""

_LISTS = frozenset({AskedField.DOCUMENTS, AskedField.OVERVIEW})
"""Answers beside which a citizen is offered her own list."""


def decide_pressed_form(dialogue: Dialogue, press: PressedForm, found: Found) -> After:
    """Take the step that a button of a form asks for."""
    if found.form is None:
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    asking = Asking(found.form, dialogue, found)
    if press.step is not None:
        return _stepped(asking, press.step)
    question = found.form.table.question(press.question)
    if question is None or option_of(question, press.answer) is None:
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    return answer(asking, question, press.answer)


def _stepped(asking: Asking, step: Step) -> After:
    match step:
        case Step.START:
            return _start(asking)
        case Step.GO:
            return ask(asking, asking.given)
        case Step.BACK:
            return back(asking)
        case Step.STOP:
            return stop(asking)


def without_left_form(dialogue: Dialogue, parse: Parse) -> Dialogue:
    """Forget the form where the message leaves it for another question, which is answered."""
    progress = dialogue.form
    if progress is None or progress.asides >= MOST_ASIDES:
        return dialogue
    rest = left_for(parse.text)
    if rest is None and parse.asked:
        rest = parse.text if parse.intent == "cancel" else after_enough(parse.text)
    return replace(dialogue, form=None) if rest else dialogue


def decide_typed_form(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Take typed words as an answer to the form's question; None: they are none."""
    form, progress = found.form, dialogue.form
    plain = words_of(parse.text)
    if form is None or progress is None or progress.code != form.procedure.code:
        return _typed_start(dialogue, plain, found)
    asking = Asking(form, dialogue, found)
    turned = None if progress.asides >= MOST_ASIDES else _turned_back(asking, plain, parse)
    if turned is not None:
        return turned
    if progress.asides:
        return _gone_on(asking, plain, parse) or _typed_start(dialogue, plain, found)
    question = asking.question
    if question is None:
        return ask(asking, {}) if ANEW.fullmatch(plain) else _typed_start(dialogue, plain, found)
    return _typed_answer(asking, question, parse) or _told_by_a_word(asking, question, parse)


def _gone_on(asking: Asking, plain: str, parse: Parse) -> After | None:
    """Take words that come back to a form which waits; None: they are about something else.

    The label of an answer is one all the same. Other words may be meant for what was told since,
    so that the question is shown once more.
    """
    if ON.fullmatch(plain) or (asking.is_begun and YES.fullmatch(plain)):
        return ask(asking, asking.given)
    question, before = asking.question, asking.before
    other = before.open_question is not None or before.place is not None
    if question is None or other or not asking.is_begun or plain in _MAY_MEAN_NO:
        return None
    if parse.asked or asks(parse.text) or answer_position(question, parse) is None:
        return None
    key = answer_said(question, parse.text)
    return answer(asking, question, key) if key else ask(asking, asking.given, again=True)


def _typed_start(dialogue: Dialogue, plain: str, found: Found) -> After | None:
    """Begin the form of the topic for who types what its button says."""
    table = found.table_of(found.topic.code) if found.topic else None
    if found.topic is None or table is None or not MINE.fullmatch(plain):
        return None
    return _start(Asking(FoundForm(found.topic, table), dialogue, found))


def _typed_answer(asking: Asking, question: Question, parse: Parse) -> After | None:
    if is_stop(parse.text) or left_for(parse.text) == "":
        return stop(asking)
    if WHAT.fullmatch(words_of(parse.text)):
        return asked_back(asking, question)
    rest = after_enough(parse.text) or corrected(parse.text)  # "thôi tôi tự đi"
    position = answer_position(question, replace(parse, text=rest) if rest else parse)
    if position is None:
        return stop(asking) if parse.intent == "cancel" else None
    if position > len(question.options):
        return ask(asking, asking.given, out_of_range=True)
    keys = (*(one.key for one in question.options), UNSURE)
    return answer(asking, question, keys[position])


def _told_by_a_word(asking: Asking, question: Question, parse: Parse) -> After | None:
    """Take one word of a label for an answer where else a general question would be told."""
    if parse.asked or asks(parse.text):
        return None
    position = position_by_a_word(question, parse.text)
    if position is None or judge_faqs(asking.before, parse, asking.found) is Verdict.NO:
        return None
    return answer(asking, question, question.options[position].key)


def _turned_back(asking: Asking, plain: str, parse: Parse) -> After | None:
    """Go back one question, or take the right answer to one that was answered wrongly."""
    rest = "" if BACK.fullmatch(plain) else corrected(parse.text)
    if rest is None or ANEW.fullmatch(plain) or (rest and parse.asked):
        return None
    given = asking.given
    if not rest:
        return back(asking)
    answered = answered_in_order(asking.form.table, given)
    for at in range(len(answered) - 1, -1, -1):
        question, before = answered[at]
        key = _key_said(question, replace(parse, text=rest))
        if key and key != before.key:
            kept = {one.key: given[one.key] for one, _ in answered[:at]}
            return ask(asking, {**kept, question.key: key})
    return None


def _key_said(question: Question, parse: Parse) -> str:
    """Return the key of the answer that words give; empty: none."""
    position = answer_position(question, parse)
    if position is None and not asks(parse.text):
        position = position_by_a_word(question, parse.text)
    keys = (*(one.key for one in question.options), UNSURE)
    return keys[position] if position is not None and position < len(keys) else ""


def after_aside(dialogue: Dialogue, decision: Decision, after: Dialogue, found: Found) -> After:
    """Return what something else than an answer leads to: the question again, or an aside.

    What nobody understands in the middle of a form is taken for an answer that was not clear.
    """
    progress, form = dialogue.form, found.form
    if form is not None and progress is not None and _is_told(after.form):
        after = replace(after, form=progress)  # what a message told gives way to what was begun
    if progress is None or form is None or _is_over(decision, after, progress, form):
        return decision, after if after.form is not progress else replace(after, form=None)
    unclear = _is_unclear(decision, form) and not progress.asides
    # A number chooses nothing while the form waits: its question is shown once more.
    if (unclear or isinstance(decision, AskProcedure)) and dialogue.misses < MOST_MISSES:
        asking = Asking(form, dialogue, found)
        asked, kept = ask(asking, asking.given, again=True)
        return asked, replace(kept, misses=dialogue.misses + 1)
    waiting = replace(after, form=later(progress))
    if isinstance(decision, Say) and decision.what is Talk.GOODBYE:
        return decision, waiting
    if progress.asides and _is_lost(decision) and not asked_of_dossier(dialogue):
        return NotClear(form.procedure, form=True), waiting
    return Aside(decision, form.procedure), waiting


def _is_over(decision: Decision, after: Dialogue, progress: Form, form: FoundForm) -> bool:
    """Tell whether nothing of the form waits any more: done, left, or long ago."""
    if progress.code != form.procedure.code or progress.asides >= MOST_ASIDES:
        return True
    if isinstance(decision, Say) and decision.what is Talk.CANCEL:
        return True
    turned = after.form is not None and after.form is not progress  # to a case of another procedure
    settled = form.table.settled(dict(progress.answers))
    return turned or not (progress.changing or form.table.next_question(settled))


def _is_told(form: Form | None) -> bool:
    """Tell whether a form was never begun: it keeps what a message told."""
    return form is not None and form.asides >= MOST_ASIDES


def asked_of_dossier(dialogue: Dialogue) -> bool:
    """Tell whether a dossier's code or digits were asked for just now: that is asked again."""
    talk = dialogue.dossier_talk
    return talk is not None and waits(talk) and not talk.asides


def _is_lost(decision: Decision) -> bool:
    """Tell whether nobody can make anything of the message."""
    if isinstance(decision, Say):
        return decision.what in {Talk.AFFIRM, Talk.DENY}
    return isinstance(decision, NotUnderstood) or (
        isinstance(decision, Unreadable) and decision.why is Unread.EMPTY
    )


def _is_unclear(decision: Decision, form: FoundForm) -> bool:
    if isinstance(decision, Answer):  # "hả?", "ở nhà ba má": only the topic made it an answer
        return decision.related and decision.procedure.code == form.procedure.code
    if isinstance(decision, Say):
        return decision.what in {Missing.OUT_OF_SCOPE, Talk.AFFIRM, Talk.DENY}
    return isinstance(decision, NotUnderstood | NotFound | AskProcedure) or (
        isinstance(decision, Unreadable) and decision.why is Unread.EMPTY
    )


def beside_form(decision: Decision, after: Dialogue, parse: Parse | None, found: Found) -> After:
    """Return an answer about papers with the way to the citizen's own list.

    What her message tells of her case already is kept, so that it is not asked.
    """
    if not isinstance(decision, Answer) or not _LISTS & set(decision.fields):
        return decision, after
    code = decision.procedure.code
    table = found.table_of(code)
    if table is None:
        return decision, after
    said = settled_by(table, parse.text) if parse else {}
    if said and after.form is None:
        after = replace(after, form=Form(code, tuple(said.items()), MOST_ASIDES))
    return replace(decision, form=True), after


def _start(asking: Asking) -> After:
    """Ask from the beginning, but what a message told before the first question."""
    if asking.filing is None:
        value = filing_value(asking.form.procedure.code)
        asked = ask_first(asking.before, value, asking.found.filings)
        if asked is not None:
            return asked
    told = asking.progress.asides == MOST_ASIDES
    given = asking.given if told else {}
    fresh = replace(asking.progress, changing="", explained="")
    return ask(replace(asking, before=replace(asking.before, form=fresh)), given, told=told)
