import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from nlu.accents import Restorer
from nlu.text import TokenMaker, load_segmenter, normalise, pieces

LEARNT = Restorer.learn(
    sentence.split()
    for sentence in ["làm giấy khai sinh cho con cần những gì", "đăng ký thường trú", "cần gì"]
)
MAKER = TokenMaker(LEARNT, load_segmenter())


def test_a_segmented_word_is_the_lemma_of_its_first_syllable() -> None:
    lemmas = [token.lemma for token in MAKER.tokens("làm giấy khai sinh")]
    assert lemmas == ["làm", "giấy", "khai_sinh khai", "sinh"]


def test_unaccented_text_is_restored_before_it_is_segmented() -> None:
    tokens = MAKER.tokens("lam giay khai sinh cho con can nhung gi")
    assert [token.word for token in tokens if not token.inside] == [
        "làm",
        "giấy",
        "khai_sinh",
        "cho",
        "con",
        "cần",
        "những",
        "gì",
    ]


def test_a_token_shows_what_was_typed_even_where_accents_were_restored() -> None:
    text = "GIAY khai sinh"
    assert [text[token.start : token.end] for token in MAKER.tokens(text)] == [
        "GIAY",
        "khai",
        "sinh",
    ]
    assert MAKER.tokens(text)[0].text == "GIAY"


def test_decomposed_letters_give_the_same_lemmas_and_their_own_places() -> None:
    text = unicodedata.normalize("NFD", "đăng ký thường trú")
    tokens = MAKER.tokens(text)
    assert [token.lemma for token in tokens] == [
        token.lemma for token in MAKER.tokens("đăng ký thường trú")
    ]
    assert unicodedata.normalize("NFC", text[tokens[2].start : tokens[2].end]) == "thường"


def test_codes_and_dates_stay_whole() -> None:
    text = "hồ sơ H17.15-250710-0012, mã 1.004222; ngày 15/3/2026."
    found = [visible for _, _, visible in pieces(text)]
    assert {"H17.15-250710-0012", "1.004222", "15/3/2026"} <= set(found)


def test_invisible_and_control_characters_are_no_part_of_a_word() -> None:
    assert [visible for _, _, visible in pieces("khai\u200b \x00sinh\ufeff")] == ["khai", "sinh"]


def test_a_text_without_words_gives_one_empty_token() -> None:
    for text in ("", "   ", "\x00\x01", "\u200b"):
        (token,) = MAKER.tokens(text)
        assert (token.text, token.lemma) == ("", "")


def test_a_hundred_thousand_joined_characters_are_read_in_one_pass() -> None:
    assert len(pieces("a." * 50_000)) == 100_000 - 1 + 1


@given(st.text(max_size=80))
def test_tokens_lie_in_order_inside_the_text(text: str) -> None:
    last = 0
    for token in MAKER.tokens(text):
        assert last <= token.start <= token.end <= len(text)
        last = token.end


@given(st.text(alphabet="aàảãáạăâbcdđeêghiklmnoôơpqrstuưvxy ", max_size=60))
def test_normalising_twice_changes_nothing(text: str) -> None:
    for word in text.split():
        assert normalise(normalise(word)) == normalise(word)
