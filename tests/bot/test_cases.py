"""Asking for the case: which siblings, which answers, and what needs no question."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.deciding import decide
from bot.deciding.candidates import Candidate
from bot.deciding.cases import ask_case
from bot.deciding.decisions import Answer, AskCase, AskWhich, OutOfRange
from bot.deciding.found import Found, Press, read_press
from bot.deciding.outcomes import After
from bot.deciding.telling import case_by_signs, told_by_signs, told_otherwise
from bot.dialogue import Dialogue
from bot.parse import AskedField, Entity, Parse
from knowledge.procedure import Procedure
from knowledge.siblings import Case, SiblingGroup, Siblings
from tests.support.builders import a_procedure

LOST = a_procedure("Cấp lại thẻ căn cước", code="1.014064")
CHANGED = a_procedure("Cấp đổi thẻ căn cước", code="1.014063")
FIRST = a_procedure("Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên", code="1.014061")
OTHER = a_procedure("Khóa căn cước điện tử", code="3.000276")
CARD = SiblingGroup(
    "can-cuoc",
    "Thẻ căn cước của bạn đang ở trường hợp nào?",
    (
        Case("Bị mất", LOST.code, signs=("làm rơi", "mất ví")),
        Case("Còn thẻ", CHANGED.code, signs=("hết hạn",)),
        Case("Chưa có thẻ", FIRST.code),
    ),
)
SIBLINGS = Siblings([CARD])
KIN = (LOST, CHANGED, FIRST)


def _near(procedure: Procedure, *twins: Procedure) -> Candidate:
    """What fits well, and no better than anything else that does."""
    return Candidate(procedure, 0.65, twins, heard=0.9, said=0.6, name_said=0.6)


def _found(*near: Procedure, siblings: Siblings = SIBLINGS) -> Found:
    """What the search holds: candidates that fit equally well."""
    candidates = tuple(map(_near, near))
    return Found(mentions=(candidates,) if candidates else (), siblings=siblings)


def _choosing(siblings: Siblings = SIBLINGS) -> Found:
    """What is held for the answer to a question about the case."""
    return Found(offered=KIN, kin=KIN, siblings=siblings)


def _said(text: str, *asked: AskedField) -> Parse:
    marked = (Entity("procedure", 0, len(text), text, text, 0.9),)
    shares = (("ask_procedure", 0.95),)
    return Parse(text, "ask_procedure", 0.95, marked, asked, shares)


def _ask(text: str, *near: Procedure, siblings: Siblings = SIBLINGS) -> After:
    """Ask what tells apart what is near."""
    found = _found(*near, siblings=siblings)
    after = ask_case(Dialogue(), _said(text), found.mentions[0], (AskedField.FEE,), found)
    assert after is not None
    return after


def _told(text: str, *near: Procedure, siblings: Siblings = SIBLINGS) -> Procedure | None:
    """Return what the message itself tells."""
    candidates = tuple(map(_near, near))
    told = told_by_signs(_said(text), candidates, candidates, siblings)
    return told.procedure if told else None


def _labels(decision: object) -> Sequence[str]:
    assert isinstance(decision, AskCase), decision
    return [option.label for option in decision.options]


def test_asks_one_question_where_siblings_fit_equally_well() -> None:
    decision, after = _ask("thẻ căn cước", CHANGED, LOST)

    assert _labels(decision) == ["Bị mất", "Còn thẻ", "Chưa có thẻ"]
    assert isinstance(decision, AskCase)
    assert decision.codes == (CHANGED.code, LOST.code, FIRST.code)
    assert after.asked == (AskedField.FEE,)
    assert after.open_question is not None
    assert after.open_question.group == "can-cuoc"


def test_what_is_close_beside_the_siblings_is_offered_by_name() -> None:
    decision, _ = _ask("thẻ căn cước", LOST, CHANGED, OTHER)

    assert _labels(decision)[-1] == "Khóa căn cước điện tử"


def test_asks_for_no_case_where_one_of_the_group_alone_is_close() -> None:
    found = _found(OTHER, LOST)

    assert ask_case(Dialogue(), _said("căn cước"), found.mentions[0], (), found) is None


def test_asks_nothing_where_the_message_tells_the_case() -> None:
    assert _told("làm rơi thẻ căn cước", CHANGED, LOST) == LOST
    assert _told("thẻ căn cước", CHANGED, LOST) is None
    assert _told("làm rơi thẻ hết hạn", CHANGED, LOST) is None


def test_answers_the_usual_case_of_a_bare_subject() -> None:
    usual = Siblings([SiblingGroup("can-cuoc", CARD.question, CARD.cases, usual=CHANGED.code)])

    assert _told("thẻ căn cước", CHANGED, LOST, siblings=usual) == CHANGED
    assert _told("thẻ căn cước của bố", CHANGED, LOST, siblings=usual) is None
    assert _told("thẻ căn cước", LOST, CHANGED, siblings=usual) is None


def test_a_sign_of_a_sibling_counts_more_than_the_best_fit() -> None:
    candidates = (_near(CHANGED), _near(OTHER), _near(LOST))

    told = told_otherwise(_said("làm rơi thẻ căn cước"), candidates, SIBLINGS)
    plain = told_otherwise(_said("thẻ căn cước hết hạn"), candidates, SIBLINGS)
    named = told_otherwise(
        _said("làm rơi thẻ căn cước"), (replace(candidates[0], named=True), *candidates), SIBLINGS
    )

    assert told is not None
    assert told.procedure == LOST
    assert plain is None
    assert named is None


def test_a_procedure_stands_for_its_level_twins() -> None:
    twin = a_procedure("Cấp lại thẻ căn cước (thực hiện tại cấp tỉnh)", code="2.001194")
    close = (_near(twin, LOST), _near(CHANGED))

    after = ask_case(Dialogue(), _said("thẻ căn cước"), close, (), _found(LOST))

    assert after is not None
    assert isinstance(after[0], AskCase)
    assert after[0].options[0].target == "2.001194"


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("1", LOST),
        ("cái thứ hai", CHANGED),
        ("bị mất bạn ơi", LOST),
        ("chua co the", FIRST),
        ("em làm rơi rồi", LOST),
        ("hết hạn ạ", CHANGED),
    ],
)
def test_a_number_a_label_or_a_sign_chooses_and_keeps_what_was_asked(
    typed: str, chosen: Procedure
) -> None:
    _, asked = _ask("thẻ căn cước", LOST, CHANGED)

    decision, after = decide(asked, _said(typed), _choosing())

    assert isinstance(decision, Answer)
    assert decision.procedure == chosen
    assert decision.fields == (AskedField.FEE,)
    assert after.topic == chosen.code


@pytest.mark.parametrize("typed", ["tôi không chắc", "chưa rõ nữa", "khong biet", "cái cuối"])
def test_the_unsure_see_the_names(typed: str) -> None:
    _, asked = _ask("thẻ căn cước", LOST, CHANGED)

    decision, _ = decide(asked, _said(typed), _choosing())

    assert isinstance(decision, AskWhich)
    assert decision.procedures == KIN
    assert decision.listed


def test_a_number_without_a_button_asks_the_same_again() -> None:
    _, asked = _ask("thẻ căn cước", LOST, CHANGED)

    decision, after = decide(asked, _said("9"), _choosing())

    assert isinstance(decision, OutOfRange)
    assert isinstance(decision.question, AskCase)
    assert after.open_question == asked.open_question


def test_yes_and_no_choose_the_labels_that_begin_so() -> None:
    cases = (Case("Có, đã cưới", LOST.code), Case("Chưa", CHANGED.code))
    siblings = Siblings([SiblingGroup("cuoi", "Bố mẹ bé đã kết hôn chưa?", cases)])
    _, asked = _ask("thẻ căn cước", LOST, CHANGED, siblings=siblings)

    for typed, chosen in (("có ạ", LOST), ("chưa", CHANGED), ("không", CHANGED)):
        decision, _ = decide(asked, _said(typed), _choosing(siblings))
        assert isinstance(decision, Answer)
        assert decision.procedure == chosen


def test_the_button_below_an_answer_asks_for_the_other_cases() -> None:
    press = read_press("which:can-cuoc:fee")
    assert isinstance(press, Press)

    decision, after = decide(Dialogue(topic=LOST.code), press, replace(_choosing(), topic=LOST))

    assert _labels(decision) == ["Còn thẻ", "Chưa có thẻ"]
    assert after.asked == (AskedField.FEE,)


def test_a_few_words_in_the_middle_of_a_topic_turn_to_its_sibling() -> None:
    talk = Dialogue(topic=CHANGED.code, asked=(AskedField.FEE,))

    decision, _ = decide(talk, _said("làm rơi thì sao"), replace(_choosing(), topic=CHANGED))

    assert isinstance(decision, Answer)
    assert decision.procedure == LOST
    assert decision.fields == (AskedField.FEE,)


def test_accents_count_where_the_message_has_some() -> None:
    assert case_by_signs(CARD, "Mất ví hôm qua") == CARD.cases[0]
    assert case_by_signs(CARD, "mat vi hom qua") == CARD.cases[0]
    assert case_by_signs(CARD, "mặt ví hôm qua") is None
    assert case_by_signs(CARD, "làm rơi thẻ hết hạn") is None
