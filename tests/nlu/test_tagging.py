import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.tagging import OUTSIDE, entities
from nlu.text import Token

KINDS = (OUTSIDE, "procedure", "asked_fee")


def tokens(text: str) -> list[Token]:
    found, start = [], 0
    for word in text.split(" "):
        found.append(Token(start, start + len(word), word, word, word, inside=False))
        start += len(word) + 1
    return found


def surely(*kinds: str) -> list[dict[str, float]]:
    return [{kind: 0.8 if kind == mine else 0.1 for kind in KINDS} for mine in kinds]


def test_an_entity_runs_as_far_as_its_kind() -> None:
    text = "làm giấy khai sinh nhé"
    shares = surely(OUTSIDE, "procedure", "procedure", "procedure", OUTSIDE)
    shares[2]["procedure"] = 0.7
    (entity,) = entities(tokens(text), shares)
    assert text[entity.start : entity.end] == "giấy khai sinh"
    assert entity.confidence == pytest.approx(0.7)


def test_entities_of_two_kinds_side_by_side_stay_two() -> None:
    found = entities(tokens("phí khai sinh"), surely("asked_fee", "procedure", "procedure"))
    assert [entity.kind for entity in found] == ["asked_fee", "procedure"]


def test_a_word_that_means_nothing_parts_two_entities_of_one_kind() -> None:
    found = entities(tokens("khai_sinh và kết_hôn"), surely("procedure", OUTSIDE, "procedure"))
    assert len(found) == 2


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=9))
def test_every_token_of_a_kind_lies_in_one_entity_of_it(kinds: list[str]) -> None:
    read = tokens(" ".join("chữ" for _ in kinds))
    found = entities(read, surely(*kinds))
    for token, kind in zip(read, kinds, strict=True):
        around = [one.kind for one in found if one.start <= token.start and token.end <= one.end]
        assert around == ([] if kind == OUTSIDE else [kind])
