import pytest

from bot.deciding.choosing import chosen
from bot.dialogue import OpenQuestion

LEVELS = OpenQuestion(
    ("1.014064", "2.001194", "1.000757"),
    ("Cấp lại căn cước (cấp xã)", "Cấp lại căn cước (cấp tỉnh)", "Cấp lại căn cước (cấp bộ)"),
    (),
)


@pytest.mark.parametrize(
    "typed", ["2", "số 2", "hai", "Hai nhé", "cái thứ hai", "cai thu 2", "chọn số hai", "muc 2 a"]
)
def test_a_number_in_any_wording_chooses(typed: str) -> None:
    assert chosen(LEVELS, typed) == 1


@pytest.mark.parametrize(
    ("typed", "position"), [("đầu tiên", 0), ("cuối cùng", 2), ("thứ nhất", 0)]
)
def test_first_and_last_choose(typed: str, position: int) -> None:
    assert chosen(LEVELS, typed) == position


@pytest.mark.parametrize("typed", ["4", "số 0", "99", "cái thứ mười"])
def test_a_number_without_a_button_is_one_past_the_end(typed: str) -> None:
    assert chosen(LEVELS, typed) == 3


@pytest.mark.parametrize("typed", ["cấp tỉnh", "tỉnh", "cap tinh nhe", "căn cước cấp tỉnh"])
def test_words_of_one_label_choose_it(typed: str) -> None:
    assert chosen(LEVELS, typed) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "cấp lại căn cước",
        "thế lệ phí bao nhiêu",
        "đăng ký kết hôn",
        "ở tỉnh khác thì tôi phải mang theo những giấy tờ gì nữa vậy",
    ],
)
def test_a_question_of_its_own_chooses_nothing(typed: str) -> None:
    assert chosen(LEVELS, typed) is None


@pytest.mark.parametrize(("typed", "position"), [("đúng rồi ạ", 0), ("có", 0), ("không", 1)])
def test_the_only_procedure_offered_is_chosen_by_yes_and_declined_by_no(
    typed: str, position: int
) -> None:
    only = OpenQuestion(("1.014064",), ("Cấp lại thẻ căn cước",), (), none_offered=True)

    assert chosen(only, typed) == position


def test_a_yes_chooses_no_other_level_beside_an_answer() -> None:
    beside = OpenQuestion(("1.001471",), ("Hộ chiếu phổ thông (Bộ Công an)",), ())

    assert chosen(beside, "đúng rồi ạ") is None


@pytest.mark.parametrize("typed", ["câu 2", "dạ 2", "đáp án 2", "2 nhé bạn ơi", "ok số 2", "2️⃣"])
def test_case_42_more_ways_to_say_a_number_choose(typed: str) -> None:
    assert chosen(LEVELS, typed) == 1


@pytest.mark.parametrize("typed", ["ở đâu", "nộp ở đâu", "o dau", "bà"])
def test_words_that_only_look_like_a_number_choose_nothing(typed: str) -> None:
    assert chosen(LEVELS, typed) is None
