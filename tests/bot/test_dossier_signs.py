"""What is wanted of a dossier, by the words that say so."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding import dossier_signs
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_signs import (
    Wish,
    has_lost_it,
    matter_by_signs,
    matter_said,
    wants_look_up,
    wish_of,
)
from bot.understanding import MAX_CHARACTERS

PATTERNS = [
    pattern
    for value in vars(dossier_signs).values()
    for pattern in (value.values() if isinstance(value, dict) else [value])
    if isinstance(pattern, re.Pattern)
]
WORDS = sorted({word for one in PATTERNS for word in re.findall(r"[a-z]{2,}", one.pattern)})


def everything_of(text: str) -> None:
    matter_by_signs(text)
    matter_said(text, "subscribe_dossier")
    wish_of(text)
    wish_of(text, "subscribe_dossier")
    has_lost_it(text)
    wants_look_up(text)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.sampled_from(WORDS))
def test_words_said_over_and_over_are_read_to_the_end(words: list[str], first: str) -> None:
    again = f"{first} {' '.join(words)} " * MAX_CHARACTERS
    everything_of(again[:MAX_CHARACTERS])


@pytest.mark.parametrize("start", ["bao", "theo doi", "dung", "quen", "nho", "tra", "mat", "hs"])
@pytest.mark.parametrize("word", WORDS[::7])
def test_one_word_said_a_thousand_times_is_read_to_the_end(start: str, word: str) -> None:
    everything_of(f"{start} {word} {'con ' * 100}{f'{word} ' * 1000}"[:MAX_CHARACTERS] + "x")


def test_the_words_are_those_of_the_patterns() -> None:
    assert len(PATTERNS) > 10
    assert {"bao", "theo", "doi", "rut"} <= set(WORDS)


@pytest.mark.parametrize(
    "said",
    [
        "đăng ký khai sinh quá hạn", "báo mất căn cước", "huỷ thông báo lưu trú",
        "tôi không nhận được thông báo", "hồ sơ khác gồm gì", "tra cứu mã số thuế", "học phí",
        "theo dõi sức khoẻ ở đâu", "mã hồ sơ là gì", "hồ sơ gồm những gì",
    ],
)  # fmt: skip
def test_what_is_another_matter_wants_nothing_of_a_dossier(said: str) -> None:
    assert wish_of(said) is None
    assert not wants_look_up(said)


def test_the_intent_tells_apart_what_words_leave_open() -> None:
    said = "khi nào xong thì gọi tôi nhé"

    assert matter_by_signs(said) is Matter.STATUS
    assert matter_said(said, "subscribe_dossier") is Matter.FOLLOW
    assert matter_said("sao lâu thế", "subscribe_dossier") is Matter.LATE
    assert matter_said("học phí", "check_dossier") is None


def test_ending_messages_needs_words_for_them_or_the_intent() -> None:
    assert wish_of("ngưng gửi tin báo") is None
    assert wish_of("ngưng gửi tin báo", "subscribe_dossier") is Wish.STOP
    assert wish_of("đừng báo tôi nữa") is Wish.STOP
