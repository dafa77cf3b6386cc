"""What counts as right."""

from dataclasses import replace
from typing import Any

import pytest

from tests.evaluation.asking import Answer
from tests.evaluation.cases import Case
from tests.evaluation.judging import (
    Judged,
    acceptable,
    among_five,
    asked_back,
    both_answered,
    confidently_wrong,
    dossier_read,
    field_counts,
    fields_exact,
    first,
    intent_right,
    left_alone,
    refused,
    refused_by_mistake,
    system_intent_right,
)

TEMPORARY, PERMANENT = "1.004194", "1.004222"

ANSWERED = Answer(
    intent="ask_procedure",
    asked=frozenset({"fee"}),
    procedure=TEMPORARY,
    candidates=(TEMPORARY, PERMANENT),
    outcome="answered_fee",
    reply=f"Nguồn: thủ tục {TEMPORARY}",
    confidence=0.9,
    dossier_code=None,
)
ASKED_BACK = replace(ANSWERED, procedure=None, outcome="clarify_which_procedure")
NAMELESS = replace(ASKED_BACK, outcome="clarify_procedure_missing")
REFUSED = replace(ANSWERED, procedure=None, candidates=(), outcome="unanswered_out_of_scope")


def a_case(**right: Any) -> Case:
    return replace(Case("1", "x", ("đăng ký tạm trú hết bao nhiêu",)), **right)


WANTS_TEMPORARY = a_case(codes=frozenset({TEMPORARY}))
WANTS_PERMANENT = a_case(codes=frozenset({PERMANENT}))
NOTHING_FITS = a_case(codes=frozenset())


def test_the_right_answer_is_first_acceptable_and_not_wrong() -> None:
    one = Judged(WANTS_TEMPORARY, ANSWERED)
    assert (first(one), among_five(one), acceptable(one)) == (True, True, True)
    assert (confidently_wrong(one), refused_by_mistake(one)) == (False, False)


def test_an_answer_about_another_procedure_is_confidently_wrong_however_near_the_right_one() -> (
    None
):
    one = Judged(WANTS_PERMANENT, ANSWERED)
    assert (first(one), among_five(one), acceptable(one)) == (False, True, False)
    assert confidently_wrong(one) is True


def test_a_question_whose_choices_hold_the_right_one_is_acceptable() -> None:
    one = Judged(WANTS_PERMANENT, ASKED_BACK)
    assert (acceptable(one), asked_back(one)) == (True, True)
    assert confidently_wrong(one) is False


def test_a_question_without_choices_is_neither_acceptable_nor_a_refusal() -> None:
    one = Judged(WANTS_TEMPORARY, NAMELESS)
    assert (acceptable(one), refused_by_mistake(one)) == (False, False)


def test_a_refusal_is_right_only_for_what_nothing_answers() -> None:
    assert refused_by_mistake(Judged(WANTS_TEMPORARY, REFUSED)) is True
    assert refused(Judged(NOTHING_FITS, REFUSED)) is True
    assert refused(Judged(WANTS_TEMPORARY, REFUSED)) is None


@pytest.mark.parametrize("answer", [ANSWERED, ASKED_BACK, NAMELESS])
def test_what_nothing_answers_must_not_even_be_asked_back(answer: Answer) -> None:
    assert refused(Judged(NOTHING_FITS, answer)) is False


def test_a_matter_of_the_desk_without_a_record_may_be_asked_back_but_not_answered() -> None:
    case = replace(NOTHING_FITS, intents=frozenset({"ask_procedure"}))
    assert refused(Judged(case, ASKED_BACK)) is None
    assert left_alone(Judged(case, ASKED_BACK)) is True
    assert left_alone(Judged(case, ANSWERED)) is False


def test_what_is_not_told_is_not_judged() -> None:
    one = Judged(a_case(), ANSWERED)
    verdicts = [first(one), acceptable(one), refused(one), intent_right(one), fields_exact(one)]
    assert verdicts == [None] * 5


def test_any_accepted_intent_is_right_and_only_the_service_s_own_are_system_intents() -> None:
    case = a_case(intents=frozenset({"ask_procedure", "correct"}))
    assert intent_right(Judged(case, ANSWERED)) is True
    assert system_intent_right(Judged(case, ANSWERED)) is None
    assert system_intent_right(Judged(a_case(intents=frozenset({"greet"})), ANSWERED)) is False


@pytest.mark.parametrize(
    ("accepted", "got", "counts"),
    [
        ([{"fee"}], {"fee"}, (1, 0, 0)),
        ([{"fee", "time"}], {"fee", "where"}, (1, 1, 1)),
        ([{"conditions"}, {"who"}], {"who"}, (1, 0, 0)),
        ([{"overview"}], set(), (0, 0, 0)),
        ([set()], {"overview"}, (0, 0, 0)),
        ([{"fee"}], {"overview"}, (0, 1, 1)),
    ],
)
def test_fields_are_counted_against_the_accepted_set_that_fits_best(
    accepted: list[set[str]], got: set[str], counts: tuple[int, int, int]
) -> None:
    case = a_case(asked=tuple(frozenset(fields) for fields in accepted))
    one = Judged(case, replace(ANSWERED, asked=frozenset(got)))
    assert field_counts(one) == counts
    assert fields_exact(one) is (counts[1:] == (0, 0))


def test_both_of_two_procedures_must_be_answered_or_offered() -> None:
    case = a_case(several=(frozenset({TEMPORARY}), frozenset({PERMANENT})))
    both = replace(ANSWERED, reply=f"{TEMPORARY} … {PERMANENT}")
    assert both_answered(Judged(case, both)) is True
    assert both_answered(Judged(case, ANSWERED)) is False
    assert both_answered(Judged(case, ASKED_BACK)) is True
    assert first(Judged(case, ANSWERED)) is True


def test_a_mistyped_dossier_code_must_not_be_taken() -> None:
    read = replace(ANSWERED, dossier_code="H17.15-250710-0012")
    assert dossier_read(Judged(a_case(dossier_code="H17.15-250710-0012"), read)) is True
    assert dossier_read(Judged(a_case(nearly=True), read)) is False
    assert dossier_read(Judged(a_case(nearly=True), ANSWERED)) is True
    assert dossier_read(Judged(a_case(), read)) is None
