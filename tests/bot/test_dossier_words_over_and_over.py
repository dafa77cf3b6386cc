"""Words about dossiers that are said over and over are read to the end, in one way only."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding import dossier_doubts, dossier_filed, dossier_reading
from bot.deciding.dossier_doubts import doubt_about_digits, doubts_code, says_birth_year
from bot.deciding.dossier_filed import asks_of_filed, is_another_matter
from bot.deciding.dossier_reading import apart_from_factor, read_word
from bot.dossiers.codes import find_codes
from bot.understanding import MAX_CHARACTERS

PATTERNS = [
    pattern
    for module in (dossier_doubts, dossier_filed, dossier_reading)
    for value in vars(module).values()
    for pattern in (value.values() if isinstance(value, dict) else [value])
    if isinstance(pattern, re.Pattern)
]
WORDS = sorted({word for one in PATTERNS for word in re.findall(r"[a-z]{1,}", one.pattern)})
PAIRS = ("giay khai sinh", "the can cuoc", "nha toi", "duoc khong", "co duoc", "kiem tra cuu")


def everything_of(text: str) -> None:
    doubt_about_digits(text)
    doubts_code(text)
    says_birth_year(text)
    asks_of_filed(text, in_topic=False)
    is_another_matter(text, "check_dossier")
    read_word(text)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.sampled_from(WORDS))
def test_words_said_over_and_over_are_read_to_the_end(words: list[str], first: str) -> None:
    again = f"{first} {' '.join(words)} " * MAX_CHARACTERS
    everything_of(again[:MAX_CHARACTERS])


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("start", ["toi", "khong biet", "lam giay roi chua co", "ho so cua", "tra"])
def test_pairs_said_over_and_over_are_read_to_the_end(start: str, pair: str) -> None:
    everything_of(f"{start} {f'{pair} ' * 1000}"[:MAX_CHARACTERS] + "x")


@pytest.mark.parametrize(
    "sign", ["H17 ", "H17 15 ", "000 00 ", "15 261116 ", "1 ", "H17", "17.15 "]
)
def test_groups_of_codes_over_and_over_are_read_to_the_end(sign: str) -> None:
    text = (sign * MAX_CHARACTERS)[:MAX_CHARACTERS]

    find_codes(text)
    assert apart_from_factor(text) == (text, "")


def test_the_words_are_those_of_the_patterns() -> None:
    assert len(PATTERNS) > 20
    assert {"can", "cuoc", "nop"} <= set(WORDS)
