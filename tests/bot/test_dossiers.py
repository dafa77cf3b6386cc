"""A mistyped dossier code: the question back, and every way to answer it."""

import pytest

from bot.deciding import Found, decide, read_press
from bot.deciding.decisions import ConfirmDossierCode, Decision, Missing, Say, Unread
from bot.deciding.found import PressedCode, dossier_value
from bot.dialogue import Dialogue
from bot.messages import Choice, Choices
from bot.rendering import render, render_plain
from bot.understanding import to_parse
from tests.support.desks import a_desk
from tests.support.fakes import a_rasa_answer

CODE = "H17.15-250710-0012"
SLIP = "hồ sơ H17.15-25O710-0012 tới đâu rồi"
TWO = "tra giúp 17.15-250710-0012"


def say(
    text: str,
    dialogue: Dialogue = Dialogue(),  # noqa: B008 - frozen
    intent: str = "check_dossier",
) -> tuple[Decision, Dialogue]:
    return decide(dialogue, to_parse(text, a_rasa_answer(text, intent)), Found())


def buttons(decision: Decision) -> list[Choice]:
    blocks = render(decision, a_desk()).blocks
    return [one for block in blocks if isinstance(block, Choices) for one in block.items]


def test_the_reading_is_shown_with_a_button_and_what_to_check() -> None:
    decision, dialogue = say(SLIP)
    reply = render(decision, a_desk())

    assert decision == ConfirmDossierCode((CODE,))
    assert str(reply.outcome) == "clarify_dossier_code"
    assert f"Tôi đọc mã hồ sơ là {CODE}, đúng không?" in render_plain(reply)
    assert "giấy tiếp nhận" in render_plain(reply)
    assert [one.label for one in buttons(decision)] == [CODE, "Không phải"]
    assert dialogue.dossier is not None


@pytest.mark.parametrize(("typed", "intent"), [("đúng rồi", "affirm"), ("1", "choose")])
def test_a_yes_goes_on_as_if_the_code_had_been_typed(typed: str, intent: str) -> None:
    _, waiting = say(SLIP)
    decision, after = say(typed, waiting, intent)

    assert decision == say(CODE)[0] == Say(Missing.DOSSIER_STATUS)
    assert after.dossier is None


def test_a_yes_keeps_what_was_wanted_of_the_dossier() -> None:
    _, waiting = say("rút hồ sơ H17.15-25O710-0012", intent="withdraw_dossier")

    assert say("đúng", waiting, "affirm")[0] == Say(Missing.DOSSIER_WITHDRAWAL)


@pytest.mark.parametrize(
    ("typed", "intent"), [("không", "deny"), ("không phải mã đó", "deny"), ("2", "choose")]
)
def test_a_no_tells_what_to_check(typed: str, intent: str) -> None:
    _, waiting = say(SLIP)
    decision, after = say(typed, waiting, intent)

    assert decision == ConfirmDossierCode((), declined=True)
    assert "giấy tiếp nhận" in render_plain(render(decision, a_desk()))
    assert after.dossier is None


def test_a_yes_to_several_readings_chooses_none_of_them() -> None:
    decision, waiting = say(TWO)
    again, still = say("đúng rồi", waiting, "affirm")

    assert isinstance(decision, ConfirmDossierCode)
    assert len(decision.readings) > 1
    assert (again, still) == (decision, waiting)
    assert say("số 2", waiting, "choose")[0] == Say(Missing.DOSSIER_STATUS)


def test_another_question_leaves_the_code_behind() -> None:
    _, waiting = say(SLIP)
    decision, after = say("bạn là ai", waiting, "bot_identity")

    assert isinstance(decision, Say)
    assert after.dossier is None


def test_a_code_typed_again_is_read_anew() -> None:
    _, waiting = say(SLIP)

    assert say(CODE, waiting)[0] == Say(Missing.DOSSIER_STATUS)
    assert say("H17.15-25071O-0013", waiting)[0] == ConfirmDossierCode(("H17.15-250710-0013",))


def test_a_sound_code_beside_a_mistyped_one_is_taken() -> None:
    assert say(f"{CODE} và H17.15-25O710-0013")[0] == Say(Missing.DOSSIER_STATUS)


def test_a_code_that_cannot_be_read_is_asked_for_once_more() -> None:
    decision, after = say("H17.15-251332-0012")

    assert decision == ConfirmDossierCode(())
    assert after.dossier is None
    assert buttons(decision) == []


def test_the_buttons_mean_what_they_say() -> None:
    decision, waiting = say(SLIP)
    yes, no = (read_press(one.value) for one in buttons(decision))

    assert isinstance(yes, PressedCode)
    assert isinstance(no, PressedCode)
    assert decide(waiting, yes, Found())[0] == Say(Missing.DOSSIER_STATUS)
    assert decide(Dialogue(), yes, Found())[0] == Say(Missing.DOSSIER_STATUS)
    assert decide(waiting, no, Found())[0] == ConfirmDossierCode((), declined=True)


@pytest.mark.parametrize("value", ["dossier:drop table", "dossier:H17.15-251332-0012"])
def test_a_button_with_no_sound_code_is_broken(value: str) -> None:
    assert read_press(value) is Unread.BROKEN_BUTTON


def test_the_longest_code_fits_a_button() -> None:
    assert len(dossier_value("A.000.00.01.H29-20240115-AB12345678").encode()) <= 64
