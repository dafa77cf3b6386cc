import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.spelling import TONES, could_be_syllable, is_syllable, put_tone, take_tone
from knowledge.text import syllables

toneless = st.sampled_from(["hoa", "hoan", "thuy", "quy", "gi", "giêng", "thương", "ngưa", "khuya"])


@pytest.mark.parametrize(
    "word", ["giấy", "nghiệp", "quốc", "khuỷu", "giết", "gì", "hoà", "hòa", "yến", "xoong", "ươm"]
)
def test_syllables_of_every_build_are_known(word: str) -> None:
    assert is_syllable(word)
    assert could_be_syllable(word)


@pytest.mark.parametrize(
    "word", ["ngiệp", "kà", "cì", "qôc", "hềt", "zậy", "ajinomoto", "sinhh", ""]
)
def test_what_breaks_a_rule_of_the_spelling_is_none(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("word", ["duoc", "dươc", "duơc", "giây", "nguoi"])
def test_missing_accents_leave_a_syllable_possible(word: str) -> None:
    assert could_be_syllable(word)


@given(toneless, st.sampled_from(TONES))
def test_a_tone_that_is_put_on_comes_off_again(word: str, tone: str) -> None:
    assert take_tone(put_tone(word, tone)) == (word, tone)


def test_the_tone_stands_where_school_puts_it() -> None:
    put = [
        put_tone(word, TONES[1]) for word in ("hoa", "hoan", "quy", "gia", "thương", "ngưa", "thuy")
    ]

    assert put == ["hóa", "hoán", "quý", "giá", "thướng", "ngứa", "thúy"]


def test_hardly_a_word_of_the_national_names_is_no_syllable(national_data: Path) -> None:
    path = national_data / "procedures_national.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        words = [word for line in lines for word in syllables(json.loads(line)["name"])]
    accented = [word for word in words if word.isalpha() and not word.isascii()]

    assert len(accented) > 10_000
    # What is left are abbreviations: NĐ, TNLĐ.
    assert sum(not is_syllable(word) for word in accented) / len(accented) < 0.002
