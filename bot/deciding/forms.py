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
from bot.deciding.form_decisions import Answered, AskCircumstance, FormStopped, PersonalDocuments
from bot.deciding.form_found import FoundForm, PressedForm, Step
from bot.deciding.form_reading import answer_position, settled_by
from bot.deciding.found import Found
from bot.deciding.outcomes import After
from bot.deciding.signs import is_stop
from bot.dialogue import Dialogue, Form
from bot.parse import AskedField, Parse
from knowledge.personal import personal_list
from knowledge.tables import UNSURE, Option, Question, Table
from knowledge.text import fold

MOST_ASIDES = 3
"""After so many other messages a form is forgotten: the citizen has turned to other things."""

MOST_MISSES = 2
"""So often a question is asked again in a row; then the message is answered for what it is."""

_BACK = re.compile(
    r"(?:(?:cho|toi|minh|em|muon|xin) )*(?:quay lai|tro lai|lui lai|lui|back|cau truoc|sua lai"
    r"|chon lai)(?: (?:cau|buoc|truoc|do|di|nhe|a|voi|nao))*"
)
_ON = re.compile(
    r"(?:(?:cho|toi|minh|em|muon) )*(?:tiep tuc|lam tiep|hoi tiep|tiep di|tiep)(?: (?:di|nhe|a))*"
)
_YES = re.compile(r"(?:(?:da|vang|u|uh|um|ok|oke|co|duoc|muon|dong y) ?)+(?:a|nhe|nha|chu|di|em)?")
"""What answers "Bạn muốn làm tiếp không?", which stands under every answer while a form waits."""
_MINE = re.compile(
    r"(?:(?:cho|toi|minh|em|muon|xem|hoi|loc) )*(?:giay to|ho so|danh sach) "
    r"(?:(?:cua|cho|rieng|theo|truong hop) )*(?:toi|minh|em)(?: (?:di|nhe|a))*"
)
_ANEW = re.compile(r"(?:tra loi|lam|hoi|loc) lai(?: (?:tu dau|di|nhe|a))*")
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


def decide_typed_form(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Take typed words as an answer to the form's question; None: they are none."""
    form, progress = found.form, dialogue.form
    plain = " ".join(_WORD.findall(fold(parse.text)))
    if form is None or progress is None or progress.code != form.procedure.code:
        return _typed_start(dialogue, plain, found)
    given = form.table.settled(dict(progress.answers))
    if progress.asides:
        on = _ON.fullmatch(plain) or (progress.asides < MOST_ASIDES and _YES.fullmatch(plain))
        return _ask(form, given) if on else _typed_start(dialogue, plain, found)
    if _BACK.fullmatch(plain):
        return _back(form, given)
    question = form.table.next_question(given)
    if question is None:
        return _ask(form, {}) if _ANEW.fullmatch(plain) else _typed_start(dialogue, plain, found)
    return _typed_answer(form, given, question, parse)


def _typed_start(dialogue: Dialogue, plain: str, found: Found) -> After | None:
    """Begin the form of the topic for who types what its button says."""
    table = found.table_of(found.topic.code) if found.topic else None
    if found.topic is None or table is None or not _MINE.fullmatch(plain):
        return None
    return _start(dialogue, FoundForm(found.topic, table))


def _typed_answer(
    form: FoundForm, given: Mapping[str, str], question: Question, parse: Parse
) -> After | None:
    if is_stop(parse.text) or parse.intent == "cancel":
        return _stop(form)
    position = answer_position(question, parse)
    if position is None:
        return None
    if position > len(question.options):
        return _ask(form, given, out_of_range=True)
    keys = (*(one.key for one in question.options), UNSURE)
    return _ask(form, {**given, question.key: keys[position]})


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
    if question is None or _option(question, press.answer) is None:
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    before: dict[str, str] = {}
    for one in form.table.questions:
        if one.key == press.question:
            break
        if one.key in given:
            before[one.key] = given[one.key]
    return _ask(form, {**before, press.question: press.answer})


def _back(form: FoundForm, given: Mapping[str, str]) -> After:
    asked = [question.key for question, _ in _answers(form.table, form.table.settled(given))]
    return _ask(form, {key: given[key] for key in asked[:-1]})


def _stop(form: FoundForm) -> After:
    after = Dialogue(topic=form.procedure.code, asked=(AskedField.DOCUMENTS,))
    return FormStopped(form.procedure), after


def _ask(
    form: FoundForm,
    answers: Mapping[str, str],
    **manner: bool,
) -> After:
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
    answered = _answers(table, given)
    if question is None:
        papers = personal_list(procedure, table, given)
        return PersonalDocuments(procedure, answered, papers, table.generic), after
    settled = answered if told else ()
    return AskCircumstance(procedure, question, not given, settled, **manner), after


def _answers(table: Table, given: Mapping[str, str]) -> tuple[Answered, ...]:
    """Return what was answered, in the order asked."""
    return tuple(
        (question, option)
        for question in table.questions
        if question.only_if.holds(given)
        and (option := _option(question, given.get(question.key, ""))) is not None
    )


def _option(question: Question, key: str) -> Option | None:
    """Return the answer of this key; one that only says "not sure" has no label of its own."""
    if key == UNSURE:
        return Option(UNSURE, "")
    return next((one for one in question.options if one.key == key), None)
