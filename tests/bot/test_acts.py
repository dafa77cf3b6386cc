"""Gestures, ratings, the erasure of data, and the notes under a reply."""

from dataclasses import replace
from datetime import UTC, datetime

import anyio
import pytest

from bot.deciding.act_values import erasure_value, example_value, rating_value
from bot.deciding.acts import thumb, wants_erasure
from bot.dialogue import Dialogue, Form, OpenQuestion
from bot.engine import Engine
from bot.messages import Choices, ConversationKey, Gesture, IncomingMessage, OutcomeFamily, Reply
from bot.rendering import Desk, render_plain
from bot.understanding import MAX_CHARACTERS
from knowledge.library import Library
from tests.support.builders import a_procedure
from tests.support.desks import a_desk
from tests.support.fakes import FakeNlu, MemoryDialogueStore, SilentNlu

KEY = ConversationKey("telegram", "9007199254740993")
ASKING = Dialogue(open_question=OpenQuestion(("1.004222", "2.000488"), ("Một", "Hai"), ()))
MEDIA = [
    Gesture.PHOTO, Gesture.VOICE, Gesture.VIDEO, Gesture.FILE, Gesture.STICKER, Gesture.LOCATION,
    Gesture.CONTACT, Gesture.EDITED, Gesture.UNSUPPORTED, Gesture.START, Gesture.HELP,
]  # fmt: skip


class Chat:
    """One person and the engine."""

    def __init__(self, desk: Desk | None = None, dialogue: Dialogue | None = None) -> None:
        self.store = MemoryDialogueStore()
        self.nlu = FakeNlu()
        self.desk = desk or a_desk()
        if dialogue is not None:
            self.store.dialogues[KEY] = dialogue
        library = Library.of([a_procedure(code="1.004222"), a_procedure(code="2.000488")])
        self.engine = Engine(self.nlu, library, self.store, lambda: self.desk)
        self._count = 0

    def send(self, text: str = "", *, choice: str = "", gesture: Gesture | None = None) -> Reply:
        self._count += 1
        sent_at = datetime(2026, 11, 22, 8, tzinfo=UTC)
        message = IncomingMessage(KEY, str(self._count), sent_at, text, choice, gesture)
        return anyio.run(self.engine.answer, message)

    @property
    def dialogue(self) -> Dialogue:
        kept = self.store.dialogues.get(KEY, Dialogue())
        return replace(kept, menu=None, answered_at=0.0)


def kept_days(days: int = 180) -> Desk:
    return replace(a_desk(), kept_days=days)


def values(reply: Reply) -> list[str]:
    return [choice.value for choice in reply.buttons]


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
    assert str(chat.send("/start slip_ABC123").outcome) == "unanswered_slip"
    assert str(chat.send("/xoadulieu").outcome) == "clarify_erase"


@pytest.mark.parametrize(
    "typed",
    [
        "xoá dữ liệu của tôi", "xoa du lieu cua toi", "Xóa hết thông tin của tôi đi",
        "xoá lịch sử trò chuyện", "cho tôi xoá hết dữ liệu của tôi", "xoá dữ liệu cá nhân của tôi",
        "XOÁ DỮ LIỆU CỦA TÔI!", "bạn xoá tin nhắn của tôi giúp", "xóa toàn bộ dữ liệu về tôi",
        "xoá thông tin cá nhân của em nhé", "xoa het du lieu cua minh di",
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

    assert values(asked) == ["erase:yes", "erase:no"]
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
