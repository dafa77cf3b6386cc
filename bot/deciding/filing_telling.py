"""The replies of a guided filing, each with the state after it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.deciding.decisions import Decision
from bot.deciding.dossier_decisions import Errand
from bot.deciding.faq_found import FAQ_MARK
from bot.deciding.filing_decisions import (
    AskIfFiled,
    AskStopFiling,
    AskTrouble,
    AskWhichAnswer,
    FilingErrand,
    TellFiled,
    TellList,
    TellPaper,
    TellStep,
    TellTrouble,
)
from bot.deciding.filing_found import FilingFacts, FilingScene
from bot.deciding.form_decisions import Answered, answered_in_order
from bot.dialogue import Dialogue, Form, OpenQuestion, StopQuestion
from bot.filings.state import Filing, FilingStage, Milestone
from bot.guide.filing import FilingView, reached
from bot.parse import AskedField
from knowledge.faq import Faq
from knowledge.guides import GuideStep, Trouble
from knowledge.tables import Table

FilingStep = tuple[Decision | Errand | FilingErrand, Dialogue]
"""What to tell, or what to find out or keep first, and the state after it."""

Told = tuple[Decision, Dialogue]
"""What to tell, and the state after it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A filing, what is known of it, and where it is talked of."""

    before: Dialogue
    facts: FilingFacts
    filing: Filing
    scene: FilingScene

    @property
    def view(self) -> FilingView:
        """The filing with everything that the library says of it."""
        return self.scene.shown(self.facts, self.filing).view

    def having(self, filing: Filing) -> "Place":
        """Return the same place with the filing changed."""
        return replace(self, filing=filing)


def state(place: Place, filing: Filing, form: Form | None = None) -> Dialogue:
    """Return the state in which `filing` was talked of last; a look-up can be gone on with."""
    talk = place.before.dossier_talk
    return Dialogue(
        topic=place.facts.procedure.code,
        asked=(AskedField.DOCUMENTS,),
        filing=replace(filing, asides=0),
        form=form,
        dossier_talk=talk and replace(talk, asides=max(1, talk.asides)),
    )


def ask_first(dialogue: Dialogue, value: str, scene: FilingScene) -> Told | None:
    """Ask before a filing gives way to another one with which its ticks would be lost.

    Args:
        dialogue: the state before.
        value: of the button that begins the other one; pressed again, it is meant.
        scene: where the message comes from.
    """
    filing = dialogue.filing
    if filing is None or not filing.ticked or filing.slip or filing.stage is FilingStage.FILED:
        return None
    if dialogue.stopping is not None and dialogue.stopping.instead == value:
        return None
    facts = scene.facts_of(filing.code)
    if facts is None:
        return None
    asked = AskStopFiling(scene.shown(facts, filing))
    after = state(Place(dialogue, facts, filing, scene), filing, dialogue.form)
    return asked, replace(after, stopping=StopQuestion(value))


def answers_of(table: Table | None, filing: Filing) -> tuple[Answered, ...]:
    """Return what was answered, in the order asked."""
    return answered_in_order(table, dict(filing.answers)) if table else ()


def tell_list(
    place: Place,
    *,
    first: bool = False,
    changed: bool = False,
    opened: bool = False,
    again: bool = False,
    in_place: bool = False,
) -> Told:
    """Tell the list; typed words can correct the last answer while it is in sight."""
    filing, milestone = reached(replace(place.filing, stage=FilingStage.LIST), Milestone.GUIDED)
    shown = place.scene.shown(place.facts, filing, milestone, in_place=in_place)
    filing, table = shown.view.filing, place.facts.table
    answers = answers_of(table, filing)
    form = Form(filing.code, filing.answers) if answers else None
    told = TellList(shown, answers, first or milestone is not None, changed, opened, again)
    return told, state(place, filing, form)


def tell_paper(place: Place, at: int) -> Told:
    """Tell what the paper is that stands at `at` of the list, from 0."""
    shown = place.scene.shown(place.facts, place.filing)
    table, filing = place.facts.table, shown.view.filing
    form = Form(filing.code, filing.answers) if answers_of(table, filing) else None
    return TellPaper(shown, shown.view.listed[at]), state(place, filing, form)


def ask_which_answer(place: Place) -> Told:
    """Ask which answer is to be changed; the list where there is none."""
    shown = place.scene.shown(place.facts, place.filing)
    answers = answers_of(place.facts.table, shown.view.filing)
    if not answers:
        return tell_list(place)
    return AskWhichAnswer(shown, answers), state(place, place.filing)


def tell_step(place: Place, key: str = "") -> Told:
    """Tell the step `key`, empty: where it was left; the list where there are no steps."""
    filing, milestone = reached(replace(place.filing, stage=FilingStage.STEPS), Milestone.STEPPED)
    filing = replace(filing, step=key or filing.step)
    shown = place.scene.shown(place.facts, filing, milestone)
    view = shown.view
    if view.step is None:
        return tell_list(place)
    filing = replace(view.filing, step=view.step.key)
    unready = milestone is not None and bool(view.missing)
    told = TellStep(shown, view.step, view.step_number, len(view.steps), unready)
    return told, state(place, filing)


def ask_trouble(place: Place, key: str = "") -> Told:
    """Ask what is wrong at a step; where none of its troubles is known, those of all steps."""
    filing = replace(place.filing, stage=FilingStage.STEPS, step=key or place.filing.step)
    shown = place.scene.shown(place.facts, filing)
    if shown.view.step is None:
        return tell_list(place)
    filing = replace(shown.view.filing, step=shown.view.step.key)
    usual = troubles_of(place.scene, (shown.view.step,))
    usual = usual or troubles_of(place.scene, shown.view.steps)
    codes = tuple(f"{FAQ_MARK}{one.faq}" for one in usual)
    labels = tuple(one.label for one in usual)
    question = OpenQuestion(codes, labels, ()) if usual else None
    asked = AskTrouble(shown, shown.view.step, usual)
    return asked, replace(state(place, filing), open_question=question)


def troubles_of(scene: FilingScene, steps: Sequence[GuideStep]) -> tuple[Trouble, ...]:
    """Return the troubles of `steps` that can be answered, each once."""
    keys = dict.fromkeys(key for step in steps for key in step.troubles)
    known = (scene.troubles[key] for key in keys if key in scene.troubles)
    return tuple(one for one in known if scene.faq_of(one.faq) is not None)


def tell_trouble(place: Place, faq: Faq) -> Told:
    """Answer a trouble at the step that is gone through; "làm tiếp" then leads back to the step."""
    shown = place.scene.shown(place.facts, replace(place.filing, stage=FilingStage.STEPS))
    if shown.view.step is None:
        return tell_list(place)
    after = state(place, shown.view.filing)
    waiting = replace(shown.view.filing, asides=1)  # the answer stands between her and the step
    return TellTrouble(shown, shown.view.step, faq), replace(after, filing=waiting)


def ask_if_filed(place: Place) -> Told:
    """Ask whether it is filed."""
    shown = place.scene.shown(place.facts, replace(place.filing, stage=FilingStage.STEPS))
    return AskIfFiled(shown), state(place, shown.view.filing)


def tell_filed(place: Place) -> TellFiled:
    """Return what comes after filing; the milestone is told with it once."""
    said = replace(place.filing, stage=FilingStage.FILED, filed_at=place.scene.at.timestamp())
    filing, milestone = reached(said, Milestone.FILED)
    shown = place.scene.shown(place.facts, filing, milestone)
    return TellFiled(shown, place.scene.can_look_up)
