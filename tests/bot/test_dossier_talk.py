"""Asking for a dossier in a conversation: code, digits, and what comes between."""

from datetime import timedelta

import pytest

from bot.deciding.dossier_state import MOST_ASIDES
from bot.dossiers.ports import Terms
from bot.ports import Nlu
from bot.rendering import render_plain
from tests.support.dossier_chat import (
    ASKS_CODE,
    ASKS_FACTOR,
    DossierChat,
    PlainNlu,
    outcome,
    tells,
)
from tests.support.dossiers import CODE, FACTOR, OTHER_CODE
from tests.support.shipped import shipped_library


@pytest.fixture
def chat(trained_nlu: Nlu) -> DossierChat:
    return DossierChat(trained_nlu, library=shipped_library())


@pytest.mark.parametrize(
    "asked",
    [
        "hồ sơ của tôi đến đâu rồi", "ho so cua toi den dau roi", "tra cứu hồ sơ", "tra cuu ho so",
        "kiểm tra giúp tôi hồ sơ đã nộp", "cho xem tình trạng hồ sơ",
        "hồ sơ nộp tuần trước xong chưa",
        "sao hồ sơ của tôi lâu thế", "hồ sơ của tôi trễ hẹn rồi", "hồ sơ của tôi còn thiếu gì",
        "có kết quả thì báo tôi nhé", "báo tôi khi có kết quả", "bao toi khi co ket qua",
        "khi nào xong thì nhắn mình", "nhắc tôi khi hồ sơ có thay đổi", "tra cứu hồ sơ ở đâu",
        "/hoso", "hoso",
    ],
)  # fmt: skip
def test_who_asks_for_a_dossier_is_asked_for_its_code(chat: DossierChat, asked: str) -> None:
    assert outcome(chat.types(asked)) == ASKS_CODE


@pytest.mark.parametrize(
    "code", [CODE, CODE.lower(), "h17 . 15 – 261116 – 0012", "Ｈ１７．１５－２６１１１６－００１２"]
)
@pytest.mark.parametrize("factor", ["5678", "so cuoi la 5678", "sđt đuôi 5678", "năm sáu bảy tám"])
def test_a_code_and_four_digits_open_it(chat: DossierChat, code: str, factor: str) -> None:
    chat.types("hồ sơ của tôi đến đâu rồi")
    asked = chat.types(code)

    assert outcome(asked) == ASKS_FACTOR
    assert CODE in render_plain(asked)
    assert tells(chat.types(factor))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (f"hs {CODE} 5678", "looked_up_dossier_status"),
        (f"{CODE} 5678", "looked_up_dossier_status"),
        (f"tra cứu hồ sơ {CODE}, số cuối 5678", "looked_up_dossier_status"),
        (f"ma ho so {CODE} so dt duoi 5678 bao gio co ket qua", "looked_up_dossier_status"),
        (f"hồ sơ {CODE} sao lâu thế, đuôi sđt 5678", "looked_up_dossier_why"),
        (f"hồ sơ {CODE} cần bổ sung gì, cccd 5678", "looked_up_dossier_supplement"),
        (f"rút hồ sơ {CODE} 5678", "looked_up_dossier_withdraw"),
        (f"/hoso {CODE} 5678", "looked_up_dossier_status"),
        (f"{CODE}\n5678", "looked_up_dossier_status"),
    ],
)
def test_code_and_digits_in_one_message_are_looked_up_at_once(
    chat: DossierChat, typed: str, kind: str
) -> None:
    assert outcome(chat.types(typed)) == kind


def test_what_was_wanted_is_told_once_the_digits_are_there(chat: DossierChat) -> None:
    chat.types("sao hồ sơ của tôi lâu thế")
    chat.types(CODE)

    assert outcome(chat.types("5678")) == "looked_up_dossier_why"


