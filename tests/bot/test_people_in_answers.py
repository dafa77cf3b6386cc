"""Words of kin and work choose an answer of a form only where one surely names them."""

import pytest

from bot.deciding.form_reading import answer_position, position_by_a_word
from bot.deciding.numbers import number_said
from bot.parse import Parse
from knowledge.tables import Option, Question
from knowledge.tables_yaml import load_tables
from knowledge.text import fold, strip_accents, syllables

WORK = (
    "công nhân", "nhân viên", "giáo viên", "học sinh", "bác sĩ", "tài xế", "thợ hồ", "nội trợ",
    "về hưu", "buôn bán", "lao động tự do", "bộ đội",
)  # fmt: skip
"""What people are."""
KIN = (
    "bố mẹ", "bà ngoại", "ông nội", "anh trai", "con gái", "người nhà", "cả nhà", "hàng xóm",
)  # fmt: skip
OF_MINE = ("bố tôi", "ba tôi", "mẹ tôi", "cô tôi", "chú tôi", "con tôi", "vợ tôi", "chồng tôi")
ONESELF = ("tôi đi", "mình đi", "để tôi đi", "tôi làm", "em tự đi", "tôi sẽ đi")
QUESTIONS = list(
    {
        (question.text, question.options): question
        for table in load_tables().values()
        for question in table.questions
    }.values()
)
"""Each once: many tables ask the same."""


def taken(question: Question, text: str) -> Option | None:
    """Return the answer that a form takes such words for."""
    position = answer_position(question, Parse(text=text, intent="choose", confidence=0.5))
    if position is None:
        position = position_by_a_word(question, text)
    if position is None or position >= len(question.options):
        return None
    return question.options[position]


def texts(option: Option) -> tuple[str, ...]:
    return (option.label, *option.signs)


def test_work_and_kin_that_no_answer_names_choose_none() -> None:
    assert len(QUESTIONS) > 100
    wrong = []
    for question in QUESTIONS:
        for words in (*WORK, *KIN):
            for typed in (words, strip_accents(words)):
                option = taken(question, typed)
                named = option and any(
                    f" {fold(word)} " in f" {' '.join(map(fold, syllables(one)))} "
                    for one in texts(option)
                    for word in (words, words.split()[0], words.split()[-1])
                    if word == words or words in KIN
                )
                if option is not None and not named:
                    wrong.append(f"{question.text} {typed!r}: {option.label}")
    assert wrong == []


def test_somebody_of_mine_is_neither_a_yes_nor_a_number_nor_another_word() -> None:
    wrong = []
    for question in QUESTIONS:
        for words in OF_MINE:
            option = taken(question, words)
            said = {word for one in texts(option) for word in syllables(one)} if option else set()
            of_both = {"vợ tôi", "chồng tôi", "bố tôi", "ba tôi", "mẹ tôi"} & {words}
            if option and words.split()[0] not in said and not (of_both and "cha" in said):
                wrong.append(f"{question.text} {words!r}: {option.label}")
    assert wrong == []


def test_who_goes_herself_is_never_taken_for_somebody_who_is_sent() -> None:
    found = 0
    for question in QUESTIONS:
        for words in ONESELF:
            for typed in (words, strip_accents(words)):
                option = taken(question, typed)
                found += option is not None
                assert (
                    option is None
                    or not {"nhờ", "dì"} & set(syllables(option.label))
                    or ("không nhờ" in option.label)
                ), (question.text, typed, option.label)
    assert found


@pytest.mark.parametrize(
    ("code", "key", "typed", "answer"),
    [
        ("3.000333", "ai", "tôi đi", "minh"),
        ("3.000333", "ai", "toi di", "minh"),
        ("1.001193", "ai", "bà nội đi", "nguoi-than"),
        ("1.001193", "ai", "vo toi", "cha-me"),
        ("1.001193", "ai", "cô ruột", "nguoi-than"),
        ("1.001193", "ai", "tôi đi", None),
        ("1.001193", "ai", "co", None),
        ("1.001193", "ai", "có", None),
        ("1.004194", "ai", "cong nhan", None),
        ("1.004194", "ai", "tôi là công nhân", None),
        ("1.014632", "nhom", "cong nhan", "co-luong"),
        ("1.014632", "nhom", "tôi là công nhân", "co-luong"),
    ],
)
def test_people_are_read_as_who_they_are(
    code: str, key: str, typed: str, answer: str | None
) -> None:
    question = load_tables()[code].question(key)
    assert question is not None
    option = taken(question, typed)
    assert (option.key if option else None) == answer


@pytest.mark.parametrize("typed", ["ba tôi", "một mình", "hai bạn", "ba toi", "mot minh"])
def test_people_are_no_numbers(typed: str) -> None:
    assert number_said(typed, 5) is None


@pytest.mark.parametrize(
    ("typed", "position"), [("số ba giúp tôi", 2), ("ba", 2), ("cho tôi số 2 bạn", 1), ("2 em", 1)]
)
def test_numbers_beside_polite_words_stay_numbers(typed: str, position: int) -> None:
    assert number_said(typed, 5) == position


@pytest.mark.parametrize(
    ("code", "key", "typed", "answer"),
    [
        ("1.004194", "ai", "nhà trọ", "rieng"),
        ("1.004194", "ai", "đi thuê", "rieng"),
        ("3.000228", "the", "có rồi", "co"),
        ("3.000228", "the", "chua co", "khong"),
    ],
)
def test_what_people_say_instead_of_a_label_is_taken(
    code: str, key: str, typed: str, answer: str
) -> None:
    question = load_tables()[code].question(key)
    assert question is not None
    option = taken(question, typed)
    assert option is not None
    assert option.key == answer
