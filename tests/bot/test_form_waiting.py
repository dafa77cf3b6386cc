"""Forms whose question is not answered: asked again, left for another question, gone on with."""

from dataclasses import replace

import pytest

from bot.deciding import decide
from bot.deciding.decisions import Answer, Aside, NotUnderstood
from bot.deciding.form_asking import MOST_ASIDES
from bot.deciding.form_decisions import AskCircumstance
from bot.deciding.form_found import Step
from bot.dialogue import Form
from bot.parse import AskedField, Parse
from bot.rendering import render
from tests.support.birth_form import (
    BIRTH,
    FOUND,
    HALF,
    asked,
    labels,
    pressed,
    said,
)
from tests.support.desks import a_desk


def test_what_nobody_understands_is_asked_again_twice_and_then_told() -> None:
    dialogue = HALF
    for _ in range(2):
        decision, dialogue = decide(dialogue, said("xyz", intent="greet"), FOUND)
        assert isinstance(decision, AskCircumstance)
        assert decision.again
    decision, dialogue = decide(dialogue, said("xyz", intent="greet"), FOUND)
    assert isinstance(decision, Aside)
    assert isinstance(decision.decision, NotUnderstood)


def test_another_question_is_answered_and_the_form_waits() -> None:
    decision, after = decide(HALF, said("lệ phí bao nhiêu", AskedField.FEE), FOUND)
    assert isinstance(decision, Aside)
    assert isinstance(decision.decision, Answer)
    assert after.form == replace(HALF.form or Form(""), asides=1)
    reply = render(decision, a_desk())
    assert "Tiếp tục" in labels(reply)
    assert str(reply.outcome) == "answered_fee"
    assert asked(pressed(after, Step.GO)) == "chung-sinh"
    assert asked(decide(after, said("làm tiếp đi"), FOUND)[0]) == "chung-sinh"


def test_a_waiting_form_takes_no_number_for_an_answer_and_is_never_forgotten() -> None:
    dialogue = HALF
    for _ in range(2 * MOST_ASIDES):
        decision, dialogue = decide(dialogue, said("lệ phí", AskedField.FEE), FOUND)
        assert isinstance(decision, Aside)
        numbered = decide(dialogue, said("2"), FOUND)[1].form
        assert dialogue.form is not None
        assert numbered is None or numbered.answers == dialogue.form.answers
    decision, _ = decide(dialogue, said("làm tiếp"), FOUND)
    assert isinstance(decision, AskCircumstance)


def test_a_number_for_a_waiting_form_shows_its_question_again_and_chooses_nothing() -> None:
    _, waiting = decide(HALF, said("lệ phí", AskedField.FEE), FOUND)
    decision, after = decide(waiting, Parse("2", "choose", 0.9, (), ()), FOUND)
    assert isinstance(decision, AskCircumstance)
    assert (decision.question.key, decision.again) == ("chung-sinh", True)
    assert after.form == HALF.form


@pytest.mark.parametrize("typed", ["có", "dạ có", "ừ", "Ok nhé", "muốn"])
def test_yes_goes_on_with_a_waiting_form(typed: str) -> None:
    _, waiting = decide(HALF, said("lệ phí", AskedField.FEE), FOUND)
    decision, after = decide(waiting, said(typed), FOUND)
    assert asked(decision) == "chung-sinh"
    assert after.form == HALF.form


@pytest.mark.parametrize("typed", ["hả?", "ở nhà ba má vợ"])
def test_what_is_only_near_the_topic_is_an_unclear_answer_of_its_form(typed: str) -> None:
    near = replace(FOUND, topic=BIRTH)
    decision, after = decide(HALF, said(typed), near)
    assert isinstance(decision, AskCircumstance)
    assert decision.again
    assert after.form == HALF.form
