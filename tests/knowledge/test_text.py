"""Cleaning, unaccenting, splitting and comparing Vietnamese text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import fold, normalise, similar, strip_accents, syllables


def test_decomposed_text_is_composed() -> None:
    assert normalise(unicodedata.normalize("NFD", "Đăng ký thường trú")) == "Đăng ký thường trú"


def test_control_characters_and_zero_width_signs_are_removed_but_lines_stay() -> None:
    assert normalise("khai\u200b sinh\x00\r\ncần gì\ufeff") == "khai sinh\ncần gì"


def test_a_lone_surrogate_is_dropped() -> None:
    assert normalise("khai \ud83d sinh") == "khai  sinh"


def test_every_vietnamese_letter_loses_its_marks() -> None:
    assert strip_accents("Đường Nguyễn Trãi, Huế, ở ừ") == "Duong Nguyen Trai, Hue, o u"


def test_both_ways_of_placing_a_tone_are_the_same_syllable() -> None:
    assert syllables("xoá hoà khoẻ thuý uỷ") == syllables("xóa hòa khỏe thúy ủy")


def test_a_tone_inside_a_closed_syllable_or_after_qu_stays() -> None:
    assert syllables("toàn quý hoàng") == ("toàn", "quý", "hoàng")


def test_punctuation_and_emoji_are_no_syllables() -> None:
    assert syllables("sổ đỏ???  🙏 (nhà, đất)") == ("sổ", "đỏ", "nhà", "đất")


def test_accents_and_case_do_not_make_texts_different() -> None:
    assert similar("Giấy Phép Lái Xe", "giay phep lai xe") == 1.0


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="aăâđêôơưáàảãạấềổữỵĐẠ xyz.,?1"))
def test_unaccenting_composed_vietnamese_keeps_offsets(text: str) -> None:
    assert len(strip_accents(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_for_accents(text: str) -> None:
    assert strip_accents(strip_accents(text)) == strip_accents(text)


@given(st.text(), st.text())
def test_similarity_lies_between_none_and_all(one: str, other: str) -> None:
    assert 0.0 <= similar(one, other) <= 1.0
    assert fold(one) != fold(other) or similar(one, other) == 1.0
