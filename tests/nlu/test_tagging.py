from hypothesis import given
from hypothesis import strategies as st

from nlu.bilou import OUTSIDE, kind, prefix, repaired
from nlu.tagging import joined
from nlu.text import Token

TAGS = [OUTSIDE, *(f"{p}-{k}" for p in "BILU" for k in ("procedure", "asked_fee"))]


def tokens(text: str) -> list[Token]:
    found, start = [], 0
    for word in text.split(" "):
        found.append(Token(start, start + len(word), word, word, word, inside=False))
        start += len(word) + 1
    return found


def test_an_entity_runs_from_its_beginning_to_its_last_token() -> None:
    text = "làm giấy khai sinh"
    tags = ["O", "B-procedure", "I-procedure", "L-procedure"]
    (entity,) = joined(tokens(text), tags, [0.9, 0.9, 0.7, 0.8])
    assert text[entity.start : entity.end] == "giấy khai sinh"
    assert entity.confidence == 0.7


def test_two_entities_side_by_side_stay_two() -> None:
    found = joined(
        tokens("phí khai sinh"), ["U-asked_fee", "B-procedure", "L-procedure"], [1, 1, 1]
    )
    assert [entity.kind for entity in found] == ["asked_fee", "procedure"]


def test_an_entity_without_an_end_is_closed() -> None:
    assert repaired(["B-procedure", "I-procedure", "O"], [1, 1, 1])[0] == [
        "B-procedure",
        "L-procedure",
        "O",
    ]
    assert repaired(["B-procedure", "O"], [1, 1])[0] == ["U-procedure", "O"]


def test_an_entity_of_two_kinds_becomes_the_surer_one() -> None:
    tags, sure = repaired(["B-procedure", "I-asked_fee", "L-procedure"], [0.9, 0.4, 0.8])
    assert tags == ["B-procedure", "I-procedure", "L-procedure"]
    assert sure == [0.9, 0.75, 0.8]


@given(st.lists(st.tuples(st.sampled_from(TAGS), st.floats(0.01, 1)), min_size=1, max_size=9))
def test_every_beginning_gets_an_end_of_its_kind(pairs: list[tuple[str, float]]) -> None:
    tags, sure = repaired([tag for tag, _ in pairs], [share for _, share in pairs])
    assert len(tags) == len(sure) == len(pairs)
    for place, tag in enumerate(tags):
        if prefix(tag) == "B-":
            following = tags[place + 1]
            assert prefix(following) in {"I-", "L-"}
            assert kind(following) == kind(tag)
