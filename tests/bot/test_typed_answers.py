"""What people type to a question of a form is the answer that they mean."""

import pytest

from bot.deciding.form_reading import answer_position
from bot.parse import Parse
from knowledge.tables import Option, Question
from knowledge.tables_yaml import load_tables
from knowledge.text import strip_accents

CARD = Question(
    "the",
    "Bạn đã có thẻ căn cước chưa?",
    (
        Option("co", "Có rồi", signs=("đã có thẻ",)),
        Option("khong", "Chưa có hoặc thẻ hết hạn", signs=("chưa có thẻ",)),
    ),
)


def answered(question: Question, text: str) -> int | None:
    return answer_position(question, Parse(text=text, intent="choose", confidence=0.5))


@pytest.mark.parametrize(
    ("typed", "position"), [("đã có thẻ", 0), ("da co the", 0), ("Chưa có thẻ!", 1)]
)
def test_a_sign_counts_more_than_words_of_another_label(typed: str, position: int) -> None:
    assert answered(CARD, typed) == position


def test_every_label_and_sign_that_ships_is_read_with_and_without_accents() -> None:
    questions = [question for table in load_tables().values() for question in table.questions]
    typed = [
        (question, position, text)
        for question in questions
        for position, option in enumerate(question.options)
        for words in (option.label, *option.signs)
        for text in (words, strip_accents(words))
    ]
    assert len(typed) > len(questions)
    wrong = [
        f"{question.text} {text!r}: {found}"
        for question, position, text in typed
        if (found := answered(question, text)) != position
    ]
    assert wrong == []
