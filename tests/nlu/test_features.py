from hypothesis import given
from hypothesis import strategies as st

from nlu.accents import Restorer
from nlu.features import grams, is_letters
from nlu.text import TokenMaker

MAKER = TokenMaker(Restorer.learn([["lệ", "phí", "khai", "sinh"]]), None)


def read(text: str) -> set[str]:
    return grams(MAKER.tokens(text))


def test_words_pairs_and_the_ends_of_the_sentence_are_counted() -> None:
    assert {"w lệ phí", "w khai", "b ^ le phi", "b sinh $", "l phí"} <= read("Lệ phí khai sinh")


def test_words_without_accents_are_the_same_however_it_was_typed() -> None:
    bare = {gram for gram in read("LE PHI KHAI SINH") if gram.startswith("b ")}
    assert bare
    assert bare == {gram for gram in read("lệ phí khai sinh") if gram.startswith("b ")}


def test_a_restored_sentence_gives_the_grams_of_the_accented_one() -> None:
    assert read("le phi khai sinh") == read("lệ phí khai sinh")


def test_numbers_are_one_word_whatever_they_are() -> None:
    assert read("phí 50000") == read("phí 120000")


@given(st.text(max_size=40))
def test_every_text_has_grams_of_the_three_kinds_only(text: str) -> None:
    found = read(text)
    assert found
    assert all(gram[:2] in {"w ", "b ", "l "} for gram in found)
    assert all(is_letters(gram) == (gram[0] == "l") for gram in found)
