"""The wish to have everything erased: how it is understood, asked back and done."""

import pytest

from bot.deciding.act_values import erasure_value
from bot.deciding.acts import wants_erasure
from bot.messages import Gesture
from bot.rendering import render_plain
from tests.support.chatting import ASKING, KEY, Chat, kept_days


@pytest.mark.parametrize(
    "typed",
    [
        "xoá dữ liệu của tôi", "xoa du lieu cua toi", "Xóa hết thông tin của tôi đi",
        "xoá lịch sử trò chuyện", "cho tôi xoá hết dữ liệu của tôi", "xoá dữ liệu cá nhân của tôi",
        "XOÁ DỮ LIỆU CỦA TÔI!", "bạn xoá tin nhắn của tôi giúp", "xóa toàn bộ dữ liệu về tôi",
        "xoá thông tin cá nhân của em nhé", "xoa het du lieu cua minh di",
        "đừng lưu dữ liệu của tôi nữa", "dung luu du lieu cua toi nua",
        "tôi không muốn bị lưu thông tin", "xoá lịch sử chat của tôi", "đừng lưu tin nhắn của em",
        "tôi không muốn bạn lưu lại thông tin cá nhân của tôi", "bạn đừng giữ dữ liệu về mình nhé",
        "xoá lịch sử hỏi đáp của mình", "không cho phép lưu dữ liệu của tôi",
    ],
)  # fmt: skip
def test_the_wish_to_have_data_erased_is_understood(typed: str) -> None:
    assert wants_erasure(typed)
    assert str(Chat().send(typed).outcome) == "clarify_erase"


@pytest.mark.parametrize(
    "typed",
    [
        "xoá đăng ký thường trú", "xoá dữ liệu dân cư của tôi", "xoá án tích cho tôi",
        "xoá thông tin thế chấp của tôi", "xoá đăng ký tạm trú của tôi",
        "làm sao xoá thông tin của tôi trên cổng dịch vụ công", "xoá tài khoản vneid của tôi",
        "xoá tên tôi trong sổ hộ khẩu", "bạn có lưu dữ liệu của tôi không",
        "xoá thường trú của tôi",
        "đừng lưu hộ khẩu", "xoá dữ liệu dân cư", "xoá tên khỏi sổ hộ khẩu",
        "xoá đăng ký tạm trú cho con tôi", "đừng lưu thông tin cư trú của tôi ở xã cũ",
        "tôi không muốn lưu hộ khẩu", "bạn không lưu dữ liệu của tôi à", "đúng là lưu dữ liệu",
        "tôi không muốn giữ quốc tịch", "xoá lịch sử vay của tôi",
        "xoá dữ liệu cư trú", "xoá thông tin con tôi trong khai sinh", "dữ liệu của tôi bị sai",
    ],
)  # fmt: skip
def test_what_stands_near_that_wish_is_something_else(typed: str) -> None:
    assert not wants_erasure(typed)


def test_erasing_asks_once_and_leaves_nothing() -> None:
    chat = Chat(desk=kept_days())
    chat.send(gesture=Gesture.START)

    asked = chat.send("xoá dữ liệu của tôi")
    erased = chat.send(choice=erasure_value(sure=True))

    assert [one.value for one in asked.buttons] == ["erase:yes", "erase:no"]
    assert str(erased.outcome) == "small_talk_erased"
    assert "xoá hết" in render_plain(erased)
    assert KEY not in chat.store.dialogues
    assert "180 ngày" not in render_plain(erased)


@pytest.mark.parametrize("typed", ["có", "xoá đi", "vâng xoá hết", "ok", "đúng", "Xoá hết"])
def test_a_typed_yes_erases(typed: str) -> None:
    chat = Chat()
    chat.send("/xoadulieu")

    assert str(chat.send(typed).outcome) == "small_talk_erased"


@pytest.mark.parametrize("typed", ["không", "thôi", "đừng", "dung xoa", "khoan thôi", "Thôi"])
def test_a_typed_no_erases_nothing(typed: str) -> None:
    chat = Chat(dialogue=ASKING)
    chat.nlu.expect("khoan thôi", intent="cancel")
    chat.send("/xoadulieu")

    outcome = str(chat.send(typed).outcome)

    assert outcome in {"small_talk_kept", "small_talk_cancel"}
    assert KEY in chat.store.dialogues


def test_a_no_leaves_the_open_question_open() -> None:
    chat = Chat(dialogue=ASKING)
    chat.send("/xoadulieu")

    chat.send(choice=erasure_value(sure=False))

    assert chat.dialogue == ASKING


def test_an_old_button_asks_again_and_a_second_press_erases_nothing_twice() -> None:
    chat = Chat(dialogue=ASKING)

    assert str(chat.send(choice=erasure_value(sure=True)).outcome) == "clarify_erase"
    assert str(chat.send(choice=erasure_value(sure=True)).outcome) == "small_talk_erased"
    assert str(chat.send(choice=erasure_value(sure=True)).outcome) == "small_talk_erased"


def test_another_question_closes_the_question_about_erasing() -> None:
    chat = Chat()
    chat.nlu.expect("1.004222")
    chat.nlu.expect("có", intent="affirm")
    chat.send("/xoadulieu")
    chat.send("1.004222")

    assert str(chat.send("có").outcome) != "small_talk_erased"
