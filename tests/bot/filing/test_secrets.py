"""Bare numbers that are most likely one-time codes, wherever a filing waits."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.deciding.filing_hearing import secret_typed
from bot.deciding.form_asking import MOST_ASIDES
from bot.dialogue import Dialogue, DossierStage, DossierTalk, Form
from bot.filings.state import Filing, FilingStage
from bot.messages import IncomingMessage
from bot.rendering import render_plain
from tests.support.filing_chat import BIRTH, TELEGRAM, FilingChat, at_step, listed

WARNING = "Mã xác thực và mật khẩu là bí mật. Bạn đừng đưa cho ai"


def typed(text: str) -> IncomingMessage:
    return IncomingMessage(TELEGRAM, "1", datetime(2026, 11, 22, 3, tzinfo=UTC), text)


def test_a_bare_number_in_the_midst_of_a_step_is_taken_for_a_secret() -> None:
    at_step = Dialogue(filing=Filing("1.001193", stage=FilingStage.STEPS))
    assert secret_typed(typed("493021"), at_step)
    assert secret_typed(typed("493 021"), at_step)
    assert secret_typed(typed("4 9 3 0"), at_step)
    assert not secret_typed(typed("2"), at_step)
    assert not secret_typed(typed("bước 3"), at_step)


@pytest.mark.parametrize("text", ["4930", "493021", "493 021", "493.0211", "4930 2114", "12345678"])
def test_a_code_is_known_beside_a_list_and_when_it_was_filed(text: str) -> None:
    for filing in (Filing("1.001193"), Filing("1.001193", stage=FilingStage.FILED, asides=1)):
        assert secret_typed(typed(text), Dialogue(filing=filing))


@pytest.mark.parametrize("text", ["1 2 3 4", "1-3", "12 13 14", "3", "1,2,3,4,5", "khai 493021"])
def test_numbers_that_tick_papers_are_no_code(text: str) -> None:
    assert not secret_typed(typed(text), Dialogue(filing=Filing("1.001193")))


def test_where_something_else_is_asked_six_digits_alone_are_a_code() -> None:
    asked = Dialogue(form=Form("1.001193"))
    far = Dialogue(filing=Filing("1.001193", asides=MOST_ASIDES))
    code = Dialogue(filing=Filing("1.001193"), dossier_talk=DossierTalk(DossierStage.CODE))
    for dialogue in (asked, far, code):
        assert secret_typed(typed("493021"), dialogue)
        assert not secret_typed(typed("1990"), dialogue)
    proof = Dialogue(filing=Filing("1.001193"), dossier_talk=DossierTalk(DossierStage.FACTOR))
    for dialogue in (Dialogue(), proof):
        assert not secret_typed(typed("493021"), dialogue)


def in_questions() -> FilingChat:
    chat = FilingChat()
    chat.follows(f"file:{BIRTH}")
    assert chat.dialogue.form is not None
    return chat


def aside() -> FilingChat:
    chat = listed()
    chat.types("lệ phí đăng ký kết hôn")
    assert chat.filing.asides == 1
    return chat


def filed() -> FilingChat:
    chat = listed()
    chat.follows(f"file:{BIRTH}:filed")
    assert chat.filing.stage is FilingStage.FILED
    return chat


def in_trouble() -> FilingChat:
    chat = at_step()
    chat.types("tôi không nhận được mã otp")
    return chat


@pytest.mark.parametrize("secret", ["847261", "otp 847261", "mã xác thực là 847261"])
@pytest.mark.parametrize("place", [in_questions, listed, at_step, in_trouble, aside, filed])
def test_who_sends_a_code_is_warned_wherever_she_is_and_it_is_never_kept(
    place: Callable[[], FilingChat], secret: str
) -> None:
    chat = place()
    before = chat.dialogue.filing
    reply = chat.types(secret)
    assert WARNING in render_plain(reply)
    assert "847261" not in f"{reply} {chat.dialogue} {getattr(chat.nlu, 'texts', [])}"
    after = chat.dialogue.filing
    assert (before and before.ticked) == (after and after.ticked)
