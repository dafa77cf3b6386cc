"""Whether the search or the intent is believed, and when the assistant asks back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.calibration import ABOUT_SIGNALS, FIRST_SIGNALS
from bot.deciding.candidates import Candidate
from bot.deciding.decisions import Answer, AskWhich, Decision, Missing, Say
from bot.deciding.evidence import SIGNALS, evidence
from bot.deciding.found import Found
from bot.deciding.judging import Judgement, is_about_a_procedure, is_clear, judge
from bot.deciding.questions import decide_typed
from bot.dialogue import Dialogue
from bot.parse import Parse
from tests.support.builders import a_procedure

INSURANCE = a_procedure("Hưởng bảo hiểm xã hội một lần", code="1.001613")
HEALTH = a_procedure("Cấp thẻ bảo hiểm y tế", code="1.001939")
SHARES = st.floats(0, 1)


def said(text: str, intent: str, confidence: float = 0.9) -> Parse:
    return Parse(text, intent, confidence)


def well_found() -> tuple[Candidate, ...]:
    """What a whole name finds in the national data."""
    return (
        Candidate(INSURANCE, 0.8, heard=1.0, said=0.95, name_said=0.95),
        Candidate(HEALTH, 0.5, heard=0.6, said=0.5, name_said=0.4),
    )


def hardly_found() -> Candidate:
    """What one word in common finds."""
    return Candidate(INSURANCE, 0.2, heard=0.3, said=0.2, name_said=0.1)


def decided(parse: Parse, *candidates: Candidate) -> Decision:
    decision, _ = decide_typed(Dialogue(), parse, Found(mentions=(candidates,)))
    return decision


@pytest.mark.parametrize("intent", ["withdraw_dossier", "payment_help", "greet"])
def test_a_procedure_that_is_found_well_is_answered_whatever_the_intent(intent: str) -> None:
    misread = ((intent, 0.5), ("ask_procedure", 0.45))
    parse = Parse("rút bảo hiểm xã hội một lần", intent, 0.5, intents=misread)

    assert isinstance(decided(parse, *well_found()), Answer)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("bạn tên gì", "bot_identity"),
        ("hồ sơ của tôi tới đâu rồi", "check_dossier"),
        ("hôm nay trời có mưa không", "out_of_scope"),
    ],
)
def test_one_word_in_common_is_chance(text: str, intent: str) -> None:
    assert not is_about_a_procedure(said(text, intent), ((hardly_found(),),))


@pytest.mark.parametrize("text", ["ly hôn đơn phương", "đơn xin li dị viết sao", "thu tuc ly hon"])
def test_divorces_are_a_matter_of_courts(text: str) -> None:
    decision = decided(said(text, "ask_procedure"), Candidate(INSURANCE, 0.5, heard=0.5))

    assert isinstance(decision, Say)
    assert decision.what is Missing.COURT


def test_what_two_procedures_fit_alike_is_asked_back() -> None:
    parse = said("tiền bảo hiểm xã hội của tôi thì sao", "ask_procedure")
    decision = decided(
        parse,
        Candidate(INSURANCE, 0.5, heard=0.9, said=0.6, name_said=0.5),
        Candidate(HEALTH, 0.5, heard=0.9, said=0.6, name_said=0.5),
    )

    assert isinstance(decision, AskWhich)
    assert decision.none_offered


def test_what_is_hardly_found_is_not_guessed() -> None:
    decision = decided(said("tiền của tôi thì sao", "ask_procedure"), hardly_found())

    assert not isinstance(decision, Answer | AskWhich)


def test_a_typed_name_is_answered_beside_a_sibling_that_is_as_near() -> None:
    named = (Candidate(INSURANCE, 0.7, named=True), Candidate(HEALTH, 0.7))
    equal = (Candidate(INSURANCE, 0.5), Candidate(HEALTH, 0.5))
    parse = said("hưởng bảo hiểm xã hội một lần", "ask_procedure")

    assert is_clear(parse, named)
    assert not is_clear(parse, equal)


def test_nothing_found_is_no_reason_to_believe_anything() -> None:
    assert judge(said("xin chào", "greet"), ()) == Judgement(0.0, 0.0)


def test_every_signal_has_a_weight_and_every_weight_a_signal() -> None:
    values = evidence(said("khai sinh", "ask_procedure"), well_found())

    assert tuple(values) == SIGNALS
    assert set(ABOUT_SIGNALS) == set(FIRST_SIGNALS) == set(SIGNALS)


@given(text=st.text(max_size=60), confidence=SHARES, score=SHARES, heard=SHARES, name=SHARES)
def test_a_judgement_is_a_probability_whatever_is_typed(
    text: str, confidence: float, score: float, heard: float, name: float
) -> None:
    candidate = Candidate(INSURANCE, score, heard=heard, said=heard, name_said=name)
    judgement = judge(said(text, "ask_procedure", confidence), (candidate,))

    assert 0 <= judgement.about <= 1
    assert 0 <= judgement.first <= 1
