"""A form in progress: the next question, what was answered, and what interrupts it.

Buttons work at any time; typed words answer only the question that was asked last.
"""

import re
from collections.abc import Mapping
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
from bot.deciding.faq_judging import Verdict, judge_faqs
from bot.deciding.form_decisions import (
    AskCircumstance,
    FormStopped,
    PersonalDocuments,
    answered_in_order,
    option_of,
)
from bot.deciding.form_found import FoundForm, PressedForm, Step
from bot.deciding.form_reading import answer_position, position_by_a_word, settled_by
from bot.deciding.form_turns import (
    ANEW,
    BACK,
    MINE,
    ON,
    YES,
    after_enough,
    asks,
    corrected,
    left_for,
)
from bot.deciding.found import Found
from bot.deciding.outcomes import After
from bot.deciding.signs import is_stop
from bot.dialogue import Dialogue, Form
from bot.parse import AskedField, Parse
from knowledge.personal import personal_list
from knowledge.tables import UNSURE, Question
from knowledge.text import fold

MOST_ASIDES = 3
"""After so many other messages a form is forgotten: the citizen has turned to other things."""

MOST_MISSES = 2
"""So often a question is asked again in a row; then the message is answered for what it is."""

_WORD = re.compile(r"\w+")

_LISTS = frozenset({AskedField.DOCUMENTS, AskedField.OVERVIEW})
"""Answers beside which a citizen is offered her own list."""


def decide_pressed_form(dialogue: Dialogue, press: PressedForm, found: Found) -> After:
    """Take the step that a button of a form asks for."""
    form = found.form
    if form is None:
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    if press.step is None:
        return _answered(dialogue, form, press)
    return _stepped(dialogue, form, press.step)


def _stepped(dialogue: Dialogue, form: FoundForm, step: Step) -> After:
    given = _answers_so_far(dialogue, form.procedure.code)
    match step:
        case Step.START:
            return _start(dialogue, form)
        case Step.GO:
            return _ask(form, given)
        case Step.BACK:
            return _back(form, given)
        case Step.STOP:
            return _stop(form)


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
    plain = " ".join(_WORD.findall(fold(parse.text)))
    if form is None or progress is None or progress.code != form.procedure.code:
        return _typed_start(dialogue, plain, found)
    given = form.table.settled(dict(progress.answers))
    turned = None if progress.asides >= MOST_ASIDES else _turned_back(form, given, plain, parse)
    if turned is not None:
        return turned
    if progress.asides:
        on = ON.fullmatch(plain) or (progress.asides < MOST_ASIDES and YES.fullmatch(plain))
        return _ask(form, given) if on else _typed_start(dialogue, plain, found)
    question = form.table.next_question(given)
    if question is None:
        return _ask(form, {}) if ANEW.fullmatch(plain) else _typed_start(dialogue, plain, found)
    return _typed_answer(form, given, question, parse) or _told_by_a_word(
        dialogue, form, parse, found
    )


def _typed_start(dialogue: Dialogue, plain: str, found: Found) -> After | None:
    """Begin the form of the topic for who types what its button says."""
    table = found.table_of(found.topic.code) if found.topic else None
    if found.topic is None or table is None or not MINE.fullmatch(plain):
        return None
    return _start(dialogue, FoundForm(found.topic, table))


def _typed_answer(
    form: FoundForm, given: Mapping[str, str], question: Question, parse: Parse
) -> After | None:
    if is_stop(parse.text) or left_for(parse.text) == "":
        return _stop(form)
    rest = after_enough(parse.text) or corrected(parse.text)  # "thôi tôi tự đi"
    position = answer_position(question, replace(parse, text=rest) if rest else parse)
    if position is None:
        return _stop(form) if parse.intent == "cancel" else None
    if position > len(question.options):
        return _ask(form, given, out_of_range=True)
    keys = (*(one.key for one in question.options), UNSURE)
    return _ask(form, {**given, question.key: keys[position]})


def _told_by_a_word(
    dialogue: Dialogue, form: FoundForm, parse: Parse, found: Found
) -> After | None:
    """Take one word of a label for an answer where else a general question would be told."""
    given = form.table.settled(_answers_so_far(dialogue, form.procedure.code))
    question = form.table.next_question(given)
    if question is None or parse.asked or asks(parse.text):
        return None
    position = position_by_a_word(question, parse.text)
    if position is None or judge_faqs(dialogue, parse, found) is Verdict.NO:
        return None
    return _ask(form, {**given, question.key: question.options[position].key})


