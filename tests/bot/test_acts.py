"""Gestures, commands and ratings."""

from dataclasses import replace

import pytest

from bot.commands import WORDS
from bot.deciding.act_values import example_value, rating_value
from bot.deciding.acts import thumb
from bot.dialogue import Dialogue, Form
from bot.messages import Choices, Gesture, OutcomeFamily
from bot.rendering import render_plain
from tests.support.chatting import ASKING, Chat

MEDIA = [
    Gesture.PHOTO, Gesture.VOICE, Gesture.VIDEO, Gesture.FILE, Gesture.STICKER, Gesture.LOCATION,
    Gesture.CONTACT, Gesture.EDITED, Gesture.UNSUPPORTED, Gesture.START, Gesture.HELP,
    Gesture.UNKNOWN_COMMAND,
]  # fmt: skip


@pytest.mark.parametrize("gesture", MEDIA)
def test_case_16_every_gesture_is_answered_in_words(gesture: Gesture) -> None:
    reply = Chat().send(gesture=gesture)

    assert len(render_plain(reply)) > 20
    assert reply.outcome.kind == gesture
    assert reply.outcome.family in {OutcomeFamily.SMALL_TALK, OutcomeFamily.UNANSWERED}


@pytest.mark.parametrize("gesture", [*MEDIA, Gesture.DOSSIERS])
def test_an_open_question_stays_open_across_a_gesture(gesture: Gesture) -> None:
    chat = Chat(dialogue=ASKING)
    chat.nlu.expect("2", intent="choose")

    reply = chat.send(gesture=gesture)

    assert chat.dialogue == ASKING
    assert "vẫn chờ" in render_plain(reply) or gesture is Gesture.DOSSIERS
    assert chat.send("2").procedure == "2.000488"


def test_an_open_form_stays_open_across_a_photo() -> None:
    form = Dialogue(topic="1.004222", form=Form("1.004222"))
    chat = Chat(dialogue=form)

    reply = chat.send(gesture=Gesture.PHOTO)

    assert chat.dialogue == form
    assert "vẫn chờ" in render_plain(reply)


def test_start_greets_with_questions_that_can_be_pressed() -> None:
    chat = Chat()
    reply = chat.send(gesture=Gesture.START)
    examples = next(block for block in reply.blocks if isinstance(block, Choices))
    asked = chat.desk.book.say("example.fee")
    chat.nlu.expect(asked, asked={"fee": "bao nhiêu tiền"})

    chat.send(choice=example_value("fee"))

    assert [one.value for one in examples.items] == [
        example_value(name) for name in ("documents", "fee", "time")
    ]
    assert chat.nlu.texts == [asked]
    chat.send(gesture=Gesture.START)
    chat.send(asked)
    assert chat.nlu.texts == [asked, asked]


def test_other_levels_beside_an_answer_are_no_question_that_waits() -> None:
    chat = Chat(dialogue=replace(ASKING, topic="1.004222"))

    assert "vẫn chờ" not in render_plain(chat.send(gesture=Gesture.STICKER))


def test_a_photo_is_never_asked_for() -> None:
    told = render_plain(Chat().send(gesture=Gesture.PHOTO))

    assert "không giữ" in told
    assert "đừng gửi ảnh căn cước" in told


def test_what_the_platform_does_not_pass_on_leads_to_people() -> None:
    told = render_plain(Chat().send(gesture=Gesture.UNSUPPORTED))

    assert "gọi điện hoặc đến bộ phận một cửa" in told


@pytest.mark.parametrize("cancel", ["/huy", "/HUY@motcua_bot"])
def test_the_command_huy_forgets_what_is_open(cancel: str) -> None:
    chat = Chat(dialogue=ASKING)

    assert str(chat.send(cancel).outcome) == "small_talk_cancel"
    assert chat.dialogue == Dialogue()


def test_huy_behind_the_command_is_no_procedure_and_typed_huy_is_read_by_the_model() -> None:
    chat = Chat()
    chat.nlu.expect("hủy đăng ký thường trú", mentions=("đăng ký thường trú",))

    chat.send("hủy đăng ký thường trú")
    chat.send("/huy đăng ký thường trú")

    assert chat.nlu.texts == ["hủy đăng ký thường trú"]


def test_commands_work_where_they_are_typed_as_text() -> None:
    chat = Chat()

    assert str(chat.send("/start").outcome) == "small_talk_start"
    assert str(chat.send("/help").outcome) == "small_talk_help"
    assert str(chat.send("/hoso").outcome) == "unanswered_dossier_status"
    assert chat.send("/start ask_1-004222_fee").procedure == "1.004222"
    assert str(chat.send("/start slip_K7Q2MX").outcome) == "unanswered_no_slip"
    assert str(chat.send("/xoadulieu").outcome) == "clarify_erase"


@pytest.mark.parametrize("typed", ["/abc", "/settings@motcua_bot", "/giúp"])
def test_a_command_that_is_not_known_is_told_so_and_every_known_one_is_named(typed: str) -> None:
    chat = Chat()

    reply = chat.send(typed)

    told = render_plain(reply)
    assert str(reply.outcome) == "unanswered_unknown_command"
    assert "không có lệnh này" in told
    assert [word for word in WORDS if f"/{word}" not in told] == []
    assert chat.nlu.texts == []


@pytest.mark.parametrize(
    ("typed", "up"),
    [("👍", True), ("👍🏽", True), ("👎🏿", False), ("👍👍 👍", True), ("👎\ufe0f", False)],
)
def test_a_thumb_rates_the_last_answer(typed: str, up: bool) -> None:  # noqa: FBT001
    chat = Chat(dialogue=ASKING)

    reply = chat.send(typed)

    assert str(reply.outcome) == f"small_talk_rated_{'up' if up else 'down'}"
    assert chat.store.ratings == [(None, up)]
    assert chat.dialogue == ASKING
    assert chat.nlu.texts == []


@pytest.mark.parametrize("typed", ["👍 cảm ơn", "🙂", "👍👎", "like", "hài lòng", ""])
def test_other_words_and_signs_rate_nothing(typed: str) -> None:
    assert thumb(typed) is None


def test_a_pressed_thumb_rates_its_turn() -> None:
    chat = Chat()

    chat.send(choice=rating_value(41, up=True))
    told = render_plain(chat.send(choice=rating_value(41, up=False)))

    assert chat.store.ratings == [(41, True), (41, False)]
    assert "nói rõ hơn" in told
    assert "Cổng Dịch vụ công" in told


@pytest.mark.parametrize("value", ["rate:up:", "rate:up:-1", "rate:sideways:1", f"rate:up:{9**40}"])
def test_a_rating_of_no_turn_is_a_broken_button(value: str) -> None:
    assert str(Chat().send(choice=value).outcome) == "unanswered_broken_button"
