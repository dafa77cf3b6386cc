import numpy as np
import pytest

from nlu.accents import Restorer
from nlu.asking import Reader, taught, without
from nlu.linear import Linear
from nlu.text import Token, TokenMaker

TEXT = "xác nhận điều kiện thường trú cần điều kiện gì"
MAKER = TokenMaker(Restorer({}, {}), None)


def tokens() -> list[Token]:
    return MAKER.tokens(TEXT)


def a_reader(*, tagger_share: float, threshold: float = 0.4) -> Reader:
    """Knows one word: "kiện" asks for conditions."""
    linear = Linear.rounded(
        ("conditions",),
        ("w kiện",),
        np.ones(1, dtype=np.float32),
        np.array([[8.0]]),
        np.array([-4.0]),
    )
    return Reader(linear, tagger_share, threshold)


def shares(kinds: dict[int, tuple[str, float]]) -> list[dict[str, float]]:
    return [dict([kinds[place]]) if place in kinds else {} for place in range(len(tokens()))]


def test_words_of_a_name_ask_nothing() -> None:
    name = dict.fromkeys(range(len(tokens())), ("procedure", 0.9))
    assert not a_reader(tagger_share=0.0).read(tokens(), shares(name))
    assert a_reader(tagger_share=0.0).read(tokens(), shares({}))


def test_the_linear_model_and_the_tagger_are_weighed() -> None:
    seen = shares({7: ("asked_conditions", 0.6)})
    (asked,) = a_reader(tagger_share=0.5).read(tokens(), seen)
    assert asked.confidence == pytest.approx((0.6 + 0.982) / 2, abs=1e-3)
    assert not a_reader(tagger_share=1.0, threshold=0.7).read(tokens(), seen)


def test_a_field_stands_where_the_tagger_sees_it_most() -> None:
    seen = shares({6: ("asked_conditions", 0.2), 7: ("asked_conditions", 0.6)})
    (asked,) = a_reader(tagger_share=0.5).read(tokens(), seen)
    assert TEXT[asked.start :].startswith("điều kiện gì")


def test_a_run_of_hidden_words_becomes_one_gap() -> None:
    hidden = [place < 6 for place in range(len(tokens()))]
    assert [token.text for token in without(tokens(), hidden)] == ["_", "cần", "điều", "kiện", "gì"]


def test_a_marked_sentence_teaches_its_fields_and_the_words_outside_the_names() -> None:
    name = (0, TEXT.index(" cần"), "procedure")
    grams, fields = taught(tokens(), [name, (name[1] + 1, len(TEXT), "asked_conditions")])
    assert fields == {"conditions"}
    assert "w điều kiện" in grams
    assert "w thường" not in grams
