"""What a message tells of the citizen's case is not asked again."""

import pytest

from bot.deciding import decide
from bot.deciding.form_asking import MOST_ASIDES
from bot.deciding.form_found import PressedForm, Step
from bot.deciding.form_reading import answer_position, settled_by
from bot.dialogue import Dialogue, Form
from bot.parse import Parse
from bot.rendering import render, render_plain
from knowledge.tables import Option, Question, Table
from knowledge.tables_yaml import load_tables
from tests.support.birth_form import BIRTH, FOUND, TABLE, asked
from tests.support.desks import a_desk


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("khai sinh nộp trực tuyến cần giấy tờ gì", {"nop": "mang"}),
        ("khai sinh gui buu dien duoc khong", {"nop": "bd"}),
        ("khai sinh cần giấy tờ gì", {}),
        ("nộp trực tuyến hay gửi bưu điện", {}),
        ("khai sinh online cần gì", {"nop": "mang"}),
        ("lên phường khai sinh cần gì", {"nop": "quay"}),
        ("khai sinh qua mạng hay lên phường thì nhanh", {}),
    ],
)
def test_what_the_first_message_tells_is_not_asked(text: str, settled: dict[str, str]) -> None:
    assert settled_by(TABLE, text) == settled


OWNERS = Table(
    "1.013076",
    (
        Question(
            "ai",
            "Bạn là chủ cũ hay chủ mới của xe?",
            (Option("moi", "Chủ mới: mua xe"), Option("cu", "Chủ cũ: bán, cho xe")),
        ),
    ),
)


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("mua xe cũ không có giấy của chủ trước", {}),
        ("chủ cũ bán xe thì làm giấy tờ gì", {"ai": "cu"}),
    ],
)
def test_words_of_a_label_in_another_order_tell_nothing(text: str, settled: dict[str, str]) -> None:
    assert settled_by(OWNERS, text) == settled


def test_what_was_told_before_is_said_before_the_first_question() -> None:
    told = Form(BIRTH.code, (("nop", "mang"),), MOST_ASIDES)
    decision, after = decide(Dialogue(form=told), PressedForm(BIRTH.code, Step.START), FOUND)
    assert asked(decision) == "chung-sinh"
    assert after.form == Form(BIRTH.code, (("nop", "mang"),))
    assert "Bạn nộp bằng cách nào? Trực tuyến" in render_plain(render(decision, a_desk()))


@pytest.mark.parametrize(
    ("code", "key", "typed", "answer"),
    [
        ("1.001193", "nop", "mình ra xã nộp", "quay"),
        ("1.001193", "nop", "onl nha", "mang"),
        ("1.001193", "ai", "bà ngoại cháu đi", "nguoi-than"),
        ("1.001193", "ai", "ong ba", "nguoi-than"),
        ("1.001193", "ai", "mẹ bé", "cha-me"),
        ("1.001193", "be", "không có gì", "khong"),
        ("1.001193", "be", "bị bỏ rơi", "bo-roi"),
        ("1.001193", "chung-sinh", "chưa có ạ", "khong"),
        ("1.001193", "chung-sinh", "có rồi", "co"),
        ("1.004222", "o-dau", "em ở trọ", "thue"),
        ("1.004222", "o-dau", "nha chong", "nguoi-than"),
        ("1.004222", "o-dau", "tàu cá", "tau"),
        ("3.000346", "hang", "xe máy", "a"),
        ("3.000346", "hang", "B", "khac"),
    ],
)
def test_answers_in_peoples_own_words_are_understood(
    code: str, key: str, typed: str, answer: str
) -> None:
    question = load_tables()[code].question(key)
    assert question is not None
    position = answer_position(question, Parse(typed, "ask_procedure", 0.3))
    assert position is not None
    assert question.options[position].key == answer


@pytest.mark.parametrize("typed", ["tôi tự đi", "em gái tôi đi", "con tôi 3 tuổi rồi", "bà"])
def test_what_tells_no_answer_is_none(typed: str) -> None:
    question = load_tables()["1.004194"].question("ai")
    assert question is not None
    assert answer_position(question, Parse(typed, "ask_procedure", 0.3)) is None