def test_a_mistyped_code_is_confirmed_and_then_goes_on(chat: DossierChat) -> None:
    assert outcome(chat.types("hồ sơ h17.15-26lll6-0012 đến đâu rồi")) == "clarify_dossier_code"
    assert outcome(chat.types("đúng")) == ASKS_FACTOR
    assert tells(chat.types("5678"))


def test_a_mistyped_code_can_be_pressed(chat: DossierChat) -> None:
    chat.types("hồ sơ h17.15-26lll6-0012 đến đâu rồi")

    assert outcome(chat.presses(CODE)) == ASKS_FACTOR


def test_a_code_with_a_general_question_beside_it_is_a_look_up(chat: DossierChat) -> None:
    for said in ("tra cứu hồ sơ {}", "theo dõi hồ sơ {} ở đâu", "cách tra cứu hồ sơ {}"):
        assert outcome(chat.types(said.format(CODE))) == ASKS_FACTOR


@pytest.mark.parametrize(
    "typed", ["0912345678", "sđt của tôi là 0912 345 678", "567", "56789", "1"]
)
def test_other_numbers_are_answered_kindly(chat: DossierChat, typed: str) -> None:
    chat.types(CODE)
    reply = chat.types(typed)

    assert outcome(reply) == ASKS_FACTOR
    assert "bốn chữ số" in render_plain(reply)
    assert "0912" not in render_plain(reply)
    assert tells(chat.types("5678"))


@pytest.mark.parametrize(
    "said", ["số nào", "sao phải nhập số này", "để làm gì", "tôi không nhớ số điện thoại đã khai"]
)
def test_who_asks_about_the_digits_is_told_which_are_meant(chat: DossierChat, said: str) -> None:
    chat.types(CODE)
    reply = chat.types(said)

    assert outcome(reply) == ASKS_FACTOR
    assert "bốn số cuối" in render_plain(reply)
    assert tells(chat.types("5678"))


def test_four_digits_are_never_masked_where_they_are_asked_for(chat: DossierChat) -> None:
    chat.types(CODE)

    assert tells(chat.types("mật khẩu 5678"))


def test_digits_are_neither_read_by_the_model_nor_kept() -> None:
    nlu = PlainNlu()
    chat = DossierChat(nlu)
    for said in (CODE, FACTOR, f"hs {OTHER_CODE} số cuối {FACTOR}"):
        chat.types(said)
        assert FACTOR not in repr(chat.dialogue)

    assert tells(chat.types("khi nào có"))
    assert nlu.texts
    assert not [text for text in nlu.texts if FACTOR in text]


def test_four_digits_without_a_question_are_what_they_were(chat: DossierChat) -> None:
    closed = DossierChat(chat.nlu, library=shipped_library(), terms=Terms())

    for said in ("5678", "lệ phí khai sinh năm 2026", "1990", "số cuối là 5678"):
        assert render_plain(chat.types(said)) == render_plain(closed.types(said))


def test_wrong_code_and_wrong_digits_sound_the_same(chat: DossierChat) -> None:
    chat.types(CODE)
    wrong_digits = chat.types("1234")
    unknown = "H17.15-261116-9999"
    chat.types(unknown)
    wrong_code = chat.types("5678")

    assert outcome(wrong_digits) == outcome(wrong_code) == "unanswered_no_dossier"
    same = render_plain(wrong_code).replace(unknown, CODE)
    assert render_plain(wrong_digits) == same
    chat.types(CODE)
    chat.types("1234")
    assert tells(chat.types("5678"))


def test_too_many_wrong_digits_lock_for_a_while(chat: DossierChat) -> None:
    chat.types(CODE)
    for digits in ("0001", "0002", "0003", "0004", "0005"):
        chat.types(digits)

    assert outcome(chat.types("5678")) == "refused_dossiers_locked"
    assert tells(chat.types("5678", after=timedelta(minutes=16)))


