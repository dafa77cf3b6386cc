"""The questions of a form, one after the other, and the guided filing at their end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.deciding.filing_decisions import TellList
from bot.deciding.filing_found import FilingFacts
from bot.deciding.filing_telling import Place, Told, ask_first, state, tell_list
from bot.deciding.filing_values import filing_value
from bot.deciding.form_decisions import AskCircumstance, FormStopped, answered_in_order
from bot.deciding.form_found import FoundForm
from bot.deciding.found import Found
from bot.dialogue import Dialogue, Form
from bot.filings.state import Filing, FilingStage
from bot.guide.filing import answered, answers_of_way, chosen_way
from bot.parse import AskedField
from knowledge.guides import Guide
from knowledge.procedure import FilingChannel
from knowledge.tables import UNSURE, Question, Table

MOST_ASIDES = 3
"""Of a form that nobody began: it keeps what a message told. One that was begun stays below this,
and waits for as long as the conversation is kept."""


def later(progress: Form) -> Form:
    """Return a form that waits while something else is talked of."""
    return replace(progress, asides=min(progress.asides + 1, MOST_ASIDES - 1))


@dataclass(frozen=True, slots=True)
class Asking:
    """A form, and the state in which it is gone through."""

    form: FoundForm
    before: Dialogue
    found: Found

    @property
    def progress(self) -> Form:
        """How far it is; a form that was not begun has no answers."""
        kept = self.before.form
        code = self.form.procedure.code
        return kept if kept is not None and kept.code == code else Form(code)

    @property
    def given(self) -> dict[str, str]:
        """The settled answers."""
        return self.form.table.settled(dict(self.progress.answers))

    @property
    def question(self) -> Question | None:
        """The question that is asked; None: all are answered."""
        table = self.form.table
        return table.question(self.progress.changing) or table.next_question(self.given)

    @property
    def is_open(self) -> bool:
        """Whether there is a question that waits for an answer."""
        return self.before.form is self.progress and self.question is not None

    @property
    def is_begun(self) -> bool:
        """Whether a question of it was asked; else it only keeps what a message told."""
        return self.progress.asides < MOST_ASIDES

    @property
    def filing(self) -> Filing | None:
        """The filing that the form belongs to, where it was begun."""
        filing = self.before.filing
        return filing if filing is not None and filing.code == self.form.procedure.code else None

    @property
    def facts(self) -> FilingFacts:
        """What is known of the procedure."""
        code = self.form.procedure.code
        known = self.found.filings.facts_of(code)
        guide = known.guide if known else Guide(code, ())
        return FilingFacts(self.form.procedure, self.form.table, guide)


def begin_form(
    before: Dialogue, facts: FilingFacts, way: FilingChannel | None, found: Found
) -> Told:
    """Ask what sorts the papers, but not what was told already: how it is to be filed."""
    if facts.table is None:
        raise ValueError(f"The procedure {facts.procedure.code} has no questions.")
    asking = Asking(FoundForm(facts.procedure, facts.table), before, found)
    chosen = answers_of_way(facts.table, facts.guide, way) if way else {}
    given = facts.table.settled({**asking.given, **chosen})
    form = replace(asking.progress, way=way, changing="")
    kept = replace(before, form=form)
    return ask(replace(asking, before=kept), given, told=bool(given))


def ask(
    asking: Asking,
    answers: Mapping[str, str],
    *,
    told: bool = False,
    again: bool = False,
    out_of_range: bool = False,
) -> Told:
    """Ask the next question, or tell the list where all are answered."""
    procedure, table = asking.form.procedure, asking.form.table
    given = table.settled(answers)
    question = table.question(asking.progress.changing) or table.next_question(given)
    if question is None:
        return _list(asking, given)
    form = replace(asking.progress, answers=tuple(given.items()), asides=0)
    after = _asked(asking, form)
    settled = answered_in_order(table, given) if told else ()
    is_first = not given and not form.changing
    return AskCircumstance(procedure, question, is_first, settled, again, out_of_range), after


def ask_to_change(place: Place, table: Table, question: Question) -> Told:
    """Ask one question of a finished list anew."""
    filing = place.filing
    form = Form(filing.code, filing.answers, changing=question.key)
    asked = AskCircumstance(place.facts.procedure, question, first=False)
    return asked, state(place, replace(filing, stage=FilingStage.LIST), form)


def answer(asking: Asking, question: Question, key: str) -> Told:
    """Take an answer; who is not sure is first told what the question means, where that is known.

    What was answered after the question is asked anew, but where just one answer is changed: the
    others stay as long as their questions are asked.
    """
    if key != UNSURE:
        return _taken(asking, question, key)
    if question.explain:
        again = asking.progress.explained == question.key
        return _taken(asking, question, key) if again else _explain(asking, question)
    told, after = _taken(asking, question, key)
    if isinstance(told, AskCircumstance | TellList):
        told = replace(told, unsure=True)
    return told, after


def asked_back(asking: Asking, question: Question) -> Told:
    """Say what the question means to who asks that; else that it may stay open, and ask again."""
    if question.explain:
        return _explain(asking, question)
    told, after = ask(asking, asking.given)
    return (replace(told, unsure=True) if isinstance(told, AskCircumstance) else told), after


def _taken(asking: Asking, question: Question, key: str) -> Told:
    """Ask on with an answer, or tell the list."""
    progress = asking.progress
    filing, table = asking.filing, asking.form.table
    if filing is not None and (progress.changing or not asking.is_open):
        changed = answered(filing, table, question.key, key)
        left = replace(asking.before, form=Form(filing.code, changed.answers, way=progress.way))
        return ask(replace(asking, before=left), dict(changed.answers))
    before: dict[str, str] = {}
    for one in table.questions:
        if one.key == question.key:
            break
        if one.key in asking.given:
            before[one.key] = asking.given[one.key]
    return ask(asking, {**before, question.key: key})


def _explain(asking: Asking, question: Question) -> Told:
    """Ask the same once more, saying what it means."""
    form = replace(asking.progress, explained=question.key, asides=0)
    if asking.question != question:  # an earlier question's button
        form = replace(form, answers=_up_to(asking, question))
    asked = AskCircumstance(asking.form.procedure, question, first=not form.answers, explained=True)
    return asked, _asked(asking, form)


def _up_to(asking: Asking, question: Question) -> tuple[tuple[str, str], ...]:
    keys = [one.key for one in asking.form.table.questions]
    earlier = frozenset(keys[: keys.index(question.key)])
    return tuple(one for one in asking.given.items() if one[0] in earlier)


def _asked(asking: Asking, form: Form) -> Dialogue:
    return Dialogue(
        topic=asking.form.procedure.code,
        asked=(AskedField.DOCUMENTS,),
        form=form,
        filing=asking.before.filing,
    )


def back(asking: Asking) -> Told:
    """Ask the question before; who changes one answer is back at the list."""
    if (place := _place(asking)) is not None and asking.progress.changing:
        return tell_list(place)
    given = asking.given
    keys = [question.key for question, _ in answered_in_order(asking.form.table, given)]
    return ask(asking, {key: given[key] for key in keys[:-1]})


def stop(asking: Asking) -> Told:
    """Ask no more; who changes one answer is back at the list."""
    if (place := _place(asking)) is not None and asking.progress.changing:
        return tell_list(place)
    procedure = asking.form.procedure
    after = Dialogue(
        topic=procedure.code, asked=(AskedField.DOCUMENTS,), filing=asking.before.filing
    )
    return FormStopped(procedure), after


def _place(asking: Asking) -> Place | None:
    filing = asking.filing
    if filing is None:
        return None
    return Place(asking.before, asking.facts, filing, asking.found.filings)


def _list(asking: Asking, given: Mapping[str, str]) -> Told:
    """Tell the list; what was ticked in an earlier one of the same procedure stays ticked."""
    code, kept = asking.form.procedure.code, asking.filing
    if kept is None:
        done = replace(
            asking.before, form=Form(code, tuple(given.items()), way=asking.progress.way)
        )
        asked = ask_first(done, filing_value(code), asking.found.filings)
        if asked is not None:
            return asked
    if kept is not None and kept.stage is FilingStage.FILED:
        kept = None
    filing = kept or Filing(code)
    changed = kept is not None and dict(kept.answers) != dict(given)
    facts, way = asking.facts, asking.progress.way or filing.way
    if chosen_way(asking.form.table, facts.guide, given) is not None:
        way = None  # the answer says it, and may be changed
    filing = replace(filing, answers=tuple(given.items()), way=way)
    place = Place(asking.before, facts, filing, asking.found.filings)
    return tell_list(place, first=True, changed=changed)
