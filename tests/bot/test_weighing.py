"""Whether the search or the intent is believed."""

import pytest

from bot.deciding.candidates import Candidate
from bot.deciding.decisions import Answer, AskWhich, Decision, Missing, Say
from bot.deciding.found import Found
from bot.deciding.questions import decide_typed
from bot.deciding.weighing import is_clear, overrules
from bot.dialogue import Dialogue
from bot.parse import Parse
from tests.support.builders import a_procedure

INSURANCE = a_procedure("Hưởng bảo hiểm xã hội một lần", code="1.001613")
HEALTH = a_procedure("Cấp thẻ bảo hiểm y tế", code="1.001939")


def said(text: str, intent: str, confidence: float = 0.9) -> Parse:
    return Parse(text, intent, confidence)


def decided(parse: Parse, *candidates: Candidate) -> Decision:
    decision, _ = decide_typed(Dialogue(), parse, Found(mentions=(candidates,)))
    return decision


@pytest.mark.parametrize(
    "intent", ["withdraw_dossier", "out_of_scope", "payment_help", "greet", "cancel", "insult"]
)
def test_a_procedure_that_is_found_well_is_answered_whatever_the_intent(intent: str) -> None:
    parse = said("rút bảo hiểm xã hội một lần", intent)

    assert isinstance(decided(parse, Candidate(INSURANCE, 0.75)), Answer)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("rút hồ sơ bảo hiểm xã hội", "withdraw_dossier"),
        ("hồ sơ bảo hiểm xã hội tới đâu rồi", "check_dossier"),
        ("đóng bảo hiểm xã hội chuyển khoản bị trừ tiền hai lần", "payment_help"),
        ("mua bảo hiểm xã hội chỗ nào uy tín", "out_of_scope"),
        ("bảo hiểm xã hội ở Mỹ", "out_of_scope"),
    ],
)
def test_an_intent_that_the_message_bears_out_is_believed(text: str, intent: str) -> None:
    assert not overrules(said(text, intent), Candidate(INSURANCE, 0.7))


def test_one_word_in_common_is_chance() -> None:
    name = a_procedure("Thay đổi họ, tên", aliases=("đổi tên",))

    assert not overrules(said("bạn tên gì", "bot_identity"), Candidate(name, 0.58))


@pytest.mark.parametrize("text", ["ly hôn đơn phương", "đơn xin li dị viết sao", "thu tuc ly hon"])
def test_divorces_are_a_matter_of_courts(text: str) -> None:
    decision = decided(said(text, "ask_procedure"), Candidate(INSURANCE, 0.5))

    assert isinstance(decision, Say)
    assert decision.what is Missing.COURT


def test_what_is_only_half_found_is_asked_back() -> None:
    parse = said("tiền bảo hiểm xã hội của tôi thì sao", "ask_procedure")
    decision = decided(parse, Candidate(INSURANCE, 0.36), Candidate(HEALTH, 0.35))

    assert isinstance(decision, AskWhich)
    assert decision.none_offered


def test_what_is_hardly_found_is_not_guessed() -> None:
    parse = said("tiền của tôi thì sao", "ask_procedure")

    assert not isinstance(decided(parse, Candidate(INSURANCE, 0.2)), Answer | AskWhich)


def test_a_typed_name_is_answered_beside_a_sibling_that_is_as_near() -> None:
    siblings = (Candidate(INSURANCE, 0.7, named=True), Candidate(HEALTH, 0.7))

    assert is_clear(siblings)
    assert not is_clear((Candidate(INSURANCE, 0.7), Candidate(HEALTH, 0.7)))
