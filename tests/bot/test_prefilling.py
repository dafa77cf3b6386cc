"""What a message tells of the citizen's case is not asked again."""

import pytest

from bot.deciding import decide
from bot.deciding.form_found import PressedForm, Step
from bot.deciding.form_reading import settled_by
from bot.deciding.forms import MOST_ASIDES
from bot.dialogue import Dialogue, Form
from bot.rendering import render, render_plain
from tests.bot.test_forms import BIRTH, FOUND, TABLE, asked
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


def test_what_was_told_before_is_said_before_the_first_question() -> None:
    told = Form(BIRTH.code, (("nop", "mang"),), MOST_ASIDES)
    decision, after = decide(Dialogue(form=told), PressedForm(BIRTH.code, Step.START), FOUND)
    assert asked(decision) == "chung-sinh"
    assert after.form == Form(BIRTH.code, (("nop", "mang"),))
    assert "Bạn nộp bằng cách nào? Trực tuyến" in render_plain(render(decision, a_desk()))
