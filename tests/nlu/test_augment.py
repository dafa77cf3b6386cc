from hypothesis import given
from hypothesis import strategies as st

from nlu.accents import has_accent, strip_accents
from nlu.training.augment import augmented, shortened, stripped
from nlu.training.examples import Example, read_marked, write_marked

LINES = [
    "làm [giấy khai sinh](procedure) cho con [cần những giấy tờ gì](asked_documents)",
    "[lệ phí](asked_fee) [đổi bằng lái](procedure) [bao nhiêu](asked_fee) vậy",
    "hồ sơ của tôi đến đâu rồi",
]
EXAMPLES = [read_marked(line, "ask_procedure") for line in LINES]


def phrases(example: Example) -> list[tuple[str, str]]:
    return [(span.kind, example.text[span.start : span.end]) for span in example.spans]


def test_marks_survive_reading_and_writing() -> None:
    assert [write_marked(example) for example in EXAMPLES] == LINES


def test_entities_keep_their_words_when_accents_go() -> None:
    copy = stripped(EXAMPLES[0])
    assert copy.text == "lam giay khai sinh cho con can nhung giay to gi"
    assert phrases(copy) == [
        ("procedure", "giay khai sinh"),
        ("asked_documents", "can nhung giay to gi"),
    ]


def test_entities_move_when_a_text_gets_shorter() -> None:
    copy = shortened(read_marked("không biết [lệ phí](asked_fee) thế nào", "ask_procedure"))
    assert copy.text == "ko biết lệ phí tn"
    assert phrases(copy) == [("asked_fee", "lệ phí")]


def test_there_are_copies_with_and_without_accents_and_none_twice() -> None:
    copies = augmented(EXAMPLES)
    assert len(copies) > 3 * len(EXAMPLES)
    assert len({copy.text for copy in copies}) == len(copies)
    assert any(has_accent(copy.text) for copy in copies)
    assert {strip_accents(example.text) for example in EXAMPLES} <= {c.text for c in copies}


def test_the_same_sentences_give_the_same_copies() -> None:
    assert augmented(EXAMPLES) == augmented(EXAMPLES)


@given(st.integers(min_value=0, max_value=10_000))
def test_every_copy_keeps_its_intent_and_entities(seed: int) -> None:
    kinds = {tuple(span.kind for span in example.spans) for example in EXAMPLES}
    for copy in augmented(EXAMPLES, seed):
        assert copy.intent == "ask_procedure"
        assert tuple(span.kind for span in copy.spans) in kinds
        assert all(copy.text[span.start : span.end].strip() for span in copy.spans)