def _turned_back(
    form: FoundForm, given: Mapping[str, str], plain: str, parse: Parse
) -> After | None:
    """Go back one question, or take the right answer to one that was answered wrongly."""
    rest = "" if BACK.fullmatch(plain) else corrected(parse.text)
    if rest is None or ANEW.fullmatch(plain) or (rest and parse.asked):
        return None
    if not rest:
        return _back(form, given)
    answered = answered_in_order(form.table, given)
    for at in range(len(answered) - 1, -1, -1):
        question, before = answered[at]
        key = _key_said(question, replace(parse, text=rest))
        if key and key != before.key:
            return _ask(
                form, {**{one.key: given[one.key] for one, _ in answered[:at]}, question.key: key}
            )
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
    if progress is None or form is None or _is_over(decision, after, progress, form):
        return decision, after if after.form is not progress else replace(after, form=None)
    given = form.table.settled(dict(progress.answers))
    unclear = _is_unclear(decision, form) and not progress.asides
    # A number chooses nothing while the form waits: its question is shown once more.
    if (unclear or isinstance(decision, AskProcedure)) and dialogue.misses < MOST_MISSES:
        asked, kept = _ask(form, given, again=True)
        return asked, replace(kept, misses=dialogue.misses + 1)
    waiting = replace(progress, asides=progress.asides + 1)
    return Aside(decision, form.procedure), replace(after, form=waiting)


def _is_over(decision: Decision, after: Dialogue, progress: Form, form: FoundForm) -> bool:
    """Tell whether nothing of the form waits any more: done, left, or long ago."""
    if progress.code != form.procedure.code or progress.asides >= MOST_ASIDES:
        return True
    if isinstance(decision, Say) and decision.what in {Talk.CANCEL, Talk.GOODBYE}:
        return True
    turned = after.form is not None and after.form is not progress  # to a case of another procedure
    return turned or form.table.next_question(form.table.settled(dict(progress.answers))) is None


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


def _answers_so_far(dialogue: Dialogue, code: str) -> dict[str, str]:
    progress = dialogue.form
    return dict(progress.answers) if progress and progress.code == code else {}


def _start(dialogue: Dialogue, form: FoundForm) -> After:
    """Ask from the beginning, but what a message told before the first question."""
    progress = dialogue.form
    told = progress is not None and progress.asides == MOST_ASIDES
    given = _answers_so_far(dialogue, form.procedure.code) if told else {}
    return _ask(form, form.table.settled(given), told=told)


def _answered(dialogue: Dialogue, form: FoundForm, press: PressedForm) -> After:
    """Take the answer of a button; what was answered after its question is asked anew."""
    given = _answers_so_far(dialogue, press.code)
    question = form.table.question(press.question)
    if question is None or option_of(question, press.answer) is None:
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    before: dict[str, str] = {}
    for one in form.table.questions:
        if one.key == press.question:
            break
        if one.key in given:
            before[one.key] = given[one.key]
    return _ask(form, {**before, press.question: press.answer})


def _back(form: FoundForm, given: Mapping[str, str]) -> After:
    asked = [
        question.key for question, _ in answered_in_order(form.table, form.table.settled(given))
    ]
    return _ask(form, {key: given[key] for key in asked[:-1]})


def _stop(form: FoundForm) -> After:
    after = Dialogue(topic=form.procedure.code, asked=(AskedField.DOCUMENTS,))
    return FormStopped(form.procedure), after


def _ask(form: FoundForm, answers: Mapping[str, str], **manner: bool) -> After:
    """Ask the next question, or tell the list where all are answered."""
    procedure, table = form.procedure, form.table
    given = table.settled(answers)
    told = manner.pop("told", False)
    after = Dialogue(
        topic=procedure.code,
        asked=(AskedField.DOCUMENTS,),
        form=Form(procedure.code, tuple(given.items())),
    )
    question = table.next_question(given)
    answered = answered_in_order(table, given)
    if question is None:
        papers = personal_list(procedure, table, given)
        return PersonalDocuments(procedure, answered, papers, table.generic), after
    settled = answered if told else ()
    again, beyond = manner.get("again", False), manner.get("out_of_range", False)
    return AskCircumstance(procedure, question, not given, settled, again, beyond), after
