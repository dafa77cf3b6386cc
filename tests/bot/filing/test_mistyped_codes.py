"""A code that is called a slip's and cannot be one: it was mistyped, and that is said."""

import pytest

from bot.rendering import render_plain
from tests.support.filing_chat import BIRTH, FilingChat, listed, outcome


@pytest.mark.parametrize(
    "text",
    [
        "mã phiếu K7Q2M0",
        "ma phieu ABCDEF",
        "phieu so K7Q2MO",
        "Mã phiếu của tôi là K7Q 2M0 ạ",
        "phiếu hướng dẫn k7q2m0",
        "số phiếu: K7Q-2MI",
    ],
)
def test_a_mistyped_code_is_told_and_counts_as_no_try(text: str) -> None:
    chat = FilingChat()
    for _ in range(7):
        assert outcome(chat.types(text)) == "unanswered_no_slip"
    assert "gõ nhầm" in render_plain(chat.last)


def test_a_mistyped_code_takes_nothing_from_the_list_in_progress() -> None:
    chat = listed()
    chat.types("1")
    before = chat.filing
    assert outcome(chat.types("mã phiếu K7Q2M0")) == "unanswered_no_slip"
    assert chat.filing.ticked == before.ticked
    assert chat.filing.code == BIRTH


@pytest.mark.parametrize(
    "text",
    [
        "phiếu của tôi đâu rồi",
        "phieu cua toi dau roi",
        "phieu truong",
        "mã số 120450",
        "phieu hen tra",
        "mã hồ sơ abcdef",
    ],
)
def test_words_beside_a_slip_are_no_mistyped_code(text: str) -> None:
    assert outcome(FilingChat().types(text)) != "unanswered_no_slip"
