import random

from hypothesis import given
from hypothesis import strategies as st

from nlu.accents import has_accent, strip_accents
from nlu.training.augment import (
    asking_otherwise,
    augmented,
    names_alone,
    shortened,
    stripped,
)
from nlu.training.examples import Example, read_marked, write_marked

LINES = [
    "làm [giấy khai sinh](procedure) cho con [cần những giấy tờ gì](asked_documents)",
    "[lệ phí](asked_fee) [đổi bằng lái](procedure) [bao nhiêu](asked_fee) vậy",
    "hồ sơ của tôi đến đâu rồi",
]
EXAMPLES = [read_marked(line, "ask_procedure") for line in LINES]


def phrases(example: Example) -> list[tuple[str, str]]:
    return [(span.kind, example.text[span.start : span.end]) for span in example.spans]


def names_of(example: Example) -> tuple[str, ...]:
    return tuple(span.kind for span in example.spans if not span.kind.startswith("asked_"))


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


def test_without_unaccented_copies_every_copy_of_an_accented_sentence_has_accents() -> None:
    copies = augmented(EXAMPLES, unaccented=False)
    assert len(copies) > len(EXAMPLES)
    assert all(has_accent(copy.text) for copy in copies)


@given(st.integers(min_value=0, max_value=10_000))
def test_a_sentence_asks_for_something_else_or_for_one_thing_more(seed: int) -> None:
    words = [("asked_time", "bao lâu"), ("asked_who", "ai làm được")]
    chance = random.Random(seed)  # noqa: S311 - no secret
    copy = asking_otherwise(EXAMPLES[0], words, chance)
    first, *asked = phrases(copy)
    assert first == ("procedure", "giấy khai sinh")
    old = ("asked_documents", "cần những giấy tờ gì")
    assert (len(asked) == 1 and asked[0] in words) or (asked[0] == old and asked[1] in words)


@given(st.integers(min_value=0, max_value=10_000))
def test_every_copy_keeps_its_intent_and_its_names(seed: int) -> None:
    names = {names_of(example) for example in EXAMPLES} | {("procedure",)}
    for copy in augmented(EXAMPLES, seed):
        assert copy.intent == "ask_procedure"
        assert names_of(copy) in names
        assert all(copy.text[span.start : span.end].strip() for span in copy.spans)


def test_the_name_of_a_procedure_is_a_question_too() -> None:
    alone = names_alone(EXAMPLES)
    named = ["giấy khai sinh", "giay khai sinh", "đổi bằng lái", "doi bang lai"]
    assert [example.text for example in alone] == named
    assert {example.intent for example in alone} == {"ask_procedure"}
    assert [phrases(example) for example in alone] == [[("procedure", text)] for text in named]
    assert set(alone) <= set(augmented(EXAMPLES))


def test_a_name_that_another_intent_owns_is_not_taught_twice() -> None:
    asked = read_marked("[khiếu nại](procedure) nộp ở đâu", "ask_procedure")
    other = read_marked("Khiếu nại", "give_feedback")
    assert names_alone([asked])
    assert not names_alone([asked, other])


def test_a_name_of_one_syllable_says_too_little_alone() -> None:
    assert not names_alone([read_marked("[thuế](procedure) thì sao", "ask_procedure")])
