"""What stands under a reply: what is kept, and what was masked."""

from bot.engine import Engine
from bot.messages import Gesture, Reply
from bot.rendering import render_plain
from bot.understanding import MAX_CHARACTERS
from knowledge.library import Library
from tests.support.builders import a_procedure
from tests.support.chatting import Chat, kept_days
from tests.support.fakes import SilentNlu


def test_the_note_on_what_is_kept_is_told_once_also_after_everything_was_cancelled() -> None:
    chat = Chat(desk=kept_days())

    first, *others = (chat.send(gesture=Gesture.HELP), chat.send("/huy"), chat.send("/start"))

    assert "180 ngày" in render_plain(first)
    assert "xoá dữ liệu của tôi" in render_plain(first)
    assert not any("180 ngày" in render_plain(reply) for reply in others)


def test_the_note_is_short_and_stands_behind_the_answer() -> None:
    chat = Chat(desk=kept_days(30))
    chat.nlu.expect("1.004222")
    with_note, without = chat.send("1.004222").blocks, chat.send("1.004222").blocks

    assert len(with_note) == len(without) + 1
    assert "30 ngày" in render_plain(Reply(with_note[-1:], Chat().send("/start").outcome))
    assert len(render_plain(Reply(with_note[-1:], Chat().send("/start").outcome))) < 220


def test_where_nothing_is_kept_nothing_is_told_of_it() -> None:
    assert "không giữ lời" not in render_plain(Chat().send("/start"))


def test_whoever_wants_everything_erased_is_asked_and_not_told_first_how_to_ask() -> None:
    chat = Chat(desk=kept_days())

    asked, kept, greeted = (chat.send(one) for one in ("/xoadulieu", "thôi", "/start"))

    assert "180 ngày" not in render_plain(asked)
    assert "180 ngày" in render_plain(kept) + render_plain(greeted)


def test_a_failure_is_no_place_for_the_note() -> None:
    chat = Chat(desk=kept_days())
    chat.engine = Engine(SilentNlu(), Library.of([a_procedure()]), chat.store, kept_days)

    assert "180 ngày" not in render_plain(chat.send("đăng ký thường trú"))
    assert chat.dialogue.notice == 0


def test_case_57_an_identity_number_never_reaches_the_model_and_the_rest_is_understood() -> None:
    chat = Chat()
    chat.nlu.expect("cccd bị mất", asked={}, mentions=())

    reply = chat.send("cccd 001099012345 bị mất")

    assert chat.nlu.texts == ["cccd bị mất"]
    assert "Tôi đã che số giấy tờ tuỳ thân" in render_plain(reply)
    assert "0010" not in repr(reply)


def test_a_number_alone_is_not_taken_for_a_question() -> None:
    reply = Chat().send("0912 345 678")

    assert str(reply.outcome) == "unanswered_only_personal"
    assert "số điện thoại" in render_plain(reply)


def test_who_sends_a_one_time_code_is_warned() -> None:
    chat = Chat()
    chat.nlu.expect("mã otp của tôi là", intent="account_help")

    told = render_plain(chat.send("mã otp của tôi là 482913"))

    assert "đừng đưa cho ai" in told
    assert "482913" not in told


def test_a_text_that_was_masked_before_it_was_kept_is_answered_the_same_way() -> None:
    chat = Chat()

    assert "Tôi đã che số điện thoại" in render_plain(chat.send("⟦phone⟧"))


def test_case_56_a_text_that_is_much_too_long_is_not_read() -> None:
    chat = Chat()

    assert str(chat.send("a " * 25_000).outcome) == "refused_too_long"
    assert chat.nlu.texts == []
    assert MAX_CHARACTERS < 50_000