def test_a_source_that_is_away_says_so_and_the_digits_can_be_typed_again(chat: DossierChat) -> None:
    chat.desk.unreachable = True
    chat.types("H17.15-261116-9999")

    assert outcome(chat.types("5678")) == "unanswered_dossier_away"
    chat.types(CODE)
    assert tells(chat.types("5678"))  # as it was known last


def test_a_question_in_between_is_answered_and_the_look_up_waits(chat: DossierChat) -> None:
    chat.types(CODE)
    answered = chat.types("lệ phí khai sinh bao nhiêu")

    assert outcome(answered) == "answered_fee"
    assert answered.procedure == "1.001193"
    assert "Tra hồ sơ tiếp" in [one.label for one in answered.buttons]
    assert outcome(chat.presses("Tra hồ sơ tiếp")) == ASKS_FACTOR
    chat.types("đăng ký kết hôn cần gì")
    assert tells(chat.types("5678"))


@pytest.mark.parametrize("said", ["tiếp tục", "tiep tuc di", "có", "ok"])
def test_words_go_on_with_what_waits(chat: DossierChat, said: str) -> None:
    chat.types("tra cứu hồ sơ")
    chat.types("lệ phí khai sinh bao nhiêu")

    assert outcome(chat.types(said)) == ASKS_CODE


def test_after_many_other_questions_the_look_up_is_forgotten(chat: DossierChat) -> None:
    chat.types(CODE)
    replies = [chat.types("lệ phí khai sinh bao nhiêu") for _ in range(MOST_ASIDES + 1)]

    assert chat.talk is None
    offered = ["Tra hồ sơ tiếp" in [one.label for one in reply.buttons] for reply in replies]
    assert offered == [True] * MOST_ASIDES + [False]
    assert not tells(chat.types("5678"))


def test_a_form_and_a_look_up_can_wait_for_one_another(chat: DossierChat) -> None:
    chat.types("đăng ký khai sinh cần giấy tờ gì")
    question = chat.presses("Giấy tờ của riêng tôi")
    assert outcome(question) == "clarify_circumstance"

    assert outcome(chat.types(CODE)) == ASKS_FACTOR
    assert tells(chat.types("5678"))
    assert outcome(chat.types("tiếp tục")) == "clarify_circumstance"


@pytest.mark.parametrize("typed", ["250710-0012", "H17", "abc", "😀"])
def test_what_is_no_code_is_asked_for_again(chat: DossierChat, typed: str) -> None:
    chat.types("hồ sơ của tôi đến đâu rồi")
    reply = chat.types(typed)

    assert outcome(reply) == ASKS_CODE
    assert "chưa thấy mã hồ sơ" in render_plain(reply)


@pytest.mark.parametrize("said", ["thôi", "thôi không tra nữa", "/huy", "tạm biệt", "không"])
def test_who_wants_no_more_is_left_alone(chat: DossierChat, said: str) -> None:
    chat.types(CODE)
    chat.types(said)

    assert chat.talk is None
    assert not tells(chat.types("5678"))


@pytest.mark.parametrize(
    "said",
    [
        "quên mã hồ sơ", "quen ma ho so", "tôi quên mã hồ sơ rồi", "không nhớ mã hồ sơ",
        "toi khong co ma ho so",
    ],
)  # fmt: skip
def test_who_lost_the_code_is_told_where_it_stands(chat: DossierChat, said: str) -> None:
    reply = chat.types(said)

    assert outcome(reply) == ASKS_CODE
    assert "tài khoản của bạn trên Cổng" in render_plain(reply)
    assert outcome(chat.types(CODE)) == ASKS_FACTOR


@pytest.mark.parametrize("said", ["quên mất rồi", "mất giấy hẹn rồi", "tôi làm mất rồi", "ko có"])
def test_having_no_code_when_it_is_asked_for_is_an_answer(chat: DossierChat, said: str) -> None:
    asked = chat.types("hồ sơ của tôi đến đâu rồi")
    told = chat.types(said)

    assert render_plain(told) != render_plain(asked)
    assert outcome(told) == ASKS_CODE
